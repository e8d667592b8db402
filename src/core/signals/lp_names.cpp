#include "signals/lp_names.hpp"

#include <algorithm>

namespace moneytrail::signals {
namespace {

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

// Bytes of other scripts belong to words.
bool is_of_word(char c) {
    return is_upper(c) || is_lower(c) || (static_cast<unsigned char>(c) & 0x80) != 0;
}

// The part that begins the word: "crv" of "crvLP", "LP" of "LPToken", "Token".
std::size_t first_part(std::string_view word) {
    std::size_t size = 1;
    while (size < word.size() && is_upper(word[size - 1]) && is_upper(word[size])) ++size;
    // The last capital of several begins the next part, where a small letter follows it.
    if (size > 1) return size < word.size() && is_lower(word[size]) ? size - 1 : size;
    while (size < word.size() && !is_upper(word[size])) ++size;
    return size;
}

bool word_names_lp(std::string_view word) {
    if (word == "LP" || word == "lp" || word == "Lp" || word == "lP") return true;
    for (; !word.empty(); word.remove_prefix(first_part(word)))
        if (word.substr(0, first_part(word)) == "LP") return true;
    return false;
}

}  // namespace

bool names_lp(std::string_view text) {
    while (!text.empty()) {
        const auto end = std::ranges::find_if_not(text, is_of_word);
        const auto size = static_cast<std::size_t>(end - text.begin());
        if (word_names_lp(text.substr(0, size))) return true;
        text.remove_prefix(std::min(size + 1, text.size()));
    }
    return false;
}

}  // namespace moneytrail::signals
