#include "app/connect_json.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace outflow::relay {
namespace {

using Json = nlohmann::ordered_json;

// The parser keeps no lines: the first place where the quoted key stands.
int line_of(std::string_view text, const std::string &key) {
    const std::size_t at = text.find('"' + key + '"');
    if (at == std::string_view::npos) return 0;
    return 1 + static_cast<int>(std::count(text.begin(), text.begin() + at, '\n'));
}

bool to_text(const Json &value, std::string *text) {
    if (value.is_string()) {
        *text = value.get<std::string>();
    } else if (value.is_boolean() || value.is_number()) {
        *text = value.dump();
    } else {
        return value.is_null();
    }
    return true;
}

}  // namespace

bool parse_connect_json(std::string_view text, std::vector<FileEntry> *entries,
                        std::string *reason) {
    const Json document = Json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (document.is_discarded() || !document.is_object()) {
        *reason = "it is not a JSON object";
        return false;
    }
    const auto config = document.find("config");
    const bool wrapped = config != document.end() && config->is_object();
    if (wrapped && document.contains("name") && !config->contains("name") &&
        document["name"].is_string())
        entries->push_back({"name", document["name"].get<std::string>(), line_of(text, "name")});
    for (const auto &[key, value] : (wrapped ? *config : document).items()) {
        FileEntry entry;
        entry.key = key;
        entry.line = line_of(text, key);
        if (!to_text(value, &entry.value)) {
            *reason = "property \"" + key + "\" is not a string, number or boolean";
            return false;
        }
        if (!value.is_null()) entries->push_back(std::move(entry));
    }
    return true;
}

}  // namespace outflow::relay
