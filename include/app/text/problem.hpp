#pragma once

// What is wrong with the user's files: every mistake with its place, collected so that one run shows them
// all.

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail {

struct Problem {
    std::string file;
    std::size_t line = 0;  // 0: the file as a whole
    std::string key;       // "chains[0].confirmations"; may be empty
    std::string why;       // what was found and what would be right
};

// "configs/moneytrail.yaml:17: chains[0].confirmations: expected a whole number from 0 to 1000, got 'three'"
std::string to_string(const Problem& problem);

// The first `most` problems and how many there were beyond them: a file of garbage must not fill the memory.
class Problems {
  public:
    explicit Problems(std::size_t most) : most_{most} {}

    void add(Problem problem) {
        if (shown_.size() < most_)
            shown_.push_back(std::move(problem));
        else
            ++more_;
    }
    void add_all(const Problems& others) {
        for (const auto& problem : others.shown_) add(problem);
        more_ += others.more_;
    }
    // What is probably wrong, and taken all the same.
    void warn(Problem problem) {
        if (warned_.size() < most_)
            warned_.push_back(std::move(problem));
        else
            ++more_warned_;
    }
    bool empty() const { return shown_.empty(); }  // no mistake; there may be warnings
    bool full() const { return shown_.size() >= most_; }
    const std::vector<Problem>& shown() const { return shown_; }
    std::size_t more() const { return more_; }
    // A line each, as many as mistakes are shown, then "… and N more warnings" when there were more.
    std::vector<std::string> warnings() const;

  private:
    std::size_t most_;
    std::vector<Problem> shown_;
    std::size_t more_ = 0;
    std::vector<Problem> warned_;
    std::size_t more_warned_ = 0;
};

// One line each, in the order of the file's lines, then "… and N more" when there were more.
std::string to_string(const Problems& problems);

template <class T>
using Checked = std::expected<T, Problems>;

// `text` between quotes for a message: shortened to what a line can carry, and printable.
std::string in_quotes(std::string_view text);

}  // namespace moneytrail
