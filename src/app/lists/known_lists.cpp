#include "lists/known_lists.hpp"

#include "lists/list_reader.hpp"
#include "postgres/imported_lists.hpp"

namespace moneytrail {

ImportedLists read_imported(postgres::Work& tx) {
    return {.labels = postgres::imported_labels(tx), .tokens = postgres::imported_tokens(tx)};
}

Checked<KnownLists> load_known_lists(const Lists& lists, ImportedLists imported) {
    auto tokens = load_tokens(lists.tokens);
    auto labels = load_labels(lists, imported.labels);
    if (!tokens || !labels) {
        Problems problems{2 * kMostListProblems};
        if (!tokens) problems.add_all(tokens.error());
        if (!labels) problems.add_all(labels.error());
        return std::unexpected{std::move(problems)};
    }

    KnownLists known{.labels = std::move(*labels)};
    for (const auto& note : tokens->notes) known.notes.push_back(to_string(note));
    known.notes.insert(known.notes.end(), known.labels.notes.begin(), known.labels.notes.end());
    known.warnings = std::move(tokens->warnings);
    known.warnings.insert(known.warnings.end(), known.labels.warnings.begin(), known.labels.warnings.end());
    known.tokens = std::move(tokens->list);
    for (auto& [contract, token] : imported.tokens)
        known.tokens.try_emplace(contract, with_folded_names(std::move(token)));
    if (known.tokens.size() > kMostTokens) {
        Problems problems{1};
        problems.add(
            {"imported token lists", 0, "",
             "with the configured ones more than 2000000 tokens, the most that are read: take one out "
             "with `tokens remove NAME`"});
        return std::unexpected{std::move(problems)};
    }
    return known;
}

labels::KnownNames names_of(KnownLists& lists) {
    labels::KnownNames names{.labels = std::move(lists.labels.book),
                             .protected_tokens = ProtectedNames{lists.tokens}};
    const auto add = [&](const std::string& what, const std::string& version) {
        if (!version.empty()) names.versions += (names.versions.empty() ? "" : ", ") + what + " " + version;
    };
    add("labels", names.labels.version());
    add("tokens", version_of(lists.tokens));
    return names;
}

}  // namespace moneytrail
