#include "services/followed_list.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;

namespace {

Address numbered(std::uint32_t number) {
    Address out;
    for (std::size_t i = 0; i < sizeof number; ++i)
        out.bytes()[i] = static_cast<std::uint8_t>(number >> 8 * i);
    return out;
}

WatchedAddress watched(std::uint32_t number, const char* entity, const char* label, BlockNumber from) {
    return {numbered(number), entity, label, from};
}

// "fund (The Fund) label from 7", or "nobody".
std::string owner(const FollowedList& list, std::uint32_t number) {
    const auto& following = list.following();
    const auto* tracked = following.find(numbered(number));
    if (!tracked) return "nobody";
    const auto& entity = following.entities[tracked->entity];
    return entity.id + " (" + entity.name + ") " + tracked->label + " from " +
           std::to_string(tracked->effective_from);
}

FollowedList small_list() {
    return {{{"fund", "The Fund", {}}}, {watched(1, "fund", "one", 0), watched(2, "new-one", "two", 3)}};
}

}  // namespace

TEST_CASE("the stored list is followed, also for entities that are not configured") {
    const auto list = small_list();
    CHECK(owner(list, 1) == "fund (The Fund) one from 0");
    CHECK(owner(list, 2) == "new-one (new-one) two from 3");
    CHECK(owner(list, 3) == "nobody");
}

TEST_CASE("changes are taken up in place") {
    auto list = small_list();
    const auto* following = &list.following();
    list.apply({{watched(1, "fund", "one", 0), true},
                {watched(2, "fund", "other", 3), false},
                {watched(3, "another", "three", 9), false},
                {watched(4, "fund", "", 9), true}});
    CHECK(&list.following() == following);
    CHECK(owner(list, 1) == "nobody");
    CHECK(owner(list, 2) == "fund (The Fund) other from 3");
    CHECK(owner(list, 3) == "another (another) three from 9");
    CHECK(owner(list, 4) == "nobody");
    CHECK(list.following().find(numbered(3), 8) == nullptr);
    CHECK(list.following().find(numbered(3), 9) != nullptr);
    list.apply({{watched(1, "another", "again", 12), false}});
    CHECK(owner(list, 1) == "another (another) again from 12");
    CHECK(list.following().entities.size() == 3);
}

TEST_CASE("a list whose addresses come and go does not grow") {
    auto list = small_list();
    for (std::uint32_t i = 0; i < 100'000; ++i) {
        list.apply({{watched(100 + i % 50'000, "fund", "", i), false}});
        list.apply({{watched(100 + i % 50'000, "fund", "", i), true}});
    }
    CHECK(list.following().tracked.size() <= 3);
    CHECK(list.following().watch.overlay_size() <= 3);
    CHECK(owner(list, 1) == "fund (The Fund) one from 0");
}

TEST_CASE("what many changes add is looked up like what there was from the start") {
    FollowedList list{{{"fund", "The Fund", {}}}, {}};
    std::vector<WatchChange> changes;
    for (std::uint32_t i = 0; i < 30'000; ++i) changes.push_back({watched(i, "fund", "", i), false});
    list.apply(changes);
    CHECK(list.following().watch.overlay_size() == 0);
    CHECK(owner(list, 29'999) == "fund (The Fund)  from 29999");
    // A quarter of them and a few more go: what is left is made anew.
    changes.resize(20'000);
    for (auto& each : changes) each.removed = true;
    list.apply(changes);
    CHECK(list.following().watch.overlay_size() == 0);
    CHECK(owner(list, 19'999) == "nobody");
    CHECK(owner(list, 20'000) == "fund (The Fund)  from 20000");
    // Their places are taken again.
    for (auto& each : changes) each.removed = false;
    list.apply(changes);
    CHECK(list.following().tracked.size() == 30'000);
}
