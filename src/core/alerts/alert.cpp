#include "alerts/alert.hpp"

#include "signals/wording.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace moneytrail {

using signals::Finding;

namespace {

AlertId digest(const std::string& text) {
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> hash{};
    SHA256(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), hash.data());
    return AlertId::from_bytes(hash);
}

std::string id_text(std::uint64_t chain_id, const std::string& what, const Address& subject) {
    return "moneytrail:1|" + std::to_string(chain_id) + "|" + what + "|" + subject.to_hex();
}

AlertId id_of(std::uint64_t chain_id, const Activity& activity) {
    if (activity.txn_hash) return alert_id(chain_id, *activity.txn_hash, activity.subject);
    return alert_id(chain_id, activity.position.place.index, activity.subject);
}

std::size_t rank(std::string_view rule) {
    const auto all = signals::catalogue();
    return static_cast<std::size_t>(std::ranges::find(all, rule, &signals::SignalType::id) - all.begin());
}

// What the traces have to do with it: no root of the header covers them.
void add_traces(signals::Evidence& evidence, const Activity& activity, const Block& block) {
    // A rule may have named the source of something else.
    const bool is_taken =
        std::ranges::find(evidence, "source", [](const auto& each) { return each.first; }) != evidence.end();
    if (activity.kind == Transfer::Kind::internal)
        evidence.emplace_back(is_taken ? "transfer_source" : "source", "trace, unproven");
    if (activity.position.txn_index == kNoTransaction) return;
    if (const auto why = without_traces(block, activity.position.txn_index); !why.empty())
        evidence.emplace_back("traces", "judged without traces: " + std::string{why});
}

Reason reason_of(const Finding& finding, const AlertSource& source) {
    const auto& activity = finding.activity;
    Reason reason;
    reason.rule = finding.type->id;
    reason.severity = finding.verdict.severity;
    reason.position = activity.position;
    reason.direction = activity.direction;
    reason.counterparty = activity.counterparty;
    if (activity.counterparty)
        reason.counterparty_label =
            signals::label_of(*activity.counterparty, source.following, source.names.labels);
    reason.token = activity.token;
    reason.token_id = activity.token_id;
    reason.amount = activity.amount;
    reason.usd = activity.usd;
    reason.provisional = finding.verdict.provisional;
    reason.text = finding.verdict.text;
    reason.evidence = finding.verdict.evidence;
    if (activity.token) {
        const auto& token = find_token(source.tokens, *activity.token);
        reason.symbol = token.symbol;
        // An NFT's amount is a count, whatever a list says of its contract.
        reason.decimals = activity.token_id ? std::optional<std::uint8_t>{0} : token.decimals;
    } else {
        reason.symbol = "ETH";
        reason.decimals = 18;
    }
    if (activity.is_capped) reason.evidence.emplace_back("usd_is", "at least: all that its pools would pay");
    add_traces(reason.evidence, activity, source.block);
    if (!source.names.versions.empty()) reason.evidence.emplace_back("lists", source.names.versions);
    return reason;
}

Alert start_alert(const AlertId& id, const Activity& activity, const AlertSource& source) {
    Alert alert;
    alert.id = id;
    alert.verified = source.verified;
    alert.chain_id = source.chain_id;
    alert.block_num = source.block.header.number;
    alert.block_hash = source.block.header.hash;
    alert.block_time = source.block.header.time;
    alert.txn_hash = activity.txn_hash;
    alert.address = activity.subject;
    alert.address_label = signals::listed_label(activity.subject, source.names.labels);
    if (activity.entity) {
        const auto& entity = source.following.entities[*activity.entity];
        alert.entity = entity.id;
        alert.entity_name = entity.name;
    }
    return alert;
}

}  // namespace

AlertId alert_id(std::uint64_t chain_id, const TxHash& txn, const Address& subject) {
    return digest(id_text(chain_id, txn.to_hex(), subject));
}

AlertId alert_id(std::uint64_t chain_id, std::uint64_t withdrawal_index, const Address& subject) {
    return digest(id_text(chain_id, std::to_string(withdrawal_index), subject));
}

std::string to_digits(const AlertId& id) {
    return id.to_hex().substr(2);
}

std::vector<std::string_view> Alert::rules() const {
    std::vector<std::string_view> out;
    for (const auto& reason : reasons)
        if (std::ranges::find(out, reason.rule) == out.end()) out.push_back(reason.rule);
    return out;
}

std::vector<Alert> compose_alerts(std::span<const Finding> findings, const AlertSource& source) {
    std::vector<Alert> alerts;
    std::map<AlertId, std::size_t> index;
    for (const auto& finding : findings) {
        const auto id = id_of(source.chain_id, finding.activity);
        const auto [entry, is_new] = index.try_emplace(id, alerts.size());
        if (is_new) alerts.push_back(start_alert(id, finding.activity, source));
        auto& alert = alerts[entry->second];
        alert.reasons.push_back(reason_of(finding, source));
        alert.severity = std::max(alert.severity, finding.verdict.severity);
    }
    for (auto& alert : alerts)
        std::ranges::sort(alert.reasons, [](const Reason& a, const Reason& b) {
            return std::pair{a.position, rank(a.rule)} < std::pair{b.position, rank(b.rule)};
        });
    std::ranges::sort(alerts, {}, [](const Alert& alert) {
        const auto& first = alert.reasons.front();
        return std::tuple{first.position, first.direction, alert.address};
    });
    return alerts;
}

}  // namespace moneytrail
