#include "app/config_fixture.hpp"

#include <catch2/catch.hpp>

#include <initializer_list>
#include <sstream>

using namespace moneytrail;
using namespace moneytrail::test;
using Catch::Contains;
using Catch::Equals;

namespace {

const std::string kAddress = "\"0x00000000219ab540356cBB839Cbe05303d7705Fa\"";

// A row whose text begins with "chains:" is the whole file, any other comes after kChain, in line 2.
std::string whole(const std::string& text) {
    return text.starts_with("chains:") || text.empty() ? text : kChain + text;
}

struct Row {
    std::string text;
    std::string said;
};

}  // namespace

TEST_CASE("every mistake is told with its line, its key and what would be right") {
    const auto row = GENERATE(values<Row>({
        // Keys.
        {"signal: {}", "c.yaml:2: signal: unknown key; did you mean 'signals'?"},
        {"xyz: 1",
         "c.yaml:2: xyz: unknown key; known here: chains, channels, data_dir, database, entities, "
         "history_sources, http, lists, log, report, signals, vendors"},
        {"log:\n  levle: info", "c.yaml:3: log.levle: unknown key; did you mean 'level'?"},
        {"signals: {S9: {}}",
         "c.yaml:2: signals.S9: unknown key; known here: S1, S2, S3, S4, S5a, S5b, S6a, S6b, S7, "
         "S8, T1, T2, learning, min_usd"},
        {"signals: {S3: {min_us: 5}}", "c.yaml:2: signals.S3.min_us: unknown key"},
        {"log: {level: info}\nreport: {}\nlog: {level: debug}",
         "c.yaml:4: log: the key is there twice, first in line 2"},
        {"log:\n  level: info\n  level: info",
         "c.yaml:4: log.level: the key is there twice, first in line 3"},
        {"? [a, b]\n: 1", "c.yaml:2: a list or map as a key, expected text"},
        // Kinds and ranges.
        {"log: info", "c.yaml:2: log: expected a map of keys, got a single value"},
        {"log: [info]", "c.yaml:2: log: expected a map of keys, got a list"},
        {"log: {level: [info]}",
         "c.yaml:2: log.level: expected trace or debug or info or warn or error, got a list"},
        {"log: {level: loud}",
         "c.yaml:2: log.level: expected trace or debug or info or warn or error, got 'loud'"},
        {"lists: {tokens: a.csv}", "c.yaml:2: lists.tokens: expected a list, got a single value"},
        {"lists: {tokens: ['']}", "c.yaml:2: lists.tokens[0]: expected a path of 1 to 4096 bytes, got ''"},
        {"- a", "c.yaml:2: no valid YAML: end of map not found"},
        {"http: {listen: 8080}",
         "c.yaml:2: http.listen: expected host:port with a port from 1 to 65535, such as "
         "127.0.0.1:8080, got '8080'"},
        {"http: {listen: 'h:65536'}",
         "c.yaml:2: http.listen: expected host:port with a port from 1 to 65535, such as "
         "127.0.0.1:8080, got 'h:65536'"},
        {"report: {at: '24:00'}",
         "c.yaml:2: report.at: expected a time of day (UTC) such as 17:00, between quotes, got '24:00'"},
        {"report: {at: 5pm}",
         "c.yaml:2: report.at: expected a time of day (UTC) such as 17:00, between quotes, got '5pm'"},
        {"history_sources: [arkham, nod]",
         "c.yaml:2: history_sources[1]: expected arkham or node or store, got 'nod'"},
        {"chains: [{name: e, chain_id: 1, archive: {path: b}, confirmations: three}]",
         "c.yaml:1: chains[0].confirmations: expected a whole number from 0 to 1000, got 'three'"},
        {"chains: [{name: e, chain_id: 1, archive: {path: b}, confirmations: 1001}]",
         "c.yaml:1: chains[0].confirmations: expected a whole number from 0 to 1000, got '1001'"},
        {"chains: [{name: e, chain_id: 1, archive: {path: b}, confirmations: -1}]",
         "c.yaml:1: chains[0].confirmations: expected a whole number from 0 to 1000, got '-1'"},
        {"chains: [{name: e, chain_id: 99999999999999999999, archive: {path: b}}]",
         "c.yaml:1: chains[0].chain_id: expected a whole number from 1 to 4503599627370476, got "
         "'99999999999999999999'"},
        {"chains: [{name: e, chain_id: 1, archive: {path: b}, allow_unverified: yes}]",
         "c.yaml:1: chains[0].allow_unverified: expected true or false, got 'yes'"},
        {"chains: [{name: e, chain_id: 1, archive: {path: b, pace: 12}}]",
         "c.yaml:1: chains[0].archive.pace: expected a duration from 0d to 1d such as 30s, 15m, 12h or 7d, "
         "got '12'"},
        {"chains: [{name: e, chain_id: 1, archive: {path: b, pace: 2w}}]",
         "c.yaml:1: chains[0].archive.pace: expected a duration from 0d to 1d such as 30s, 15m, 12h or 7d, "
         "got '2w'"},
        {"chains: [{name: e, chain_id: 1, archive: {path: b, pace: 25h}}]",
         "c.yaml:1: chains[0].archive.pace: expected a duration from 0d to 1d such as 30s, 15m, 12h or 7d, "
         "got '25h'"},
        {"chains: [{name: e, chain_id: 1, archive: {path: b}, start: first}]",
         "c.yaml:1: chains[0].start: expected latest or a block number, got 'first'"},
        // Chains.
        {"", "c.yaml: chains: missing, expected at least one chain with endpoints or an archive"},
        {"chains: []", "c.yaml:1: chains: missing, expected at least one chain with endpoints or an archive"},
        {"chains:\n  - chain_id: 1\n    archive: {path: b}",
         "c.yaml:2: chains[0].name: missing, expected 1 to 32 of the characters a-z, 0-9 and -"},
        {"chains: [{name: e, chain_id: 1}]",
         "c.yaml:1: chains[0]: has neither endpoints nor an archive, expected one of them"},
        {"chains: [{name: e, chain_id: 1, archive: {path: b}, endpoints: []}]",
         "c.yaml:1: chains[0]: has both endpoints and an archive, expected one of them"},
        {"chains: [{name: e, chain_id: 1, endpoints: []}]",
         "c.yaml:1: chains[0].endpoints: the list is empty, expected at least one endpoint"},
        {"chains: [{name: e, chain_id: 1, archive: {pace: 0}}]",
         "c.yaml:1: chains[0].archive.path: missing, expected a path of 1 to 4096 bytes"},
        {"chains: [{name: e, chain_id: 1, endpoints: [{name: a, http: 'http://h'}, {name: a, http: "
         "'http://i'}]}]",
         "c.yaml:1: chains[0].endpoints[1].name: is the same as in line 1, expected one of its own"},
        {"chains: [{name: e, chain_id: 1, endpoints: [{name: a, http: 'ftp://secret'}]}]",
         "c.yaml:1: chains[0].endpoints[0].http: expected a URL that starts with http:// or https://, got a "
         "value that "
         "is not shown"},
        {"chains:\n- {name: e, chain_id: 1, archive: {path: b}}\n- {name: f, chain_id: 1, archive: {path: "
         "c}}",
         "c.yaml:3: chains[1].chain_id: is the same as in line 2, expected one of its own"},
        // Entities.
        {"entities:\n- {id: a}\n- {id: a}",
         "c.yaml:4: entities[1].id: is the same as in line 3, expected one of its own"},
        {"entities: [{id: Fund}]",
         "c.yaml:2: entities[0].id: expected 1 to 32 of the characters a-z, 0-9 and -, got 'Fund'"},
        {"entities: [{name: A}]",
         "c.yaml:2: entities[0].id: missing, expected 1 to 32 of the characters a-z, 0-9 and -"},
        {"entities: [{id: a, roots: [0x12]}]",
         "c.yaml:2: entities[0].roots[0]: expected an address: 0x and 40 hex digits, got '0x12'"},
        {"entities:\n- {id: a, roots: [" + kAddress + "]}\n- {id: b, roots: [" + kAddress + "]}",
         "c.yaml:4: entities[1].roots[0]: is a root of entities[0] in line 3 too, expected one entity for an "
         "address"},
        {"entities: [{id: a, roots: [" + kAddress + "], root_identification: {contract: " + kAddress + "}}]",
         "c.yaml:2: entities[0].root_identification: the entity has roots already, expected roots or "
         "root_identification"},
        {"entities: [{id: a, root_identification: {to_contract: true}}]",
         "c.yaml:2: entities[0].root_identification.contract: missing, expected an address: 0x and 40 hex "
         "digits"},
        {"entities: [{id: a, from_date: 2023-02-29}]",
         "c.yaml:2: entities[0].from_date: expected a date such as 2015-01-31, got '2023-02-29'"},
        {"entities: [{id: a, aum_usd: _8}]",
         "c.yaml:2: entities[0].aum_usd: expected US dollars from 0 to "
         "1000000000000000 with at most 2 decimals, got '_8'"},
        {"entities: [{id: a, aum_usd: 1e6}]",
         "c.yaml:2: entities[0].aum_usd: expected US dollars from 0 to "
         "1000000000000000 with at most 2 decimals, got '1e6'"},
        // Signals: those of the catalogue speak for themselves.
        {"signals: {min_usd: -1}",
         "c.yaml:2: signals.min_usd: expected US dollars from 0 to 1000000000000000 with at "
         "most 2 decimals, got '-1'"},
        {"signals: {S3: {scope: all}}", "c.yaml:2: signals.S3.scope: expected subject or entity, got 'all'"},
        {"signals:\n  T1:\n    medium: 1.5",
         "c.yaml:4: signals.T1.medium: expected a whole number, got '1.5'"},
        {"signals: {T1: {medium: [1]}}", "c.yaml:2: signals.T1.medium: expected a single value, got a list"},
        {"signals: {T1: {enabled: 1}}", "c.yaml:2: signals.T1.enabled: expected true or false, got '1'"},
        {"signals: {S6a: {max_p: 2}}", "c.yaml:2: signals.S6a.max_p: expected at most 1, got '2'"},
        // Channels.
        {"database: {url: localhost}",
         "c.yaml:2: database.url: expected embedded or postgresql://user:password@host:port/name, got a "
         "value that is not shown"},
        {"channels: {console: {rules: [S33]}}",
         "c.yaml:2: channels.console.rules[0]: expected S1 or S2 or S3 or S4 or "
         "S5a or S5b or S6a or S6b or S7 or S8 or T1 or T2, got 'S33'"},
        {"channels: {console: {entities: [nobody]}}",
         "c.yaml:2: channels.console.entities[0]: no entity has this id, expected the id of one under "
         "entities"},
        {"channels: {slack: {bot_token: x}}",
         "c.yaml:2: channels.slack.channel: missing, expected the channel that bot_token writes to"},
        {"channels: {email: {smtp: 'smtp://h', to: [a@b]}}",
         "c.yaml:2: channels.email.from: missing, expected the sender's address"},
        {"channels: {email: {smtp: 'smtp://h', from: a@b}}",
         "c.yaml:2: channels.email.to: missing, expected at least one recipient's address"},
        {"channels: {telegram: 12345:secret}",
         "c.yaml:2: channels.telegram: expected a map of keys, got a single value"},
        // Variables.
        {"data_dir: ${NOPE}",
         "c.yaml:2: data_dir: the environment variable NOPE is not set: set it, or give a default as "
         "${NOPE:-default}"},
        {"data_dir: a${NOPE",
         "c.yaml:2: data_dir: '${' without '}', expected ${NAME}, ${NAME:-default} or ${file:PATH}"},
        {"data_dir: ${}",
         "c.yaml:2: data_dir: no variable's name after '${', expected ${NAME}, ${NAME:-default} or "
         "${file:PATH}"},
        {"data_dir: ${a b}",
         "c.yaml:2: data_dir: no variable's name after '${', expected ${NAME}, ${NAME:-default} or "
         "${file:PATH}"},
        {"data_dir: '${file:}'",
         "c.yaml:2: data_dir: ${file:} without a path, expected ${NAME}, ${NAME:-default} or ${file:PATH}"},
        {"data_dir: '${file:/run/x}'",
         "c.yaml:2: data_dir: the file of ${file:/run/x} cannot be read: No such file or directory"},
        {"log: {level: '${NOPE:-loud}'}",
         "c.yaml:2: log.level: expected trace or debug or info or warn or error, got a "
         "value that is not shown"},
        {"signals: {S3: {scope: '${NOPE:-loud}'}}",
         "c.yaml:2: signals.S3.scope: expected subject or entity, got a value that is not shown"},
        // YAML itself.
        {"a: &x 1",
         "c.yaml:2: anchors (&name) and aliases (*name) are not taken: write the value out, between quotes "
         "when it starts with & or *"},
        {"data_dir: !!str x",
         "c.yaml:2: tags (!name) are not taken: leave it out, or write text that starts with ! "
         "between quotes"},
        {"---\na: 1", "c.yaml:2: a second document, expected only one in the file"},
        {"a: 'x", "c.yaml:2: no valid YAML: illegal EOF in scalar"},
    }));
    CAPTURE(row.text);
    CHECK_THAT(said_of(whole(row.text)), Equals(row.said + '\n'));
}

