#include "output/console_channel.hpp"

#include "base/printable.hpp"
#include "base/time.hpp"

#include <ostream>

namespace moneytrail {
namespace {

using signals::Severity;

std::string_view escape_of(Severity severity) {
    switch (severity) {
        case Severity::critical:
            return "\x1b[1;31m";
        case Severity::high:
            return "\x1b[31m";
        case Severity::medium:
            return "\x1b[33m";
        case Severity::low:
            break;
    }
    return "\x1b[2m";
}

void append(std::string& list, std::string_view between, std::string_view text) {
    if (!list.empty()) list += between;
    list += text;
}

std::string news_of(const Claim& claim) {
    std::string out;
    if (claim.unsure) out += "(perhaps shown before) ";
    if (!claim.shown) return out + "taken back: ";
    return out + (claim.sent_revision == 0 ? "" : "again: ");
}

}  // namespace

std::string console_line(const Claim& claim, Colour colour) {
    const auto& alert = claim.alert;
    std::string rules;
    for (const auto rule : alert.rules()) append(rules, "+", rule);
    std::string texts;
    for (const auto& reason : alert.reasons) append(texts, "; ", reason.text);
    auto line = to_iso(alert.block_time) + " " + news_of(claim) + std::string{to_string(alert.severity)} +
                " " + rules + " " + (alert.entity_name.empty() ? "" : alert.entity_name + " ") +
                to_checksum_hex(alert.address) + ": " + texts;
    if (!alert.verified) line += " (unverified)";
    line = printable(line + " [" + to_digits(alert.id).substr(0, 8) + "]");
    if (colour == Colour::none) return line;
    return std::string{escape_of(alert.severity)} + line + "\x1b[0m";
}

Task<> ConsoleChannel::send(const Claim& claim) {
    out_ << console_line(claim, colour_) << std::endl;
    if (!out_) throw Permanent{"alerts cannot be written to standard output"};
    co_return;
}

}  // namespace moneytrail
