#include "app/config_fixture.hpp"
#include "commands/check_config.hpp"
#include "config/config_keys.hpp"
#include "text/text_file.hpp"
#include "text/usage_error.hpp"
#include "wiring/database_session.hpp"
#include "wiring/rules_from.hpp"

#include <catch2/catch.hpp>

#include <regex>
#include <sstream>

using namespace moneytrail;
using namespace moneytrail::test;
using Catch::Contains;

namespace {

const std::string kConfigs = MONEYTRAIL_TEST_DATA "/../../configs/";

std::string shipped() {
    return read_text_file(kConfigs + "moneytrail.yaml", kMostConfigBytes).value();
}

// A right value for every kind of key.
std::string example(const ValueRule& rule) {
    switch (rule.kind) {
        case ValueKind::text:
            return "abc";
        case ValueKind::name:
            return "abc-1";
        case ValueKind::flag:
            return "true";
        case ValueKind::address:
            return "'0x00000000219ab540356cBB839Cbe05303d7705Fa'";
        case ValueKind::signal:
            return "S2";
        case ValueKind::choice:
            return std::string{rule.names.substr(0, rule.names.find(' '))};
        case ValueKind::url:
            return std::string{rule.names.substr(0, rule.names.find(' '))} + "://host/path";
        case ValueKind::usd:
        case ValueKind::decimal:
        case ValueKind::whole:
            return std::to_string(rule.max);
        default:
            return "abc";
    }
}

// "a[].b.c[]" with value v as "{a: [{b: {c: [v]}}]}" without the outer braces.
std::string nested(std::string_view key, const std::string& value) {
    const auto dot = key.find('.');
    auto name = std::string{key.substr(0, dot)};
    const bool is_list = name.ends_with("[]");
    if (is_list) name.resize(name.size() - 2);
    auto inner = dot == std::string_view::npos ? value : "{" + nested(key.substr(dot + 1), value) + "}";
    return name + ": " + (is_list ? "[" + inner + "]" : inner);
}

}  // namespace