TEST_CASE("all mistakes are told at once, in the order of their lines") {
    CHECK(said_of("log: {level: loud}\nentities: [{id: A}]\nchains: [{name: e}]\nhttp: {listen: x}\n") ==
          "c.yaml:1: log.level: expected trace or debug or info or warn or error, got 'loud'\n"
          "c.yaml:2: entities[0].id: expected 1 to 32 of the characters a-z, 0-9 and -, got 'A'\n"
          "c.yaml:3: chains[0].chain_id: missing, expected a whole number from 1 to 4503599627370476\n"
          "c.yaml:3: chains[0]: has neither endpoints nor an archive, expected one of them\n"
          "c.yaml:4: http.listen: expected host:port with a port from 1 to 65535, such as 127.0.0.1:8080, "
          "got 'x'\n");
}

TEST_CASE("notes tell what is off and what has no effect yet") {
    const auto row = GENERATE(values<Row>({
        {"", ""},
        {"log: {level: debug}", ""},
        {"data_dir: x\ndatabase: {url: embedded}", ""},
        {"report: {at: '17:00'}", "c.yaml:2: report: known, but this version does not act on it yet\n"},
        {"channels: {console: {max_per_day: 3}}",
         "c.yaml:2: channels.console.max_per_day: known, but this version does not act on it yet\n"},
        {"signals:\n  S3: {}\n  S1: {}",
         "c.yaml:4: signals.S1: known, but this version does not act on it yet\n"},
        {"entities:\n- {id: a, arkham: a}\n- {id: b, arkham: b}",
         "c.yaml:3: entities[0].arkham: known, but this version does not act on it yet\n"},
        {"channels:\n  telegram: {bot_token: '${T:-}', chats: [a]}\n",
         "c.yaml:3: channels.telegram: known, but this version does not act on it yet\n"
         "c.yaml:3: channels.telegram: off, bot_token is empty\n"},
        {"vendors: {debank: {}}",
         "c.yaml:2: vendors: known, but this version does not act on it yet\n"
         "c.yaml:2: vendors.debank: off, access_key is empty\n"},
    }));
    CAPTURE(row.text);
    CHECK(said_of(kChain + row.text) == row.said);
}

