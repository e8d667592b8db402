#include "commands/addresses_command.hpp"

#include "base/printable.hpp"
#include "commands/command_line.hpp"
#include "lists/lists.hpp"
#include "postgres/watch_list.hpp"
#include "text/address_text.hpp"
#include "text/csv.hpp"
#include "text/text_file.hpp"
#include "text/usage_error.hpp"
#include "wiring/database_session.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <memory>
#include <optional>
#include <unordered_map>

namespace moneytrail {
namespace {

struct AddressWords {
    std::string address;
    std::string entity;  // one of the configuration's
    std::string label;   // may be empty
};

struct ListWords {
    std::optional<std::string> entity;
    bool is_csv = false;  // as import_addresses reads it
};

std::vector<std::string> entity_ids(const Config& config) {
    std::vector<std::string> ids;
    for (const auto& entity : config.entities) ids.push_back(entity.id);
    return ids;
}

void refuse_unknown_entity(const std::string& id, const Config& config) {
    const auto ids = entity_ids(config);
    if (std::ranges::find(ids, id) == ids.end()) throw UsageError{unknown_entity(id, ids)};
}

void refuse_bad_label(const std::string& label) {
    const auto bad = find_bad_text(label);
    if (bad) throw UsageError{"LABEL: " + bad->why};
    if (const auto wrong = wrong_label(label); !wrong.empty()) throw UsageError{wrong};
}

// Whose root each address is.
std::unordered_map<Address, std::string> roots_of(const Config& config) {
    std::unordered_map<Address, std::string> roots;
    for (const auto& entity : config.entities)
        for (const auto& root : entity.roots) roots.emplace(root, entity.id);
    return roots;
}

std::string conflict_text(const postgres::RootConflict& conflict, const std::string& where) {
    return to_checksum_hex(conflict.address) + " is a root of " + conflict.root_of + where +
           ", which wins over " + conflict.entity;
}

// The daemon may have been started with other roots than those that the file has now.
constexpr auto kStoredRoot = " in the configuration that the daemon was last started with";

postgres::Added add(DatabaseSession& session, std::uint64_t chain_id, std::vector<WatchedAddress> addresses) {
    return session.transact([chain_id, addresses = std::move(addresses)](postgres::Work& tx) {
        return postgres::add_addresses(tx, chain_id, addresses);
    });
}

std::string what_happened(const postgres::Added& added, const AddressWords& words) {
    if (added.added != 0) return "is now watched for " + words.entity;
    if (added.restored != 0) return "is watched again, for " + words.entity;
    if (added.changed != 0) return "is now of " + words.entity + " with what was given";
    return "was on the watch list of " + words.entity + " already";
}

std::string since(const postgres::WatchListRow& row) {
    return row.known_since ? "since " + to_iso(*row.known_since)
                           : "from block " + std::to_string(row.effective_from);
}

std::string_view name_of(postgres::WatchMethod method) {
    return method == postgres::WatchMethod::root ? "root" : "user";
}

void print_table(const std::vector<postgres::WatchListRow>& rows, std::ostream& out) {
    constexpr int kSinceWidth = 26;  // "since 2023-07-13T17:38:11Z"
    std::size_t width = 0;
    for (const auto& row : rows) width = std::max(width, row.watched.entity.size());
    for (const auto& row : rows) {
        out << to_checksum_hex(row.watched.address) << "  " << std::left << std::setw(static_cast<int>(width))
            << row.watched.entity << "  " << name_of(row.method) << "  ";
        if (row.watched.label.empty())
            out << since(row) << '\n';
        else
            out << std::setw(kSinceWidth) << since(row) << "  " << printable(row.watched.label) << '\n';
    }
}

void print_csv(const std::vector<postgres::WatchListRow>& rows, std::ostream& out) {
    out << to_csv(std::vector<std::string>{"address", "entity", "label"});
    for (const auto& [watched, method, from, known] : rows)
        out << to_csv(std::vector<std::string>{to_checksum_hex(watched.address),
                                               as_inert_cell(watched.entity), as_inert_cell(watched.label)});
}

int add_address(const DatabaseOptions& options, const AddressWords& words, std::ostream& out) {
    const auto [config, chain] = choose_chain(options);
    const auto address = address_argument(words.address);
    refuse_unknown_entity(words.entity, config);
    refuse_bad_label(words.label);
    const auto roots = roots_of(config);
    if (const auto root = roots.find(address); root != roots.end() && root->second != words.entity)
        throw std::runtime_error{
            conflict_text({address, words.entity, root->second}, " in " + printable(options.config_file))};

    DatabaseSession session{config};
    const auto added = add(session, chain.chain_id, {{address, words.entity, words.label}});
    if (!added.conflicts.empty())
        throw std::runtime_error{conflict_text(added.conflicts.front(), kStoredRoot)};
    out << to_checksum_hex(address) << ' ' << what_happened(added, words) << '\n';
    finish_output(out);
    return 0;
}

int remove_address(const DatabaseOptions& options, const std::string& word, std::ostream& out) {
    const auto [config, chain] = choose_chain(options);
    const auto address = address_argument(word);
    const auto name = to_checksum_hex(address);
    const auto roots = roots_of(config);
    if (const auto root = roots.find(address); root != roots.end())
        throw std::runtime_error{name + " is a root of " + root->second + " in " +
                                 printable(options.config_file) + ": take it out there"};

    DatabaseSession session{config};
    const auto removed = session.transact([chain_id = chain.chain_id, address](postgres::Work& tx) {
        return postgres::remove_address(tx, chain_id, address);
    });
    switch (removed) {
        case postgres::Removed::unknown:
            throw std::runtime_error{name + " is not on the watch list of chain " + chain.name};
        case postgres::Removed::is_root:
            throw std::runtime_error{name + " is a root" + kStoredRoot + ": start it anew with " +
                                     printable(options.config_file) + ", where it is none"};
        case postgres::Removed::before:
            out << name << " was removed already\n";
            break;
        case postgres::Removed::now:
            out << name << " is no longer watched, and only `addresses add` brings it back\n";
            break;
    }
    finish_output(out);
    return 0;
}

int list_addresses(const DatabaseOptions& options, const ListWords& words, std::ostream& out) {
    const auto [config, chain] = choose_chain(options);
    DatabaseSession session{config};
    const auto rows =
        session.transact([chain_id = chain.chain_id, entity = words.entity](postgres::Work& tx) {
            return postgres::list_addresses(tx, chain_id, entity);
        });
    // Somebody who is no longer configured may still have addresses; only where there are none it is a typo.
    if (words.entity && rows.empty()) refuse_unknown_entity(*words.entity, config);
    words.is_csv ? print_csv(rows, out) : print_table(rows, out);
    finish_output(out);
    return 0;
}

// All of the file or, when anything is wrong with it, nothing. Roots stay where they are and are named on
// `err`.
int import_addresses(const DatabaseOptions& options, const std::filesystem::path& file, std::ostream& out,
                     std::ostream& err) {
    const auto [config, chain] = choose_chain(options);
    const auto ids = entity_ids(config);
    if (ids.empty())
        throw UsageError{printable(options.config_file) + ": has no entities, expected those of the list"};
    auto list = load_addresses(file, ids);
    if (!list) throw UsageError{to_string(list.error())};

    for (const auto& warning : list->warnings) err << warning << '\n';
    const auto roots = roots_of(config);
    std::vector<WatchedAddress> addresses;
    for (auto& [address, entity, label] : list->addresses) {
        const auto& id = list->entities[entity];
        if (const auto root = roots.find(address); root != roots.end() && root->second != id)
            err << printable(file.string()) << ": "
                << conflict_text({address, id, root->second}, " in " + printable(options.config_file))
                << '\n';
        else
            addresses.push_back({address, id, std::move(label)});
    }
    DatabaseSession session{config};
    const auto all = addresses.size();
    const auto added = add(session, chain.chain_id, std::move(addresses));
    for (const auto& conflict : added.conflicts)
        err << printable(file.string()) << ": " << conflict_text(conflict, kStoredRoot) << '\n';
    const auto unchanged = all - added.added - added.restored - added.changed - added.conflicts.size();
    out << added.added << " added, " << added.restored << " watched again, " << added.changed << " changed, "
        << unchanged << " as before\n";
    finish_output(out);
    return 0;
}

}  // namespace

void add_addresses(CommandLine& line) {
    auto* group =
        line.add_group("addresses", "The watch list; the daemon takes changes up at its next block");
    const auto address = std::make_shared<AddressWords>();
    const auto& database = line.database();
    auto* words = line.add(group, "add", "Watches an address, also one that was removed",
                           [&database, address] { return add_address(database, *address, std::cout); });
    line.add_chain_option(words);
    words->add_option("ADDRESS", address->address, "0x and 40 hex digits")->required();
    words->add_option("ENTITY", address->entity, "The id of an entity of the configuration")->required();
    words->add_option("LABEL", address->label, "What people call it");

    words = line.add(group, "remove", "Watches it no longer, until somebody adds it again",
                     [&database, address] { return remove_address(database, address->address, std::cout); });
    line.add_chain_option(words);
    words->add_option("ADDRESS", address->address, "0x and 40 hex digits")->required();

    const auto list = std::make_shared<ListWords>();
    words = line.add(group, "list", "What is watched, and since when",
                     [&database, list] { return list_addresses(database, *list, std::cout); });
    line.add_chain_option(words);
    words->add_option("ENTITY", list->entity, "Only of this entity");
    words->add_flag("--csv", list->is_csv, "As CSV address,entity,label, which import reads");

    const auto file = std::make_shared<std::filesystem::path>();
    words = line.add(group, "import", "Watches all addresses of a CSV file, or none if it has mistakes",
                     [&database, file] { return import_addresses(database, *file, std::cout, std::cerr); });
    line.add_chain_option(words);
    words->add_option("FILE", *file, "CSV address,entity,label; the label may be left out")->required();
}

}  // namespace moneytrail
