// Which topics belong to PREFIX.*. Of shop and shop.shadow the longer one owns
// shop.shadow.public.orders.
#pragma once

#include <string>
#include <string_view>

namespace outflow::relay::diff {

class FamilyName {
 public:
    // `other`: of the family beside it; empty: there is none.
    explicit FamilyName(std::string_view prefix, std::string_view other = {})
        : prefix_(prefix), begin_(prefix_ + "."), other_begin_(std::string(other) + ".") {}

    bool owns(std::string_view topic) const {
        return topic.starts_with(begin_) &&
               (other_begin_.size() <= begin_.size() || !topic.starts_with(other_begin_));
    }
    std::string_view table(std::string_view topic) const { return topic.substr(begin_.size()); }
    std::string topic(std::string_view table) const { return begin_ + std::string(table); }
    const std::string &prefix() const { return prefix_; }
    std::string topics() const { return begin_ + "*"; }

 private:
    std::string prefix_;
    std::string begin_;
    std::string other_begin_;
};

}  // namespace outflow::relay::diff
