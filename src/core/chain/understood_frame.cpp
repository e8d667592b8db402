#include "frames.hpp"

namespace moneytrail {
namespace {

using Kind = Frame::Kind;

// "0x0", "0x00…": most values.
bool is_zero(std::string_view quantity) {
    return quantity.size() > 2 && quantity.starts_with("0x") &&
           quantity.find_first_not_of('0', 2) == std::string_view::npos;
}

bool looks_like_address(std::string_view text) {
    return text.size() == 2 + 2 * Address::kSize;
}

std::string_view or_else(std::string_view first, std::string_view second) {
    return first.empty() ? second : first;
}

// Decodes what moves, and of the transaction's own frame everything, as it is held against the transaction.
std::optional<Frame> moved(Kind kind, const RawFrame& raw, std::string_view from, std::string_view to,
                           std::string_view value) {
    Frame frame{.kind = kind, .depth = raw.depth, .failed = raw.failed};
    const bool is_own = raw.depth == 0;
    const bool made_nothing = kind == Kind::create && raw.failed;
    if (!looks_like_address(from) || (!made_nothing && !looks_like_address(to))) return std::nullopt;
    if (is_zero(value) && !is_own) return frame;
    const auto wei = json::word_of(value);
    const auto payer = Address::from_hex(from);
    const auto payee = made_nothing ? std::optional{Address{}} : Address::from_hex(to);
    if (!wei || !payer || !payee) return std::nullopt;
    frame.from = *payer;
    frame.to = *payee;
    frame.value = *wei;
    return frame;
}

// The value of a delegatecall is its parent's, shown again; a callcode pays its own caller; a static call
// moves nothing.
bool is_call_without_value(std::string_view type) {
    return type == "delegatecall" || type == "staticcall" || type == "callcode";
}

// Where the type of call is not said, the transaction's own frame is a plain one, and any other is known to
// move nothing only when it shows nothing.
std::optional<Frame> called(const RawFrame& raw) {
    const bool is_said = !raw.call_type.empty() || raw.is_of_tree;
    const auto type = raw.is_of_tree ? std::string_view{"call"} : raw.call_type;
    if (!raw.has_result && !raw.failed && !raw.is_of_tree) return std::nullopt;
    if (!is_said && raw.depth != 0 && !is_zero(raw.value)) return std::nullopt;
    if (type == "call" || !is_said) return moved(Kind::call, raw, raw.from, raw.to, raw.value);
    const bool is_plain = type != "staticcall" && type != "delegatecall" && plain_letters(type) == "call";
    if (is_plain) return moved(Kind::call, raw, raw.from, raw.to, raw.value);
    if (raw.depth == 0 || !(is_call_without_value(type) || is_call_without_value(plain_letters(type))))
        return std::nullopt;
    return Frame{.kind = Kind::call, .depth = raw.depth, .failed = raw.failed};
}

std::optional<Frame> created(const RawFrame& raw) {
    if (!raw.has_result && !raw.failed && !raw.is_of_tree) return std::nullopt;
    return moved(Kind::create, raw, raw.from, raw.is_of_tree ? raw.to : raw.created, raw.value);
}

std::optional<Frame> destroyed(const RawFrame& raw) {
    if (raw.depth == 0) return std::nullopt;  // a transaction calls or creates
    return moved(Kind::self_destruct, raw, or_else(raw.address, raw.from), or_else(raw.heir, raw.to),
                 or_else(raw.balance, raw.value));
}

}  // namespace

std::string plain_letters(std::string_view text) {
    constexpr std::size_t kLongest = 32;  // nothing that is known is longer
    std::string out;
    for (const char c : text.substr(0, kLongest))
        if (c != '_' && c != '-') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

bool moves_nothing(const RawFrame& raw) {
    const bool succeeded = raw.has_action && raw.has_result && !raw.failed && !raw.is_odd;
    if (!succeeded || raw.depth == 0 || raw.type != "call") return false;
    if (raw.call_type != "call") return raw.call_type == "staticcall" || raw.call_type == "delegatecall";
    return is_zero(raw.value) && looks_like_address(raw.from) && looks_like_address(raw.to);
}

std::optional<Frame> understood(const RawFrame& raw) {
    if (raw.is_odd || !(raw.has_action || raw.is_of_tree)) return std::nullopt;
    if (raw.type == "call") return called(raw);
    const auto type = plain_letters(raw.type);
    if (type == "call") return called(raw);
    if (type == "create" || type == "create2") return created(raw);
    if (type == "suicide" || type == "selfdestruct") return destroyed(raw);
    // Where the type of call stands in place of "call".
    if (raw.depth == 0 || !is_call_without_value(type)) return std::nullopt;
    if (!raw.call_type.empty() && plain_letters(raw.call_type) != type) return std::nullopt;
    return Frame{.kind = Kind::call, .depth = raw.depth, .failed = raw.failed};
}

}  // namespace moneytrail
