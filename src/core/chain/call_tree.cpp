#include "parse_parts.hpp"

namespace moneytrail {

using json::ondemand::array;
using json::ondemand::array_iterator;
using json::ondemand::field;
using json::ondemand::object_iterator;
using json::ondemand::value;

namespace {

// A block has gas for fewer in one transaction: more are odd, not memory.
constexpr std::size_t kMostCalls = std::size_t{1} << 20;

// The calls of one call that are being read, and of the one that is, its fields.
struct Level {
    array_iterator call;
    object_iterator field;
    std::size_t frame = 0;
    bool is_in_call = false;
};

// Without recursion: how deep calls are nested is the text's choice, and so would the stack's size be.
class CallReader {
  public:
    CallReader(array calls, std::vector<RawFrame>& out) : out_{out} {
        levels_.push_back({.call = calls.begin().value(), .field = {}});
    }

    void read() {
        while (!levels_.empty()) {
            auto& level = levels_.back();
            if (level.is_in_call)
                go_on_in_call(level);
            else if (level.call != array_iterator{})
                begin_call(level);
            else
                end_calls();
        }
    }

  private:
    void begin_call(Level& level) {
        value call = (*level.call).value();
        level.frame = out_.size();
        out_.push_back({.depth = static_cast<std::uint32_t>(levels_.size()), .is_of_tree = true});
        level.is_in_call = call.type() == json::ondemand::json_type::object && out_.size() < kMostCalls;
        if (level.is_in_call) {
            level.field = json::object(call).begin().value();
            return;
        }
        out_.back().is_odd = true;
        json::check(call);
        ++level.call;
    }

    void go_on_in_call(Level& level) {
        if (!(level.field != object_iterator{})) {
            level.is_in_call = false;
            ++level.call;
            return;
        }
        field entry = (*level.field).take_value();
        const auto key = json::key_of(entry);
        auto& frame = out_[level.frame];
        if (key == "calls" && !json::is_null(entry.value()) && has_calls(entry.value(), frame)) return;
        json::within([&] { return key; },
                     [&] {
                         if (key == "calls" || !parse_tree_field(key, entry.value(), frame))
                             json::check(entry.value());
                     });
        ++level.field;
    }

    // Whether it is a list that may be gone into.
    bool has_calls(value& calls, RawFrame& frame) {
        const bool is_list = calls.type() == json::ondemand::json_type::array;
        if (!is_list || levels_.size() > json::kMostNestedCalls) {
            frame.is_odd = true;
            return false;
        }
        levels_.push_back({.call = json::array(calls).begin().value(), .field = {}});
        return true;
    }

    void end_calls() {
        levels_.pop_back();
        if (!levels_.empty()) ++levels_.back().field;
    }

    std::vector<RawFrame>& out_;
    std::vector<Level> levels_;
};

}  // namespace

bool take_error(value& field, RawFrame& frame) {
    std::string_view error;
    if (!take_text(field, error, frame)) return false;
    frame.failed = !error.empty();
    if (error.empty()) frame.is_odd = true;
    return true;
}

void parse_calls(array calls, std::vector<RawFrame>& out) {
    CallReader{calls, out}.read();
}

}  // namespace moneytrail
