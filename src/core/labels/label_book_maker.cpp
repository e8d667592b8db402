#include "labels/label_book_maker.hpp"

#include "base/list_digest.hpp"
#include "labels/deposit_text.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>
#include <tuple>

namespace moneytrail::labels {
namespace {

constexpr std::string_view kPredicted = "-predicted";

// src/core/signals/README.md, section 1: the order of sources. GitHub's owner names are left out.
constexpr std::array<std::string_view, 6> kSources{
    "user", "arkham", "aave-address-book", "defillama-adapters", "etherscan-labels", "eth-labels"};

std::string lower(std::string_view text) {
    std::string out{text};
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::size_t rank_of(std::string_view source) {
    const auto name = lower(source.substr(source.rfind('/') + 1));
    return static_cast<std::size_t>(std::ranges::find(kSources, name == "defillama" ? kSources[3] : name) -
                                    kSources.begin());
}

Basis basis_of(std::string_view source) {
    return source.ends_with(kPredicted) ? Basis::predicted : Basis::stated;
}

bool says_the_same(const Identity& a, const Identity& b) {
    return std::tie(a.organisation, a.used_by, a.role, a.flag, a.basis) ==
           std::tie(b.organisation, b.used_by, b.role, b.flag, b.basis);
}

}  // namespace

LabelBookMaker::LabelBookMaker(Names names) : names_{std::move(names)} {}

void LabelBookMaker::add(const Label& label) {
    const auto text = label.text.substr(0, kMostTextBytes);
    if (book_.text_.size() + text.size() > std::numeric_limits<std::uint32_t>::max())
        throw std::length_error{"more than 4 GiB of labels, the most that one book holds"};
    const Claim claim{.address = label.address,
                      .meaning = meaning_of(label.name, label.category),
                      .text_at = static_cast<std::uint32_t>(book_.text_.size()),
                      .text_size = static_cast<std::uint16_t>(text.size()),
                      .source = source_of(label.source)};
    book_.text_.insert(book_.text_.end(), text.begin(), text.end());
    claims_.push_back(claim);

    // src/core/signals/README.md, section 1: if any source calls an entity cex, it is cex. An exchange's
    // customer is not one.
    const auto& meaning = meanings_[claim.meaning];
    const auto deposit = parse_deposit(text);
    if (meaning.category == Kind::cex && basis_of(label.source) == Basis::stated &&
        (!deposit || deposit->used_by.empty()))
        book_.organisations_[meaning.organisation].kind = Kind::cex;
}

LabelBook LabelBookMaker::finish() && {
    sort_sources();
    sort_claims();
    if (!claims_.empty()) book_.version_ = digest();
    book_.text_.shrink_to_fit();  // before identities point into it

    std::vector<AddressEntry> addresses;
    const std::span<const Claim> all{claims_};
    for (std::size_t i = 0; i < all.size();) {
        auto end = i;
        while (end < all.size() && all[end].address == all[i].address) ++end;
        addresses.push_back({all[i].address, static_cast<std::uint32_t>(addresses.size())});
        settle(all.subspan(i, end - i));
        i = end;
    }
    book_.first_claim_.push_back(static_cast<std::uint32_t>(book_.claims_.size()));
    book_.claims_.shrink_to_fit();
    book_.index_ = AddressIndex{addresses};
    return std::move(book_);
}

std::uint32_t LabelBookMaker::meaning_of(std::string_view name, std::string_view category) {
    const auto words = std::string{name} + '\0' + std::string{category};
    const auto [known, is_new] =
        meaning_by_words_.try_emplace(words, static_cast<std::uint32_t>(meanings_.size()));
    if (is_new) {
        const auto resolved = names_.resolve(name, category);
        const auto* of_category = names_.find_category(category);
        meanings_.push_back({.organisation = index_of(resolved.organisation),
                             .flag = resolved.flag,
                             .category = of_category ? of_category->kind : Kind::other});
    }
    return known->second;
}

OrganisationIndex LabelBookMaker::index_of(const Organisation& organisation) {
    const auto next = static_cast<OrganisationIndex>(book_.organisations_.size());
    const auto [known, is_new] = organisation_by_id_.try_emplace(organisation.id, next);
    if (is_new) {
        book_.organisations_.push_back(organisation);
    } else {
        // One that no list of names has, in another category or spelling: the same whichever came first.
        auto& same = book_.organisations_[known->second];
        same.kind = std::min(same.kind, organisation.kind);
        same.name = std::min(same.name, organisation.name);
    }
    return known->second;
}

SourceIndex LabelBookMaker::source_of(std::string_view name) {
    if (const auto known = source_by_name_.find(std::string{name}); known != source_by_name_.end())
        return known->second;
    if (book_.sources_.size() > std::numeric_limits<SourceIndex>::max())
        throw std::length_error{"more than 65536 sources of labels, the most that one book can tell apart"};
    const auto index = static_cast<SourceIndex>(book_.sources_.size());
    source_by_name_.emplace(name, index);
    book_.sources_.emplace_back(name);
    return index;
}

std::string_view LabelBookMaker::text_of(const Claim& claim) const {
    return {book_.text_.data() + claim.text_at, claim.text_size};
}

// Their indexes become their places in the order.
void LabelBookMaker::sort_sources() {
    const auto place = [](const std::string& name) {
        return std::tuple{basis_of(name), rank_of(name), name};
    };
    std::ranges::sort(book_.sources_, {}, place);
    std::vector<SourceIndex> new_index(book_.sources_.size());
    for (std::size_t i = 0; i < book_.sources_.size(); ++i)
        new_index[source_by_name_.at(book_.sources_[i])] = static_cast<SourceIndex>(i);
    for (auto& claim : claims_) claim.source = new_index[claim.source];
}

void LabelBookMaker::sort_claims() {
    const auto place = [this](const Claim& claim) {
        const auto& organisation = book_.organisations_[meanings_[claim.meaning].organisation];
        return std::tuple{std::cref(claim.address),
                          claim.source,
                          organisation.kind,
                          std::string_view{organisation.id},
                          meanings_[claim.meaning].flag,
                          text_of(claim)};
    };
    const auto is_before = [&](const Claim& a, const Claim& b) { return place(a) < place(b); };
    const auto is_same = [&](const Claim& a, const Claim& b) { return place(a) == place(b); };
    std::ranges::sort(claims_, is_before);
    const auto repeated = std::ranges::unique(claims_, is_same);
    book_.repeated_ = repeated.size();
    claims_.erase(repeated.begin(), repeated.end());
}

std::string LabelBookMaker::digest() const {
    ListDigest digest;
    for (const auto& [name, id, kind, flag] : names_.all())
        for (const auto field :
             {std::string_view{name}, std::string_view{id}, to_string(kind), to_string(flag)})
            digest.add(field);
    for (const auto& claim : claims_) {
        const auto& meaning = meanings_[claim.meaning];
        const auto& organisation = book_.organisations_[meaning.organisation];
        digest.add(claim.address.to_hex());
        for (const auto field :
             {std::string_view{organisation.id}, to_string(organisation.kind), to_string(meaning.flag),
              text_of(claim), std::string_view{book_.sources_[claim.source]}})
            digest.add(field);
    }
    return digest.text();
}

void LabelBookMaker::settle(std::span<const Claim> claims) {
    auto& all = book_.claims_;
    const auto first = all.size();
    book_.first_claim_.push_back(static_cast<std::uint32_t>(first));
    auto gravest = Flag::none;
    bool is_contested = false;
    for (const auto& claim : claims) {
        const auto identity = judge(claim);
        if (identity.basis == Basis::stated) gravest = std::max(gravest, identity.flag);
        const std::span<const Identity> kept{all.begin() + static_cast<std::ptrdiff_t>(first), all.end()};
        if (std::ranges::any_of(kept, [&](const Identity& each) { return says_the_same(each, identity); }))
            continue;
        is_contested |= !kept.empty() && identity.organisation != kept.front().organisation;
        all.push_back(identity);
    }
    // A flag is not lost because a nicer label wins.
    if (all[first].basis == Basis::stated) all[first].flag = gravest;
    if (is_contested) ++book_.contested_;
}

Identity LabelBookMaker::judge(const Claim& claim) {
    const auto& meaning = meanings_[claim.meaning];
    Identity identity{.label = text_of(claim),
                      .organisation = meaning.organisation,
                      .source = claim.source,
                      .flag = meaning.flag,
                      .basis = basis_of(book_.sources_[claim.source])};
    const auto deposit = parse_deposit(identity.label);
    if (!deposit) return identity;
    const auto exchange = names_.resolve(deposit->exchange, {}).organisation;
    const auto known = organisation_by_id_.find(exchange.id);
    const auto kind =
        known == organisation_by_id_.end() ? exchange.kind : book_.organisations_[known->second].kind;
    if (kind != Kind::cex) return identity;
    identity.organisation = known == organisation_by_id_.end() ? index_of(exchange) : known->second;
    identity.role = Role::deposit;
    if (deposit->used_by.empty()) return identity;
    const auto owner = index_of(names_.resolve(deposit->used_by, {}).organisation);
    if (owner != identity.organisation) identity.used_by = owner;
    return identity;
}

}  // namespace moneytrail::labels
