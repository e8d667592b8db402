#include "parse_parts.hpp"

#include <algorithm>

namespace moneytrail {

using json::id;
using json::ondemand::array;
using json::ondemand::json_type;
using json::ondemand::object;
using json::ondemand::value;

namespace {

bool is_object(value& field) {
    return field.type() == json_type::object;
}

bool is_array(value& field) {
    return field.type() == json_type::array;
}

// One element of the list: a frame of trace_block, or a transaction's call tree.
class Element {
  public:
    void read(object element) {
        each_field(element, [&](std::string_view key, value& field) { return take(key, field); });
    }

    // `place` is the element's in the list.
    void add_to(FrameCollector& frames, std::size_t place) {
        const bool is_reward = frame_.type != "call" && plain_letters(frame_.type) == "reward";
        if (is_reward) return;  // nobody's transaction
        if (!is_of_tree()) {
            frame_.created = calls_.front().created;
            frame_.depth = static_cast<std::uint32_t>(path_.size());
            frames.add(whose_, frame_,
                       has_path_ ? std::optional{std::span<const std::uint32_t>{path_}} : std::nullopt);
            return;
        }
        // Older nodes leave the hash out: their list is in the order of the block.
        if (whose_.txn_hash.empty()) whose_.position = place;
        if (!frame_.has_result)
            frames.add_none(whose_, frame_.failed ? flaws::kError : flaws::kNotUnderstood);
        else
            frames.add_tree(whose_, calls_);
    }

    void clear() {
        frame_ = {};
        whose_ = {};
        if (is_result_read_) calls_.assign(1, RawFrame{.is_of_tree = true});
        path_.clear();
        has_path_ = is_tree_ = is_result_read_ = false;
    }

  private:
    bool is_of_tree() const {
        return is_tree_ || (!frame_.has_action && frame_.type.empty() && !calls_.front().type.empty());
    }

    bool take(std::string_view key, value& field) {
        const auto is = [&](std::string_view name) { return key == name; };
        switch (id(key)) {
            case id("action"):
                return is("action") && is_object(field) && (read_action(json::object(field)), true);
            case id("type"):
                return is("type") && take_text(field, frame_.type, frame_);
            case id("error"):
                return is("error") && take_error(field, frame_);
            case id("result"):
                return is("result") && is_object(field) && (read_result(json::object(field)), true);
            case id("traceAddress"):
                return is("traceAddress") && is_array(field) && (read_path(json::array(field)), true);
            case id("subtraces"):
                return is("subtraces") && take_number(field, [&](auto number) { frame_.subtraces = number; });
            default:
                return take_whose(key, field);
        }
    }

    bool take_whose(std::string_view key, value& field) {
        const auto is = [&](std::string_view name) { return key == name; };
        switch (id(key)) {
            case id("transactionPosition"):
                return is("transactionPosition") &&
                       take_number(field, [&](auto number) { whose_.position = number; });
            case id("transactionHash"):
                return is("transactionHash") && take_text(field, whose_.txn_hash, frame_);
            case id("txHash"):
                if (!is("txHash")) return false;
                is_tree_ = true;
                return take_text(field, whose_.txn_hash, frame_);
            case id("blockHash"):
                return is("blockHash") && take_text(field, whose_.block_hash, frame_);
            case id("blockNumber"):
                if (!is("blockNumber") || json::is_null(field)) return false;
                whose_.block_num = json::token(field);
                return json::whole_of(whose_.block_num).has_value();
            default:
                return false;
        }
    }

    template <class Take>
    bool take_number(value& field, const Take& take) {
        const auto number = json::whole_of(json::token(field));
        if (number) take(*number);
        if (!number && !json::is_null(field)) frame_.is_odd = true;
        return number.has_value();
    }

    void read_action(object action) {
        frame_.has_action = true;
        each_field(action, [&](std::string_view key, value& field) {
            const auto is = [&](std::string_view name) { return key == name; };
            switch (id(key)) {
                case id("callType"):
                    return is("callType") && take_text(field, frame_.call_type, frame_);
                case id("address"):
                    return is("address") && take_text(field, frame_.address, frame_);
                case id("refundAddress"):
                    return is("refundAddress") && take_text(field, frame_.heir, frame_);
                case id("balance"):
                    return is("balance") && take_text(field, frame_.balance, frame_);
                default:
                    return parse_call_field(key, field, frame_);
            }
        });
    }

    // Of a frame, what came of it; of a call tree, the transaction's own call with all below it.
    void read_result(object result) {
        frame_.has_result = true;
        each_field(result, [&](std::string_view key, value& field) {
            if (key == "gasUsed" || key == "output") return false;  // all that most have
            is_result_read_ = true;
            auto& own = calls_.front();
            if (key == "address") return take_text(field, own.created, own);
            if (key != "calls") return parse_tree_field(key, field, own);
            if (is_array(field) && calls_.size() == 1) return parse_calls(json::array(field), calls_), true;
            own.is_odd = own.is_odd || !json::is_null(field);
            return false;
        });
    }

    void read_path(array path) {
        has_path_ = true;
        path_.clear();
        for (auto element : path) {
            value number = element.value();
            const auto whole = json::whole_of(json::token(number));
            if (whole && *whole <= UINT32_MAX)
                path_.push_back(static_cast<std::uint32_t>(*whole));
            else
                has_path_ = (json::check(number), false);
        }
    }

    RawFrame frame_;
    Whose whose_;
    std::vector<RawFrame> calls_{RawFrame{.is_of_tree = true}};  // the transaction's own first
    std::vector<std::uint32_t> path_;
    bool has_path_ = false;
    bool is_tree_ = false;
    bool is_result_read_ = false;  // something of `calls_` is of this element
};

}  // namespace

// What is no list of frames says nothing of any transaction.
ParsedFrames parse_frames(value& traces) {
    FrameCollector frames;
    if (!is_array(traces)) {
        json::check(traces);
        return frames.take();
    }
    Element element;
    std::size_t index = 0;
    for (auto each : json::array(traces)) {
        json::within([&] { return "[" + std::to_string(index) + "]"; },
                     [&] {
                         value one = each.value();
                         if (!is_object(one)) return frames.add_stray(), json::check(one);
                         element.clear();
                         element.read(json::object(one));
                         element.add_to(frames, index);
                     });
        ++index;
    }
    return frames.take();
}

}  // namespace moneytrail
