#include "chain/contracts.hpp"
#include "signals/lp_names.hpp"
#include "signals/params.hpp"
#include "signals/signal.hpp"
#include "signals/wording.hpp"

#include <algorithm>
#include <array>

namespace moneytrail::signals {
namespace {

// Contracts whose NFTs are positions in pools.
constexpr std::array kPositions{
    contracts::address("c36442b4a4522e871399cd717abdd847ab11fe88"),   // Uniswap V3
    contracts::address("bd216513d74c8cf14cf4747e6aaa6420ff64ee9e"),   // Uniswap V4
    contracts::address("46a15b0b27311cedf172ab29e4f4766fbe7f4364")};  // PancakeSwap V3

// S8: the subject moves a token that is a share in a liquidity pool: one that is known to be, or that is
// called like one.
//
//   min_usd        50      gate G of what comes in unasked
//   min_pool_usd   10000   an unpriced one that comes in unasked: its pool is known to hold at least this
class LpToken final : public Signal {
  public:
    explicit LpToken(Params& params)
        : min_usd_{params.gate()}, min_pool_usd_{params.usd("min_pool_usd", Usd::dollars(10'000))} {}

    Verdicts evaluate(const Occasion& occasion) const override {
        const auto& now = *occasion.activities.front();
        const auto& facts = occasion.facts;
        if (now.direction == Direction::self || now.relation == Relation::same_entity || !now.token)
            return {};
        const auto how = known_by(now, facts);
        if (how.empty()) return {};
        const auto holdings = facts.prices ? facts.prices->pool_holdings(*now.token, now.time) : std::nullopt;
        // Anybody can send anybody a share in a pool of nothing, or next to nothing of another.
        if (now.initiative() == Initiative::others &&
            !(now.usd ? passes(now, min_usd_) : holdings && *holdings >= min_pool_usd_))
            return {};

        Verdict verdict{.outcome = Outcome::fired,
                        .severity = Severity::low,
                        .repeat_key = key(now),
                        .text = amount_of(now, facts.tokens) +
                                (now.direction == Direction::out ? " sent" : " received") +
                                ", a share in a liquidity pool",
                        .evidence = {{"known_by", how},
                                     {"usd", now.usd ? to_string(*now.usd) : "unpriced"},
                                     {"min_usd", to_string(min_usd_)},
                                     {"signed", now.is_signed() ? "yes" : "no"},
                                     {"pool_usd", holdings ? to_string(*holdings) : "unknown"},
                                     {"min_pool_usd", to_string(min_pool_usd_)}}};
        return verdict;
    }

    std::vector<std::string> repeat_keys(const Activity& now, const Facts&) const override {
        return now.token ? std::vector{key(now)} : std::vector<std::string>{};
    }

  private:
    // Empty: it is none.
    static std::string known_by(const Activity& now, const Facts& facts) {
        if (std::ranges::find(kPositions, *now.token) != kPositions.end()) return "position";
        if (facts.prices && facts.prices->is_pool_share(*now.token)) return "pool";
        const auto& token = find_token(facts.tokens, *now.token);
        return names_lp(token.symbol) || names_lp(token.name) ? "name" : "";
    }

    static std::string key(const Activity& now) {
        return "S8|" + now.subject.to_hex() + "|" + now.token->to_hex() + "|" + to_iso(utc_day(now.time));
    }

    Usd min_usd_;
    Usd min_pool_usd_;
};

}  // namespace

extern const SignalType lp_token;
const SignalType lp_token{
    .id = "S8",
    .title = "LP token",
    .applies_to = "in, out",
    .fires_when =
        "a share in a liquidity pool moves (a known pool's token, a position NFT, or LP in the name); one "
        "that "
        "comes in unasked only if it is worth more than `min_usd` (50) or, unpriced, its pool holds at least "
        "`min_pool_usd` (10 000)",
    .repeat_key = "subject, token, day",
    .needs = Needs::nothing,
    .per = Per::activity,
    .make = [](Params& params) -> std::unique_ptr<const Signal> { return std::make_unique<LpToken>(params); },
};

}  // namespace moneytrail::signals
