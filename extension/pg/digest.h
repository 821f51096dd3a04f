// Message digests of the server's own crypto library.
#pragma once

#include "core/column_rule.h"
#include "pg.h"

namespace outflow::pg {

constexpr std::size_t kLongestDigest = 64;

// The digest of the salt and the bytes behind it; returns its size. Raises an error where the
// library forbids the algorithm (MD5 under FIPS).
std::size_t digest(core::DigestAlgorithm algorithm, std::string_view salt, std::string_view bytes,
                   char (&out)[kLongestDigest]);

}  // namespace outflow::pg
