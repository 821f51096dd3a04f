// Java's .properties grammar (java.util.Properties.load): `=`, `:` or blanks as separators,
// continuation lines, escapes, `#` and `!` comments.
//
// One deviation: bytes are UTF-8 where they are valid UTF-8; Java reads ISO-8859-1, as which other
// bytes are read here too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace outflow::relay {

// A property as a file has it.
struct FileEntry {
    std::string key;
    std::string value;
    int line = 0;  // 1 is the first
};

// False, with the reason and its line, for a malformed \uXXXX: the only error the grammar knows.
bool parse_properties(std::string_view text, std::vector<FileEntry> *entries, std::string *reason);

}  // namespace outflow::relay