TEST_CASE("a variable's text cannot change the structure") {
    const World world{.variables = {{"NAME", "x\", roots: [\"0x"}, {"EMPTY", ""}, {"DEEP", "${NAME}"}},
                      .files = {{"/run/host", "host\n"}, {"/run/two", "a\nb"}}};
    const auto name = [&](const std::string& text) {
        return parse(kChain + "entities: [{id: a, name: " + text + "}]", world).value().entities.at(0).name;
    };
    CHECK(name("'${NAME}'") == "x\", roots: [\"0x");
    CHECK(name("'a${EMPTY:-b}c${EMPTY}d'") == "abcd");
    CHECK(name("'${DEEP}'") == "${NAME}");
    CHECK(name("'$$ $ {x} ${NOPE:-$}'") == "$$ $ {x} $");
    CHECK(parse(kChain + "database: {url: 'postgresql://${file:/run/host}/d'}", world)
              .value()
              .database.url.reveal() == "postgresql://host/d");
    CHECK_THAT(said_of(kChain + "database: {url: '${file:/run/two}'}", world), Contains("second line"));
}

TEST_CASE("a file's text is taken only where a secret is expected") {
    const World world{.files = {{"/run/key", "hunter2\n"}}};
    const std::string file = "'x${file:/run/key}'";
    struct Value {
        std::string text;
        std::string key;
    };
    const auto value = GENERATE_COPY(values<Value>({
        {"data_dir: " + file, "data_dir"},
        {"lists: {entities: " + file + "}", "lists.entities"},
        {"lists: {labels: [" + file + "]}", "lists.labels[0]"},
        {"lists: {tokens: [" + file + "]}", "lists.tokens[0]"},
        {"lists: {feeds: [" + file + "]}", "lists.feeds[0]"},
        {"entities: [{id: a, name: " + file + "}]", "entities[0].name"},
        {"entities: [{id: a, roots: [" + file + "]}]", "entities[0].roots[0]"},
        {"log: {level: " + file + "}", "log.level"},
        {"signals: {min_usd: " + file + "}", "signals.min_usd"},
        {"signals: {S3: {scope: " + file + "}}", "signals.S3.scope"},
        {"signals: {S3: {enabled: " + file + "}}", "signals.S3.enabled"},
    }));
    CHECK(said_of(kChain + value.text, world) ==
          "c.yaml:2: " + value.key +
              ": ${file:…} is taken only where a secret is expected: write the value here, or ${NAME}\n");
}

