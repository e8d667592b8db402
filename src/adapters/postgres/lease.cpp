#include "postgres/lease.hpp"

#include "rows.hpp"

#include <pqxx/pqxx>
#include <unistd.h>

#include <array>
#include <chrono>
#include <optional>
#include <thread>

namespace moneytrail::postgres {
namespace {

using namespace std::chrono_literals;

std::string this_process() {
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host = {"unknown"};
    return "pid " + std::to_string(::getpid()) + ", host " + host.data();
}

struct Row {
    std::int64_t epoch;
    std::string holder;
    std::string started;  // exact, to be compared
    std::string since;    // to be read
};

std::optional<Row> read_row(Work& tx, const std::string& chain_id) {
    const auto rows = tx.exec_params(
        "select epoch, holder, started::text, to_char(started, 'YYYY-MM-DD HH24:MI:SS') from lease "
        "where chain_id = $1",
        chain_id);
    if (rows.empty()) return std::nullopt;
    const auto row = rows[0];
    return Row{row[0].as<std::int64_t>(), row[1].as<std::string>(), row[2].as<std::string>(),
               row[3].as<std::string>()};
}

std::string described(const Row& row) {
    return row.holder + ", since " + row.since + " UTC";
}

LeaseLost lost(const std::optional<Row>& row) {
    return LeaseLost{"another moneytrail (" + (row ? described(*row) : std::string{"its row is gone"}) +
                     ") has taken over this database: this one ends"};
}

}  // namespace

Lease::Lease(std::uint64_t chain_id, Duration wait)
    : chain_id_{std::to_string(chain_id)}, wait_{wait}, holder_{this_process()} {}

void Lease::acquire(Work& tx) {
    if (!take_lock(tx)) explain_held(tx);
    const auto row = read_row(tx, chain_id_);
    const bool is_ours = row && row->epoch == epoch_ && row->started == started_;
    if (is_ours) return;
    // A lower epoch than ours: the commit that raised it was lost with its connection.
    if (epoch_ != 0 && (!row || row->epoch >= epoch_)) throw lost(row);
    raise(tx);
}

bool Lease::take_lock(Work& tx) const {
    // Asked for again and again: waiting for it inside the server would end in an aborted transaction.
    constexpr auto kPause = 100ms;
    const auto deadline = std::chrono::steady_clock::now() + wait_;
    for (;;) {
        const auto row = tx.exec_params1(
            "select pg_try_advisory_lock(hashtextextended("
            "'moneytrail lease ' || current_schema() || ' ' || $1::text, 0))",
            chain_id_);
        if (row[0].as<bool>()) return true;
        if (std::chrono::steady_clock::now() >= deadline) return false;
        std::this_thread::sleep_for(kPause);
    }
}

void Lease::raise(Work& tx) {
    const auto row = tx.exec_params1(
        "insert into lease as held values ($1::bigint, 1, $2, clock_timestamp()) "
        "on conflict (chain_id) do update set epoch = held.epoch + 1, holder = excluded.holder, "
        "started = excluded.started returning epoch, started::text",
        chain_id_, holder_);
    started_ = row[1].as<std::string>();
    epoch_ = row[0].as<std::int64_t>();
}

void Lease::explain_held(Work& tx) const {
    const auto row = read_row(tx, chain_id_);
    if (row && row->epoch == epoch_ && row->started == started_)
        throw Transient{"the lost connection of this moneytrail still holds the database"};
    throw Permanent{"database is held by another moneytrail (" +
                    (row ? described(*row) : std::string{"it has only just started"}) +
                    "): end that one first, or give this one a database of its own"};
}

void Lease::check(Work& tx) const {
    const auto rows = exec_planned(tx, "select 1 from lease where chain_id = $1 and epoch = $2 for share",
                                   chain_id_, epoch());
    if (rows.empty()) throw lost(read_row(tx, chain_id_));
}

}  // namespace moneytrail::postgres
