#include "alerts/judge.hpp"

#include <algorithm>

namespace moneytrail {

namespace {

// Of the transactions that become activities, each once and in order.
std::vector<std::uint32_t> senders_to_check(std::span<const Activity> activities,
                                            const signals::Evaluation& of_others) {
    std::vector<std::uint32_t> txns;
    for (const auto& activity : activities) txns.push_back(activity.position.txn_index);
    for (const auto& finding : of_others.findings) txns.push_back(finding.activity.position.txn_index);
    std::ranges::sort(txns);
    const auto repeated = std::ranges::unique(txns);
    txns.erase(repeated.begin(), repeated.end());
    if (!txns.empty() && txns.back() == kNoTransaction) txns.pop_back();
    return txns;
}

// No root covers `from`: whoever signed the transaction sent it.
Verification verify_senders(const Block& block, std::span<const std::uint32_t> txns, Verification so_far) {
    for (const auto index : txns) {
        const auto& txn = block.transactions[index];
        const auto signer = recover_sender(txn);
        if (!signer || *signer == txn.from) continue;
        so_far.links = Proof::wrong;
        so_far.why = "transactions[" + std::to_string(index) + "].from: " + txn.from.to_hex() +
                     " did not sign, " + signer->to_hex() + " did";
        return so_far;
    }
    return so_far;
}

}  // namespace

JudgedBlock judge(const Block& block, const JudgeSettings& settings, History& history, PriceBook& prices,
                  std::optional<BlockTime> known_since) {
    JudgedBlock out;
    out.verification = verify(block, settings.chain_id);
    if (out.verification.wrong()) return out;

    const auto decoded = decode_transfers(block);
    const Surroundings around{settings.following, prices, settings.tokens};
    const signals::Facts facts{settings.tokens, settings.following,
                               prices.price(std::nullopt, block.header.time), known_since};
    const auto activities = observe(block, decoded.transfers, around);
    signals::Evaluation of_others;
    if (signals::judges_everybody(settings.rules))
        of_others =
            signals::evaluate_others(observe_others(block, decoded.transfers, around), settings.rules, facts);
    out.verification = verify_senders(block, senders_to_check(activities, of_others), out.verification);
    if (out.verification.wrong()) return out;

    auto evaluation = signals::evaluate(activities, history, settings.rules, facts);
    std::ranges::move(of_others.findings, std::back_inserter(evaluation.findings));
    prices.apply(block);

    out.alerts = compose_alerts(evaluation.findings, {settings.chain_id, block, out.verification.usable(),
                                                      settings.following, settings.tokens});
    out.counts = decoded.counts;
    out.transfers = decoded.transfers.size();
    out.activities = activities.size();
    out.unpriced = static_cast<std::uint64_t>(
        std::ranges::count_if(activities, [](const Activity& each) { return !each.usd && !each.is_spam(); }));
    out.unknown = std::move(evaluation.unknown);
    for (const auto& [rule, count] : of_others.unknown) out.unknown[rule] += count;
    return out;
}

}  // namespace moneytrail
