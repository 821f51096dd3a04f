#include "outbox_options.h"

#include "core/text_split.h"
#include "options.h"
#include "pg/pg.h"

namespace outflow::plugin {
namespace {

constexpr std::string_view kPlacement = "table.fields.additional.placement";

struct PlacementWord {
    std::string_view word;
    Placement placement;
};
constexpr PlacementWord kPlacements[] = {{"header", Placement::kHeader},
                                         {"envelope", Placement::kEnvelope},
                                         {"partition", Placement::kPartition}};

std::string_view trim(std::string_view text) {
    while (!text.empty() && text.front() <= ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() <= ' ') text.remove_suffix(1);
    return text;
}

std::string_view take(std::string_view *list, char separator) {
    return trim(core::take_part(list, separator));
}

bool equals(std::string_view text, std::string_view word) {
    return text.size() == word.size() && pg_strncasecmp(text.data(), word.data(), word.size()) == 0;
}

[[noreturn]] void refuse_placement(const TransformProperties &given, std::string_view entry) {
    ereport(ERROR, errcode(ERRCODE_INVALID_PARAMETER_VALUE),
            errmsg("invalid entry \"%.*s\" in option \"%s\"", static_cast<int>(entry.size()),
                   entry.data(), given.option(kPlacement)),
            errhint("Expected column:placement or column:placement:alias; a placement is header, "
                    "envelope or partition."));
}

PlacedField read_field(const TransformProperties &given, std::string_view entry) {
    std::string_view rest = entry;
    PlacedField field;
    field.column = take(&rest, ':');
    const std::string_view word = take(&rest, ':');
    field.alias = rest.empty() ? field.column : take(&rest, ':');
    if (field.column.empty() || field.alias.empty() || !rest.empty())
        refuse_placement(given, entry);
    for (const PlacementWord &known : kPlacements) {
        if (!equals(word, known.word)) continue;
        field.placement = known.placement;
        return field;
    }
    refuse_placement(given, entry);
}

void read_placement(OutboxOptions *options, const TransformProperties &given) {
    std::string_view list = given.text(kPlacement);
    options->placed = static_cast<PlacedField *>(palloc0(sizeof(PlacedField) * (list.size() + 1)));
    while (!list.empty()) {
        const PlacedField field = read_field(given, take(&list, ','));
        options->has_envelope |= field.placement == Placement::kEnvelope;
        options->placed[options->placed_count++] = field;
    }
}

}  // namespace

const OutboxOptions *read_outbox_options(const TransformProperties &given) {
    auto *options = static_cast<OutboxOptions *>(palloc0(sizeof(OutboxOptions)));
    *options = OutboxOptions();
    options->id = given.text("table.field.event.id");
    options->key = given.text("table.field.event.key");
    options->type = given.text("table.field.event.type");
    options->payload = given.text("table.field.event.payload");
    options->route_by = given.text("route.by.field");
    options->timestamp = given.text("table.field.event.timestamp");
    options->version = given.text("table.field.event.schema.version");
    options->ignore_missing = given.text("table.field.additional.missing") == "ignore";
    options->fatal_updates = given.text("table.op.invalid.behavior") == "fatal";
    options->expand = given.boolean("table.expand.json.payload");
    options->keep_nulls = given.text("table.json.payload.null.behavior") == "optional_bytes";
    options->tombstones = given.boolean("route.tombstone.on.empty.payload");
    options->route = make_name_rule(
        given.text("route.topic.regex"), given.option("route.topic.regex"),
        given.text("route.topic.replacement"), given.option("route.topic.replacement"));
    read_placement(options, given);
    if (options->has_envelope) {
        options->names = static_cast<EnvelopeNames *>(palloc0(sizeof(EnvelopeNames)));
        options->names->context = CurrentMemoryContext;
    }
    return options;
}

}  // namespace outflow::plugin
