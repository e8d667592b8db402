#pragma once

// What came before: everything a rule may ask about the past, and nothing of the present.

#include "ledger/activity.hpp"
#include "ledger/journal_map.hpp"
#include "ledger/pair_day.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace moneytrail {

// Earlier dealings with an organisation: one answers for every gate. None: nothing that was priced.
struct Contact {
    std::optional<Usd> largest_paid;     // to it
    std::optional<Usd> largest_unasked;  // from it, in others' transactions
    bool was_signed = false;             // any dealing or call in a transaction of the subject's own
    bool operator==(const Contact&) const = default;
};

// It holds exactly what has been applied, so "before" needs no argument: evaluate an activity first, then
// apply it. Replay grows one; live, the store fills one for the subjects of a block.
class History {
  public:
    History() = default;
    explicit History(PairGates gates) : gates_{gates} {}

    // In chain order. Spam is counted nowhere.
    void apply(const Activity& activity);
    // A repeat key belongs to the transaction that raised it and is freed with its block.
    void hold(const std::string& repeat_key, BlockNumber block_num);
    // Nothing before this time is known of anybody, unless `know_since` says otherwise of a subject.
    void begin(BlockTime time) { begin_ = time; }
    void know_since(const Address& subject, BlockTime time) { known_since_[subject] = time; }
    // What a store remembers of the time before: it cannot be taken back.
    void recall_activities(const Address& subject, std::uint64_t count);
    void recall_largest(const Address& subject, const Token& token, Initiative initiative, Usd usd);
    void recall_entity_largest(EntityIndex entity, const Token& token, Initiative initiative, Usd usd);
    void recall_contact(const Address& subject, labels::OrganisationIndex organisation, Contact contact);
    void recall_entity_contact(EntityIndex entity, labels::OrganisationIndex organisation, Contact contact);
    void recall_pair_day(const Address& subject, const Address& counterparty, std::chrono::sys_days day,
                         const PairDay& pair_day);
    void recall_pair_begin(const Address& subject, const Address& counterparty, std::chrono::sys_days day);
    void recall_counterparty(const Address& subject, const Address& counterparty);
    void recall_repeat_key(const std::string& repeat_key);

    // From when on the subject is watched; none: its history is complete.
    std::optional<BlockTime> known_since(const Address& subject) const;
    bool holds(const std::string& repeat_key) const;
    std::uint64_t activities(const Address& subject) const;
    // With others. A movement that did not pass the gate is no history: a test deposit does not hide the
    // large one.
    bool traded(const Address& subject, const Token& token, Initiative initiative, Usd gate) const;
    bool entity_traded(EntityIndex entity, const Token& token, Initiative initiative, Usd gate) const;
    // Payments to and from an organisation, and signed calls of its contracts beside payments.
    Contact contact(const Address& subject, labels::OrganisationIndex organisation) const;
    Contact entity_contact(EntityIndex entity, labels::OrganisationIndex organisation) const;
    PairDay pair_day(const Address& subject, const Address& counterparty, std::chrono::sys_days day) const;
    // The day of the pair's first priced activity; none: there was none.
    std::optional<std::chrono::sys_days> pair_begin(const Address& subject,
                                                    const Address& counterparty) const;
    // Whether the pair's transaction that this activity is part of is over the gate of days by what came
    // before the activity: it is counted already. The same for weeks.
    bool is_counted(const Activity& activity, PairCount PairDay::* count) const;
    // Another counterparty of the subject begins and ends with the same 4 hex digits.
    bool resembles_another(const Address& subject, const Address& counterparty) const;

    // Takes back what blocks above this one added. Not below what `settle_below` gave up.
    void rollback_above(BlockNumber block_num);
    // Blocks below this one can no longer be taken back.
    void settle_below(BlockNumber block_num);

  private:
    template <class Who, class What>
    struct Key {
        Who who{};
        What what{};
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        template <class Who, class What>
        std::size_t operator()(const Key<Who, What>& key) const noexcept {
            return std::hash<Who>{}(key.who) * 31 + std::hash<What>{}(key.what);
        }
    };
    template <class Who, class What, class Value>
    using Map = JournalMap<Key<Who, What>, Value, KeyHash>;
    using Pair = Key<Address, Address>;

    // A pair's day with the transaction that is going on.
    struct OpenDay {
        PairDay total;
        BlockNumber block_num = 0;
        std::uint32_t txn_index = 0;
        std::optional<Usd> largest;
        bool has_unpriced = false;
    };
    struct PairOnDay {
        Pair pair;
        std::chrono::sys_days day;
        bool operator==(const PairOnDay&) const = default;
    };
    struct PairOnDayHash {
        std::size_t operator()(const PairOnDay& key) const noexcept {
            return KeyHash{}(key.pair) * 31 + static_cast<std::size_t>(key.day.time_since_epoch().count());
        }
    };
    // First and last 2 bytes of an address.
    using Ends = std::uint32_t;
    static Ends ends_of(const Address& address);
    // Those with the same ends: one, or two of which any counterparty differs from at least one.
    struct Similar {
        Address first;
        std::optional<Address> second;
    };

    template <class Who>
    void meet(Map<Who, labels::OrganisationIndex, Contact>& contacts, const Who& who,
              const Activity& activity);
    void apply_pair(const Activity& activity);
    bool add_similar(Similar& similar, const Address& counterparty) const;
    void for_each_map(const auto& visit);

    PairGates gates_;
    std::optional<BlockTime> begin_;
    std::unordered_map<Address, BlockTime> known_since_;
    JournalMap<Address, std::uint64_t> activities_;
    // The largest movement so far, by initiative: one number answers for every gate.
    std::array<Map<Address, Address, Usd>, 2> largest_;
    std::array<Map<EntityIndex, Address, Usd>, 2> entity_largest_;
    Map<Address, labels::OrganisationIndex, Contact> contacts_;
    Map<EntityIndex, labels::OrganisationIndex, Contact> entity_contacts_;
    JournalMap<PairOnDay, OpenDay, PairOnDayHash> pair_days_;
    Map<Address, Address, std::chrono::sys_days> pair_begins_;
    Map<Address, Ends, Similar> similar_;
    JournalMap<std::string, std::monostate> held_;
    std::optional<std::pair<Position, Direction>> last_;
};

// Next to nothing, from or to an address that looks like one of the subject's counterparties: rule of
// src/core/signals/README.md, section 1.
bool is_look_alike(const Activity& activity, const History& history);

}  // namespace moneytrail
