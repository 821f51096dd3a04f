#include "unwrap_options.h"

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

}  // namespace

const UnwrapOptions *read_unwrap_options(const TransformProperties &given) {
    auto *options = static_cast<UnwrapOptions *>(palloc0(sizeof(UnwrapOptions)));
    *options = UnwrapOptions();
    const std::string_view word = given.text("delete.tombstone.handling.mode");
    for (const auto &[name, mode] : kDeleteModes) {
        if (name == word) options->deletes = mode;
    }
    return options;
}

}  // namespace outflow::plugin
