#include "hex_text.h"

#include <cstring>

namespace outflow::core {
namespace {

struct HexPairs {
    char text[512];
};

constexpr HexPairs make_hex_pairs() {
    constexpr char kDigits[] = "0123456789abcdef";
    HexPairs pairs{};
    for (int byte = 0; byte < 256; ++byte) {
        pairs.text[2 * byte] = kDigits[byte >> 4];
        pairs.text[2 * byte + 1] = kDigits[byte & 0xF];
    }
    return pairs;
}

constexpr HexPairs kHexPairs = make_hex_pairs();

char *encode_byte(unsigned char byte, char *out) {
    std::memcpy(out, kHexPairs.text + 2 * byte, 2);
    return out + 2;
}

}  // namespace

char *encode_hex(std::string_view bytes, char *out) {
    for (const char byte : bytes) out = encode_byte(static_cast<unsigned char>(byte), out);
    return out;
}

void format_uuid(const unsigned char (&uuid)[16], char (&text)[kUuidTextSize]) {
    char *out = text;
    for (int index = 0; index < 16; ++index) {
        if (index == 4 || index == 6 || index == 8 || index == 10) *out++ = '-';
        out = encode_byte(uuid[index], out);
    }
}

}  // namespace outflow::core
