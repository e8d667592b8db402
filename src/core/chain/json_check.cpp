#include "json_fields.hpp"

#include <vector>

namespace moneytrail::json {
namespace {

// An object or array that is being walked through.
struct Open {
    explicit Open(ondemand::value& value) : is_object{value.type() == ondemand::json_type::object} {
        if (is_object)
            field = object(value).begin().value();
        else
            element = array(value).begin().value();
    }

    bool is_at_end() const {
        return is_object ? !(field != ondemand::object_iterator{}) : !(element != ondemand::array_iterator{});
    }
    ondemand::value child() { return is_object ? (*field).value().value() : (*element).value(); }
    void go_on() {
        if (is_object)
            ++field;
        else
            ++element;
    }

    bool is_object;
    ondemand::object_iterator field;
    ondemand::array_iterator element;
};

bool is_container(ondemand::value& value) {
    const ondemand::json_type type = value.type();
    return type == ondemand::json_type::object || type == ondemand::json_type::array;
}

}  // namespace

// Without recursion: how deep it is nested is the text's choice, and so would the stack's size be.
void check_container(ondemand::value& value) {
    std::vector<Open> open;
    open.emplace_back(value);
    while (!open.empty()) {
        auto& inner = open.back();
        if (inner.is_at_end()) {
            open.pop_back();
            if (!open.empty()) open.back().go_on();
            continue;
        }
        auto child = inner.child();
        if (!is_container(child)) {
            check(child);
            inner.go_on();
            continue;
        }
        if (open.size() == kDeepest) fail("nested deeper than " + std::to_string(kDeepest));
        open.emplace_back(child);
    }
}

}  // namespace moneytrail::json
