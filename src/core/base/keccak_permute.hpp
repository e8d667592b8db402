#pragma once

// The permutation Keccak-f[1600] over words, or over vectors of words: as many states side by side.
// Source: FIPS 202, sections 3.2 (theta, rho, pi, chi, iota). Lane x, y stands at 5 * y + x.

#include "base/fixed_bytes.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace moneytrail::keccak {

constexpr std::size_t kLanes = 25;
constexpr std::size_t kRate = 136;  // bytes of a message that a permutation takes: Keccak-256

template <class Word>
using State = std::array<Word, kLanes>;

constexpr std::array<std::uint64_t, 24> kRoundConstants{
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

// All words go by reference: a vector by value would need the caller's and the callee's instructions to
// agree.

template <int Bits, class Word>
[[gnu::always_inline]] inline void mixed(Word& to, const Word& a, const Word& d) {
    const Word sum = a ^ d;
    if constexpr (Bits == 0)
        to = sum;
    else
        to = (sum << Bits) | (sum >> (64 - Bits));
}

// One row of chi.
template <class Word>
[[gnu::always_inline]] inline void mix_row(Word* to, const std::array<Word, 5>& b) {
    to[0] = b[0] ^ (~b[1] & b[2]);
    to[1] = b[1] ^ (~b[2] & b[3]);
    to[2] = b[2] ^ (~b[3] & b[4]);
    to[3] = b[3] ^ (~b[4] & b[0]);
    to[4] = b[4] ^ (~b[0] & b[1]);
}

// The row that comes from lanes F0 to F4, rotated by R0 to R4, whose columns' sums are in `d`.
template <std::size_t F0, int R0, std::size_t F1, int R1, std::size_t F2, int R2, std::size_t F3, int R3,
          std::size_t F4, int R4, class Word>
[[gnu::always_inline]] inline void row(Word* to, const State<Word>& a, const std::array<Word, 5>& d) {
    std::array<Word, 5> b;
    mixed<R0>(b[0], a[F0], d[F0 % 5]);
    mixed<R1>(b[1], a[F1], d[F1 % 5]);
    mixed<R2>(b[2], a[F2], d[F2 % 5]);
    mixed<R3>(b[3], a[F3], d[F3 % 5]);
    mixed<R4>(b[4], a[F4], d[F4 % 5]);
    mix_row(to, b);
}

// From one state into another: nothing is copied back, and with constant indices all stays in registers or
// fixed stack slots.
template <class Word>
[[gnu::always_inline]] inline void round(const State<Word>& a, State<Word>& to, std::uint64_t constant) {
    const std::array<Word, 5> c{a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20], a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21],
                                a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22], a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23],
                                a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24]};
    std::array<Word, 5> d;
    for (std::size_t x = 0; x < 5; ++x) mixed<1>(d[x], c[(x + 1) % 5], Word{});
    for (std::size_t x = 0; x < 5; ++x) d[x] ^= c[(x + 4) % 5];
    row<0, 0, 6, 44, 12, 43, 18, 21, 24, 14>(&to[0], a, d);
    to[0] ^= constant;
    row<3, 28, 9, 20, 10, 3, 16, 45, 22, 61>(&to[5], a, d);
    row<1, 1, 7, 6, 13, 25, 19, 8, 20, 18>(&to[10], a, d);
    row<4, 27, 5, 36, 11, 10, 17, 15, 23, 56>(&to[15], a, d);
    row<2, 62, 8, 55, 14, 39, 15, 41, 21, 2>(&to[20], a, d);
}

template <class Word>
[[gnu::always_inline]] inline void all_rounds(State<Word>& state) {
    State<Word> even = state;
    State<Word> odd;
    for (std::size_t i = 0; i < kRoundConstants.size(); i += 2) {
        round(even, odd, kRoundConstants[i]);
        round(odd, even, kRoundConstants[i + 1]);
    }
    state = even;
}

// The hash of a message of which `rest` is not in the state yet.
Hash finish(State<std::uint64_t> state, ByteView rest);

}  // namespace moneytrail::keccak
