#pragma once

// Everything that lists say of addresses and tokens: the configuration's and the imported ones.

#include "labels/known_names.hpp"
#include "lists/label_lists.hpp"
#include "lists/token_lists.hpp"
#include "postgres/database.hpp"

namespace moneytrail {

// What a user imported into the database; folded names of the tokens may be missing.
struct ImportedLists {
    std::vector<postgres::ImportedLabels> labels;
    TokenList tokens;
};

ImportedLists read_imported(postgres::Work& tx);

struct KnownLists {
    LoadedLabels labels;
    TokenList tokens;
    std::vector<std::string> notes;     // nothing is wrong, but the user should know; a line each
    std::vector<std::string> warnings;  // something probably is; a line each
};

// All problems of all lists at once. A token of the configuration wins over an imported one; labels are
// settled by their sources.
Checked<KnownLists> load_known_lists(const Lists& lists, ImportedLists imported);

// What the rules see of them: takes the label book out of `lists`.
labels::KnownNames names_of(KnownLists& lists);

}  // namespace moneytrail
