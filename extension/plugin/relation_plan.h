// What is known about a table before its rows are printed: whether it is captured, its columns with
// their codecs, its key, and every piece of text that is the same in all its events. Built once,
// dropped when the catalogue says that the table or one of its types changed.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/envelope_writer.h"
#include "filter.h"
#include "options.h"
#include "pg/pg.h"
#include "type_encoder.h"

namespace outflow::plugin {

struct RowFilter;
struct Shape;
struct FlatPlan;
struct OutboxPlan;

// What becomes of a row change, by its kind.
enum class ChangeRoute : std::uint8_t {
    kUnpublished,  // outside the publication: as if it had not been
    kCounted,      // published but not captured: its transaction moves `source.sequence`
    kCaptured,     // encoded
    kKeyChange,    // an update that is skipped, unless it is a delete and a create
    kFiltered,     // the publication's row filter decides
};

struct ColumnPlan {
    int attribute = 0;      // 0-based index into the tuple's arrays
    AttrNumber number = 0;  // in the table whose columns are printed
    bool not_null = false;
    bool by_value = false;
    std::int16_t length = 0;    // pg_type.typlen
    bool by_reference = false;  // variable-length: may be an unchanged TOAST pointer
    std::string_view name;      // in the catalogue
    std::string_view field;     // in events: field.name.adjustment.mode
    bool is_mistaken = false;   // its name (names.h)
    std::string_view member;    // `,"field":`, or `{"field":` for the first
    std::string_view key_member;
    std::string_view null_header;   // of a key column: printed for a null in a header
    std::string_view unavailable;   // printed for an unchanged TOAST value
    std::string_view default_json;  // empty for none
    bool null_is_value = false;     // what is printed for a null is no null
    bool is_transformed = false;    // a rule concerns it: a key has it as it was
    Codec codec;
};

// A field of a key that is no column: it names the table, where several share a topic.
struct KeyField {
    std::string_view name;
    std::string_view value;
    KeyField *next = nullptr;
};

struct RelationPlan {
    MemoryContext context = nullptr;
    // Under whose name and columns changes go out: the table itself, or the root of a partition.
    Oid relation = InvalidOid;
    int attribute_count = 0;  // of the tuple descriptor the plan was made for

    bool captured = false;  // published, and selected by the filters
    // By REORDER_BUFFER_CHANGE_INSERT, _UPDATE, _DELETE.
    ChangeRoute routes[3] = {};
    // The same for what a row filter lets through; of a key change, what its records become.
    ChangeRoute filtered_routes[3] = {};
    ChangeRoute truncate_route = ChangeRoute::kUnpublished;
    RowFilter *row_filter = nullptr;

    std::string_view schema;
    std::string_view table;
    std::string_view topic;         // of its records, unless each says its own
    std::string_view schema_stem;   // of its schema names: schema.name.adjustment.mode
    std::string_view key_stem;      // the same of its keys
    std::string_view source_table;  // `"schema":…,"table":…,` of the source block
    const Shape *shape = nullptr;
    const Transform *shaped_by = nullptr;  // the transform that the shape comes of
    bool shaped_behind_router = false;     // which had made new records
    const FlatPlan *flat = nullptr;        // of the flat shape
    OutboxPlan *outbox = nullptr;          // of the outbox shape
    core::ValueFrame value_frame;
    core::ValueFrame key_frame;

    ColumnPlan *columns = nullptr;
    int column_count = 0;
    std::string_view left_out;  // names of the columns whose types have no mapping
    int left_out_count = 0;
    // In key order: columns of the value, or ones of their own where the value has them otherwise
    // or not at all.
    ColumnPlan **key = nullptr;
    bool has_key = false;  // its columns may all be left out
    int key_count = 0;
    KeyField *key_fields = nullptr;  // behind its columns
    std::string_view key_tail;       // what ends a key's payload, these fields with it
    // The key in a header: as it was before any transform.
    std::string_view header_tail;
    ColumnPlan **header_key = nullptr;
    bool json_headers = false;  // by JsonConverter
    core::ValueFrame header_frame;

    // Room for the tuples of one change.
    Datum *new_values = nullptr;
    bool *new_nulls = nullptr;
    Datum *old_values = nullptr;
    bool *old_nulls = nullptr;

    bool skips_unchanged = false;  // updates that change no printed column
    bool has_user_types = false;   // domains, enums, extension types: may change under the table
    bool warned = false;           // that its deletes name no row
    bool announced = false;        // its relation record was sent in this stream

    // Its place among the tables of the running transaction (transaction_metadata.h).
    std::uint32_t collection = 0;
    std::uint64_t counted_in = 0;  // the transaction for which the place holds
};

// schema.table.column, as the lists of columns name it, in the current context. The plan has the
// names of the relation.
std::string_view column_id(const RelationPlan &plan, const FormData_pg_attribute *attribute);

// Makes a plan below the `parent` context. With `snapshot` the rows come from a query: stored
// generated columns are there, and `name` columns can be read.
RelationPlan *make_relation_plan(Relation relation, const Options &options, const Filter &filter,
                                 MemoryContext parent, bool snapshot);

// Behind the key's columns and fields.
void add_key_field(RelationPlan *plan, std::string_view name, std::string_view value);
// What ends the payload of a key that is complete.
std::string_view end_of_key(const RelationPlan &plan);

// For a plan with columns that are left out.
void warn_left_out(const RelationPlan &plan);

// The plans of one session, by relation. Lookup costs one hash probe, none for the same relation as
// before.
struct PlanCache {
    HTAB *table = nullptr;
    Oid last_relation = InvalidOid;
    RelationPlan *last_plan = nullptr;
    MemoryContext context = nullptr;
    bool has_roots = false;  // some plan was made of another relation than its own
    PlanCache *next_session = nullptr;

    // Makes the cache below `parent` and lets invalidations reach it until that context ends, be it
    // by an error. The cache itself must live as long.
    void init(MemoryContext parent);
    // The valid plan for the relation; rebuilt when needed. The pointer holds until the next call.
    RelationPlan *find(Relation relation, const Options &options, const Filter &filter);
};

}  // namespace outflow::plugin
