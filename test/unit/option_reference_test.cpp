#include "app/option_reference.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "core/option_table.h"

namespace outflow::relay {
namespace {

const std::filesystem::path kRoot = std::filesystem::path(__FILE__).parent_path() / "../..";

std::string read(const std::filesystem::path &path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

// The relay and the plugin, but not the table itself.
std::string sources() {
    std::string all;
    for (const char *directory : {"relay", "extension/plugin"}) {
        for (const auto &entry : std::filesystem::recursive_directory_iterator(kRoot / directory)) {
            if (entry.path().extension() == ".cpp") all += read(entry.path());
        }
    }
    return all;
}

TEST(OptionReference, IsCommittedAsItIsGenerated) {
    EXPECT_EQ(read(kRoot / "relay/OPTIONS.md"), option_reference())
        << "run: build/outflow options > relay/OPTIONS.md";
}

TEST(OptionReference, HasARowForEveryProperty) {
    const std::string text = option_reference();
    for (const core::OptionSpec &spec : core::option_table()) {
        EXPECT_NE(text.find("\n| `" + std::string(spec.name) + "` | "), std::string::npos)
            << spec.name;
    }
}

// A property that nobody reads is not supported, whatever the table says.
TEST(OptionReference, CallsNothingSupportedThatNoCodeReads) {
    // Accepted because every allowed value means what happens anyway; or handed on by its own name.
    const std::set<std::string_view> kNothingToRead = {"connector.class", "lsn.flush.mode",
                                                       "exactly.once.support", "ssl.key.password"};
    const std::string code = sources();
    for (const core::OptionSpec &spec : core::option_table()) {
        const bool one_value = spec.type == core::OptionType::kWord &&
                               spec.allowed.find('|') == std::string_view::npos;
        if (spec.status != core::OptionStatus::kSupported || one_value ||
            kNothingToRead.contains(spec.name))
            continue;
        std::string literal = '"' + std::string(spec.name);
        if (literal.ends_with('*')) {
            literal.pop_back();
        } else {
            literal += '"';
        }
        EXPECT_NE(code.find(literal), std::string::npos) << spec.name;
    }
}

}  // namespace
}  // namespace outflow::relay
