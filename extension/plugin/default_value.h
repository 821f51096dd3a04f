// A column's default as Debezium prints it: in the schema, and in place of every null (the
// converter's replace.null.with.default). Debezium does not evaluate the expression; it reads its
// text with a few patterns. This is the same reading, oddities included.
#pragma once

#include <string_view>

#include "pg/pg.h"
#include "type_encoder.h"

namespace outflow::plugin {

// The default of attribute `attribute` (1-based) as JSON in the current context; empty for none.
std::string_view default_json(Relation relation, int attribute, const Codec &codec);

// The same from the expression's text (pg_get_expr).
std::string_view default_json_of_text(std::string_view expression, const Codec &codec);

// The text itself; empty for a column without a default.
std::string_view default_text(Relation relation, int attribute);

}  // namespace outflow::plugin
