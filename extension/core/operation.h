// What happened, as Debezium's `op` letter. Begin and commit are records of the chunk format, not
// operations of an event; the transaction metadata records about them are events without a letter
// of Debezium's.
#pragma once

namespace outflow::core {

enum class Operation : char {
    kCreate = 'c',
    kUpdate = 'u',
    kDelete = 'd',
    kRead = 'r',
    kTruncate = 't',
    kMessage = 'm',
    kTransaction = 'T',
};

constexpr bool is_operation(char letter) {
    switch (static_cast<Operation>(letter)) {
        case Operation::kCreate:
        case Operation::kUpdate:
        case Operation::kDelete:
        case Operation::kRead:
        case Operation::kTruncate:
        case Operation::kMessage:
        case Operation::kTransaction:
            return true;
    }
    return false;
}

}  // namespace outflow::core