TEST_CASE("a database's URL that cannot be connected with is refused, without a word of it") {
    const auto row = GENERATE(values<Row>({
        {"mysql://u:hunter2@h/d",
         "expected embedded or postgresql://user:password@host:port/name, got a value that is not shown"},
        {"postgresql://u:hunter@2@h/d",
         "has an '@' where none is expected; in user and password write '@' as %40, '/' as %2F, '?' as %3F"},
        {"postgresql://u:hunter2@[h/d",
         "cannot be read as postgresql://user:password@host:port/name?option=value"},
        {"postgresql://u:hunter2@h/d?nothing=1",
         "cannot be read as postgresql://user:password@host:port/name?option=value"},
        {"postgresql://u:hunter2@h:99999/d", "port: expected whole numbers from 1 to 65535"},
        {"postgresql://u:hunter2@h:0/d", "port: expected whole numbers from 1 to 65535"},
        {"postgresql://u:hunter2@h:x/d", "port: expected whole numbers from 1 to 65535"},
        {"postgresql://u:hunter2@h:1,i:2,j/d?port=1,2", "port: expected one, or as many as there are hosts"},
        {"postgresql://u:hunter2@h/d?connect_timeout=soon", "connect_timeout: expected a whole number"},
        {"postgresql://u:hunter2@h/d?sslmode=yes",
         "sslmode: expected one of: disable allow prefer require verify-ca verify-full"},
    }));
    CHECK(said_of(kChain + "database: {url: \"" + row.text + "\"}") ==
          "c.yaml:2: database.url: " + row.said + '\n');
    CHECK(said_of(kChain + "database: {url: \"postgresql://u:p@h:1,[::1]:65535,i/d?sslmode=disable&"
                           "connect_timeout=-1&target_session_attrs=read-write\"}")
              .empty());
}

