#include "app/option_reference.h"

#include <string_view>

#include "core/text_split.h"
#include "core/transform_table.h"

namespace outflow::relay {
namespace {

using core::OptionSpec;
using core::OptionStatus;
using core::OptionType;

struct Chapter {
    OptionStatus status;
    std::string_view title;
    std::string_view introduction;
};
constexpr Chapter kChapters[] = {
    {OptionStatus::kSupported, "Supported", "They do what Debezium or Kafka Connect documents."},
    {OptionStatus::kDifferent, "Different",
     "Accepted; where a value is not the default, the relay warns how Outflow differs (OUT-1112)."},
    {OptionStatus::kNoEffect, "No effect",
     "Accepted, because configurations have them; nothing has to be done (OUT-1111)."},
    {OptionStatus::kRefused, "Refused",
     "Only the default is accepted; any other value ends with OUT-1104 and exit code 2."},
    {OptionStatus::kInternal, "Between relay and plugin",
     "The relay sets them; they are for people who use the plugin by hand."},
};

// A `|` would end a Markdown cell.
void append_escaped(std::string *text, std::string_view cell) {
    for (const char byte : cell) {
        if (byte == '|') text->push_back('\\');
        text->push_back(byte);
    }
}

void append_code(std::string *text, std::string_view code) {
    if (code.empty()) return;
    text->push_back('`');
    append_escaped(text, code);
    text->push_back('`');
}

void append_words(std::string *text, std::string_view words) {
    for (bool first = true; !words.empty(); first = false) {
        if (!first) text->append(", ");
        append_code(text, core::take_part(&words, '|'));
    }
}

void append_values(std::string *text, const OptionSpec &spec) {
    switch (spec.type) {
        case OptionType::kBoolean:
            text->append("boolean");
            break;
        case OptionType::kInteger:
            text->append("integer ").append(spec.allowed);
            while (text->ends_with(' ')) text->pop_back();
            break;
        case OptionType::kWord:
            append_words(text, spec.allowed);
            break;
        case OptionType::kWords:
            text->append("list of ");
            append_words(text, spec.allowed);
            break;
        case OptionType::kPatterns:
            text->append("regular expressions");
            break;
        case OptionType::kSecret:
            text->append("secret");
            break;
        case OptionType::kText:
            text->append("text");
            break;
    }
}

void append_row(std::string *text, const OptionSpec &spec) {
    text->append("| ");
    append_code(text, spec.name);
    text->append(" | ");
    append_code(text, spec.default_value);
    text->append(" | ");
    append_values(text, spec);
    text->append(" | ");
    append_escaped(text, spec.note);
    if (!spec.refused.empty()) {
        text->append(" Refused: ");
        append_words(text, spec.refused);
        text->append(" (");
        append_escaped(text, spec.refused_note);
        text->append(").");
    }
    text->append(" |\n");
}

void append_head(std::string *text) {
    text->append("\n\n| Property | Default | Values | Meaning |\n|---|---|---|---|\n");
}

void append_transforms(std::string *text) {
    text->append(
        "\n## Transforms\n\n"
        "For `transforms=a` and `transforms.a.type=…` a property stands as `transforms.a.…`; a\n"
        "predicate is `predicates.p.type=org.apache.kafka.connect.transforms.predicates."
        "TopicNameMatches`\nwith `predicates.p.pattern`. Other types and properties are refused "
        "(OUT-1104, OUT-1102).\n");
    for (const core::TransformType &type : core::transform_types()) {
        if (type.status == OptionStatus::kRefused) {
            text->append("\n### `").append(type.java_class).append("`\n\nNot in this release.\n");
            continue;
        }
        text->append("\n### `").append(type.java_class).append("`");
        append_head(text);
        for (const OptionSpec &spec : type.properties) append_row(text, spec);
    }
    text->append("\n### All of them");
    append_head(text);
    for (const OptionSpec &spec : core::common_transform_properties()) append_row(text, spec);
}

}  // namespace

std::string option_reference() {
    std::string text =
        "# Properties\n\n"
        "Every property that Outflow knows: those of Debezium's PostgreSQL connector 3.6.1, of "
        "Kafka "
        "Connect 4.3,\nand its own (`outflow.*`). Made by `outflow options > relay/OPTIONS.md`; do "
        "not edit.\n"
        "A name that ends in `*` stands for all that begin so.\n";
    for (const Chapter &chapter : kChapters) {
        text.append("\n## ").append(chapter.title).append("\n\n").append(chapter.introduction);
        append_head(&text);
        for (const OptionSpec &spec : core::option_table()) {
            if (spec.status == chapter.status) append_row(&text, spec);
        }
    }
    append_transforms(&text);
    return text;
}

}  // namespace outflow::relay
