// The names that a table has in events: of its schemas and of its fields. Two that became one are
// refused: a reader could not tell them apart.
#pragma once

#include <string_view>

#include "options.h"
#include "pg/pg.h"

namespace outflow::plugin {

struct RelationPlan;

// Whether the reference mistakes the streamed column's name for a quoted identifier: it prints the
// name without the quotes and finds neither default, NOT NULL nor key under it. Not where the bare
// name is another column's: there the reference stops.
bool is_mistaken_name(Relation relation, std::string_view column, const Options &options,
                      bool snapshot);

// In the current context.
std::string_view unquoted_name(std::string_view column);
std::string_view field_name(const Options &options, std::string_view column);
std::string_view schema_stem(const Options &options, std::string_view topic);

// Raises an error naming both columns when two have one field.
void refuse_colliding_fields(const RelationPlan &plan);

// Raises an error naming both tables when their topics differ and their schema names do not.
// (Several tables may share a topic on purpose: a strategy by pattern.)
void refuse_colliding_stems(const RelationPlan &one, const RelationPlan &other);

}  // namespace outflow::plugin
