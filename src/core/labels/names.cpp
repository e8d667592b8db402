#include "labels/names.hpp"

#include "base/bytes.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <span>
#include <tuple>

namespace moneytrail::labels {
namespace {

// In the order of their enums.
constexpr std::array<std::string_view, 9> kKinds{"cex",   "protocol", "bridge",  "fund", "person",
                                                 "miner", "mixer",    "flagged", "other"};
constexpr std::array<std::string_view, 6> kFlags{"none", "mixer", "scam", "hacker", "phishing", "sanctioned"};

template <class Enum>
std::optional<Enum> parse(std::span<const std::string_view> names, std::string_view text) {
    const auto found = std::ranges::find(names, text);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string fold(std::string_view name) {
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    std::string folded{name};
    std::ranges::transform(folded, folded.begin(), lower);
    return folded;
}

bool is_bait(Flag flag) {
    return flag == Flag::phishing || flag == Flag::scam;
}

}  // namespace

std::string_view to_string(Kind kind) {
    return kKinds[static_cast<std::size_t>(kind)];
}

std::string_view to_string(Flag flag) {
    return kFlags[static_cast<std::size_t>(flag)];
}

std::optional<Kind> parse_kind(std::string_view text) {
    return parse<Kind>(kKinds, text);
}

std::optional<Flag> parse_flag(std::string_view text) {
    return parse<Flag>(kFlags, text);
}

Names::Names() {
    for (std::size_t i = 0; i < kKinds.size(); ++i)
        categories_.emplace(kKinds[i], Naming{.name = std::string{kKinds[i]}, .kind = static_cast<Kind>(i)});
    categories_.at("mixer").flag = Flag::mixer;
    for (const auto flag : {Flag::scam, Flag::hacker, Flag::phishing, Flag::sanctioned})
        categories_.emplace(
            to_string(flag),
            Naming{.name = std::string{to_string(flag)}, .kind = Kind::flagged, .flag = flag});
}

const Naming* Names::add(const Naming& naming) {
    const auto folded = fold(naming.name);
    if (const auto before = names_.find(folded); before != names_.end()) {
        const auto& [name, id, kind, flag] = before->second;
        const bool is_same = std::tie(id, kind, flag) == std::tie(naming.id, naming.kind, naming.flag);
        return is_same ? nullptr : &before->second;
    }
    const auto organisation = organisations_.find(naming.id);
    if (organisation == organisations_.end())
        organisations_.emplace(naming.id, First{{naming.id, naming.name, naming.kind}, folded});
    else if (organisation->second.organisation.kind != naming.kind)
        return &names_.at(organisation->second.name);
    names_.emplace(folded, naming);
    return nullptr;
}

const Naming* Names::add_category(const Naming& category) {
    const auto [known, is_new] = categories_.try_emplace(fold(category.name), category);
    const auto& [name, id, kind, flag] = known->second;
    return std::tie(kind, flag) == std::tie(category.kind, category.flag) ? nullptr : &known->second;
}

const Naming* Names::find(std::string_view name) const {
    const auto found = names_.find(fold(name));
    return found == names_.end() ? nullptr : &found->second;
}

const Naming* Names::find_category(std::string_view name) const {
    const auto found = categories_.find(fold(name));
    return found == categories_.end() ? nullptr : &found->second;
}

Names::Meaning Names::resolve(std::string_view name, std::string_view category) const {
    const auto* of_category = find_category(category);
    const auto flag = of_category ? of_category->flag : Flag::none;
    const auto kind = of_category ? of_category->kind : Kind::other;
    const auto* known = find(name);
    if (known && is_bait(flag) && known->kind != Kind::flagged) known = nullptr;
    if (known)
        return {.organisation = organisations_.at(known->id).organisation,
                .flag = known->kind == Kind::person ? Flag::none : std::max(flag, known->flag)};
    const auto own = fold(name).empty() || is_bait(flag) ? category : name;
    if (fold(own).empty()) return {.organisation = {"unnamed", "unnamed", kind}, .flag = flag};
    auto id = make_id(own);
    // Spelled in another way than any name of the organisation.
    if (const auto same = organisations_.find(id); same != organisations_.end())
        return {.organisation = same->second.organisation, .flag = flag};
    return {.organisation = {std::move(id), std::string{own}, kind}, .flag = flag};
}

std::vector<Naming> Names::all() const {
    std::vector<Naming> out;
    for (const auto* table : {&names_, &categories_}) {
        const auto begin = static_cast<std::ptrdiff_t>(out.size());
        for (const auto& [folded, naming] : *table) out.push_back(naming);
        std::ranges::sort(out.begin() + begin, out.end(), {},
                          [](const auto& each) { return fold(each.name); });
    }
    return out;
}

std::string make_id(std::string_view name) {
    constexpr std::size_t kLongest = 32;
    constexpr std::size_t kDigits = 8;
    std::string id;
    bool is_exact = true;
    for (const char c : fold(name)) {
        const bool may_stand = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (may_stand)
            id += c;
        else if (!id.empty() && id.back() != '-')
            id += '-';
        // Spaces, dots and the like only separate; what is beyond ASCII is part of the name.
        is_exact &= static_cast<unsigned char>(c) < 0x80;
    }
    while (id.ends_with('-')) id.pop_back();
    if (is_exact && !id.empty() && id.size() <= kLongest) return id;
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> hash{};
    const auto folded = fold(name);
    SHA256(reinterpret_cast<const std::uint8_t*>(folded.data()), folded.size(), hash.data());
    id.resize(std::min(id.size(), kLongest - kDigits - 1));
    return id + (id.empty() || id.ends_with('-') ? "" : "-") + to_hex(hash).substr(2, kDigits);
}

}  // namespace moneytrail::labels
