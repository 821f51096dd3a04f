#include "digest.h"

namespace outflow::pg {
namespace {

struct Method {
    pg_cryptohash_type type;
    std::size_t size;
};

// In the order of core::DigestAlgorithm.
constexpr Method kMethods[] = {
    {PG_MD5, MD5_DIGEST_LENGTH},          {PG_SHA1, SHA1_DIGEST_LENGTH},
    {PG_SHA224, PG_SHA224_DIGEST_LENGTH}, {PG_SHA256, PG_SHA256_DIGEST_LENGTH},
    {PG_SHA384, PG_SHA384_DIGEST_LENGTH}, {PG_SHA512, PG_SHA512_DIGEST_LENGTH}};
static_assert(PG_SHA512_DIGEST_LENGTH <= kLongestDigest);

bool update(pg_cryptohash_ctx *context, std::string_view bytes) {
    return pg_cryptohash_update(context, reinterpret_cast<const std::uint8_t *>(bytes.data()),
                                bytes.size()) >= 0;
}

}  // namespace

std::size_t digest(core::DigestAlgorithm algorithm, std::string_view salt, std::string_view bytes,
                   char (&out)[kLongestDigest]) {
    const Method &method = kMethods[static_cast<std::size_t>(algorithm)];
    pg_cryptohash_ctx *context = pg_cryptohash_create(method.type);
    if (context == nullptr) ereport(ERROR, errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"));
    const bool made =
        pg_cryptohash_init(context) >= 0 && update(context, salt) && update(context, bytes) &&
        pg_cryptohash_final(context, reinterpret_cast<std::uint8_t *>(out), method.size) >= 0;
    if (!made) {
        const char *reason = pstrdup(pg_cryptohash_error(context));
        pg_cryptohash_free(context);
        ereport(ERROR, errcode(ERRCODE_INTERNAL_ERROR),
                errmsg("the digest of a masked column could not be made: %s", reason),
                errhint("The server's crypto library may forbid the algorithm: choose another."));
    }
    pg_cryptohash_free(context);
    return method.size;
}

}  // namespace outflow::pg
