#pragma once

// Whose addresses are whose: what label lists say of an address, settled by the order of their sources.

#include "base/address_index.hpp"
#include "labels/names.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail::labels {

using OrganisationIndex = std::uint32_t;
using SourceIndex = std::uint16_t;

enum class Role : std::uint8_t {
    plain,
    deposit,  // an exchange gave it to one customer
};

enum class Basis : std::uint8_t { stated, predicted };

// What one source says of an address.
struct Identity {
    std::string_view label;  // in the source's words, may be empty; lives as long as the book
    OrganisationIndex organisation = 0;
    // Of a deposit address the customer, where the source names one.
    std::optional<OrganisationIndex> used_by;
    SourceIndex source = 0;
    Role role = Role::plain;
    Flag flag = Flag::none;
    Basis basis = Basis::stated;
};

// Never changed once made. Made of four arrays, so that a hundred thousand reported addresses are some
// 10 MB.
class LabelBook {
  public:
    LabelBook() = default;
    LabelBook(LabelBook&&) = default;
    LabelBook& operator=(LabelBook&&) = default;
    // Identities point into the book's text.
    LabelBook(const LabelBook&) = delete;
    LabelBook& operator=(const LabelBook&) = delete;
    ~LabelBook() = default;

    // What the first source in order says, with the gravest flag that any source raises. Null: unlabelled, or
    // only predicted.
    const Identity* find(const Address& address) const;
    // What all sources say, the winner first, without those that only repeat another. Predictions come last.
    std::span<const Identity> claims(const Address& address) const;

    const Organisation& organisation(OrganisationIndex index) const { return organisations_[index]; }
    const std::string& source(const Identity& identity) const { return sources_[identity.source]; }

    // 12 hex digits of all that was put in, in whatever order that was; empty when nothing was.
    const std::string& version() const { return version_; }
    std::size_t size() const { return index_.size(); }    // addresses
    std::size_t repeated() const { return repeated_; }    // labels that another said word for word
    std::size_t contested() const { return contested_; }  // those that sources call different things

  private:
    friend class LabelBookMaker;

    std::vector<Organisation> organisations_;
    std::vector<std::string> sources_;
    std::vector<char> text_;
    std::vector<Identity> claims_;            // address by address
    std::vector<std::uint32_t> first_claim_;  // by the id in the index; one more behind the last
    AddressIndex index_;
    std::string version_;
    std::size_t repeated_ = 0;
    std::size_t contested_ = 0;
};

}  // namespace moneytrail::labels
