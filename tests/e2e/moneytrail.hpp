#pragma once

// The built program as its users meet it: command lines in; exit code, alerts and messages out.

#include "support/blocks.hpp"
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

#include <nlohmann/json.hpp>

#include <initializer_list>
#include <sstream>

namespace moneytrail::test {

using Json = nlohmann::ordered_json;
using Words = std::vector<std::string>;

inline std::filesystem::path source_folder() {
    return MONEYTRAIL_SOURCE;
}

// Started in the source folder, where README starts it.
inline Ran run_moneytrail(const Words& arguments, Output output = Output::kept) {
    return run(
        {.program = MONEYTRAIL_PROGRAM, .arguments = arguments, .folder = source_folder(), .output = output});
}

// What a replay of the demo says first.
inline const std::string kDemoNotice =
    "S5a and S5b are off for jump-trading, wintermute, cumberland, galaxy-digital, gsr, symbolic-capital, "
    "jaredfromsubway, binance, okx, coinbase, kucoin, crypto-com, bitstamp, gate-io, htx, "
    "fee-recipient-4675, "
    "uncx: no aum_usd\n";

// A replay of `archives`, as the shipped demo follows them.
inline Ran replay_demo(const std::vector<std::filesystem::path>& archives, const Words& more = {}) {
    Words words{"replay", "--config", "configs/demo.yaml"};
    for (const auto& archive : archives) words.push_back(archive.string());
    words.insert(words.end(), more.begin(), more.end());
    return run_moneytrail(words);
}

inline Words lines_of(const std::string& text) {
    Words lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

inline std::vector<Json> alerts_of(const std::string& text) {
    std::vector<Json> alerts;
    for (const auto& line : lines_of(text)) alerts.push_back(Json::parse(line));
    return alerts;
}

inline bool has_line(const std::string& text, const std::string& line) {
    const auto lines = lines_of(text);
    return std::ranges::find(lines, line) != lines.end();
}

// One block of data/run, without a newline.
inline std::string run_block(std::uint64_t number) {
    auto json = read_gz(data_folder() / "run" / (std::to_string(number) + ".json.gz"));
    while (json.ends_with('\n')) json.pop_back();
    if (json.contains('\n')) throw std::logic_error{"a block of the run is not one line"};
    return json;
}

inline std::string joined(std::initializer_list<std::string> lines) {
    std::string out;
    for (const auto& line : lines) out += line + '\n';
    return out;
}

// `text` with the first `from` in it replaced; it must be there.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error{"not there to be replaced: " + from};
    return text.replace(at, from.size(), to);
}

}  // namespace moneytrail::test
