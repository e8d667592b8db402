#pragma once

// What the text of a label says of a deposit address: whose it is, and at which exchange.

#include <optional>
#include <string_view>

namespace moneytrail::labels {

// "OWNER: EXCHANGE Deposit 2", "EXCHANGE Deposit", "EXCHANGE: Deposit", tags in brackets aside: the
// exchange's name, and the owner's where there is one. None: the text names no deposit address.
struct DepositText {
    std::string_view used_by;  // may be empty
    std::string_view exchange;
    friend bool operator==(const DepositText&, const DepositText&) = default;
};
std::optional<DepositText> parse_deposit(std::string_view text);

}  // namespace moneytrail::labels
