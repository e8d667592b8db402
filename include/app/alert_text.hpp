#pragma once

// Stored alerts as text: for people, and as a flat table.

#include "postgres/alert_queries.hpp"

#include <string>
#include <vector>

namespace moneytrail {

// "2023-07-13T17:38:35Z  critical  90d8241e21b0  binance  S3,T1  36.15 WETH is more than 10 ETH", and whether
// it was retracted; without a line end.
std::string to_line(const postgres::AlertRow& alert);

// The header of the table, and the lines of one alert: one for each of its reasons.
std::string alert_csv_header();
std::string to_csv_lines(const postgres::AlertRow& alert);

// Several lines: everything that is known of it.
std::string to_explanation(const postgres::AlertRow& alert,
                           const std::vector<postgres::DeliveryRow>& deliveries);

}  // namespace moneytrail
