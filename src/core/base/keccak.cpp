#include "base/keccak.hpp"

#include <algorithm>
#include <bit>

namespace moneytrail {
namespace {

// Source: FIPS 202, sections 3.2 (theta, rho, pi, chi, iota) and 4 (sponge). Lane x, y stands at 5 * y + x.
using Lanes = std::array<std::uint64_t, 25>;

constexpr std::size_t kRate = 136;

constexpr std::array<std::uint64_t, 24> kRoundConstants{
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

// One row of chi.
[[gnu::always_inline]] inline void mix_row(std::uint64_t* to, std::uint64_t b0, std::uint64_t b1,
                                           std::uint64_t b2, std::uint64_t b3, std::uint64_t b4) {
    to[0] = b0 ^ (~b1 & b2);
    to[1] = b1 ^ (~b2 & b3);
    to[2] = b2 ^ (~b3 & b4);
    to[3] = b3 ^ (~b4 & b0);
    to[4] = b4 ^ (~b0 & b1);
}

// From one set of lanes into another: nothing is copied back, and with constant indices all stays in
// registers or fixed stack slots.
[[gnu::always_inline]] inline void round(const Lanes& a, Lanes& to, std::uint64_t constant) {
    using std::rotl;
    const auto c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
    const auto c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
    const auto c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
    const auto c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
    const auto c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
    const auto d0 = c4 ^ rotl(c1, 1);
    const auto d1 = c0 ^ rotl(c2, 1);
    const auto d2 = c1 ^ rotl(c3, 1);
    const auto d3 = c2 ^ rotl(c4, 1);
    const auto d4 = c3 ^ rotl(c0, 1);

    mix_row(to.data(), a[0] ^ d0, rotl(a[6] ^ d1, 44), rotl(a[12] ^ d2, 43), rotl(a[18] ^ d3, 21),
            rotl(a[24] ^ d4, 14));
    to[0] ^= constant;
    mix_row(&to[5], rotl(a[3] ^ d3, 28), rotl(a[9] ^ d4, 20), rotl(a[10] ^ d0, 3), rotl(a[16] ^ d1, 45),
            rotl(a[22] ^ d2, 61));
    mix_row(&to[10], rotl(a[1] ^ d1, 1), rotl(a[7] ^ d2, 6), rotl(a[13] ^ d3, 25), rotl(a[19] ^ d4, 8),
            rotl(a[20] ^ d0, 18));
    mix_row(&to[15], rotl(a[4] ^ d4, 27), rotl(a[5] ^ d0, 36), rotl(a[11] ^ d1, 10), rotl(a[17] ^ d2, 15),
            rotl(a[23] ^ d3, 56));
    mix_row(&to[20], rotl(a[2] ^ d2, 62), rotl(a[8] ^ d3, 55), rotl(a[14] ^ d4, 39), rotl(a[15] ^ d0, 41),
            rotl(a[21] ^ d1, 2));
}

[[gnu::always_inline]] inline void all_rounds(Lanes& state) {
    Lanes even = state;
    Lanes odd;
    for (std::size_t i = 0; i < kRoundConstants.size(); i += 2) {
        round(even, odd, kRoundConstants[i]);
        round(odd, even, kRoundConstants[i + 1]);
    }
    state = even;
}

void permute_anywhere(Lanes& state) {
    all_rounds(state);
}

#ifdef __x86_64__
// Chi and the rotations are a third faster with these instructions, which all but the oldest processors have.
[[gnu::target("bmi,bmi2")]] void permute_bmi(Lanes& state) {
    all_rounds(state);
}
#endif

using Permute = void (*)(Lanes&);

Permute best_permute() {
#ifdef __x86_64__
    if (__builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2")) return permute_bmi;
#endif
    return permute_anywhere;
}

std::uint64_t little_endian(std::uint64_t lane) {
    return std::endian::native == std::endian::little ? lane : std::byteswap(lane);
}

void absorb(Lanes& state, const std::uint8_t* block, Permute permute) {
    for (std::size_t i = 0; i < kRate / 8; ++i) {
        std::uint64_t lane = 0;
        std::memcpy(&lane, block + 8 * i, sizeof lane);
        state[i] ^= little_endian(lane);
    }
    permute(state);
}

}  // namespace

Hash keccak256(ByteView message) {
    static const Permute kPermute = best_permute();
    Lanes state{};
    for (; message.size() >= kRate; message = message.subspan(kRate)) absorb(state, message.data(), kPermute);

    std::array<std::uint8_t, kRate> last{};
    std::ranges::copy(message, last.begin());
    last[message.size()] = 0x01;
    last.back() |= 0x80;
    absorb(state, last.data(), kPermute);

    Hash hash;
    for (std::size_t i = 0; i < Hash::kSize / 8; ++i) {
        const auto lane = little_endian(state[i]);
        std::memcpy(hash.bytes().data() + 8 * i, &lane, sizeof lane);
    }
    return hash;
}

}  // namespace moneytrail
