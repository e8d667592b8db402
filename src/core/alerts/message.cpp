#include "alerts/message.hpp"

#include "base/printable.hpp"
#include "message_draft.hpp"

#include <algorithm>

namespace moneytrail {
namespace {

// Telegram's and Slack's HTML: these three, and no more (Slack decodes no others).
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else
            out += c;
    }
    return out;
}

std::string in_json(std::string_view printable_text) {
    std::string out = "\"";
    for (const char c : printable_text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + '"';
}

std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& line : lines) out += (out.empty() ? "" : "\n") + line;
    return out;
}

std::string how_many_more(std::size_t count) {
    return "and " + std::to_string(count) + (count == 1 ? " more reason" : " more reasons");
}

using Cost = std::size_t (*)(std::string_view);

// Leaves out reasons from the end until at most `most` remain and all of them cost at most `budget`, a line's
// end included, and says how many it left out. The first one stays.
void cut_reasons(std::vector<std::string>& reasons, std::size_t most, std::size_t budget, Cost cost) {
    std::size_t kept = 0;
    std::size_t spent = 0;
    for (; kept < std::min(most, reasons.size()); ++kept) {
        const auto left = reasons.size() - kept - 1;
        spent += cost(reasons[kept]) + 1;
        if (spent + (left == 0 ? 0 : cost(how_many_more(left)) + 1) > budget && kept > 0) break;
    }
    const auto left = reasons.size() - kept;
    reasons.resize(kept);
    if (left > 0) reasons.push_back(how_many_more(left));
}

constexpr std::size_t kLongestMessage = 4096;

std::string plain(MessageDraft draft) {
    auto head = draft.title + '\n' + joined(draft.facts) + "\n\n";
    std::string foot = "\n\n";
    for (const auto& link : draft.links) foot += link.url + '\n';
    foot += "alert " + draft.id + '\n';
    cut_reasons(draft.reasons, draft.reasons.size(), kLongestMessage - utf16_units(head + foot), utf16_units);
    return head + joined(draft.reasons) + foot;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

// Whether Telegram would see a mention, a hashtag, a command, a cashtag or a link in it: a scam token is
// called like its site.
bool looks_alive(std::string_view text) {
    if (text.find_first_of("@#/$") != std::string_view::npos) return true;
    for (auto dot = text.find('.'); dot != std::string_view::npos; dot = text.find('.', dot + 1))
        if (dot + 1 < text.size() && is_letter(text[dot + 1])) return true;
    return false;
}

// Nothing inside <code> is alive.
std::string lifeless(std::string_view text) {
    const auto safe = escaped(text);
    return looks_alive(text) ? "<code>" + safe + "</code>" : safe;
}

std::string telegram(MessageDraft draft) {
    std::string head = "<b>" + escaped(draft.title) + "</b>\n";
    std::size_t seen = utf16_units(draft.title) + 1;
    for (const auto& fact : draft.facts) {
        head += lifeless(fact) + '\n';
        seen += utf16_units(fact) + 1;
    }
    head += '\n';
    std::string foot = "\n\n";
    for (const auto& link : draft.links) {
        foot.append("<a href=\"").append(link.url).append("\">").append(link.name).append("</a> ");
        seen += link.name.size() + 1;
    }
    foot += "alert <code>" + draft.id + "</code>";
    constexpr std::size_t kRest = 16;         // empty lines and "alert "
    constexpr std::size_t kMostReasons = 90;  // Telegram drops what is marked up from the 101st on
    cut_reasons(draft.reasons, kMostReasons, kLongestMessage - seen - draft.id.size() - kRest, utf16_units);
    for (auto& reason : draft.reasons) reason = lifeless(reason);
    return head + joined(draft.reasons) + foot;
}

// Plain text: Slack reads no emphasis, mention or link in it.
std::string slack_text(std::string_view text) {
    return R"({"type":"plain_text","text":)" + in_json(escaped(text)) + R"(,"emoji":false})";
}

std::string slack_block(std::string_view type, std::string_view text) {
    return R"({"type":")" + std::string{type} + R"(","text":)" + slack_text(text) + "},";
}

std::string slack(MessageDraft draft) {
    constexpr std::size_t kLongestHeader = 150;
    constexpr std::size_t kMostSections =
        45;  // of reasons; with header, facts, what is left out and links: 49
    constexpr std::size_t kAllSections =
        11'000;  // Slack refuses a message of more than about 13 000 characters
    cut_reasons(draft.reasons, kMostSections, kAllSections,
                [](std::string_view text) { return utf16_units(escaped(text)); });
    auto blocks = slack_block("header", clipped(draft.title, kLongestHeader));
    blocks += slack_block("section", joined(draft.facts));
    for (const auto& reason : draft.reasons) blocks += slack_block("section", reason);
    std::string foot;
    for (const auto& link : draft.links)
        foot.append("<").append(link.url).append("|").append(link.name).append("> ");
    foot += "alert " + draft.id;
    blocks +=
        R"({"type":"context","elements":[{"type":"mrkdwn","verbatim":true,"text":)" + in_json(foot) + "}]}";
    // What notifications show.
    const auto text = in_json(escaped(draft.title + " " + draft.facts.front()));
    return R"({"text":)" + text + R"(,"blocks":[)" + blocks + "]}";
}

}  // namespace

std::string message(const Alert& alert, Dialect dialect) {
    auto draft = draft_message(alert);
    switch (dialect) {
        case Dialect::plain:
            return plain(std::move(draft));
        case Dialect::telegram_html:
            return telegram(std::move(draft));
        case Dialect::slack_blocks:
            break;
    }
    return slack(std::move(draft));
}

}  // namespace moneytrail
