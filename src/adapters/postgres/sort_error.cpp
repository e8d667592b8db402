#include "sort_error.hpp"

#include "postgres/errors.hpp"

#include <libpq-fe.h>
#include <poll.h>
#include <pqxx/pqxx>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <string_view>
#include <system_error>

namespace moneytrail::postgres {
namespace {

// SQLSTATEs: PostgreSQL manual, appendix A.
constexpr std::string_view kReadOnly = "25006";
constexpr std::string_view kDiskFull = "53100";
constexpr std::string_view kLetsIn = "00000";  // successful completion
constexpr std::string_view kNoSuchDatabase = "3D000";
constexpr std::string_view kTooManyConnections = "53300";
constexpr std::array<std::string_view, 3> kGoodbyes{"57P01", "57P02",
                                                    "57P05"};  // the server ends the session
// Serialization, deadlock, too many connections, lock and statement time limits, a server that comes or goes.
constexpr std::array<std::string_view, 6> kPassing{"40001", "40P01", "53300", "55P03", "57014", "57P03"};

bool is_one_of(std::string_view state, const auto& states) {
    return std::ranges::find(states, state) != states.end();
}

// Messages come with line breaks, tabs and, for a bad statement, with all of it.
std::string one_line(std::string_view text) {
    constexpr std::size_t kMost = 1000;
    std::string out;
    for (const char c : text.substr(0, kMost)) {
        const bool is_space = c == ' ' || c == '\n' || c == '\t';
        if (!is_space)
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

// A unix socket on which more wait for the server than the system lets wait.
bool has_full_queue(std::string_view text) {
    return text.contains(std::generic_category().message(EAGAIN));
}

std::string advice(std::string_view state) {
    if (state == kDiskFull)
        return " Nothing of this transaction is kept, all before it is: free space on the server's disk and "
               "start again.";
    if (state == kReadOnly)
        return " Moneytrail has to write: let database.url name the primary server, with "
               "default_transaction_read_only off.";
    if (state == kNoSuchDatabase) return " Create it (createdb), or correct database.url.";
    if (state == kTooManyConnections)
        return " End programs that are connected, or raise the server's max_connections.";
    if (state.starts_with("28"))
        return " Correct user and password in database.url, or the server's pg_hba.conf.";
    return "";
}

std::string problem(std::string_view state) {
    if (state == kDiskFull) return "has no space left";
    if (state == kReadOnly) return "is read-only";
    if (state == kNoSuchDatabase) return "does not exist";
    if (state == kTooManyConnections) return "has no free connection";
    if (state.starts_with("28")) return "refuses the login";
    return "failed";
}

std::string message(const std::string& database, std::string_view state, std::string_view text) {
    const auto code = state.empty() ? std::string{} : " (SQLSTATE " + std::string{state} + ")";
    return database + " " + problem(state) + ": " + one_line(text) + code + "." + advice(state);
}

// What libpq says itself has no SQLSTATE, and libpqxx does not always tell it from the server's errors.
bool says_lost(std::string_view text) {
    constexpr std::array<std::string_view, 5> kLost{
        "server closed the connection unexpectedly", "could not receive data from server",
        "could not send data to server", "no connection to the server", "connection not open"};
    return std::ranges::any_of(kLost, [&](auto each) { return text.contains(each); });
}

}  // namespace

void rethrow_sorted(const std::string& database) {
    try {
        throw;
    } catch (const pqxx::in_doubt_error& error) {
        throw InDoubt{database + " was lost during a commit, which may or may not have happened: " +
                      one_line(error.what())};
    } catch (const pqxx::broken_connection& error) {
        throw ConnectionLost{database + " was lost: " + one_line(error.what())};
    } catch (const pqxx::transaction_rollback& error) {
        throw Transient{message(database, {}, error.what())};
    } catch (const pqxx::sql_error& error) {
        const auto& state = error.sqlstate();
        if (state.empty() && says_lost(error.what()))
            throw ConnectionLost{database + " was lost: " + one_line(error.what())};
        if (is_one_of(state, kGoodbyes)) throw ConnectionLost{message(database, state, error.what())};
        if (is_one_of(state, kPassing)) throw Transient{message(database, state, error.what())};
        throw Permanent{message(database, state, error.what())};
    } catch (const pqxx::failure& error) {
        if (says_lost(error.what())) throw ConnectionLost{database + " was lost: " + one_line(error.what())};
        throw Permanent{message(database, {}, error.what())};
    }
}

void throw_refused(const std::string& database, const std::string& text, const std::string& sqlstate) {
    if (sqlstate == kLetsIn || has_full_queue(text)) throw ServerBusy{database + ": " + one_line(text)};
    if (sqlstate.empty()) throw Unreachable{database + " cannot be reached: " + one_line(text)};
    if (is_one_of(sqlstate, kPassing) || is_one_of(sqlstate, kGoodbyes))
        throw ServerBusy{message(database, sqlstate, text)};
    throw Permanent{message(database, sqlstate, text)};
}

std::string sqlstate_of_refusal(const std::string& conninfo) {
    constexpr int kPatience = 5000;  // ms for each step of the handshake
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection{PQconnectStart(conninfo.c_str()),
                                                                  &PQfinish};
    if (!connection) return {};
    if (PQstatus(connection.get()) == CONNECTION_BAD)
        return std::string{has_full_queue(PQerrorMessage(connection.get())) ? kTooManyConnections : ""};
    PQsetErrorVerbosity(connection.get(), PQERRORS_SQLSTATE);
    auto step = PGRES_POLLING_WRITING;
    while (step == PGRES_POLLING_READING || step == PGRES_POLLING_WRITING) {
        const short events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        pollfd socket{.fd = PQsocket(connection.get()), .events = events, .revents = 0};
        if (::poll(&socket, 1, kPatience) <= 0) return {};
        step = PQconnectPoll(connection.get());
    }
    if (step == PGRES_POLLING_OK) return std::string{kLetsIn};
    // "connection to server at … failed: FATAL:  28P01"
    constexpr std::size_t kLength = 5;
    const auto text = one_line(PQerrorMessage(connection.get()));
    const auto code = text.size() > kLength ? text.substr(text.size() - kLength) : std::string{};
    const auto is_code_char = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
    return std::ranges::all_of(code, is_code_char) ? code : std::string{};
}

}  // namespace moneytrail::postgres
