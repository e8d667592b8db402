#pragma once

// Synthetic blocks and activities: a test states what is special, the rest has good defaults.

#include "base/amount.hpp"
#include "chain/contracts.hpp"
#include "chain/events.hpp"
#include "labels/label_book_maker.hpp"
#include "pipeline/judge.hpp"
#include "signals/catalogue.hpp"
#include "signals/params.hpp"

#include <deque>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace moneytrail::test {

template <class Fixed>
Fixed filled(std::uint8_t byte) {
    Fixed out;
    out.bytes().fill(byte);
    return out;
}

inline Address address(std::uint8_t byte) {
    return filled<Address>(byte);
}

inline Raw ether(std::uint64_t whole) {
    return Raw{whole} * Raw{1'000'000'000'000'000'000U};
}

// Followed: entity fund has 0xa1… and 0xa2…, entity desk has 0xd1….
inline const Address kFund = address(0xa1);
inline const Address kFundToo = address(0xa2);
inline const Address kDesk = address(0xd1);
inline const Address kStranger = address(0x55);
inline const Address kStranger2 = address(0x56);

inline Following followed() {
    return follow({{"fund", "The Fund", {}}, {"desk", "Desk", {}}},
                  {{kFund, 0, "main"}, {kFundToo, 0, ""}, {kDesk, 1, ""}});
}

inline TokenList known_tokens() {
    return {{contracts::kUsdc, {"USDC", 6, "USD Coin", true}},
            {contracts::kUsdt, {"USDT", 6, "Tether USD", true}},
            {contracts::kDai, {"DAI", 18, "Dai", true}},
            {contracts::kWeth, {"WETH", 18, "Wrapped Ether", true}},
            {address(0x77), {"JUNK", 18, "Junk", false}}};
}

// The stranger is an exchange's, the other a protocol's.
inline labels::KnownNames known_names() {
    labels::Names names;
    names.add({"Exchange", "exchange", labels::Kind::cex, labels::Flag::none});
    names.add({"Protocol", "protocol", labels::Kind::protocol, labels::Flag::none});
    labels::LabelBookMaker maker{std::move(names)};
    maker.add({kStranger, "Exchange", "cex", "Exchange 1", "user"});
    maker.add({kStranger2, "Protocol", "protocol", "Protocol: Router", "user"});
    labels::KnownNames out{.labels = std::move(maker).finish()};
    out.protected_tokens = ProtectedNames{known_tokens()};
    return out;
}

// A rule with its parameters as a configuration would give them.
inline signals::Rule rule(std::string_view id, std::map<std::string, std::string> values = {}) {
    for (const auto* type : signals::catalogue())
        if (type->id == id && type->make) {
            signals::Params params{std::move(values), Usd::dollars(50)};
            return {type, type->make(params)};
        }
    throw std::logic_error{"no such rule"};
}

inline signals::Rules rules(std::initializer_list<std::string_view> ids) {
    signals::Rules out;
    for (const auto id : ids) out.push_back(rule(id));
    return out;
}

// Every rule that is judged.
inline signals::Rules all_rules() {
    signals::Rules out;
    for (const auto* type : signals::catalogue())
        if (type->make) out.push_back(rule(type->id));
    return out;
}

// Seen from the fund's main address: 100 dollars of USDC out to a stranger, unless changed.
struct Deed {
    Direction direction = Direction::out;
    Relation relation = Relation::outsider;
    Token token = contracts::kUsdc;
    Raw amount = 100'000'000;
    std::optional<Usd> usd = Usd::dollars(100);
    Address subject = kFund;
    EntityIndex entity = 0;
    Transfer::Kind kind = Transfer::Kind::erc20;
    Address counterparty = kStranger;
    std::optional<SignedCall> signed_call{};
};

