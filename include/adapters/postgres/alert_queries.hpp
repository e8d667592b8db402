#pragma once

// Alerts as they stand in the database, for those who read them.

#include "alerts/alert.hpp"
#include "postgres/database.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail::postgres {

struct AlertRow {
    AlertId id;
    AlertStatus status = AlertStatus::raised;
    std::string content;        // the documented JSON as it was last raised: its "status" is not this one
    std::int64_t revision = 0;  // 1 and rising with each change
    std::optional<BlockNumber> retracted_at_block;  // the tip that the fork replaced
};

enum class AlertOrder {
    newest_first,
    chain,  // by block and place in it, as a replay prints them
};

struct AlertQuery {
    std::uint64_t chain_id = 0;
    std::optional<std::string> entity;
    std::optional<BlockTime> from;  // that or later
    std::optional<BlockTime> to;    // earlier than that
};

// Calls `visit` with each alert that passes the filter, all as of one moment: the transaction must have done
// nothing before. Reads a bounded number at a time.
void for_each_alert(Work& tx, const AlertQuery& filter, AlertOrder order,
                    const std::function<void(const AlertRow&)>& visit);

// The ids that begin with the digits somebody typed.
class AlertIdPrefix {
  public:
    static constexpr std::size_t kFewest = 8;

    // 8 to 32 hex digits in either case.
    static std::optional<AlertIdPrefix> parse(std::string_view text);

    const std::string& digits() const { return digits_; }  // in lower case
    AlertId first() const { return padded('0'); }
    AlertId last() const { return padded('f'); }

  private:
    explicit AlertIdPrefix(std::string digits) : digits_{std::move(digits)} {}
    AlertId padded(char digit) const;

    std::string digits_;
};

// The one alert whose id begins so, of whatever chain. Throws Permanent when there is none, or more than one,
// naming some of them.
AlertRow find_alert(Work& tx, const AlertIdPrefix& prefix);

// What a channel should show of an alert, and what it has shown.
struct DeliveryRow {
    std::string channel;
    std::string target;
    std::int64_t wanted_revision = 0;
    bool wanted_shown = false;       // false: taken back
    std::int64_t sent_revision = 0;  // 0: nothing yet
    std::string state;               // idle, claimed, unsure
};

// By channel and target.
std::vector<DeliveryRow> deliveries_of(Work& tx, const AlertId& id);

}  // namespace moneytrail::postgres
