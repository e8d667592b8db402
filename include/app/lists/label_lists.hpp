#pragma once

// Label lists: who the names of labels stand for, and whose addresses are whose.

#include "config/config.hpp"
#include "labels/label_book_maker.hpp"
#include "lists/lists.hpp"
#include "postgres/imported_lists.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace moneytrail {

// CSV name,id,kind[,flag]; a header line may come first. The first name of an id is what people read. A name
// "type:CATEGORY" without an id says what a category of the label lists, or a type of Arkham's, stands for.
// What contradicts an earlier line is a problem.
Checked<labels::Names> parse_entities(const NamedText& file);

// CSV address,entity,category,label,source; a header line may come first, whose last column may be called
// source_repo. A category must be one that `names` has, or empty; no source is the user. `take` gets each
// label that is right; whatever is wrong is a problem.
using TakeLabel = std::function<void(const labels::Label& label)>;
void read_labels(const NamedText& file, const labels::Names& names, Problems& problems,
                 const TakeLabel& take);

struct LoadedLabels {
    labels::LabelBook book;
    std::size_t lines = 0;              // of all lists; repeated ones count
    std::vector<std::string> notes;     // nothing is wrong, but the user should know
    std::vector<std::string> warnings;  // something probably is; a line each
};

// The names of lists.entities; without one only those that every program has.
Checked<labels::Names> load_names(const Lists& lists);
// All lists of the configuration, and what was imported. An imported category that the names no longer have
// stands for nothing and is noted. Of a list with which the book cannot be made the problem says how it is
// taken out.
Checked<LoadedLabels> load_labels(const Lists& lists, std::span<const postgres::ImportedLabels> imported);

// "26 590 labels of 25 000 addresses, 12 of them contested; version 0123456789ab"
std::string summary_of(const LoadedLabels& labels);

}  // namespace moneytrail
