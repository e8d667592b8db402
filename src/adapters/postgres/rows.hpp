#pragma once

// How values stand in the tables.

#include "base/fixed_bytes.hpp"
#include "chain/block.hpp"
#include "ledger/activity.hpp"
#include "postgres/array_literal.hpp"

#include <pqxx/pqxx>

namespace moneytrail::postgres {

template <class Fixed>
pqxx::binarystring bytea(const Fixed& value) {
    return {value.bytes().data(), Fixed::kSize};
}

// Throws Permanent when the column holds something of another length: not our own writing.
template <class Fixed>
Fixed fixed_of(const pqxx::field& field) {
    const pqxx::binarystring bytes{field};
    if (bytes.size() != Fixed::kSize)
        throw Permanent{std::string{"column "} + field.name() + " holds " + std::to_string(bytes.size()) +
                        " bytes, expected " + std::to_string(Fixed::kSize)};
    return Fixed::from_bytes({bytes.data(), bytes.size()});
}

// Parsed and planned once a connection, as nearly every statement of a block costs more to plan than to run.
template <class... Values>
pqxx::result exec_planned(Work& tx, const std::string& sql, const Values&... values) {
    // The server tells names apart by their first 63 bytes.
    const auto name = "s" + std::to_string(std::hash<std::string>{}(sql));
    tx.conn().prepare(name, sql);
    return tx.exec_prepared(name, values...);
}

inline std::int64_t as_bigint(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

inline std::int64_t as_bigint(BlockTime time) {
    return time.time_since_epoch().count();
}

inline BlockTime time_of(const pqxx::field& field) {
    return BlockTime{std::chrono::seconds{field.as<std::int64_t>()}};
}

// The key of the advisory lock over the watch list of chain $1.
constexpr auto kWatchListLock =
    "hashtextextended('moneytrail watch list ' || current_schema() || ' ' || $1::bigint, 0)";

// A long list takes its time to be changed, and who comes behind it waits.
inline void wait_for_list(Work& tx) {
    tx.exec("set local statement_timeout = '5min'; set local lock_timeout = '5min'");
}

// What the rules call a token: zero for ETH and for WETH.
inline Address rule_token(const Token& token) {
    return one_token(token).value_or(Address{});
}

}  // namespace moneytrail::postgres
