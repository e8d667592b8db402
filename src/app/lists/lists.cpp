#include "lists/lists.hpp"

#include "archive/read_packed_text.hpp"
#include "config/config_keys.hpp"
#include "config/config_values.hpp"
#include "lists/list_reader.hpp"
#include "text/address_text.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace moneytrail {
namespace {

constexpr std::size_t kLongestLabel = 128;

class AddressCollector {
  public:
    AddressCollector(const NamedText& file, std::span<const std::string> known, Problems& problems)
        : file_{file.name}, ids_{known}, known_{known.begin(), known.end()}, problems_{problems} {
        constexpr std::size_t kShortestLine = 45;  // an address, a comma, an id, a line end
        const auto most = std::min(file.text.size() / kShortestLine, kMostFollowedAddresses);
        seen_.reserve(most);
        list_.addresses.reserve(most);
    }

    AddressList take_list() {
        list_.warnings = problems_.warnings();
        return std::move(list_);
    }

    bool take(const CsvRecord& record) {
        const auto label = from_inert_cell(record.fields.size() > 2 ? record.fields[2] : std::string_view{});
        const auto id = from_inert_cell(record.fields[1]);
        const auto address = Address::from_hex(record.fields[0]);
        if (!address) return wrong(record, wrong_address(record.fields[0]));
        if (!fits({.kind = ValueKind::name}, id))
            return wrong(
                record, "entity: expected " + describe({.kind = ValueKind::name}) + ", got " + in_quotes(id));
        if (!known_.empty() && !known_.contains(id)) return wrong(record, unknown_entity(id, ids_));
        if (auto bad = wrong_label(label); !bad.empty()) return wrong(record, std::move(bad));

        const auto entity = index_of(id);
        warn_of_checksum({file_, record.line}, record.fields[0], problems_);
        const auto [first, is_new] = seen_.try_emplace(*address, Seen{entity, record.line});
        if (!is_new) {
            if (first->second.entity == entity) return true;
            return wrong(record, "address: is of entity " + in_quotes(list_.entities[first->second.entity]) +
                                     " in line " + std::to_string(first->second.line) +
                                     ", expected one entity for an address");
        }
        if (list_.addresses.size() >= kMostFollowedAddresses) {
            wrong(record, "more than 2000000 addresses, the most that are followed");
            return false;
        }
        list_.addresses.push_back({*address, entity, std::string{label}});
        return true;
    }

  private:
    struct Seen {
        std::uint32_t entity;
        std::size_t line;
    };

    // The rest of the list is still worth reading.
    bool wrong(const CsvRecord& record, std::string why) {
        problems_.add({file_, record.line, "", std::move(why)});
        return true;
    }

    std::uint32_t index_of(std::string_view id) {
        // Lists are mostly sorted by entity.
        if (!list_.entities.empty() && list_.entities[last_] == id) return last_;
        const auto next = static_cast<std::uint32_t>(list_.entities.size());
        const auto [found, is_new] = indexes_.try_emplace(std::string{id}, next);
        if (is_new) list_.entities.emplace_back(id);
        return last_ = found->second;
    }

    const std::string& file_;
    std::span<const std::string> ids_;
    std::unordered_set<std::string_view> known_;  // the same; empty: any entity
    Problems& problems_;
    AddressList list_;
    std::unordered_map<Address, Seen> seen_;
    std::unordered_map<std::string, std::uint32_t> indexes_;
    std::uint32_t last_ = 0;
};

// `known`: the ids that an entity must be one of; empty: it may be any.
Checked<AddressList> parse_addresses_of(const NamedText& file, std::span<const std::string> known) {
    Problems problems{kMostListProblems};
    AddressCollector collector{file, known, problems};
    read_list(file, {"address,entity,label", 2, 3}, problems,
              [&](const CsvRecord& record) { return collector.take(record); });
    if (!problems.empty()) return std::unexpected{std::move(problems)};
    return collector.take_list();
}

}  // namespace

std::string wrong_text(const ListField& field) {
    if (field.text.size() <= field.longest && std::ranges::all_of(field.text, is_printable)) return {};
    return std::string{field.name} + ": expected at most " + std::to_string(field.longest) +
           " bytes without control characters, got " + in_quotes(field.text);
}

std::string wrong_address(std::string_view text) {
    return "address: expected 0x and 40 hex digits, got " + in_quotes(text);
}

void warn_of_checksum(const ListPlace& place, std::string_view text, Problems& problems) {
    if (const auto wrong = wrong_checksum(text); !wrong.empty())
        problems.warn({place.file, place.line, "", std::string{place.field} + ": " + wrong});
}

std::string wrong_header(std::span<const std::string_view> fields, const ListShape& shape) {
    const auto is_prefix = [&](std::string_view columns) {
        std::string joined;
        for (const auto& field : fields) joined += std::string{field} + ',';
        return !columns.empty() && (std::string{columns} + ',').starts_with(joined);
    };
    if (fields.size() >= shape.fewest && (is_prefix(shape.columns) || is_prefix(shape.other_columns)))
        return {};
    std::string given;
    for (const auto& field : fields) given += (given.empty() ? "" : ",") + std::string{field};
    return "the columns are " + in_quotes(given) + ", expected " + std::string{shape.columns} +
           ": a list of another version?";
}

NamedText read_list_file(const std::filesystem::path& path, Problems& problems) {
    auto text = path.extension() == ".gz" ? read_packed_text(path, kMostListBytes)
                                          : read_text_file(path, kMostListBytes);
    if (!text) problems.add({path.string(), 0, "", text.error()});
    return {.name = path.string(), .text = std::move(text).value_or(std::string{})};
}

Checked<AddressList> parse_addresses(const NamedText& file) {
    return parse_addresses_of(file, {});
}

Checked<AddressList> load_addresses(const std::filesystem::path& file) {
    return load_addresses(file, {});
}

Checked<AddressList> load_addresses(const std::filesystem::path& file,
                                    std::span<const std::string> entities) {
    Problems problems{kMostListProblems};
    const auto text = read_list_file(file, problems);
    if (!problems.empty()) return std::unexpected{std::move(problems)};
    return parse_addresses_of(text, entities);
}

std::string wrong_label(std::string_view text) {
    return wrong_text({"label", text, kLongestLabel});
}

std::string unknown_entity(std::string_view id, std::span<const std::string> entities) {
    constexpr std::size_t kMostShown = 100;
    std::string ids;
    for (const auto& entity : entities.first(std::min(kMostShown, entities.size())))
        ids += (ids.empty() ? "" : ", ") + entity;
    if (entities.size() > kMostShown) ids += ", …";
    return "entity: " + in_quotes(id) + " is not configured, expected " +
           (ids.empty() ? "one of the configuration's, which has none" : "one of: " + ids);
}

JoinedEntities join_entities(std::vector<EntityConfig> configured, const AddressList& list) {
    JoinedEntities joined{.entities = std::move(configured)};
    std::unordered_map<std::string, std::size_t> known;
    for (std::size_t i = 0; i < joined.entities.size(); ++i) known.emplace(joined.entities[i].id, i);
    for (const auto& id : list.entities) {
        const auto [found, is_new] = known.try_emplace(id, joined.entities.size());
        if (is_new) joined.entities.push_back({.id = id, .name = id});
        joined.index_of.push_back(found->second);
    }
    return joined;
}

}  // namespace moneytrail
