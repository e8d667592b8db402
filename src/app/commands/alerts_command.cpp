#include "commands/alerts_command.hpp"

#include "alerts/alert_json.hpp"
#include "base/printable.hpp"
#include "base/time.hpp"
#include "commands/command_line.hpp"
#include "output/alert_text.hpp"
#include "output/console_channel.hpp"
#include "postgres/alert_queries.hpp"
#include "text/usage_error.hpp"
#include "wiring/database_session.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <utility>

namespace moneytrail {
namespace {

struct AlertWords {
    std::optional<std::string> entity;
    std::optional<std::string> from;  // a day or a time, both UTC; that or later
    std::optional<std::string> to;    // earlier than that
};

// JSON: the documented line each. CSV: a header, then one line per reason. Both in the order of the chain.
enum class ExportForm { json, csv };

std::optional<BlockTime> time_of(const std::optional<std::string>& word, const char* option) {
    if (!word) return std::nullopt;
    const auto time = parse_time(*word);
    if (!time)
        throw UsageError{
            std::string{option} +
            ": expected a UTC day such as 2023-07-13 or a time such as 2023-07-13T17:38:11Z, got " +
            in_quotes(*word)};
    return time;
}

// Entities that are no longer configured have alerts all the same: any id will do.
postgres::AlertQuery make_filter(const AlertWords& words, std::uint64_t chain_id) {
    return {.chain_id = chain_id,
            .entity = words.entity,
            .from = time_of(words.from, "--from"),
            .to = time_of(words.to, "--to")};
}

// As the console shows it.
std::string line_of(const postgres::AlertRow& alert) {
    return console_line({.alert = from_json(alert.content), .shown = alert.status == AlertStatus::raised},
                        Colour::none);
}

using Print = std::function<void(const postgres::AlertRow&)>;

void for_each_alert(const Config& config, postgres::AlertQuery filter, postgres::AlertOrder order,
                    Print print) {
    DatabaseSession session{config};
    session.transact([filter = std::move(filter), order, print = std::move(print)](postgres::Work& tx) {
        postgres::for_each_alert(tx, filter, order, print);
    });
}

int list_alerts(const DatabaseOptions& options, const AlertWords& words, std::ostream& out) {
    const auto [config, chain] = choose_chain(options);
    for_each_alert(config, make_filter(words, chain.chain_id), postgres::AlertOrder::newest_first,
                   [&out](const postgres::AlertRow& alert) { out << line_of(alert) << '\n'; });
    finish_output(out);
    return 0;
}

int export_alerts(const DatabaseOptions& options, const AlertWords& words, ExportForm form,
                  std::ostream& out) {
    const auto [config, chain] = choose_chain(options);
    const auto filter = make_filter(words, chain.chain_id);
    if (form == ExportForm::csv) out << alert_csv_header();
    for_each_alert(config, filter, postgres::AlertOrder::chain, [&out, form](const auto& alert) {
        if (form == ExportForm::csv)
            out << to_csv_lines(alert);
        else
            out << printable_json(with_status(alert.content, alert.status)) << '\n';
    });
    finish_output(out);
    return 0;
}

int explain_alert(const DatabaseOptions& options, const std::string& id, std::ostream& out) {
    const auto prefix = postgres::AlertIdPrefix::parse(id);
    if (!prefix)
        throw UsageError{"ALERT: expected the beginning of an alert's id, 8 to 32 hex digits, got " +
                         in_quotes(id)};
    const auto config = choose_chain(options).config;
    DatabaseSession session{config};
    const auto [alert, deliveries] = session.transact([prefix](postgres::Work& tx) {
        auto found = postgres::find_alert(tx, *prefix);
        auto told = postgres::deliveries_of(tx, found.id);
        return std::pair{std::move(found), std::move(told)};
    });
    out << to_explanation(alert, deliveries);
    finish_output(out);
    return 0;
}

void add_alert_options(CommandLine& line, CLI::App* command, AlertWords& words) {
    line.add_chain_option(command);
    command->add_option("--entity", words.entity, "Only of the entity with this id");
    command->add_option("--from", words.from, "Only of blocks from this UTC day or time on");
    command->add_option("--to", words.to, "Only of blocks before this UTC day or time");
}

}  // namespace

void add_alerts(CommandLine& line) {
    auto* group = line.add_group("alerts", "What was raised, from the database");
    const auto alerts = std::make_shared<AlertWords>();
    auto* words = line.add(group, "list", "One line per alert, the newest first",
                           [&line, alerts] { return list_alerts(line.database(), *alerts, std::cout); });
    add_alert_options(line, words, *alerts);

    const auto form = std::make_shared<ExportForm>();
    words =
        line.add(group, "export", "All there is of them, in the order of the chain",
                 [&line, alerts, form] { return export_alerts(line.database(), *alerts, *form, std::cout); });
    add_alert_options(line, words, *alerts);
    auto* forms = words->add_option_group("form");
    forms->add_flag_callback(
        "--json", [form] { *form = ExportForm::json; }, "One JSON line per alert, as replay prints them");
    forms->add_flag_callback(
        "--csv", [form] { *form = ExportForm::csv; }, "A table with one line per reason");
    forms->require_option(1);
}

void add_explain(CommandLine& line) {
    const auto id = std::make_shared<std::string>();
    auto* words = line.add("explain", "An alert with its reasons, evidence and deliveries",
                           [&line, id] { return explain_alert(line.database(), *id, std::cout); });
    words->add_option("ALERT", *id, "The beginning of its id: 8 digits or more")->required();
}

}  // namespace moneytrail
