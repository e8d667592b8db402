#pragma once

// Who the names and categories of label lists stand for: one exchange or protocol is one organisation,
// however a list spells it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace moneytrail::labels {

// Where sources of the same rank differ, the first of these wins.
enum class Kind : std::uint8_t { cex, protocol, bridge, fund, person, miner, mixer, flagged, other };

// Rising: of several flags an address has the last.
enum class Flag : std::uint8_t { none, mixer, scam, hacker, phishing, sanctioned };

std::string_view to_string(Kind kind);
std::string_view to_string(Flag flag);
std::optional<Kind> parse_kind(std::string_view text);
std::optional<Flag> parse_flag(std::string_view text);

struct Organisation {
    std::string id;    // a-z 0-9 -, 1 to 32 characters: the key everywhere
    std::string name;  // for people
    Kind kind = Kind::other;
};

// What a name, or a category of a list, stands for.
struct Naming {
    std::string name;
    std::string id;  // of its organisation; a category has none
    Kind kind = Kind::other;
    Flag flag = Flag::none;
    friend bool operator==(const Naming&, const Naming&) = default;
};

// Names and categories are compared without regard to ASCII case and to spaces around them.
class Names {
  public:
    // Knows only the categories that are called like a kind or a flag.
    Names();

    // What was taken before and says something else: another organisation for the name, or another kind for
    // the organisation. Nothing is taken then; null: taken. The first name of an id is its organisation's.
    const Naming* add(const Naming& naming);
    const Naming* add_category(const Naming& category);

    const Naming* find(std::string_view name) const;
    const Naming* find_category(std::string_view name) const;

    // Who a label is about. A name that is not known is an organisation of its own, of the category's kind;
    // an empty one stands for everybody of the category. What is reported for phishing or as a scam is never
    // the organisation that it is named like: the name is the bait. Persons (victims, delegates) have no
    // flag.
    struct Meaning {
        Organisation organisation;
        Flag flag = Flag::none;
    };
    Meaning resolve(std::string_view name, std::string_view category) const;

    // All names, then all categories, each in the order of its folded name.
    std::vector<Naming> all() const;

  private:
    std::unordered_map<std::string, Naming> names_;       // by folded name
    std::unordered_map<std::string, Naming> categories_;  // by folded name
    struct First {
        Organisation organisation;
        std::string name;  // folded, of the naming that came first
    };
    std::unordered_map<std::string, First> organisations_;  // by id
};

// An id for a name that no list maps: lower case, '-' for what an id cannot have. Names that differ in more
// than that have different ids.
std::string make_id(std::string_view name);

}  // namespace moneytrail::labels
