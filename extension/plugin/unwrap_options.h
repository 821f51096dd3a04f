// ExtractNewRecordState's options.
#pragma once

#include <cstdint>

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

struct UnwrapOptions {
    DeleteMode deletes = DeleteMode::kTombstone;

    bool rewrites() const {
        return deletes == DeleteMode::kRewrite || deletes == DeleteMode::kRewriteWithTombstone;
    }
};

const UnwrapOptions *read_unwrap_options(const TransformProperties &given);

}  // namespace outflow::plugin
