#pragma once

// An alert: what one transaction did to one subject, with every reason why that matters.

#include "base/tokens.hpp"
#include "chain/verify.hpp"
#include "ledger/following.hpp"
#include "signals/evaluate.hpp"

#include <optional>
#include <string>
#include <vector>

namespace moneytrail {

// The first 128 bits of SHA-256 of "moneytrail:1|chain id|tx hash (or withdrawal index)|subject". It says
// nothing of the block, so it survives a reorg that mines the transaction elsewhere.
using AlertId = FixedBytes<16, struct AlertIdTag>;

AlertId alert_id(std::uint64_t chain_id, const TxHash& txn, const Address& subject);
AlertId alert_id(std::uint64_t chain_id, std::uint64_t withdrawal_index, const Address& subject);
std::string to_digits(const AlertId& id);  // 32 lower-case hex digits

struct Reason {
    std::string_view rule;
    signals::Severity severity = signals::Severity::low;
    Position position;
    Direction direction = Direction::out;
    std::optional<Address> counterparty;
    std::string counterparty_label;  // empty: none is known
    Token token;
    std::optional<Word> token_id;
    std::string symbol;  // empty: not known
    std::optional<std::uint8_t> decimals;
    Raw amount;
    std::optional<Usd> usd;
    bool provisional = false;
    std::string text;
    signals::Evidence evidence;

    bool operator==(const Reason&) const = default;
};

enum class AlertStatus { raised, retracted };

struct Alert {
    AlertId id;
    AlertStatus status = AlertStatus::raised;
    signals::Severity severity = signals::Severity::low;  // the highest of its reasons
    bool verified = false;
    std::uint64_t chain_id = 0;
    BlockNumber block_num = 0;
    BlockHash block_hash;
    BlockTime block_time;
    std::optional<TxHash> txn_hash;  // none: a withdrawal
    std::string entity;              // its id; empty: nobody's
    std::string entity_name;
    Address address;
    std::string address_label;    // what lists call it; empty: nothing
    std::vector<Reason> reasons;  // at least one, by position and then rule

    // Each rule once, in the order of the reasons.
    std::vector<std::string_view> rules() const;

    bool operator==(const Alert&) const = default;
};

// What an alert is made from beside its findings.
struct AlertSource {
    std::uint64_t chain_id;
    const Block& block;
    bool verified;
    const Following& following;
    const TokenList& tokens;
    const labels::KnownNames& names;
};

// One alert per transaction and subject, in chain order.
std::vector<Alert> compose_alerts(std::span<const signals::Finding> findings, const AlertSource& source);

}  // namespace moneytrail
