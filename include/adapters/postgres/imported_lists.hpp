#pragma once

// The label and token lists that a user imported (tables of 005_lists.sql).

#include "base/tokens.hpp"
#include "labels/label_book_maker.hpp"
#include "postgres/database.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace moneytrail::postgres {

enum class ListContent { labels, tokens };

struct ImportedList {
    std::string name;  // that of the file
    ListContent content = ListContent::labels;
    std::string version;
    std::uint64_t lines = 0;
    friend bool operator==(const ImportedList&, const ImportedList&) = default;
};

// By name.
std::vector<ImportedList> imported_lists(Work& tx);

// Put the list in the place of what was imported under its name, and answer what that was; none: the name is
// new. The same version is not written again. Throw Permanent when the name is that of a list of the other
// content.
std::optional<ImportedList> import_labels(Work& tx, const ImportedList& list,
                                          std::span<const labels::LabelLine> labels);
using ImportedToken = std::pair<Address, TokenInfo>;
std::optional<ImportedList> import_tokens(Work& tx, const ImportedList& list,
                                          std::span<const ImportedToken> tokens);

// Takes the list out; its content says which kind is meant. False: there is none of that name and content.
bool remove_list(Work& tx, const std::string& name, ListContent content);

struct ImportedLabels {
    std::string list;
    std::vector<labels::LabelLine> lines;
    bool is_new = false;  // its import is not committed
};

// Of all lists, by name.
std::vector<ImportedLabels> imported_labels(Work& tx);
// Of all lists; of a contract that several have, the one whose name comes first. What counterfeits are
// compared by is not filled in.
TokenList imported_tokens(Work& tx);

}  // namespace moneytrail::postgres
