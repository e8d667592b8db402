#pragma once

// A stored alert as text: all of it for people, and as lines of a flat table.

#include "postgres/alert_queries.hpp"

#include <string>
#include <vector>

namespace moneytrail {

// The header of the table, and the lines of one alert: one for each of its reasons.
std::string alert_csv_header();
std::string to_csv_lines(const postgres::AlertRow& alert);

// Several lines: everything that is known of it.
std::string to_explanation(const postgres::AlertRow& alert,
                           const std::vector<postgres::DeliveryRow>& deliveries);

}  // namespace moneytrail