TEST_CASE("the least that is right has the defaults") {
    const auto config = parse(kChain).value();
    REQUIRE(config.chains.size() == 1);
    const auto& chain = config.chains[0];
    CHECK(chain.name == "e");
    CHECK(chain.chain_id == 1);
    CHECK(chain.archive->path == "blocks");
    CHECK(chain.archive->pace == std::chrono::seconds{0});
    CHECK(chain.traces == TraceMode::automatic);
    CHECK(chain.reorg_grace == 3);
    CHECK(chain.max_gap == 50'000);
    CHECK(config.folder.empty());
    CHECK_FALSE(config.data_dir.has_value());
    CHECK(config.database.is_embedded());
    CHECK(config.channels.console.has_value());  // nobody said that there should be none
    CHECK(config.signals.min_usd == Usd::dollars(50));
    CHECK(config.signals.by_id.empty());
    CHECK(config.log.level == LogLevel::info);
    CHECK(config.log.format == LogFormat::text);
    CHECK(config.notes.empty());
}

TEST_CASE("what is configured is what comes out") {
    const auto config = parse_config(R"(
data_dir: ../kept
database: {url: "postgresql://u:p@h/d"}
lists: {tokens: [a.csv, /b/c.csv], labels: [l.csv.gz], entities: e.csv}
chains:
  - {name: main, chain_id: 1, endpoints: [{name: n, http: "https://x/key"}], traces: required, allow_unverified: true}
  - {name: old, chain_id: 5, archive: {path: ../old, pace: 250ms}, reorg_grace: 7, max_gap: 9, traces: off}
entities:
  - {id: maven-11, name: Maven 11, roots: ["0xD8dA6BF26964aF9D7eEd9e03E53415D37aA96045"]}
  - id: plain
signals:
  min_usd: 1_000.5
  S3: {enabled: false, min_usd: 2_000}
  T1: {high: 200, scope: all}
channels: {console: {min_severity: high, entities: [plain], rules: [S3, T1]}}
log: {level: debug, format: json}
)",
                                     "etc/c.yaml", inputs({}))
                            .value();
    CHECK(config.folder == "etc");
    CHECK(config.data_dir == "etc/../kept");
    CHECK_FALSE(config.database.is_embedded());
    CHECK(config.database.url.reveal() == "postgresql://u:p@h/d");
    CHECK(config.lists.tokens == std::vector<std::filesystem::path>{"etc/a.csv", "/b/c.csv"});
    CHECK(config.lists.labels == std::vector<std::filesystem::path>{"etc/l.csv.gz"});
    CHECK(config.lists.entities == "etc/e.csv");
    CHECK(config.chains[0].endpoints.at(0).http.reveal() == "https://x/key");
    CHECK(config.chains[0].traces == TraceMode::required);
    CHECK(config.chains[1].archive->path == "etc/../old");
    CHECK(config.chains[1].archive->pace == std::chrono::milliseconds{250});
    CHECK(config.chains[1].reorg_grace == 7);
    CHECK(config.chains[1].max_gap == 9);
    CHECK(config.chains[1].traces == TraceMode::off);
    REQUIRE(config.channels.console.has_value());
    CHECK(config.channels.console->min_severity == signals::Severity::high);
    CHECK(config.channels.console->entities == std::vector<std::string>{"plain"});
    CHECK(config.channels.console->rules == std::vector<std::string>{"S3", "T1"});
    CHECK(config.entities[0].id == "maven-11");
    CHECK(config.entities[0].name == "Maven 11");
    CHECK(config.entities[0].roots.at(0).to_hex() == "0xd8da6bf26964af9d7eed9e03e53415d37aa96045");
    CHECK(config.entities[1].name == "plain");
    CHECK(config.signals.min_usd == Usd::cents(100'050));
    CHECK_FALSE(config.signals.by_id.at("S3").is_enabled);
    CHECK(config.signals.by_id.at("S3").values == std::map<std::string, std::string>{{"min_usd", "2000"}});
    CHECK(config.signals.by_id.at("T1").values.at("scope") == "all");
    CHECK(config.log.level == LogLevel::debug);
    CHECK(config.log.format == LogFormat::json);
}

TEST_CASE("a console without a key of its own is there all the same") {
    const auto* text = GENERATE("channels: {console: {}}", "channels:\n  console:\n");
    const auto config = parse(kChain + text).value();
    REQUIRE(config.channels.console.has_value());
    CHECK(config.channels.console->min_severity == signals::Severity::low);
    CHECK(config.channels.console->entities.empty());
}

TEST_CASE("every known key is accepted, with its fallback and with another value") {
    for (const auto& rule : config_keys()) {
        // A required key alone lacks its neighbours: those are in the tables below.
        if (rule.key.starts_with("chains") || rule.key.starts_with("entities")) continue;
        // Whom a channel is about is held against the entities.
        if (rule.key.starts_with("channels") && rule.key.ends_with("entities[]")) continue;
        // Text, but not any text.
        if (rule.key == "database.url") continue;
        CAPTURE(rule.key);
        if (rule.fallback)
            CHECK_THAT(said_of(kChain + nested(rule.key, "'" + std::string{*rule.fallback} + "'")),
                       !Contains("expected"));
        if (rule.value.kind < ValueKind::duration)
            CHECK_THAT(said_of(kChain + nested(rule.key, example(rule.value))),
                       !Contains(std::string{rule.key} + ": expected"));
    }
}

TEST_CASE("every signal of the catalogue can be switched off, and by nothing but false") {
    for (const auto* type : signals::catalogue()) {
        CAPTURE(type->id);
        const auto id = std::string{type->id};
        const auto key = kChain + "signals: {" + id + ": {enabled: ";
        CHECK_THAT(said_of(key + "no}}"),
                   Contains("signals." + id + ".enabled: expected true or false, got 'no'"));
        const auto off = parse(key + "false}}").value();
        CHECK(std::ranges::none_of(rules_from(off.signals),
                                   [&](const auto& rule) { return rule.type == type; }));
        CHECK(parse(kChain + "channels: {console: {rules: [" + id + "]}}").has_value());
    }
    CHECK_THAT(said_of(kChain + "channels: {console: {rules: [S9]}}"), Contains("expected S1 or S2 or "));
}

TEST_CASE("several chains are told, and one of them is to be named") {
    const std::string two =
        "chains: [{name: e, chain_id: 1, archive: {path: b}}, {name: other, chain_id: 5, archive: {path: "
        "c}}]\n";
    const auto config = parse(two).value();
    REQUIRE(config.notes.size() == 1);
    CHECK(to_string(config.notes[0]) ==
          "c.yaml:1: chains: one chain is followed at a time: name it with --chain");
    CHECK(followed_chain(config, {.config_file = "c.yaml", .chain = "other"}).chain_id == 5);
    CHECK_THROWS_WITH(followed_chain(config, {.config_file = "c.yaml", .chain = {}}),
                      "c.yaml: chains: e, other: one chain is followed at a time: name it with --chain");
    CHECK_THROWS_AS(followed_chain(config, {.config_file = "c.yaml", .chain = "third"}), UsageError);
}

TEST_CASE("the shipped configuration shows every key with its default and is fine") {
    const auto text = shipped();
    for (const auto& rule : config_keys()) {
        auto name = std::string{rule.key.substr(rule.key.rfind('.') + 1)};
        if (name.ends_with("[]")) name.resize(name.size() - 2);
        CAPTURE(rule.key);
        const bool is_secret_or_text = !rule.fallback || rule.fallback->empty();
        CHECK_THAT(text, Contains(name + ": " + (is_secret_or_text ? "" : std::string{*rule.fallback})) ||
                             Contains(name + ": \"" + std::string{rule.fallback.value_or("")}));
    }
    CHECK(parse(text).has_value());
    // Its examples are right too: a comment has one blank behind the '#', they have none or more.
    const auto config = parse(std::regex_replace(text, std::regex{"\n( *)#(?=[a-z]|  )"}, "\n$1"));
    INFO((config ? std::string{} : to_string(config.error())));
    REQUIRE(config.has_value());
    CHECK(config->entities.size() == 2);
}

TEST_CASE("check-config: what is shipped is fine") {
    const auto* name = GENERATE("moneytrail.yaml", "demo.yaml");
    std::ostringstream out;
    std::ostringstream err;
    check_config(kConfigs + name, out, err);
    CHECK(err.str().empty());
    CHECK_THAT(out.str(), Contains(std::string{name} + ": fine\n"));
}

TEST_CASE("check-config: a file or list that is not there") {
    std::ostringstream out;
    std::ostringstream err;
    CHECK_THROWS_MATCHES(check_config("/nowhere/c.yaml", out, err), UsageError,
                         Catch::Message("/nowhere/c.yaml: cannot be read: No such file or directory\n"));
    CHECK((out.str() + err.str()).empty());
}
