#include "commands/lists_command.hpp"

#include "base/list_digest.hpp"
#include "base/printable.hpp"
#include "commands/command_line.hpp"
#include "lists/known_lists.hpp"
#include "lists/list_reader.hpp"
#include "postgres/imported_lists.hpp"
#include "text/address_text.hpp"
#include "text/usage_error.hpp"
#include "wiring/database_session.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

namespace moneytrail {
namespace {

using postgres::ImportedList;
using postgres::ListContent;

NamedText read_whole(const std::filesystem::path& file) {
    Problems problems{1};
    auto text = read_list_file(file, problems);
    if (!problems.empty()) throw UsageError{to_string(problems)};
    return text;
}

ImportedList list_of(const std::filesystem::path& file, ListContent content, const NamedText& text) {
    ListDigest digest;
    digest.add(text.text);
    return {.name = file.filename().string(), .content = content, .version = digest.text()};
}

// "tokens.csv: 12 tokens, version 0123456789ab; version … with 11 is gone"
void tell(const ImportedList& list, const std::optional<ImportedList>& before, std::ostream& out) {
    out << printable(list.name) << ": " << list.lines
        << (list.content == ListContent::labels ? " labels" : " tokens") << ", version " << list.version;
    if (!before)
        out << ", imported";
    else if (*before == list)
        out << ", were there already";
    else
        out << ", in the place of version " << before->version << " with " << before->lines;
    out << '\n';
    if (!before || *before != list)
        out << "A daemon that is running takes them up when it is started anew.\n";
}

// What every start makes of the lists, with the one that this transaction has written: what cannot be used is
// not committed. It comes last: where the others can be used without it, it is at fault.
void check_all(const Config& config, const ImportedList& list, postgres::Work& tx) {
    auto imported = read_imported(tx);
    const auto found = std::ranges::find(imported.labels, list.name, &postgres::ImportedLabels::list);
    if (found != imported.labels.end()) {
        found->is_new = true;
        std::rotate(found, found + 1, imported.labels.end());
    }
    const auto known = load_known_lists(config.lists, std::move(imported));
    if (!known) throw UsageError{to_string(known.error()) + "nothing is imported\n"};
}

std::string names_of(const std::vector<ImportedList>& lists, ListContent content) {
    std::string names;
    for (const auto& list : lists)
        if (list.content == content) names += (names.empty() ? "" : ", ") + printable(list.name);
    return names.empty() ? "none is imported" : "imported are: " + names;
}

// Also one with which nothing else would start.
int remove_list(const DatabaseOptions& options, const std::string& name, ListContent content,
                std::ostream& out) {
    const auto [config, chain] = choose_chain(options);
    DatabaseSession session{config};
    session.transact([&](postgres::Work& tx) {
        if (postgres::remove_list(tx, name, content)) return;
        const std::string kind = content == ListContent::labels ? "label" : "token";
        throw std::runtime_error{"there is no imported " + kind + " list " + in_quotes(name) + "; " +
                                 names_of(postgres::imported_lists(tx), content)};
    });
    out << printable(name)
        << ": removed\nA daemon that is running goes on with it until it is started anew.\n";
    finish_output(out);
    return 0;
}

std::string shown(const labels::LabelBook& book, const labels::Identity& identity) {
    const auto& organisation = book.organisation(identity.organisation);
    std::string text =
        organisation.name + " (" + organisation.id + ", " + std::string{to_string(organisation.kind)} + ')';
    if (identity.role == labels::Role::deposit) text += ", deposit address";
    if (identity.used_by) text += " used by " + book.organisation(*identity.used_by).name;
    if (identity.flag != labels::Flag::none) text += ", " + std::string{to_string(identity.flag)};
    if (identity.basis == labels::Basis::predicted) text += ", predicted";
    text += ", by " + book.source(identity);
    if (!identity.label.empty()) text += ": " + std::string{identity.label};
    return printable(text);
}

// All of a file or, when anything is wrong with it or with all lists together, nothing. A list of the same
// file name is replaced.
int import_label_list(const DatabaseOptions& options, const std::filesystem::path& file, std::ostream& out,
                      std::ostream& err) {
    const auto [config, chain] = choose_chain(options);
    const auto names = load_names(config.lists);
    if (!names) throw UsageError{to_string(names.error())};
    const auto text = read_whole(file);
    Problems problems{kMostListProblems};
    std::vector<labels::LabelLine> lines;
    read_labels(text, *names, problems, [&](const labels::Label& label) {
        lines.push_back({label.address, std::string{label.name}, std::string{label.category},
                         std::string{label.text}, std::string{label.source}});
    });
    if (!problems.empty()) throw UsageError{to_string(problems)};
    for (const auto& warning : problems.warnings()) err << warning << '\n';

    auto list = list_of(file, ListContent::labels, text);
    list.lines = lines.size();
    DatabaseSession session{config};
    const auto before = session.transact([&](postgres::Work& tx) {
        auto replaced = postgres::import_labels(tx, list, lines);
        check_all(config, list, tx);
        return replaced;
    });
    tell(list, before, out);
    finish_output(out);
    return 0;
}

int import_token_list(const DatabaseOptions& options, const std::filesystem::path& file, std::ostream& out,
                      std::ostream& err) {
    const auto [config, chain] = choose_chain(options);
    const auto text = read_whole(file);
    auto loaded = parse_tokens(std::span{&text, 1});
    if (!loaded) throw UsageError{to_string(loaded.error())};
    for (const auto& note : loaded->notes) err << to_string(note) << '\n';
    for (const auto& warning : loaded->warnings) err << warning << '\n';

    auto list = list_of(file, ListContent::tokens, text);
    list.lines = loaded->list.size();
    const std::vector<postgres::ImportedToken> tokens{loaded->list.begin(), loaded->list.end()};
    DatabaseSession session{config};
    const auto before = session.transact([&](postgres::Work& tx) {
        auto replaced = postgres::import_tokens(tx, list, tokens);
        check_all(config, list, tx);
        return replaced;
    });
    tell(list, before, out);
    finish_output(out);
    return 0;
}

// By the configuration's and the imported lists.
int show_label(const DatabaseOptions& options, const std::string& word, std::ostream& out) {
    const auto [config, chain] = choose_chain(options);
    const auto address = address_argument(word);
    DatabaseSession session{config};
    const auto imported = session.transact([](postgres::Work& tx) { return postgres::imported_labels(tx); });
    const auto loaded = load_labels(config.lists, imported);
    if (!loaded) throw UsageError{to_string(loaded.error())};

    const auto& book = loaded->book;
    const auto claims = book.claims(address);
    out << to_checksum_hex(address);
    if (book.find(address) == nullptr) out << "  has no label" << (claims.empty() ? "" : " that decides");
    out << '\n';
    for (const auto& claim : claims)
        out << (&claim == book.find(address) ? "  is " : "  also ") << shown(book, claim) << '\n';
    finish_output(out);
    return 0;
}

using Import = int(const DatabaseOptions&, const std::filesystem::path&, std::ostream&, std::ostream&);

void add_import(CommandLine& line, CLI::App* group, const char* columns, Import& import) {
    const auto file = std::make_shared<std::filesystem::path>();
    auto* words =
        line.add(group, "import", "Takes all of a CSV file, or none if it has mistakes",
                 [&line, &import, file] { return import(line.database(), *file, std::cout, std::cerr); });
    words->add_option("FILE", *file, columns)->required();
}

void add_remove(CommandLine& line, CLI::App* group, ListContent content) {
    const auto name = std::make_shared<std::string>();
    auto* words =
        line.add(group, "remove", "Takes an imported list out, by the name of its file",
                 [&line, content, name] { return remove_list(line.database(), *name, content, std::cout); });
    words->add_option("NAME", *name, "As the import named it")->required();
}

}  // namespace

void add_labels(CommandLine& line) {
    auto* group = line.add_group("labels", "Whose addresses are whose, by open lists and your own");
    add_import(line, group, "CSV address,entity,category,label,source; .gz too", import_label_list);
    add_remove(line, group, ListContent::labels);
    const auto address = std::make_shared<std::string>();
    auto* words = line.add(group, "show", "Who an address is, and what other sources say",
                           [&line, address] { return show_label(line.database(), *address, std::cout); });
    words->add_option("ADDRESS", *address, "0x and 40 hex digits")->required();
}

void add_tokens(CommandLine& line) {
    auto* group = line.add_group("tokens", "Symbols and decimals of tokens, by open lists and your own");
    add_import(line, group, "CSV address,symbol,decimals,name,protected,listed; .gz too", import_token_list);
    add_remove(line, group, ListContent::tokens);
}

}  // namespace moneytrail
