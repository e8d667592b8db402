#pragma once

// What lists say of addresses and tokens beside their symbols and decimals.

#include "base/tokens.hpp"
#include "labels/label_book.hpp"

#include <string>

namespace moneytrail::labels {

struct KnownNames {
    LabelBook labels;
    ProtectedNames protected_tokens{{}};
    std::string versions;  // of the lists, for evidence: "labels 0f…, tokens 1a…"; empty: there are none
};

// Of a program without lists.
const KnownNames& no_names();

}  // namespace moneytrail::labels
