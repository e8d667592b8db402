#include "pipeline/history_query.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace moneytrail {
namespace {

void sort_once(auto& list) {
    std::ranges::sort(list);
    const auto repeated = std::ranges::unique(list);
    list.erase(repeated.begin(), repeated.end());
}

}  // namespace

void HistoryQueryBuilder::add(const ExaminedBlock& examined) {
    const auto& following = settings_.following;
    const auto& names = settings_.names;
    for (const auto& activity : examined.activities) {
        const auto& entity = following.entities[*activity.entity].id;
        query_.movements.push_back({activity.subject, entity, *activity.entity, one_token(activity.token)});
        if (!activity.is_dealing()) continue;
        query_.pairs.push_back({activity.subject, *activity.counterparty});
        for (const auto index : activity.touched())
            query_.organisations.push_back(
                {activity.subject, entity, *activity.entity, names.labels.organisation(index).id, index});
    }
    const signals::Facts facts{settings_.tokens, following, std::nullopt, names, settings_.learning};
    std::ranges::move(signals::repeat_keys(examined.activities, settings_.rules, facts),
                      std::back_inserter(query_.repeat_keys));
}

HistoryQuery HistoryQueryBuilder::finish(BlockNumber as_of, BlockTime time) && {
    query_.as_of = as_of;
    query_.time = time;
    sort_once(query_.movements);
    sort_once(query_.organisations);
    sort_once(query_.pairs);
    sort_once(query_.repeat_keys);
    return std::move(query_);
}

}  // namespace moneytrail
