#include "postgres/imported_lists.hpp"

#include "rows.hpp"

#include <algorithm>

namespace moneytrail::postgres {
namespace {

constexpr std::size_t kAtOnce = 20'000;  // rows of a statement: some 4 MB of text

std::string_view name_of(ListContent content) {
    return content == ListContent::labels ? "labels" : "tokens";
}

ImportedList list_of(const pqxx::row& row) {
    return {.name = row[0].as<std::string>(),
            .content = row[1].as<std::string>() == "labels" ? ListContent::labels : ListContent::tokens,
            .version = row[2].as<std::string>(),
            .lines = row[3].as<std::uint64_t>()};
}

// A long list takes its time, to be read as much as to be written: what an import could store, a start can
// load.
void allow_time(Work& tx) {
    tx.exec("set local statement_timeout = '5min'; set local lock_timeout = '5min'");
}

// Who imports or removes a list waits for the one before: the whole book is made of what is there then.
void lock(Work& tx) {
    allow_time(tx);
    tx.exec("lock table imported_list in share row exclusive mode");
}

// The list of that name, locked so that two imports do not mix.
std::optional<ImportedList> former(Work& tx, const ImportedList& list) {
    lock(tx);
    const auto rows =
        tx.exec_params("select name, content, version, lines from imported_list where name = $1", list.name);
    if (rows.empty()) return std::nullopt;
    auto before = list_of(rows[0]);
    if (before.content != list.content)
        throw Permanent{list.name + " was imported as a list of " + std::string{name_of(before.content)} +
                        ": give the list of " + std::string{name_of(list.content)} + " a name of its own"};
    return before;
}

void replace(Work& tx, const ImportedList& list) {
    tx.exec_params("delete from imported_list where name = $1", list.name);
    tx.exec_params("insert into imported_list values ($1, $2, $3, $4, now())", list.name,
                   std::string{name_of(list.content)}, list.version, list.lines);
}

void in_parts(const auto& rows, const auto& write) {
    for (std::size_t i = 0; i < rows.size(); i += kAtOnce)
        write(rows.subspan(i, std::min(kAtOnce, rows.size() - i)));
}

std::optional<std::int64_t> decimals_of(const TokenInfo& token) {
    if (!token.decimals) return std::nullopt;
    return *token.decimals;
}

}  // namespace

std::vector<ImportedList> imported_lists(Work& tx) {
    std::vector<ImportedList> out;
    for (const auto& row :
         tx.exec("select name, content, version, lines from imported_list order by name collate \"C\""))
        out.push_back(list_of(row));
    return out;
}

std::optional<ImportedList> import_labels(Work& tx, const ImportedList& list,
                                          std::span<const labels::LabelLine> labels) {
    auto before = former(tx, list);
    if (before == list) return before;
    replace(tx, list);
    in_parts(labels, [&](std::span<const labels::LabelLine> part) {
        const auto text_of = [&](std::string labels::LabelLine::* column) {
            return array_of(part, [column](const auto& each) -> std::string_view { return each.*column; });
        };
        using Line = labels::LabelLine;
        tx.exec_params(
            "insert into imported_label select $1, * "
            "from unnest($2::bytea[], $3::text[], $4::text[], $5::text[], $6::text[])",
            list.name, array_of(part, &Line::address), text_of(&Line::name), text_of(&Line::category),
            text_of(&Line::text), text_of(&Line::source));
    });
    return before;
}

std::optional<ImportedList> import_tokens(Work& tx, const ImportedList& list,
                                          std::span<const ImportedToken> tokens) {
    auto before = former(tx, list);
    if (before == list) return before;
    replace(tx, list);
    in_parts(tokens, [&](std::span<const ImportedToken> part) {
        const auto column = [&](auto of) {
            return array_of(part, [of](const ImportedToken& each) { return of(each.second); });
        };
        tx.exec_params(
            "insert into imported_token select $1, contract, symbol, decimals, name, protected <> 0, listed "
            "<> 0 "
            "from unnest($2::bytea[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::bigint[]) "
            "as row (contract, symbol, decimals, name, protected, listed)",
            list.name, array_of(part, &ImportedToken::first),
            column([](const TokenInfo& token) -> std::string_view { return token.symbol; }),
            column(decimals_of),
            column([](const TokenInfo& token) -> std::string_view { return token.name; }),
            column([](const TokenInfo& token) -> std::int64_t { return token.is_protected ? 1 : 0; }),
            column([](const TokenInfo& token) -> std::int64_t {
                return token.listing == Listing::listed ? 1 : 0;
            }));
    });
    return before;
}

bool remove_list(Work& tx, const std::string& name, ListContent content) {
    lock(tx);
    return tx.exec_params("delete from imported_list where name = $1 and content = $2", name,
                          std::string{name_of(content)})
               .affected_rows() != 0;
}

std::vector<ImportedLabels> imported_labels(Work& tx) {
    allow_time(tx);
    std::vector<ImportedLabels> out;
    for (const auto& row :
         tx.exec("select address, entity, category, label, source, list from imported_label "
                 "order by list collate \"C\"")) {
        auto list = row[5].as<std::string>();
        if (out.empty() || out.back().list != list) out.push_back({std::move(list), {}});
        out.back().lines.push_back({fixed_of<Address>(row[0]), row[1].as<std::string>(),
                                    row[2].as<std::string>(), row[3].as<std::string>(),
                                    row[4].as<std::string>()});
    }
    return out;
}

TokenList imported_tokens(Work& tx) {
    allow_time(tx);
    TokenList out;
    for (const auto& row : tx.exec("select contract, symbol, decimals, name, protected, listed "
                                   "from imported_token order by list collate \"C\"")) {
        TokenInfo token{.symbol = row[1].as<std::string>(),
                        .name = row[3].as<std::string>(),
                        .is_protected = row[4].as<bool>(),
                        .listing = row[5].as<bool>() ? Listing::listed : Listing::known};
        if (!row[2].is_null()) token.decimals = static_cast<std::uint8_t>(row[2].as<int>());
        out.try_emplace(fixed_of<Address>(row[0]), std::move(token));
    }
    return out;
}

}  // namespace moneytrail::postgres
