// A topic family in a capture file (capture_line.h). Its topics are read in the order of the lines,
// whatever the taker would rather have; what is not of the family is passed over.
#pragma once

#include <cstdio>
#include <memory>
#include <set>
#include <string>

#include "diff/capture_line.h"
#include "diff/family_name.h"
#include "diff/feed.h"

namespace outflow::relay::diff {

class CaptureFeed : public Feed {
 public:
    // Throws StartupError OUT-1115.
    CaptureFeed(std::string file, FamilyName family);

    std::optional<Failure> discover(Taker *) override { return std::nullopt; }
    std::optional<Failure> aim_at_end() override { return std::nullopt; }
    bool reached_target() const override { return ended_; }
    Read read(Taker *taker) override;
    const Failure &failure() const override { return failure_; }
    bool at_end(const std::string &) const override { return ended_; }
    bool at_end() const override { return ended_; }
    bool stuck() const override { return false; }
    bool empty() const override { return ended_ && tables_.empty(); }
    std::string name() const override { return family_.topics() + " in " + file_; }
    std::string origin() const override { return file_; }

 private:
    struct Closer {
        void operator()(std::FILE *file) const { std::fclose(file); }
    };
    struct Buffer {  // getline's
        char *data = nullptr;
        std::size_t capacity = 0;
        ~Buffer();
    };

    Read read_line(Taker *taker);
    Read fail(std::string detail);

    const std::string file_;
    const FamilyName family_;
    std::unique_ptr<std::FILE, Closer> stream_;
    Buffer buffer_;
    CaptureLine line_;
    std::uint64_t number_ = 0;  // of the line, from 1
    std::set<std::string, std::less<>> tables_;
    bool ended_ = false;
    Failure failure_;
};

}  // namespace outflow::relay::diff
