#include "diff/capture_feed.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace outflow::relay::diff {
namespace {

constexpr int kBurst = 500;  // records before the other side has its turn

}  // namespace

CaptureFeed::Buffer::~Buffer() { std::free(data); }

CaptureFeed::CaptureFeed(std::string file, FamilyName family)
    : file_(std::move(file)), family_(std::move(family)), stream_(std::fopen(file_.c_str(), "re")) {
    if (stream_ == nullptr)
        throw StartupError(
            {error::kCaptureFile, file_ + " cannot be opened", std::strerror(errno), {}});
}

Read CaptureFeed::read(Taker *taker) {
    Read result = Read::kNothing;
    for (int count = 0; count < kBurst && !ended_ && !taker->full(); ++count) {
        result = read_line(taker);
        if (result != Read::kRecords) break;
    }
    return result;
}

Read CaptureFeed::read_line(Taker *taker) {
    const ssize_t size = getline(&buffer_.data, &buffer_.capacity, stream_.get());
    if (size < 0) {
        if (std::ferror(stream_.get()) != 0) return fail(std::strerror(errno));
        ended_ = true;
        return Read::kNothing;
    }
    ++number_;
    std::string_view text(buffer_.data, static_cast<std::size_t>(size));
    if (!text.ends_with('\n')) return fail("the line has no end: was the capture cut off?");
    text.remove_suffix(1);
    if (std::string wrong = line_.read(text); !wrong.empty()) return fail(std::move(wrong));
    if (!family_.owns(line_.topic())) return Read::kRecords;
    const std::string_view name = family_.table(line_.topic());
    auto table = tables_.find(name);
    if (table == tables_.end()) {
        table = tables_.emplace(name).first;
        taker->found(*table, 0);  // how many partitions it had is not known
    }
    taker->take(*table, line_.partition(), line_.record());
    return Read::kRecords;
}

Read CaptureFeed::fail(std::string detail) {
    failure_ = {error::kCaptureFile,
                fmt::format("{}, line {}, cannot be read", file_, number_),
                std::move(detail),
                {}};
    return Read::kFailed;
}

}  // namespace outflow::relay::diff
