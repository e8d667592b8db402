#include "text/problem.hpp"

#include "base/printable.hpp"

#include <algorithm>
#include <tuple>

namespace moneytrail {

std::string to_string(const Problem& problem) {
    auto text = problem.file;
    if (problem.line != 0) text += ':' + std::to_string(problem.line);
    if (!problem.key.empty()) text += ": " + problem.key;
    return printable(text + ": " + problem.why);
}

std::string to_string(const Problems& problems) {
    std::vector<const Problem*> sorted;
    for (const auto& problem : problems.shown()) sorted.push_back(&problem);
    // In the order found where the line is the same: their addresses rise.
    std::ranges::sort(sorted, {}, [](const Problem* problem) {
        return std::tuple{std::string_view{problem->file}, problem->line, problem};
    });
    std::string text;
    for (const auto* problem : sorted) text += to_string(*problem) + '\n';
    if (problems.more() != 0) text += "… and " + std::to_string(problems.more()) + " more\n";
    return text;
}

std::vector<std::string> Problems::warnings() const {
    std::vector<std::string> lines;
    for (const auto& problem : warned_) lines.push_back(to_string(problem));
    if (more_warned_ != 0) lines.push_back("… and " + std::to_string(more_warned_) + " more warnings");
    return lines;
}

std::string in_quotes(std::string_view text) {
    constexpr std::size_t kMost = 80;
    auto end = std::min(text.size(), kMost);
    // Not in the middle of a UTF-8 sequence, whose later bytes are 10xxxxxx.
    const auto least = end - std::min<std::size_t>(end, 3);
    while (end < text.size() && end > least && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return '\'' + printable(text.substr(0, end)) + (end < text.size() ? "…'" : "'");
}

}  // namespace moneytrail
