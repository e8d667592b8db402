#pragma once

// Makes a label book out of the lines of label lists, in any order.

#include "labels/label_book.hpp"

#include <unordered_map>

namespace moneytrail::labels {

// One line of a label list. Its views need to live for the call only.
struct Label {
    Address address;
    std::string_view name;      // of the organisation; may be empty
    std::string_view category;  // one that the names know, or empty
    std::string_view text;      // "Binance 14", "Jump Trading: Binance Deposit"; may be empty
    std::string_view source;    // "dawsbot/eth-labels"; one that ends in "-predicted" never decides
};

// The same with texts of its own, for who keeps it.
struct LabelLine {
    Address address;
    std::string name;
    std::string category;
    std::string text;
    std::string source;
    friend bool operator==(const LabelLine&, const LabelLine&) = default;

    Label view() const { return {address, name, category, text, source}; }
};

// Sources in their order: user, Arkham, aave-address-book, DefiLlama, etherscan-labels, eth-labels, then the
// others by name. Of one source that says several things an exchange wins, then a protocol, and so on.
class LabelBookMaker {
  public:
    static constexpr std::size_t kMostTextBytes = 1024;  // of one label, above it is cut

    explicit LabelBookMaker(Names names);

    // Throws std::length_error beyond 4 GiB of text or 65 536 sources.
    void add(const Label& label);
    LabelBook finish() &&;

  private:
    // What a name comes to in a category.
    struct Meaning {
        OrganisationIndex organisation;
        Flag flag;
        Kind category;
    };
    struct Claim {
        Address address;
        std::uint32_t meaning;
        std::uint32_t text_at;
        std::uint16_t text_size;
        SourceIndex source;
    };

    std::uint32_t meaning_of(std::string_view name, std::string_view category);
    OrganisationIndex index_of(const Organisation& organisation);
    SourceIndex source_of(std::string_view name);
    std::string_view text_of(const Claim& claim) const;
    void sort_sources();
    void sort_claims();
    std::string digest() const;
    void settle(std::span<const Claim> claims);
    Identity judge(const Claim& claim);

    Names names_;
    LabelBook book_;
    std::vector<Claim> claims_;
    std::vector<Meaning> meanings_;
    std::unordered_map<std::string, std::uint32_t> meaning_by_words_;
    std::unordered_map<std::string, OrganisationIndex> organisation_by_id_;
    std::unordered_map<std::string, SourceIndex> source_by_name_;
};

}  // namespace moneytrail::labels
