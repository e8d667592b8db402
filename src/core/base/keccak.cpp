#include "base/keccak.hpp"

#include "keccak_permute.hpp"

#include <algorithm>
#include <bit>

namespace moneytrail {
namespace {

using keccak::all_rounds;
using keccak::kRate;
using Lanes = keccak::State<std::uint64_t>;

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

Hash keccak::finish(Lanes state, ByteView rest) {
    static const Permute kPermute = best_permute();
    for (; rest.size() >= kRate; rest = rest.subspan(kRate)) absorb(state, rest.data(), kPermute);

    std::array<std::uint8_t, kRate> last{};
    std::ranges::copy(rest, last.begin());
    last[rest.size()] = 0x01;
    last.back() |= 0x80;
    absorb(state, last.data(), kPermute);

    Hash hash;
    for (std::size_t i = 0; i < Hash::kSize / 8; ++i) {
        const auto lane = little_endian(state[i]);
        std::memcpy(hash.bytes().data() + 8 * i, &lane, sizeof lane);
    }
    return hash;
}

Hash keccak256(ByteView message) {
    return keccak::finish({}, message);
}

}  // namespace moneytrail
