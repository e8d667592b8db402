#pragma once

// Keccak-256 as Ethereum uses it (padding 0x01, not that of SHA-3).

#include "base/fixed_bytes.hpp"

#include <span>
#include <vector>

namespace moneytrail {

Hash keccak256(ByteView message);

// The hash of each message, `hashes` being as long as `messages`; several messages at once, side by side in
// the processor's vectors, which takes a fraction of the time.
void keccak256_all(std::span<const ByteView> messages, std::span<Hash> hashes);

// How many messages this processor can take at once: 1, with AVX2 also 4, with AVX-512 also 8. The last is
// what keccak256_all uses.
std::vector<std::size_t> keccak_widths();
// The same with one of these widths, to be compared and measured.
void keccak256_all(std::span<const ByteView> messages, std::span<Hash> hashes, std::size_t width);

}  // namespace moneytrail
