#include "ledger/watch_set.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>
#include <unordered_map>

using namespace moneytrail;

namespace {

Address random_address(std::mt19937_64& random) {
    Address address;
    for (auto& byte : address.bytes()) byte = static_cast<std::uint8_t>(random());
    return address;
}

// An address whose bytes from `first` on hold `number`, big-endian, in a run of zeros.
Address sparse_address(std::size_t first, std::uint32_t number) {
    Address address;
    for (std::size_t i = 0; i < 4; ++i)
        address.bytes()[first + i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    return address;
}

using Model = std::unordered_map<Address, TrackedId>;

void check_same(const AddressIndex& base, const Model& model) {
    REQUIRE(base.size() == model.size());
    std::size_t visited = 0;
    base.for_each([&](const AddressEntry& entry) {
        ++visited;
        const auto found = model.find(entry.address);
        if (found == model.end() || found->second != entry.id) FAIL(entry.address.to_hex());
    });
    CHECK(visited == model.size());
    for (const auto& [address, id] : model)
        if (base.find(address) != id) FAIL(address.to_hex());
}

const Address kOne = sparse_address(16, 1);
const Address kTwo = sparse_address(16, 2);
const Address kThree = sparse_address(16, 3);

std::shared_ptr<const AddressIndex> base_of(const std::vector<AddressEntry>& entries) {
    return std::make_shared<const AddressIndex>(entries);
}

}  // namespace

TEST_CASE("an empty watch set finds nobody, not even the zero address") {
    WatchSet set;
    CHECK(set.empty());
    CHECK_FALSE(set.find(Address{}));
    CHECK_FALSE(AddressIndex{}.find(Address{}));
    CHECK(set.merged()->size() == 0);
    set.remove(kOne);
    CHECK(set.overlay_size() == 0);
}

TEST_CASE("the zero address and the id zero are like any other") {
    const AddressIndex base{std::vector<AddressEntry>{{Address{}, 0}}};
    CHECK(base.find(Address{}) == TrackedId{0});
    CHECK_FALSE(base.find(kOne));
}

TEST_CASE("of two entries with one address the last counts") {
    const auto base = base_of({{kOne, 1}, {kTwo, 2}, {kOne, 3}, {kOne, 4}});
    CHECK(base->size() == 2);
    CHECK(base->find(kOne) == TrackedId{4});
    CHECK(base->find(kTwo) == TrackedId{2});
}

TEST_CASE("the overlay hides the base until it is merged") {
    const auto base = base_of({{kOne, 1}, {kTwo, 2}});
    struct Row {
        const char* name;
        std::vector<AddressEntry> added_first;
        std::vector<Address> removed;
        std::vector<AddressEntry> added_last;
        std::map<Address, TrackedId> found;
    };
    const auto row =
        GENERATE(Row{"nothing changed", {}, {}, {}, {{kOne, 1}, {kTwo, 2}}},
                 Row{"new address", {{kThree, 3}}, {}, {}, {{kOne, 1}, {kTwo, 2}, {kThree, 3}}},
                 Row{"another id for an address of the base", {{kOne, 9}}, {}, {}, {{kOne, 9}, {kTwo, 2}}},
                 Row{"removed from the base", {}, {kOne}, {}, {{kTwo, 2}}},
                 Row{"removed twice", {}, {kOne, kOne}, {}, {{kTwo, 2}}},
                 Row{"removed and added again", {}, {kOne}, {{kOne, 7}}, {{kOne, 7}, {kTwo, 2}}},
                 Row{"given another id, then removed", {{kOne, 9}}, {kOne}, {}, {{kTwo, 2}}},
                 Row{"added, then removed", {{kThree, 3}}, {kThree}, {}, {{kOne, 1}, {kTwo, 2}}},
                 Row{"one added, all of the base removed", {{kThree, 3}}, {kOne, kTwo}, {}, {{kThree, 3}}},
                 Row{"everything removed", {}, {kOne, kTwo}, {}, {}});
    CAPTURE(row.name);
    WatchSet set{base};
    for (const auto& entry : row.added_first) set.add(entry);
    for (const auto& address : row.removed) set.remove(address);
    for (const auto& entry : row.added_last) set.add(entry);

    const WatchSet after{set.merged()};
    for (const auto& address : {kOne, kTwo, kThree}) {
        const auto wanted = row.found.find(address);
        const auto id = wanted == row.found.end() ? std::nullopt : std::optional{wanted->second};
        CHECK(set.find(address) == id);
        CHECK(after.find(address) == id);
    }
    CHECK(set.empty() == row.found.empty());
    CHECK(after.empty() == row.found.empty());
    CHECK(after.overlay_size() == 0);
}

TEST_CASE("sets that share a base do not see each other's changes") {
    const auto base = base_of({{kOne, 1}});
    WatchSet first{base};
    WatchSet second{base};
    first.remove(kOne);
    second.add({kTwo, 2});
    const WatchSet copy = second;
    second.add({kThree, 3});

    CHECK_FALSE(first.find(kOne));
    CHECK_FALSE(first.find(kTwo));
    CHECK(second.find(kOne) == TrackedId{1});
    CHECK_FALSE(copy.find(kThree));
    CHECK(base->size() == 1);
    CHECK(base->find(kOne) == TrackedId{1});
    CHECK(first.merged()->size() == 0);
    CHECK(base.use_count() == 4);  // ours, first, second, copy: nobody copied it
}

TEST_CASE("a watch set does what an unordered_map does") {
    std::mt19937_64 random{GENERATE(1u, 2u, 3u)};
    std::vector<Address> addresses;
    for (int i = 0; i < 300; ++i) addresses.push_back(random_address(random));
    const auto any = [&] { return addresses[random() % addresses.size()]; };

    Model model;
    WatchSet set;
    for (TrackedId step = 0; step < 20'000; ++step) {
        const Address address = any();
        switch (random() % 8) {
            case 0:
            case 1:
                set.add({address, step});
                model.insert_or_assign(address, step);
                break;
            case 2:
            case 3:
                set.remove(address);
                model.erase(address);
                break;
            default: {
                const auto wanted = model.find(address);
                const auto found = set.find(address);
                REQUIRE(found.has_value() == (wanted != model.end()));
                if (found) REQUIRE(*found == wanted->second);
            }
        }
        if (random() % 500 == 0) {
            const auto merged = set.merged();
            check_same(*merged, model);
            set = WatchSet{merged};
        }
    }
}

TEST_CASE("a million addresses are found, and nobody else") {
    std::mt19937_64 random{4};
    std::vector<AddressEntry> entries;
    for (TrackedId id = 0; id < 1'000'000; ++id) entries.push_back({random_address(random), id});
    const AddressIndex base{entries};
    CHECK(base.size() == entries.size());
    for (const auto& entry : entries)
        if (base.find(entry.address) != entry.id) FAIL(entry.address.to_hex());
    std::size_t strangers = 0;
    for (int i = 0; i < 100'000; ++i) strangers += base.find(random_address(random)).has_value();
    CHECK(strangers == 0);
}

// With a hash that ignored some of the bytes every look-up would walk over thousands of slots, and this would
// take minutes instead of a second.
TEST_CASE("addresses that differ in a few bytes only are spread as well as any") {
    const auto first = GENERATE(range(std::size_t{0}, std::size_t{17}));
    CAPTURE(first);
    std::vector<AddressEntry> entries;
    Model model;
    for (TrackedId number = 1; number <= 50'000; ++number) {
        entries.push_back({sparse_address(first, number), number});
        model.insert_or_assign(entries.back().address, number);
    }
    const AddressIndex base{entries};
    check_same(base, model);
    for (std::uint32_t number = 50'001; number <= 100'000; ++number)
        if (base.find(sparse_address(first, number))) FAIL(number);
}
