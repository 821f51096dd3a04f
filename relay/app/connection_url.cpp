#include "app/connection_url.h"

#include <charconv>
#include <optional>

#include "core/text_split.h"

namespace outflow::relay {
namespace {

struct UrlParameter {
    std::string_view name;
    std::string_view property;
};

// libpq's keywords that have a property of ours.
constexpr UrlParameter kParameters[] = {
    {"host", "database.hostname"},
    {"port", "database.port"},
    {"user", "database.user"},
    {"password", "database.password"},
    {"dbname", "database.dbname"},
    {"sslmode", "database.sslmode"},
    {"sslcert", "database.sslcert"},
    {"sslkey", "database.sslkey"},
    {"sslpassword", "database.sslpassword"},
    {"sslrootcert", "database.sslrootcert"},
};

std::optional<std::string> percent_decode(std::string_view text) {
    std::string decoded;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            decoded.push_back(text[at]);
            continue;
        }
        unsigned value = 0;
        if (at + 2 >= text.size()) return std::nullopt;
        const char *digits = text.data() + at + 1;
        const auto [end, error] = std::from_chars(digits, digits + 2, value, 16);
        if (error != std::errc() || end != digits + 2 || value == 0) return std::nullopt;
        decoded.push_back(static_cast<char>(value));
        at += 2;
    }
    return decoded;
}

// Takes what stands before `separator` off the text; nothing when it is not there.
std::string_view take_before(std::string_view *text, char separator) {
    const std::size_t at = text->find(separator);
    if (at == std::string_view::npos) return {};
    const std::string_view taken = text->substr(0, at);
    text->remove_prefix(at + 1);
    return taken;
}

class UrlReader {
 public:
    UrlReader(std::vector<std::pair<std::string, std::string>> *properties, std::string *reason)
        : properties_(properties), reason_(reason) {}

    bool set(std::string_view property, std::string_view encoded) {
        if (encoded.empty()) return true;
        auto value = percent_decode(encoded);
        if (!value) return fail("a % is not followed by two hexadecimal digits");
        properties_->emplace_back(property, std::move(*value));
        return true;
    }

    bool set_host(std::string_view host) {
        if (host.find(',') != std::string_view::npos)
            return fail("more than one host is not supported");
        if (host.starts_with('[')) {
            host.remove_prefix(1);
            const std::string_view address = take_before(&host, ']');
            if (address.empty()) return fail("an IPv6 address needs a closing bracket");
            if (host.starts_with(':')) host.remove_prefix(1);
            return set("database.hostname", address) && set("database.port", host);
        }
        const std::string_view name = core::take_part(&host, ':');
        return set("database.hostname", name) && set("database.port", host);
    }

    bool set_parameter(std::string_view parameter) {
        const std::string_view name = core::take_part(&parameter, '=');
        for (const UrlParameter &known : kParameters) {
            if (known.name == name) return set(known.property, parameter);
        }
        return fail("parameter \"" + std::string(name) + "\" is not supported");
    }

 private:
    bool fail(std::string reason) {
        *reason_ = std::move(reason);
        return false;
    }

    std::vector<std::pair<std::string, std::string>> *properties_;
    std::string *reason_;
};

}  // namespace

bool is_connection_url(std::string_view text) {
    return text.starts_with("postgres://") || text.starts_with("postgresql://");
}

bool parse_connection_url(std::string_view url,
                          std::vector<std::pair<std::string, std::string>> *properties,
                          std::string *reason) {
    UrlReader reader(properties, reason);
    url.remove_prefix(url.find("://") + 3);
    std::string_view authority_and_path = core::take_part(&url, '?');
    std::string_view authority = core::take_part(&authority_and_path, '/');
    std::string_view credentials;
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        credentials = authority.substr(0, at);
        authority.remove_prefix(at + 1);
    }
    const std::string_view user = core::take_part(&credentials, ':');
    if (!reader.set("database.user", user) || !reader.set("database.password", credentials) ||
        !reader.set_host(authority) || !reader.set("database.dbname", authority_and_path))
        return false;
    while (!url.empty()) {
        if (!reader.set_parameter(core::take_part(&url, '&'))) return false;
    }
    return true;
}

}  // namespace outflow::relay
