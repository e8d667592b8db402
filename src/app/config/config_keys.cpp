#include "config/config_keys.hpp"

#include <array>

namespace moneytrail {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kMostUsd = 1'000'000'000'000'000;  // above it a value is a mistake
constexpr auto kNone = std::nullopt;
constexpr auto kNow = Effect::now;
constexpr auto kLater = Effect::later;
constexpr bool kRequired = true;

constexpr std::string_view kSeverities = "low medium high critical";

constexpr ValueRule text(std::int64_t min, std::int64_t max) {
    return {.kind = ValueKind::text, .min = min, .max = max};
}
constexpr ValueRule whole(std::int64_t min, std::int64_t max) {
    return {.kind = ValueKind::whole, .min = min, .max = max};
}
constexpr ValueRule decimal(std::int64_t min, std::int64_t max) {
    return {.kind = ValueKind::decimal, .min = min, .max = max};
}
constexpr ValueRule duration(std::int64_t min, std::int64_t max) {
    return {.kind = ValueKind::duration, .min = min, .max = max};
}
constexpr ValueRule choice(std::string_view names) {
    return {.kind = ValueKind::choice, .names = names};
}
constexpr ValueRule url(std::string_view schemes) {
    return {.kind = ValueKind::url, .names = schemes};
}
constexpr ValueRule secret(ValueRule rule) {
    rule.is_secret = true;
    return rule;
}
constexpr ValueRule kFlag{.kind = ValueKind::flag};
constexpr ValueRule kName{.kind = ValueKind::name};
constexpr ValueRule kPath{.kind = ValueKind::path};
constexpr ValueRule kSignal{.kind = ValueKind::signal};
constexpr ValueRule kAddress{.kind = ValueKind::address};
constexpr ValueRule kUsd{.kind = ValueKind::usd, .max = kMostUsd};
constexpr ValueRule kShare = decimal(0, 1);
constexpr ValueRule kToken = secret(text(0, 4096));
constexpr ValueRule kLabel = text(1, 128);

// The rules that only a `later` version reads are checked today all the same: a typo should not wait for it.
constexpr auto kKeys = std::to_array<KeyRule>({
    // By default /var/lib/moneytrail as root, ./data otherwise.
    {"data_dir", kPath, kNone, kNow},
    // Its URL holds a password.
    {"database.url", secret(text(1, 4096)), "embedded", kNow},
    {"lists.entities", kPath, kNone, kNow},
    {"lists.labels[]", kPath, kNone, kNow},
    {"lists.tokens[]", kPath, kNone, kNow},
    {"lists.feeds[]", kPath, kNone, kNow},

    {"chains[].name", kName, kNone, kNow, kRequired},
    {"chains[].chain_id", whole(1, 4'503'599'627'370'476), kNone, kNow, kRequired},
    {"chains[].endpoints[].name", kName, kNone, kLater, kRequired},
    // Providers put the key into the path.
    {"chains[].endpoints[].ws", secret(url("ws wss")), ""},
    {"chains[].endpoints[].http", secret(url("http https")), kNone, kLater, kRequired},
    {"chains[].endpoints[].lookups", kFlag, "false"},
    {"chains[].endpoints[].ca_file", kPath, kNone},
    {"chains[].archive.path", kPath, kNone, kNow, kRequired},
    {"chains[].archive.pace", duration(0, kDay), "0", kNow},
    {"chains[].traces", choice("auto off required"), "auto", kNow},
    {"chains[].start", {.kind = ValueKind::start}, "latest"},
    {"chains[].confirmations", whole(0, 1000), "0"},
    {"chains[].allow_unverified", kFlag, "false"},
    {"chains[].reorg_grace", whole(0, 1000), "3", kNow},
    {"chains[].max_gap", whole(1, 1'000'000'000), "50000", kNow},

    {"entities[].id", kName, kNone, kNow, kRequired},
    {"entities[].name", kLabel, kNone, kNow},
    {"entities[].roots[]", kAddress, kNone, kNow},
    {"entities[].root_identification.contract", kAddress, kNone, kLater, kRequired},
    {"entities[].root_identification.to_contract", kFlag, kNone},
    {"entities[].root_identification.sender_labels[]", kLabel, kNone},
    {"entities[].root_identification.sender_types[]", kLabel, kNone},
    {"entities[].root_identification.amount", text(1, 100), kNone},
    {"entities[].arkham", text(1, 64), kNone},
    {"entities[].aum_usd", kUsd, kNone, kNow},
    {"entities[].from_date", {.kind = ValueKind::date}, "2015-01-01"},
    {"entities[].include.incoming[]", kLabel, kNone},
    {"entities[].include.outgoing[]", kLabel, kNone},
    {"entities[].discovery.enabled", kFlag, "true"},
    {"entities[].discovery.max_depth", whole(0, 10), "3"},
    {"entities[].discovery.max_follows", whole(1, 10'000), "50"},
    {"entities[].discovery.max_addresses", whole(1, 100'000), "500"},
    {"entities[].discovery.max_counterparties", whole(1, 1'000'000), "1000"},
    {"entities[].discovery.max_first_funded", whole(1, 1'000'000), "20"},
    {"entities[].discovery.max_arkham_credits", whole(0, 1'000'000'000), "50000"},
    {"entities[].discovery.min_confidence", kShare, "0.3"},
    {"entities[].discovery.value_back", kShare, "0.2"},
    {"entities[].discovery.first_funder.enabled", kFlag, "true"},
    {"entities[].discovery.first_funder.min_usd", kUsd, "1"},
    {"entities[].discovery.first_funder.factor", kShare, "0.8"},
    {"entities[].discovery.share_of_value.enabled", kFlag, "true"},
    {"entities[].discovery.share_of_value.share", kShare, "0.2"},
    {"entities[].discovery.share_of_value.factor", kShare, "0.6"},
    {"entities[].discovery.frequency.enabled", kFlag, "true"},
    {"entities[].discovery.frequency.incoming", whole(1, 1'000'000), "20"},
    {"entities[].discovery.frequency.outgoing", whole(1, 1'000'000), "20"},
    {"entities[].discovery.frequency.factor", kShare, "0.6"},
    {"entities[].discovery.large_transfer.enabled", kFlag, "true"},
    {"entities[].discovery.large_transfer.min_usd", kUsd, "250000"},
    {"entities[].discovery.large_transfer.factor", kShare, "0.5"},
    {"entities[].discovery.exchange_deposits.enabled", kFlag, "true"},
    {"entities[].discovery.exchange_deposits.paid_usd", kUsd, "5000"},
    {"entities[].discovery.exchange_deposits.max_senders", whole(1, 10'000), "10"},
    {"entities[].discovery.exchange_deposits.sender_min_usd", kUsd, "50"},
    {"entities[].discovery.exchange_deposits.sender_transfers", whole(1, 10'000), "3"},
    {"entities[].discovery.exchange_deposits.sender_total_usd", kUsd, "1000"},
    {"entities[].discovery.exchange_deposits.max_addresses", whole(1, 100'000), "200"},
    {"entities[].discovery.exchange_deposits.factor", kShare, "0.6"},
    {"entities[].discovery.labels.enabled", kFlag, "true"},
    {"entities[].discovery.labels.factor", kShare, "0.95"},

    // `enabled` has every signal of the catalogue, and those that are judged know their other keys
    // themselves.
    {"signals.min_usd", kUsd, "50", kNow},
    {"signals.learning", duration(0, 365 * kDay), "7d"},
    {"signals.S1.min_usd", kUsd, kNone},
    {"signals.S1.max_balance_usd", kUsd, "1"},
    {"signals.S1.max_transfers", whole(0, 1'000'000), "3"},
    {"signals.S1.within", duration(kDay, 3650 * kDay), "90d"},
    {"signals.S1.high_above_usd", kUsd, "1000000"},
    {"signals.S1.follow_fresh_wallets", kFlag, "true"},
    {"signals.S7.min_usd", kUsd, kNone},
    {"signals.S7.min_change", kShare, "0.2"},
    {"signals.S7.min_position_usd", kUsd, "1000"},

    {"history_sources[]", choice("arkham node store"), kNone},

    {"channels.console.entities[]", kName, kNone, kNow},
    {"channels.console.rules[]", kSignal, kNone, kNow},
    {"channels.console.min_severity", choice(kSeverities), "low", kNow},
    {"channels.console.max_per_day", whole(0, 100'000), "20"},
    {"channels.telegram.bot_token", kToken, ""},
    {"channels.telegram.chats[]", text(0, 64), kNone},
    {"channels.telegram.users[]", text(0, 64), kNone},
    {"channels.telegram.base_url", url("http https"), "https://api.telegram.org"},
    {"channels.telegram.ca_file", kPath, kNone},
    {"channels.telegram.entities[]", kName, kNone},
    {"channels.telegram.rules[]", kSignal, kNone},
    {"channels.telegram.min_severity", choice(kSeverities), "low"},
    {"channels.telegram.max_per_day", whole(0, 100'000), "20"},
    {"channels.slack.webhook_url", secret(url("http https")), ""},
    {"channels.slack.bot_token", kToken, ""},
    {"channels.slack.channel", text(0, 128), ""},
    {"channels.slack.base_url", url("http https"), "https://slack.com/api"},
    {"channels.slack.ca_file", kPath, kNone},
    {"channels.slack.entities[]", kName, kNone},
    {"channels.slack.rules[]", kSignal, kNone},
    {"channels.slack.min_severity", choice(kSeverities), "low"},
    {"channels.slack.max_per_day", whole(0, 100'000), "20"},
    {"channels.email.smtp", secret(url("smtp smtps")), ""},
    {"channels.email.from", text(0, 254), ""},
    {"channels.email.to[]", text(0, 254), kNone},
    {"channels.email.ca_file", kPath, kNone},
    {"channels.email.entities[]", kName, kNone},
    {"channels.email.rules[]", kSignal, kNone},
    {"channels.email.min_severity", choice(kSeverities), "low"},
    {"channels.email.max_per_day", whole(0, 100'000), "20"},
    {"channels.webhook.url", secret(url("http https")), ""},
    {"channels.webhook.secret", kToken, ""},
    {"channels.webhook.ca_file", kPath, kNone},
    {"channels.webhook.entities[]", kName, kNone},
    {"channels.webhook.rules[]", kSignal, kNone},
    {"channels.webhook.min_severity", choice(kSeverities), "low"},
    {"channels.webhook.max_per_day", whole(0, 100'000), "20"},
    {"report.at", {.kind = ValueKind::daytime}, "17:00"},

    {"vendors.arkham.api_key", kToken, ""},
    {"vendors.arkham.base_url", url("http https"), "https://api.arkhamintelligence.com"},
    {"vendors.arkham.ca_file", kPath, kNone},
    {"vendors.arkham.credits_per_day", whole(0, 1'000'000'000), "200000"},
    {"vendors.debank.access_key", kToken, ""},
    {"vendors.debank.base_url", url("http https"), "https://pro-openapi.debank.com"},
    {"vendors.debank.ca_file", kPath, kNone},

    {"http.listen", {.kind = ValueKind::listen}, "127.0.0.1:8080"},
    {"http.token", kToken, ""},
    {"http.metrics", choice("open token"), "open"},
    {"log.level", choice("trace debug info warn error"), "info", kNow},
    {"log.format", choice("text json"), "text", kNow},
});

}  // namespace

std::span<const KeyRule> config_keys() {
    return kKeys;
}

}  // namespace moneytrail
