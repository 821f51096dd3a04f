#include "unwrap_options.h"

#include "core/text_split.h"
#include "json_text.h"
#include "pg/pg.h"

namespace outflow::plugin {
namespace {

struct NamedMode {
    std::string_view name;
    DeleteMode mode;
};
constexpr NamedMode kDeleteModes[] = {{"drop", DeleteMode::kDrop},
                                      {"rewrite", DeleteMode::kRewrite},
                                      {"rewrite-with-tombstone", DeleteMode::kRewriteWithTombstone},
                                      {"delete-to-tombstone", DeleteMode::kDeleteToTombstone}};

struct NamedPart {
    std::string_view name;
    EventPart part;
};
constexpr NamedPart kParts[] = {{"source", EventPart::kSource},
                                {"transaction", EventPart::kTransaction},
                                {"before", EventPart::kBefore},
                                {"after", EventPart::kAfter}};

constexpr std::string_view kOperation = "op";

int length(std::string_view text) { return static_cast<int>(text.size()); }

DeleteMode delete_mode(std::string_view word) {
    for (const auto &[name, mode] : kDeleteModes) {
        if (name == word) return mode;
    }
    return DeleteMode::kTombstone;
}

// --- a name of add.fields or add.headers ---

[[noreturn]] void refuse_name(const char *option, std::string_view name, const char *hint) {
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("invalid name \"%.*s\" in option \"%s\"", length(name), name.data(), option),
            errhint("%s", hint));
}

// The struct of a field that is named without one.
std::string_view usual_part(std::string_view field) {
    if (core::find_event_field("transaction", field) != nullptr) return "transaction";
    if (core::find_event_field("", field) != nullptr) return "";
    return "source";
}

EventPart part_of(std::string_view name, std::string_view part, const char *option) {
    if (part.empty()) return EventPart::kEnvelope;
    for (const NamedPart &known : kParts) {
        if (known.name == part) return known.part;
    }
    refuse_name(option, name, "Names begin with source, transaction, before or after.");
}

bool is_struct(std::string_view field) {
    for (const NamedPart &known : kParts) {
        if (known.name == field) return true;
    }
    return false;
}

// A field that its struct does not have is looked for in the envelope.
const core::EventFieldSpec *find_field(std::string_view part, std::string_view field) {
    const core::EventFieldSpec *found = core::find_event_field(part, field);
    return found != nullptr ? found : core::find_event_field("", field);
}

std::string_view joined(std::string_view prefix, std::string_view part, std::string_view field) {
    return json_text([&](core::ByteSink *sink) {
        sink->append(prefix);
        if (!part.empty()) {
            sink->append(part);
            sink->append('_');
        }
        sink->append(field);
    });
}

// `field`, `struct.field`, each with `:name` or not. What Java's split leaves out at the end of a
// text is nothing here either.
AddedName read_name(std::string_view text, std::string_view prefix, const char *option) {
    std::string_view rest = text;
    const std::string_view path = core::take_part(&rest, ':');
    if (rest.find(':') != std::string_view::npos)
        refuse_name(option, text, "One colon at most: the new name follows it.");
    std::string_view field = path;
    std::string_view part;
    if (path.find('.') != std::string_view::npos) part = core::take_part(&field, '.');
    field = field.substr(0, field.find('.'));
    if (field.empty()) {  // `source.`
        field = part;
        part = {};
    }
    AddedName added;
    added.name = rest.empty() ? joined(prefix, part, field) : joined(prefix, {}, rest);
    added.is_operation = field == kOperation;
    if (part.empty()) part = usual_part(field);
    added.part = part_of(text, part, option);
    added.field = find_field(part, field);
    const bool of_image = added.part == EventPart::kBefore || added.part == EventPart::kAfter;
    if (of_image)
        added.column = field;
    else if (added.field == nullptr && is_struct(field))
        refuse_name(option, text, "Only single fields can be added, not a whole struct.");
    return added;
}

AddedNames read_names(const TransformProperties &given, std::string_view property,
                      std::string_view prefix) {
    AddedNames names;
    std::string_view rest = given.text(property);
    names.list = static_cast<AddedName *>(palloc0(sizeof(AddedName) * (rest.size() + 1)));
    while (!rest.empty()) {
        const std::string_view text = core::trimmed(core::take_part(&rest, ','));
        const AddedName added = read_name(text, prefix, given.option(property));
        const bool is_unknown = added.field == nullptr && added.column.empty();
        if (!is_unknown) names.list[names.count++] = added;
    }
    return names;
}

// --- what cannot be ---

// The relay writes a snapshot's markers, at one place in a value.
void refuse_second_marker(const AddedNames &fields, const char *option) {
    int markers = 0;
    for (const AddedName &added : fields) {
        const bool is_marker =
            added.field != nullptr && added.field->field == core::EventField::kSourceSnapshot;
        if (is_marker && ++markers > 1)
            refuse_name(option, added.name, "source.snapshot can be added once.");
    }
}

void refuse_marker_header(const AddedNames &headers, const char *option) {
    for (const AddedName &added : headers) {
        if (added.field != nullptr && added.field->field == core::EventField::kSourceSnapshot)
            refuse_name(option, added.name,
                        "source.snapshot is not available as a header in this release; add it "
                        "with add.fields.");
    }
}

// The headers that there are hold no list of fields; Debezium stops at such a header.
void refuse_known_header(const TransformProperties &given, const AddedNames &headers) {
    const std::string_view name = given.text("drop.fields.header.name");
    bool is_known = name.starts_with("__debezium.");
    for (const AddedName &added : headers) is_known |= added.name == name;
    if (is_known)
        ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                errmsg("header \"%.*s\" of option \"%s\" holds no list of fields", length(name),
                       name.data(), given.option("drop.fields.header.name")));
}

}  // namespace

const UnwrapOptions *read_unwrap_options(const TransformProperties &given) {
    auto *options = static_cast<UnwrapOptions *>(palloc0(sizeof(UnwrapOptions)));
    *options = UnwrapOptions();
    options->deletes = delete_mode(given.text("delete.tombstone.handling.mode"));
    options->prints_defaults = given.boolean("replace.null.with.default");
    options->route_column = given.text("route.by.field");
    options->fields = read_names(given, "add.fields", given.text("add.fields.prefix"));
    options->headers = read_names(given, "add.headers", given.text("add.headers.prefix"));
    refuse_second_marker(options->fields, given.option("add.fields"));
    refuse_marker_header(options->headers, given.option("add.headers"));
    refuse_known_header(given, options->headers);
    return options;
}

}  // namespace outflow::plugin
