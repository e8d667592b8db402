#include "signals/signal.hpp"

namespace moneytrail::signals {

std::string_view to_string(Severity severity) {
    switch (severity) {
        case Severity::low:
            return "low";
        case Severity::medium:
            return "medium";
        case Severity::high:
            return "high";
        case Severity::critical:
            break;
    }
    return "critical";
}

Severity one_lower(Severity severity) {
    return severity == Severity::low ? severity : static_cast<Severity>(static_cast<int>(severity) - 1);
}

}  // namespace moneytrail::signals