// The n-th activity of a test: one transaction each, one block each.
inline Activity activity(const Deed& deed, BlockNumber block_num) {
    Activity out;
    out.position = {block_num, 0, {Place::Kind::log, 0, 0}};
    out.time = BlockTime{std::chrono::seconds{1'689'269'891 + 12 * static_cast<std::int64_t>(block_num)}};
    out.txn_hash = filled<TxHash>(static_cast<std::uint8_t>(block_num));
    out.subject = deed.subject;
    out.entity = deed.entity;
    out.counterparty = deed.counterparty;
    out.relation = deed.relation;
    out.direction = deed.direction;
    out.kind = deed.kind;
    out.token = deed.token;
    out.amount = deed.amount;
    out.usd = deed.usd;
    out.signed_call = deed.signed_call;
    out.spam = deed.amount.is_zero() ? Spam::nothing_moved : Spam::none;
    return out;
}

inline Word padded(const Address& address) {
    Word word;
    std::ranges::copy(address.bytes(), word.bytes().begin() + 12);
    return word;
}

// The log of an ERC-20 transfer; its data is good until the program ends.
inline Log transfer_of(const Address& token, const Address& from, const Address& to, const Raw& amount) {
    static std::deque<Word> data;
    Log log;
    log.address = token;
    log.topic_count = 3;
    log.topics = {events::kTransfer, padded(from), padded(to), Word{}};
    log.data = data.emplace_back(to_word(amount)).bytes();
    return log;
}

// A chain of synthetic blocks: without roots or signatures, so all of them are unverified.
class BlockMaker {
  public:
    BlockMaker(BlockNumber number, BlockHash hash, BlockHash parent) {
        block_.header.number = number;
        block_.header.hash = hash;
        block_.header.parent = parent;
        block_.header.time =
            BlockTime{std::chrono::seconds{1'700'000'000 + 12 * static_cast<std::int64_t>(number)}};
        block_.frames.emplace();
    }

    BlockMaker& ether_sent(const TxHash& hash, const Address& from, const Address& to, const Raw& wei) {
        transaction(hash, from, to).value = to_word(wei);
        return *this;
    }
    BlockMaker& token_sent(const TxHash& hash, const Address& token, const Address& from, const Address& to,
                           const Raw& amount) {
        transaction(hash, from, token);
        memory_.push_back(to_word(amount));
        pending_.push_back({token, from, to});
        return *this;
    }

    Block take() {
        block_.memory = std::make_unique<std::uint8_t[]>(memory_.size() * Word::kSize);
        for (std::size_t i = 0, next = 0; i < block_.receipts.size() && next < pending_.size(); ++i) {
            const auto& txn = block_.transactions[i];
            if (txn.to != pending_[next].token || !txn.value->is_zero()) continue;
            auto* at = block_.memory.get() + next * Word::kSize;
            std::ranges::copy(memory_[next].bytes(), at);
            block_.receipts[i].logs.push_back(transfer_log(pending_[next], {at, Word::kSize}));
            ++next;
        }
        return std::move(block_);
    }

  private:
    struct Pending {
        Address token;
        Address from;
        Address to;
    };

    static Log transfer_log(const Pending& pending, ByteView data) {
        Log log;
        log.address = pending.token;
        log.topic_count = 3;
        log.topics[0] =
            Word::from_hex("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef").value();
        log.topics[1] = padded(pending.from);
        log.topics[2] = padded(pending.to);
        log.data = data;
        return log;
    }
    Transaction& transaction(const TxHash& hash, const Address& from, const Address& to) {
        const auto index = static_cast<std::uint32_t>(block_.transactions.size());
        auto& txn = block_.transactions.emplace_back();
        txn.hash = hash;
        txn.index = index;
        txn.from = from;
        txn.to = to;
        txn.value = Word{};
        auto& receipt = block_.receipts.emplace_back();
        receipt.txn_hash = hash;
        receipt.index = index;
        receipt.succeeded = true;
        return txn;
    }

    Block block_;
    std::vector<Word> memory_;
    std::vector<Pending> pending_;
};

}  // namespace moneytrail::test
