#pragma once

// The shipped run as an archive of one file, with a fork in it and made blocks behind it.

#include "e2e/moneytrail.hpp"
#include "support/synthetic_block.hpp"

#include <string>
#include <vector>

namespace moneytrail::test {

inline constexpr int kFirst = 17686110;
inline constexpr int kAncestor = 17686115;
inline constexpr int kLastReal = 17686132;
// Made blocks on top of the real ones: the deepest fork and its grace end below.
inline constexpr int kLast = kAncestor + 64 + 8;

inline const std::vector<std::string>& real_blocks() {
    static const auto blocks = [] {
        std::vector<std::string> out;
        for (int number = kFirst; number <= kLastReal; ++number)
            out.push_back(run_block(static_cast<std::uint64_t>(number)));
        return out;
    }();
    return blocks;
}

inline const std::string& real(int number) {
    return real_blocks().at(static_cast<std::size_t>(number - kFirst));
}

// The first text behind `key`, as all values of a header stand.
inline std::string field(const std::string& block, const std::string& key) {
    const auto from = block.find("\"" + key + "\":\"") + key.size() + 4;
    return block.substr(from, block.find('"', from) - from);
}

inline std::string all_replaced(std::string text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

// A synthetic block of branch `branch` on top of a real one or of its own branch.
inline std::string made(const Synthetic& block, int real_parent) {
    auto text = line(block);
    if (block.number - 1 != real_parent) return text;
    return replaced(text, hash(block.parent_branch, real_parent), field(real(real_parent), "hash"));
}

// What the real chain mines a block later, without the field by which its header could be verified.
inline std::string mined_early(int number) {
    const auto& later = real(number + 1);
    auto text = all_replaced(later, field(later, "hash"), hash('f', number));
    // Only where it says so: some senders write the block's number into what they sign.
    const auto hex = in_hex(static_cast<std::uint64_t>(number));
    text = replaced(text, field(later, "number"), hex);
    const std::string key = "\"blockNumber\":";
    text = all_replaced(text, key + '"' + field(later, "number") + '"', key + '"' + hex + '"');
    text = all_replaced(text, key + std::to_string(number + 1), key + std::to_string(number));  // of frames
    const auto parent = number - 1 == kAncestor ? field(real(kAncestor), "hash") : hash('f', number - 1);
    text = replaced(text, field(later, "parentHash"), parent);
    return replaced(text, "\"sha3Uncles\"", "\"left out\"");
}

// Its last block, and all beyond the real ones, are the fund's own payments, each once.
inline std::string fork_block(int number, int last) {
    if (number == last || number >= kLastReal) return made({'f', number, 'f', 'd', 12, number}, kAncestor);
    return mined_early(number);
}

// With a fork of so many blocks in it; 0: without one.
inline std::string forked_run(int depth) {
    std::string out;
    const auto add = [&](const std::string& block) { out += block + '\n'; };
    for (int number = kFirst; number <= kAncestor; ++number) add(real(number));
    for (int number = kAncestor + 1; number <= kAncestor + depth; ++number)
        add(fork_block(number, kAncestor + depth));
    for (int number = kAncestor + 1; number <= kLastReal; ++number) add(real(number));
    // Every fifth of them is a payment, too.
    for (int number = kLastReal + 1; number <= kLast; ++number)
        add(made(number % 5 == 0 ? Synthetic{'e', number, 'e', 'c', 13, number} : Synthetic{'e', number, 'e'},
                 kLastReal));
    return out;
}

}  // namespace moneytrail::test
