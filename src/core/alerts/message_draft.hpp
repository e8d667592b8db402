#pragma once

// An alert's message before it is put into a dialect: lines that are fit to be shown, but not escaped.

#include "alerts/alert.hpp"

#include <string>
#include <vector>

namespace moneytrail {

struct Link {
    std::string_view name;
    std::string url;
};

struct MessageDraft {
    std::string title;
    std::vector<std::string> facts;    // a line each
    std::vector<std::string> reasons;  // a line or two each
    std::vector<Link> links;
    std::string id;
};

// Each piece of text from outside is bounded, so that whatever a token is called every dialect has room for a
// reason.
MessageDraft draft_message(const Alert& alert);

}  // namespace moneytrail
