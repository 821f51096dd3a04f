// ExtractNewRecordState's options.
#pragma once

#include <cstdint>

#include "core/event_field.h"
#include "transforms.h"

namespace outflow::plugin {

// delete.tombstone.handling.mode.
enum class DeleteMode : std::uint8_t {
    kTombstone,  // a null with the row's schema; the tombstone behind it is dropped
    kDrop,
    kRewrite,  // the old row with `__deleted`
    kRewriteWithTombstone,
    kDeleteToTombstone,  // the delete becomes the tombstone
};

// The struct that a name of add.fields or add.headers begins with. Without its value there is none
// of the field either.
enum class EventPart : std::uint8_t { kEnvelope, kSource, kTransaction, kBefore, kAfter };

// One name of such a list: a scalar of the envelope, or a column.
struct AddedName {
    EventPart part = EventPart::kEnvelope;
    std::string_view column;                      // for kBefore and kAfter
    const core::EventFieldSpec *field = nullptr;  // else, and where a table has no such column
    std::string_view name;                        // that it gets
    bool is_operation = false;                    // which a tombstone has as well
};
struct AddedNames {
    AddedName *list = nullptr;
    int count = 0;

    const AddedName *begin() const { return list; }
    const AddedName *end() const { return list + count; }
};

struct UnwrapOptions {
    DeleteMode deletes = DeleteMode::kTombstone;
    bool prints_defaults = true;  // replace.null.with.default
    AddedNames fields;
    AddedNames headers;
    std::string_view route_column;  // empty: all rows go to the table's topic

    bool rewrites() const {
        return deletes == DeleteMode::kRewrite || deletes == DeleteMode::kRewriteWithTombstone;
    }
};

const UnwrapOptions *read_unwrap_options(const TransformProperties &given);

}  // namespace outflow::plugin
