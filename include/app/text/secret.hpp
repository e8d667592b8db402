#pragma once

// Text that must never reach a log line, an error, a metric or an answer: it comes out only by name.

#include <ostream>
#include <string>
#include <utility>

namespace moneytrail {

class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string text) : text_{std::move(text)} {}

    const std::string& reveal() const { return text_; }
    bool empty() const { return text_.empty(); }

    friend bool operator==(const Secret&, const Secret&) = default;

  private:
    std::string text_;
};

inline std::string to_string(const Secret& /*secret*/) {
    return "***";
}
inline std::ostream& operator<<(std::ostream& out, const Secret& secret) {
    return out << to_string(secret);
}

}  // namespace moneytrail
