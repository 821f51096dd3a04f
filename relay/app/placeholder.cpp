#include "app/placeholder.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/properties_file.h"

namespace outflow::relay {
namespace {

bool is_provider_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char byte) {
        return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
               (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
    });
}

bool fail(std::string *reason, std::string text) {
    *reason = std::move(text);
    return false;
}

bool resolve_env(std::string_view name, const Environment &environment, std::string *resolved,
                 std::string *reason) {
    const auto found = environment.find(name);
    if (found == environment.end())
        return fail(reason, "environment variable " + std::string(name) + " is not set");
    resolved->append(found->second);
    return true;
}

bool resolve_file(const std::string &path, std::string_view key, std::string *resolved,
                  std::string *reason) {
    std::string text;
    std::vector<FileEntry> entries;
    if (!read_file(path, &text, reason)) return false;
    if (!parse_properties(text, &entries, reason)) return fail(reason, path + ": " + *reason);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (entry->key != key) continue;
        resolved->append(entry->value);
        return true;
    }
    return fail(reason, path + " has no key " + std::string(key));
}

bool resolve_one(std::string_view provider, std::string_view rest, const Environment &environment,
                 std::string *resolved, std::string *reason) {
    if (provider == "env") return resolve_env(rest, environment, resolved, reason);
    const std::size_t colon = rest.rfind(':');
    const std::string path(rest.substr(0, colon));
    if (provider != "file" && provider != "dir")
        return fail(reason, "configuration provider \"" + std::string(provider) +
                                "\" is not known; env, file and dir are");
    if (colon == std::string_view::npos)
        return fail(reason, "expected ${" + std::string(provider) + ":PATH:KEY}");
    rest.remove_prefix(colon + 1);
    if (provider == "file") return resolve_file(path, rest, resolved, reason);
    std::string text;
    if (!read_file(path + '/' + std::string(rest), &text, reason)) return false;
    resolved->append(text);
    return true;
}

}  // namespace

bool resolve_placeholders(std::string_view value, const Environment &environment,
                          std::string *resolved, std::string *reason) {
    resolved->clear();
    while (!value.empty()) {
        const std::size_t begin = value.find("${");
        resolved->append(value.substr(0, begin));
        if (begin == std::string_view::npos) return true;
        value.remove_prefix(begin);
        const std::size_t end = value.find('}');
        const std::size_t colon = value.find(':');
        if (end == std::string_view::npos || colon > end ||
            !is_provider_name(value.substr(2, colon - 2))) {
            resolved->append("${");
            value.remove_prefix(2);
            continue;
        }
        if (!resolve_one(value.substr(2, colon - 2), value.substr(colon + 1, end - colon - 1),
                         environment, resolved, reason))
            return false;
        value.remove_prefix(end + 1);
    }
    return true;
}

bool read_file(const std::string &path, std::string *text, std::string *reason) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return fail(reason, path + ": Is a directory");
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(reason, path + ": " + std::strerror(errno != 0 ? errno : EIO));
    text->assign(std::istreambuf_iterator<char>(file), {});
    if (file.bad()) return fail(reason, path + ": " + std::strerror(EIO));
    return true;
}

}  // namespace outflow::relay
