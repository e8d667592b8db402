#include "parse_parts.hpp"

#include <algorithm>
#include <optional>

namespace moneytrail {

using json::fixed;
using json::id;
using json::ondemand::array;
using json::ondemand::object;
using json::ondemand::value;

namespace {

// A frame's texts as they stand: most frames move nothing, and then their addresses need not be decoded.
struct RawFrame {
    std::string_view type;
    std::string_view call_type;
    std::string_view from;
    std::string_view to;
    std::string_view value;
    std::string_view address;  // of a self-destruct: who
    std::string_view heir;     // and who gets its balance
    std::string_view balance;
    std::string_view created;  // result.address
    std::optional<std::uint64_t> txn_index;
    std::uint32_t depth = 0;
    bool failed = false;
};

void read_action(object action, RawFrame& raw) {
    each_field(action, [&](std::string_view key, value& field) {
        if (key == "callType") return raw.call_type = json::text(field), true;
        if (key == "from") return raw.from = json::text(field), true;
        if (key == "to") return raw.to = json::text(field), true;
        if (key == "value") return raw.value = json::text(field), true;
        if (key == "address") return raw.address = json::text(field), true;
        if (key == "refundAddress") return raw.heir = json::text(field), true;
        if (key == "balance") return raw.balance = json::text(field), true;
        return false;
    });
}

std::uint32_t depth_of(array trace_address) {
    return json::small_number(trace_address.count_elements().value());
}

void read_result(object result, RawFrame& raw) {
    each_field(result, [&](std::string_view key, value& field) {
        return key == "address" && (raw.created = json::text(field), true);
    });
}

RawFrame read_frame(object frame) {
    RawFrame raw;
    each_field(frame, [&](std::string_view key, value& field) {
        const auto is = [&](std::string_view name) { return key == name; };
        switch (id(key)) {
            case id("action"):
                return is("action") && (read_action(json::object(field), raw), true);
            case id("type"):
                return is("type") && (raw.type = json::text(field), true);
            case id("error"):
                return is("error") && (raw.failed = !json::is_null(field), !raw.failed);
            case id("result"):
                if (!is("result")) return false;
                if (!json::is_null(field)) read_result(json::object(field), raw);
                return true;
            case id("traceAddress"):
                return is("traceAddress") && (raw.depth = depth_of(json::array(field)), true);
            case id("transactionPosition"):
                return is("transactionPosition") &&
                       (json::is_null(field) || (raw.txn_index = json::count(json::whole(field)), true));
            default:
                return false;
        }
    });
    require(!raw.type.empty(), "type");
    return raw;
}

// "0x0", "0x00…": most values.
bool is_zero(std::string_view quantity) {
    return quantity.size() > 2 && quantity.find_first_not_of('0', 2) == std::string_view::npos;
}

template <class Read>
auto named(std::string_view name, const Read& read) {
    return json::within([&] { return name; }, read);
}

// None: it neither moves value nor failed, or is a reward, which is no transaction's.
std::optional<Frame> relevant(const RawFrame& raw) {
    Frame frame;
    frame.depth = raw.depth;
    frame.failed = raw.failed;
    const auto address = [](std::string_view name, std::string_view text) {
        return named(name, [&] { return fixed<Address>(text); });
    };
    if (raw.type == "call") {
        // The value of a delegatecall is its parent's, shown again; a callcode pays its own caller.
        const bool moves = raw.call_type == "call" && !is_zero(raw.value);
        if (!moves && !raw.failed) return std::nullopt;
        if (!moves) return frame;
        frame.from = address("action.from", raw.from);
        frame.to = address("action.to", raw.to);
        frame.value = named("action.value", [&] { return json::quantity(raw.value); });
    } else if (raw.type == "create") {
        frame.kind = Frame::Kind::create;
        if (is_zero(raw.value) && !raw.failed) return std::nullopt;
        frame.from = address("action.from", raw.from);
        if (!raw.failed) frame.to = address("result.address", raw.created);
        frame.value = named("action.value", [&] { return json::quantity(raw.value); });
    } else if (raw.type == "suicide") {
        frame.kind = Frame::Kind::self_destruct;
        if (is_zero(raw.balance) && !raw.failed) return std::nullopt;
        frame.from = address("action.address", raw.address);
        frame.to = address("action.refundAddress", raw.heir);
        frame.value = named("action.balance", [&] { return json::quantity(raw.balance); });
    } else {
        return std::nullopt;
    }
    return frame;
}

}  // namespace

void FrameOrder::visit(std::uint64_t txn, std::uint32_t depth) {
    if (txn >= kMostTransactions) {
        ++strangers_;
        return;
    }
    if (txn >= states_.size()) states_.resize(txn + 1, State::unseen);
    auto& state = states_[txn];
    const bool first = state == State::unseen && (!current_ || txn > *current_);
    if (first != (depth == 0) || (!first && (txn != *current_ || depth > last_depth_ + 1)))
        state = State::malformed;
    else if (first)
        state = State::trusted;
    current_ = txn;
    last_depth_ = depth;
}

// Transactions without frames that can be trusted. Frames of a transaction that the block does not have say
// nothing about those that it has.
std::uint32_t FrameOrder::malformed(const std::vector<Transaction>& txns) const {
    const auto untrusted = [&](const Transaction& txn) { return !trusts(txn.index); };
    return strangers_ + static_cast<std::uint32_t>(std::ranges::count_if(txns, untrusted));
}

ParsedFrames parse_frames(array array) {
    ParsedFrames out;
    std::size_t index = 0;
    for (auto element : array) {
        json::within([&] { return "[" + std::to_string(index) + "]"; },
                     [&] {
                         value frame = element.value();
                         const auto raw = read_frame(json::object(frame));
                         if (raw.type == "reward") return;
                         require(raw.txn_index.has_value(), "transactionPosition");
                         out.order.visit(*raw.txn_index, raw.depth);
                         if (auto moving = relevant(raw)) {
                             moving->txn_index = json::small_number(*raw.txn_index);
                             out.frames.push_back(*moving);
                         }
                     });
        ++index;
    }
    return out;
}

void add_frames(ParsedFrames parsed, Block& block) {
    std::erase_if(parsed.frames, [&](const Frame& frame) {
        return !find_transaction(block, frame.txn_index) || !parsed.order.trusts(frame.txn_index);
    });
    block.frames = std::move(parsed.frames);
    block.malformed_frames = parsed.order.malformed(block.transactions);
}

}  // namespace moneytrail
