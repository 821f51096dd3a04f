#include "app/option_reference.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/option_table.h"

namespace outflow::relay {
namespace {

TEST(OptionReference, IsCommittedAsItIsGenerated) {
    const auto path = std::filesystem::path(__FILE__).parent_path() / "../../relay/OPTIONS.md";
    std::ifstream file(path);
    const std::string committed(std::istreambuf_iterator<char>(file), {});
    EXPECT_EQ(committed, option_reference()) << "run: build/outflow options > relay/OPTIONS.md";
}

TEST(OptionReference, HasARowForEveryProperty) {
    const std::string text = option_reference();
    for (const core::OptionSpec &spec : core::option_table()) {
        EXPECT_NE(text.find("\n| `" + std::string(spec.name) + "` | "), std::string::npos)
            << spec.name;
    }
}

}  // namespace
}  // namespace outflow::relay
