#include "ledger/history.hpp"

#include <algorithm>
#include <cassert>

namespace moneytrail {
namespace {

Address history_token(const Token& token) {
    return one_token(token).value_or(Address{});
}

auto& of(auto& by_initiative, Initiative initiative) {
    return by_initiative[static_cast<std::size_t>(initiative)];
}

template <class Map, class Key>
bool passed(const Map& largest, const Key& key, Usd gate) {
    const auto* found = largest.find(key);
    return found && *found > gate;
}

template <class Map, class Key>
void raise(Map& largest, const Key& key, const Activity& activity) {
    const auto* found = largest.find(key);
    if (!found || *found < *activity.usd) largest.set(key, *activity.usd, activity.position.block_num);
}

void raise(std::optional<Usd>& largest, const std::optional<Usd>& usd) {
    if (usd && largest.value_or(*usd) <= *usd) largest = usd;
}

template <class Map, class Key>
Contact contact_in(const Map& contacts, const Key& key) {
    const auto* found = contacts.find(key);
    return found ? *found : Contact{};
}

}  // namespace

void History::recall_activities(const Address& subject, std::uint64_t count) {
    activities_.recall(subject, count);
}

void History::recall_largest(const Address& subject, const Token& token, Initiative initiative, Usd usd) {
    of(largest_, initiative).recall({subject, history_token(token)}, usd);
}

void History::recall_entity_largest(EntityIndex entity, const Token& token, Initiative initiative, Usd usd) {
    of(entity_largest_, initiative).recall({entity, history_token(token)}, usd);
}

void History::recall_contact(const Address& subject, labels::OrganisationIndex organisation,
                             Contact contact) {
    contacts_.recall({subject, organisation}, contact);
}

void History::recall_entity_contact(EntityIndex entity, labels::OrganisationIndex organisation,
                                    Contact contact) {
    entity_contacts_.recall({entity, organisation}, contact);
}

void History::recall_pair_day(const Address& subject, const Address& counterparty, std::chrono::sys_days day,
                              const PairDay& pair_day) {
    const PairOnDay key{{subject, counterparty}, day};
    const auto* found = pair_days_.find(key);
    OpenDay sum;
    if (found) sum.total = found->total;
    sum.total += pair_day;
    pair_days_.recall(key, sum);
}

void History::recall_pair_begin(const Address& subject, const Address& counterparty,
                                std::chrono::sys_days day) {
    pair_begins_.recall({subject, counterparty}, day);
}

void History::recall_counterparty(const Address& subject, const Address& counterparty) {
    const Key<Address, Ends> key{subject, ends_of(counterparty)};
    const auto* found = similar_.find(key);
    auto similar = found ? *found : Similar{counterparty, {}};
    add_similar(similar, counterparty);
    similar_.recall(key, similar);
}

void History::recall_repeat_key(const std::string& repeat_key) {
    held_.recall(repeat_key, {});
}

void History::apply(const Activity& activity) {
    if (activity.is_spam()) return;
    const std::pair order{activity.position, activity.direction};
    assert(!last_ || *last_ < order);
    last_ = order;

    const auto number = activity.position.block_num;
    activities_.set(activity.subject, activities(activity.subject) + 1, number);
    if (activity.usd && activity.is_with_others()) {
        const auto token = history_token(activity.token);
        const auto initiative = activity.initiative();
        raise(of(largest_, initiative), Key<Address, Address>{activity.subject, token}, activity);
        if (activity.entity)
            raise(of(entity_largest_, initiative), Key<EntityIndex, Address>{*activity.entity, token},
                  activity);
    }
    if (!activity.is_dealing()) return;
    meet(contacts_, activity.subject, activity);
    if (activity.entity) meet(entity_contacts_, *activity.entity, activity);
    apply_pair(activity);
    const Key<Address, Ends> key{activity.subject, ends_of(*activity.counterparty)};
    const auto* found = similar_.find(key);
    auto similar = found ? *found : Similar{*activity.counterparty, {}};
    if (!found || add_similar(similar, *activity.counterparty)) similar_.set(key, similar, number);
}

template <class Who>
void History::meet(Map<Who, labels::OrganisationIndex, Contact>& contacts, const Who& who,
                   const Activity& activity) {
    for (const auto organisation : activity.touched()) {
        const Key<Who, labels::OrganisationIndex> key{who, organisation};
        const auto before = contact_in(contacts, key);
        auto after = before;
        if (organisation == activity.organisation) {
            if (activity.direction == Direction::out) raise(after.largest_paid, activity.usd);
            if (activity.initiative() == Initiative::others) raise(after.largest_unasked, activity.usd);
        }
        after.was_signed = before.was_signed || activity.is_signed();
        if (after != before || !contacts.find(key)) contacts.set(key, after, activity.position.block_num);
    }
}

void History::apply_pair(const Activity& activity) {
    const Pair pair{activity.subject, *activity.counterparty};
    const PairOnDay key{pair, utc_day(activity.time)};
    const auto* found = pair_days_.find(key);
    auto day = found ? *found : OpenDay{};
    const auto& at = activity.position;
    if (day.block_num != at.block_num || day.txn_index != at.txn_index) {
        day.block_num = at.block_num;
        day.txn_index = at.txn_index;
        day.largest.reset();
        day.has_unpriced = false;
    }
    const auto count = [&](PairCount& sum, Usd gate, auto change) {
        const bool is_over = day.largest && *day.largest > gate;
        sum.over = change(sum.over, is_over);
        sum.unpriced = change(sum.unpriced, !is_over && day.has_unpriced);
    };
    const auto count_both = [&](auto change) {
        count(day.total.daily, gates_.daily, change);
        count(day.total.weekly, gates_.weekly, change);
    };
    // The transaction may count otherwise than it did before this activity.
    count_both([](std::uint64_t sum, bool is) { return sum - (is ? 1 : 0); });
    if (activity.usd)
        day.largest = std::max(day.largest.value_or(*activity.usd), *activity.usd);
    else
        day.has_unpriced = true;
    count_both([](std::uint64_t sum, bool is) { return sum + (is ? 1 : 0); });

    if (activity.direction == Direction::out) {
        if (activity.usd)
            day.total.out = day.total.out + *activity.usd;
        else
            ++day.total.out_unpriced;
    }
    if (activity.usd) {
        day.total.has_price = true;
        if (!pair_begins_.find(pair)) pair_begins_.set(pair, key.day, at.block_num);
    }
    pair_days_.set(key, day, at.block_num);
}

void History::hold(const std::string& repeat_key, BlockNumber block_num) {
    if (!held_.find(repeat_key)) held_.set(repeat_key, {}, block_num);
}

std::optional<BlockTime> History::known_since(const Address& subject) const {
    const auto found = known_since_.find(subject);
    return found == known_since_.end() ? begin_ : std::optional{found->second};
}

bool History::holds(const std::string& repeat_key) const {
    return held_.find(repeat_key);
}

std::uint64_t History::activities(const Address& subject) const {
    const auto* found = activities_.find(subject);
    return found ? *found : 0;
}

bool History::traded(const Address& subject, const Token& token, Initiative initiative, Usd gate) const {
    return passed(of(largest_, initiative), Key<Address, Address>{subject, history_token(token)}, gate);
}

bool History::entity_traded(EntityIndex entity, const Token& token, Initiative initiative, Usd gate) const {
    return passed(of(entity_largest_, initiative), Key<EntityIndex, Address>{entity, history_token(token)},
                  gate);
}

Contact History::contact(const Address& subject, labels::OrganisationIndex organisation) const {
    return contact_in(contacts_, Key<Address, labels::OrganisationIndex>{subject, organisation});
}

Contact History::entity_contact(EntityIndex entity, labels::OrganisationIndex organisation) const {
    return contact_in(entity_contacts_, Key<EntityIndex, labels::OrganisationIndex>{entity, organisation});
}

PairDay History::pair_day(const Address& subject, const Address& counterparty,
                          std::chrono::sys_days day) const {
    const auto* found = pair_days_.find({{subject, counterparty}, day});
    return found ? found->total : PairDay{};
}

std::optional<std::chrono::sys_days> History::pair_begin(const Address& subject,
                                                         const Address& counterparty) const {
    const auto* found = pair_begins_.find({subject, counterparty});
    return found ? std::optional{*found} : std::nullopt;
}

bool History::is_counted(const Activity& activity, PairCount PairDay::* count) const {
    const auto* found = pair_days_.find({{activity.subject, *activity.counterparty}, utc_day(activity.time)});
    const auto& at = activity.position;
    if (!found || found->block_num != at.block_num || found->txn_index != at.txn_index) return false;
    return found->largest && *found->largest > (count == &PairDay::daily ? gates_.daily : gates_.weekly);
}

bool History::resembles_another(const Address& subject, const Address& counterparty) const {
    const auto* found = similar_.find({subject, ends_of(counterparty)});
    return found && (found->first != counterparty || found->second);
}

History::Ends History::ends_of(const Address& address) {
    const auto& bytes = address.bytes();
    return static_cast<Ends>(bytes[0]) << 24 | static_cast<Ends>(bytes[1]) << 16 |
           static_cast<Ends>(bytes[18]) << 8 | static_cast<Ends>(bytes[19]);
}

// A third one would change no answer.
bool History::add_similar(Similar& similar, const Address& counterparty) const {
    if (similar.first == counterparty || similar.second) return false;
    similar.second = counterparty;
    return true;
}

void History::for_each_map(const auto& visit) {
    visit(activities_);
    for (auto& map : largest_) visit(map);
    for (auto& map : entity_largest_) visit(map);
    visit(contacts_);
    visit(entity_contacts_);
    visit(pair_days_);
    visit(pair_begins_);
    visit(similar_);
    visit(held_);
}

void History::rollback_above(BlockNumber block_num) {
    for_each_map([=](auto& map) { map.rollback_above(block_num); });
    last_.reset();
}

void History::settle_below(BlockNumber block_num) {
    for_each_map([=](auto& map) { map.settle_below(block_num); });
}

bool is_look_alike(const Activity& activity, const History& history) {
    constexpr auto kWorthTheTrouble = Usd::dollars(1);
    return activity.is_dealing() && (!activity.usd || *activity.usd < kWorthTheTrouble) &&
           history.resembles_another(activity.subject, *activity.counterparty);
}

}  // namespace moneytrail
