#include "app/jaas.h"

namespace outflow::relay {
namespace {

struct Rename {
    std::string_view jaas;
    std::string_view property;
};
constexpr Rename kPassword[] = {{"username", "sasl.username"}, {"password", "sasl.password"}};
constexpr Rename kBearer[] = {{"clientId", "sasl.oauthbearer.client.id"},
                              {"clientSecret", "sasl.oauthbearer.client.secret"},
                              {"scope", "sasl.oauthbearer.scope"}};

bool is_blank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

void skip_blanks(std::string_view *text) {
    while (!text->empty() && is_blank(text->front())) text->remove_prefix(1);
}

std::string_view take_word(std::string_view *text) {
    skip_blanks(text);
    std::size_t end = 0;
    while (end < text->size() && !is_blank((*text)[end]) && (*text)[end] != '=' &&
           (*text)[end] != ';')
        ++end;
    const std::string_view word = text->substr(0, end);
    text->remove_prefix(end);
    return word;
}

// A word, or text in double or single quotes with backslash escapes.
bool take_value(std::string_view *text, std::string *value) {
    skip_blanks(text);
    if (text->empty() || (text->front() != '"' && text->front() != '\'')) {
        *value = take_word(text);
        return !value->empty();
    }
    const char quote = text->front();
    for (text->remove_prefix(1); !text->empty(); text->remove_prefix(1)) {
        if (text->front() == quote) {
            text->remove_prefix(1);
            return true;
        }
        if (text->front() == '\\' && text->size() > 1) text->remove_prefix(1);
        value->push_back(text->front());
    }
    return false;
}

template <std::size_t N>
void keep(const Rename (&names)[N], std::string_view name, std::string value, JaasLogin *login) {
    for (const Rename &rename : names) {
        if (rename.jaas == name) login->properties.emplace_back(rename.property, std::move(value));
    }
}

}  // namespace

bool parse_jaas(std::string_view text, JaasLogin *login, std::string *reason) {
    const std::string_view module = take_word(&text);
    const bool bearer = module.ends_with(".OAuthBearerLoginModule");
    if (!bearer && !module.ends_with(".PlainLoginModule") &&
        !module.ends_with(".ScramLoginModule")) {
        *reason = module.ends_with(".Krb5LoginModule")
                      ? "Kerberos is configured by sasl.kerberos.service.name and the credential "
                        "cache"
                      : "only the PLAIN, SCRAM and OAUTHBEARER login modules can be read";
        return false;
    }
    take_word(&text);  // required
    for (;;) {
        skip_blanks(&text);
        if (text.empty() || text.front() == ';') return true;
        const std::string_view name = take_word(&text);
        skip_blanks(&text);
        std::string value;
        if (name.empty() || !text.starts_with('=')) break;
        text.remove_prefix(1);
        if (!take_value(&text, &value)) break;
        if (bearer) {
            keep(kBearer, name, std::move(value), login);
        } else {
            keep(kPassword, name, std::move(value), login);
        }
    }
    *reason = "expected name=\"value\" pairs and a semicolon";
    return false;
}

}  // namespace outflow::relay
