#include "base/keccak.hpp"
#include "keccak_permute.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace moneytrail {
namespace {

using keccak::kLanes;
using keccak::kRate;

template <std::size_t Width>
using Words [[gnu::vector_size(Width * sizeof(std::uint64_t))]] = std::uint64_t;

// As many states as a vector has words, the same lane of all of them side by side.
template <std::size_t Width>
struct Step {
    keccak::State<Words<Width>> states{};
    std::array<const std::uint8_t*, Width> blocks{};  // kRate bytes each
    Words<Width> kept{};                              // all bits of a word, or none: its state begins anew
};

#ifdef __x86_64__
// The words are put together in registers: a vector cannot be loaded from where its parts were just stored.
template <std::size_t Width>
[[gnu::always_inline]] inline void take(Step<Width>& step) {
    for (auto& lanes : step.states) lanes &= step.kept;
    for (std::size_t i = 0; i < kRate / 8; ++i) {
        Words<Width> words;
        for (std::size_t at = 0; at < Width; ++at) {
            std::uint64_t word = 0;
            std::memcpy(&word, step.blocks[at] + 8 * i, sizeof word);
            words[at] = word;
        }
        step.states[i] ^= words;
    }
    keccak::all_rounds(step.states);
}

[[gnu::target("avx512f,avx512vl,avx512dq,avx512bw,bmi,bmi2")]] void take_8(Step<8>& step) {
    take(step);
}
[[gnu::target("avx2,bmi,bmi2")]] void take_4(Step<4>& step) {
    take(step);
}
#endif

std::size_t permutations(ByteView message) {
    return message.size() / kRate + 1;
}

// Messages wait in one line, the longest first, and each takes the first state that is free.
template <std::size_t Width>
class SideBySide {
  public:
    SideBySide(std::span<const ByteView> messages, std::span<Hash> hashes)
        : messages_{messages}, hashes_{hashes}, line_(messages.size()) {
        std::iota(line_.begin(), line_.end(), std::size_t{0});
        std::ranges::sort(
            line_, [&](auto a, auto b) { return permutations(messages[a]) > permutations(messages[b]); });
    }

    template <class Take>
    void run(Take take) {
        for (std::size_t at = 0; at < Width; ++at) seat_next(at);
        // Two or more side by side cost less than one after the other.
        while (seated_ > 1 || next_ < line_.size()) {
            for (std::size_t at = 0; at < Width; ++at) step_.blocks[at] = next_block(seats_[at]);
            take(step_);
            for (std::size_t at = 0; at < Width; ++at) {
                step_.kept[at] = ~std::uint64_t{0};
                if (seats_[at].is_last) finish(at);
            }
        }
        for (std::size_t at = 0; at < Width; ++at)
            if (seats_[at].is_taken) hashes_[seats_[at].message] = finish_alone(at);
    }

  private:
    struct Seat {
        std::size_t message = 0;
        ByteView rest;
        bool is_taken = false;
        bool is_last = false;  // the block with the padding is in
        std::array<std::uint8_t, kRate> padded{};
    };

    void seat_next(std::size_t at) {
        seats_[at].is_taken = seats_[at].is_last = false;
        if (next_ == line_.size()) return;
        seats_[at].message = line_[next_++];
        seats_[at].rest = messages_[seats_[at].message];
        seats_[at].is_taken = true;
        step_.kept[at] = 0;
        ++seated_;
    }

    // An empty seat's block is anything.
    static const std::uint8_t* next_block(Seat& seat) {
        if (seat.is_taken && seat.rest.size() >= kRate) {
            const auto* block = seat.rest.data();
            seat.rest = seat.rest.subspan(kRate);
            return block;
        }
        if (!seat.is_taken) return seat.padded.data();
        const auto end = std::ranges::copy(seat.rest, seat.padded.begin()).out;
        std::fill(end, seat.padded.end(), std::uint8_t{0});
        *end = 0x01;
        seat.padded.back() |= 0x80;
        seat.is_last = true;
        return seat.padded.data();
    }

    void finish(std::size_t at) {
        auto* out = hashes_[seats_[at].message].bytes().data();
        for (std::size_t i = 0; i < Hash::kSize / 8; ++i) {
            const std::uint64_t lane = step_.states[i][at];
            std::memcpy(out + 8 * i, &lane, sizeof lane);
        }
        --seated_;
        seat_next(at);
    }

    Hash finish_alone(std::size_t at) const {
        keccak::State<std::uint64_t> state{};
        if (step_.kept[at] != 0)
            for (std::size_t i = 0; i < kLanes; ++i) state[i] = step_.states[i][at];
        return keccak::finish(state, seats_[at].rest);
    }

    std::span<const ByteView> messages_;
    std::span<Hash> hashes_;
    std::vector<std::size_t> line_;
    std::size_t next_ = 0;
    std::size_t seated_ = 0;
    std::array<Seat, Width> seats_;
    Step<Width> step_;
};

void one_by_one(std::span<const ByteView> messages, std::span<Hash> hashes) {
    std::ranges::transform(messages, hashes.begin(), keccak256);
}

}  // namespace

std::vector<std::size_t> keccak_widths() {
    std::vector<std::size_t> out{1};
#ifdef __x86_64__
    const auto has_bmi = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    if (has_bmi && __builtin_cpu_supports("avx2")) out.push_back(4);
    if (has_bmi && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"))
        out.push_back(8);
#endif
    return out;
}

void keccak256_all(std::span<const ByteView> messages, std::span<Hash> hashes, std::size_t width) {
#ifdef __x86_64__
    if (width == 8) return SideBySide<8>{messages, hashes}.run(take_8);
    if (width == 4) return SideBySide<4>{messages, hashes}.run(take_4);
#endif
    one_by_one(messages, hashes);
}

void keccak256_all(std::span<const ByteView> messages, std::span<Hash> hashes) {
    static const auto kWidest = keccak_widths().back();
    keccak256_all(messages, hashes, messages.size() > 1 ? kWidest : 1);
}

}  // namespace moneytrail
