#pragma once

// The list of addresses to follow that people keep beside the configuration.

#include "base/fixed_bytes.hpp"
#include "config/config.hpp"
#include "text/problem.hpp"

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail {

// A file's name for messages and its text.
struct NamedText {
    std::string name;
    std::string text;
};

struct FollowedAddress {
    Address address;
    std::uint32_t entity = 0;  // index into AddressList::entities
    std::string label;         // may be empty
};

struct AddressList {
    std::vector<std::string> entities;  // ids, each once, in the order in which they appear
    std::vector<FollowedAddress> addresses;
    std::vector<std::string> warnings;  // something is probably wrong; a line each
};

constexpr std::size_t kMostFollowedAddresses = 2'000'000;

// CSV address,entity[,label]; a header line may come first. No address is in it twice: a second line for the
// same entity is dropped, one for another entity is a problem.
Checked<AddressList> parse_addresses(const NamedText& file);
Checked<AddressList> load_addresses(const std::filesystem::path& file);
// The same, and an entity that is none of these ids is a problem.
Checked<AddressList> load_addresses(const std::filesystem::path& file, std::span<const std::string> entities);

// What is wrong with an address's label; empty when nothing is.
std::string wrong_label(std::string_view text);
// Why an id that is none of these is refused, with the first of them.
std::string unknown_entity(std::string_view id, std::span<const std::string> entities);

// Of every id in the list the index in the result, in the list's order. An entity that the configuration does
// not have is added, named by its id.
struct JoinedEntities {
    std::vector<EntityConfig> entities;
    std::vector<std::size_t> index_of;
};
JoinedEntities join_entities(std::vector<EntityConfig> configured, const AddressList& list);

}  // namespace moneytrail
