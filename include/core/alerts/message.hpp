#pragma once

// The text of an alert for people, in the dialect of the channel that shows it.

#include "alerts/alert.hpp"

#include <string>

namespace moneytrail {

enum class Dialect {
    plain,          // lines
    telegram_html,  // of the Bot API's parse_mode HTML
    slack_blocks,   // a JSON object of `text` and `blocks`, as chat.postMessage and incoming webhooks take it
};

// What happened to whom and why it matters: title with severity and rules, subject, block time, each movement
// with a sentence for each of its reasons, links, the alert's id; says so where it is taken back, unverified
// or provisional. Text from outside can neither mark up nor mention nor link anything.
//
// Never longer than the channel takes: 4096 characters in UTF-16 of plain text and of Telegram's once its
// entities are parsed; 50 blocks, 3000 characters a section and 150 a header of Slack's. Reasons that do not
// fit are left out from the end, and counted.
std::string message(const Alert& alert, Dialect dialect);

}  // namespace moneytrail
