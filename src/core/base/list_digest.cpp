#include "base/list_digest.hpp"

#include "base/bytes.hpp"

#include <openssl/sha.h>

#include <array>

namespace moneytrail {
namespace {

constexpr std::size_t kRun = 64UL * 1024;

std::array<std::uint8_t, SHA256_DIGEST_LENGTH> sha256(std::string_view text) {
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> hash{};
    SHA256(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), hash.data());
    return hash;
}

}  // namespace

void ListDigest::add(std::string_view field) {
    // Its length first, so that ("ab", "c") and ("a", "bc") differ.
    pending_ += std::to_string(field.size()) + ':';
    pending_ += field;
    if (pending_.size() < kRun) return;
    // What is hashed stands at the beginning of the next run: OpenSSL 3 has no other way without its EVP
    // interface.
    const auto hash = sha256(pending_);
    pending_.assign(hash.begin(), hash.end());
}

std::string ListDigest::text() const {
    constexpr std::size_t kDigits = 12;
    return to_hex(sha256(pending_)).substr(2, kDigits);
}

}  // namespace moneytrail