TEST_CASE("a root whose checksum is wrong is warned of, and taken") {
    // Source: EIP-55's first example. One letter is of the other case.
    const std::string right = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    const std::string wrong = "0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    const auto warnings = [](const std::string& root, const World& world = {}) {
        return parse(kChain + "entities: [{id: a, roots: ['" + root + "']}]", world).value().warnings;
    };
    CHECK(warnings(wrong) ==
          std::vector<std::string>{"c.yaml:2: entities[0].roots[0]: the checksum (EIP-55) of '" + wrong +
                                   "' is wrong, expected " + right + " if it is this address"});
    CHECK(warnings("${ROOT}", {.variables = {{"ROOT", wrong}}}) ==
          std::vector<std::string>{"c.yaml:2: entities[0].roots[0]: the checksum (EIP-55) of a value that is "
                                   "not shown is wrong"});
    for (const auto& fine : {right, std::string{"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"},
                             std::string{"0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED"}})
        CHECK(warnings(fine).empty());
}

TEST_CASE("no message shows a secret, however wrong the file is") {
    const World world{.variables = {{"KEY", "hunter2"}}, .files = {{"/run/key", "hunter2\n"}}};
    const auto* secret = GENERATE("hunter2", "'${KEY}'", "'${file:/run/key}'", "'${NOPE:-hunter2}'");
    const std::string s = secret;
    std::string said;
    for (const std::string& text : std::initializer_list<std::string>{
             "database: {url: [" + s + "]}",
             "database: " + s,
             "database: {url: " + s + "}",
             "database: {url: 'mysql://user:hunter2@host/db'}",
             "channels: {telegram: " + s + "}",
             "channels: {telegram: {bot_token: {a: " + s + "}}}",
             "channels: {slack: {webhook_url: " + s + "}}",
             "channels: {email: {smtp: " + s + "}}",
             "channels: {webhook: {url: " + s + ", secret: " + s + "}}",
             "vendors: {arkham: {api_keys: " + s + "}}",
             "vendors: {arkham: {api_key: " + s + "}}",
             "http: {token: " + s + ", listen: '${KEY}'}",
             "signals: {min_usd: '${KEY}', S3: {scope: '${KEY}'}, S1: '${KEY}'}",
             "entities: [{id: '${KEY}!', roots: ['${KEY}']}]",
             "http: {token: \"" + s + "}",
             "report: {at: '${KEY}${'}",
         })
        said += said_of(kChain + text, world);
    said += said_of(
        "chains: [{name: e, chain_id: 1, endpoints: [{name: a, http: " + s + ", ws: " + s + "}]}]", world);
    CAPTURE(said);
    CHECK(said.find("hunter2") == std::string::npos);
    CHECK(said.size() > 500);

    std::ostringstream out;
    out << Secret{"hunter2"};
    CHECK(out.str() + to_string(Secret{"hunter2"}) == "******");
}
