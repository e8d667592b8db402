#include "pipeline/judge.hpp"

#include <algorithm>

namespace moneytrail {
namespace {

// No root covers `from`: whoever signed the transaction sent it. Each transaction is checked once.
void verify_sender(const Block& block, std::uint32_t index, Verification& so_far) {
    const auto& txn = *find_transaction(block, index);
    const auto signer = recover_sender(txn);
    if (!signer || *signer == txn.from) return;
    so_far.links = Proof::wrong;
    so_far.why = "transactions[" + std::to_string(index) + "].from: " + txn.from.to_hex() +
                 " did not sign, " + signer->to_hex() + " did";
}

bool touches(const Following& following, const Transfer& transfer, BlockNumber block_num) {
    return following.find(transfer.from, block_num) || following.find(transfer.to, block_num);
}

bool any_mentioned(const Block& block, const DecodedBlock& decoded, const auto& is_it) {
    const auto moves = [&](const Transfer& each) { return is_it(each.from) || is_it(each.to); };
    const auto calls = [&](const auto& txn) { return is_it(txn.from) || (txn.to && is_it(*txn.to)); };
    return std::ranges::any_of(decoded.transfers, moves) || std::ranges::any_of(block.transactions, calls);
}

}  // namespace

ExaminedBlock examine(const Block& block, const JudgeSettings& settings) {
    ExaminedBlock out;
    out.verification = verify(block, settings.chain_id);
    if (out.verification.wrong()) return out;
    out.decoded = decode_transfers(block);
    examine_again(block, settings, out);
    return out;
}

void examine_again(const Block& block, const JudgeSettings& settings, ExaminedBlock& examined) {
    const auto& all = examined.decoded.transfers;
    std::vector<Transfer> followed;
    std::ranges::copy_if(all, std::back_inserter(followed), [&](const auto& transfer) {
        return touches(settings.following, transfer, block.header.number);
    });

    const auto& senders = signals::judges_everybody(settings.rules) ? all : followed;
    auto last = kNoTransaction;
    for (const auto& transfer : senders) {
        const auto index = transfer.position.txn_index;
        if (index == kNoTransaction || index == last) continue;
        last = index;
        verify_sender(block, index, examined.verification);
        if (examined.verification.wrong()) return;
    }
    examined.activities = observe(block, followed, settings.following, settings.names.labels);
}

bool mentions(const Block& block, const DecodedBlock& decoded, const std::unordered_set<Address>& addresses) {
    return any_mentioned(block, decoded, [&](const Address& address) { return addresses.contains(address); });
}

void collect_mentioned(const Block& block, const DecodedBlock& decoded, std::unordered_set<Address>& into) {
    any_mentioned(block, decoded, [&](const Address& address) {
        into.insert(address);
        return false;
    });
}

JudgedBlock judge(const Block& block, const ExaminedBlock& examined, const JudgeSettings& settings,
                  History& history, PriceBook& prices) {
    const Valuation valuation{prices, settings.tokens, settings.names};
    const signals::Facts facts{
        settings.tokens, settings.following, prices.price(std::nullopt, block.header.time),
        settings.names,  settings.learning,  &prices};
    auto activities = examined.activities;
    appraise(activities, valuation);
    auto evaluation = signals::evaluate(activities, history, settings.rules, facts);
    if (signals::judges_everybody(settings.rules)) {
        auto others = observe_others(block, examined.decoded.transfers, settings.following);
        appraise(others, valuation);
        auto of_others = signals::evaluate_others(others, settings.rules, facts);
        std::ranges::move(of_others.findings, std::back_inserter(evaluation.findings));
        for (const auto& [rule, count] : of_others.unknown) evaluation.unknown[rule] += count;
    }

    JudgedBlock out;
    out.prices = prices.apply(block, examined.decoded.transfers);
    out.alerts =
        compose_alerts(evaluation.findings, {settings.chain_id, block, examined.verification.usable(),
                                             settings.following, settings.tokens, settings.names});
    for (const auto& finding : evaluation.findings)
        if (!finding.verdict.repeat_key.empty()) out.repeat_keys.push_back(finding.verdict.repeat_key);
    out.unpriced = static_cast<std::uint64_t>(
        std::ranges::count_if(activities, [](const Activity& each) { return !each.usd && !each.is_spam(); }));
    out.activities = std::move(activities);
    out.unknown = std::move(evaluation.unknown);
    return out;
}

}  // namespace moneytrail
