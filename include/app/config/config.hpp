#pragma once

// The configuration of the program: read from YAML, checked as a whole, and from then on believed.

#include "alerts/alert_filter.hpp"
#include "base/fixed_bytes.hpp"
#include "base/usd.hpp"
#include "signals/signal.hpp"
#include "text/problem.hpp"
#include "text/secret.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace moneytrail {

// Paths are relative to the configuration's own folder in the file, and made so here.
struct Lists {
    std::optional<std::filesystem::path> entities;
    std::vector<std::filesystem::path> labels;
    std::vector<std::filesystem::path> tokens;
    std::vector<std::filesystem::path> feeds;
};

// An empty URL turns it off.
struct Endpoint {
    std::string name;
    Secret ws;
    Secret http;
};

struct Archive {
    std::filesystem::path path;         // a file or a folder
    std::chrono::milliseconds pace{0};  // between blocks; 0: as fast as it goes
};

enum class TraceMode { automatic, off, required };

// Exactly one of endpoints and archive is given.
struct ChainConfig {
    std::string name;
    std::uint64_t chain_id = 0;
    std::vector<Endpoint> endpoints;
    std::optional<Archive> archive;
    TraceMode traces = TraceMode::automatic;
    std::uint64_t reorg_grace = 0;  // blocks
    std::uint64_t max_gap = 0;      // a gap of more blocks is not crossed unasked
};

struct EntityConfig {
    std::string id;  // a-z 0-9 -, 1 to 32 characters, unique
    std::string name;
    std::vector<Address> roots;  // no address is a root of two entities
    std::optional<Usd> aum{};    // assets under management
};

struct SignalConfig {
    bool is_enabled = true;
    std::map<std::string, std::string> values;  // as the file has them, checked by the signal
};

struct SignalsConfig {
    Usd min_usd;
    std::map<std::string, SignalConfig> by_id;  // those that the file names; the others have their defaults
};

struct ChannelsConfig {
    // What is shown on standard output. None: `channels` does not name it, and so nothing is.
    std::optional<AlertFilter> console;
    std::vector<std::string> undelivered;  // those that are on, but that this version does not write to
};

struct DatabaseConfig {
    Secret url;  // "embedded", or postgresql://… of a server of the user's own
    bool is_embedded() const { return url.reveal() == "embedded"; }
};

enum class LogLevel { trace, debug, info, warn, error };
enum class LogFormat { text, json };

struct LogConfig {
    LogLevel level = LogLevel::info;
    LogFormat format = LogFormat::text;
};

// What this version acts on. Every other known key is checked as strictly and then named in a note.
struct Config {
    std::filesystem::path folder;                   // the configuration's own
    std::optional<std::filesystem::path> data_dir;  // none: where the embedded database is by default
    DatabaseConfig database;
    Lists lists;
    std::vector<ChainConfig> chains;  // at least one
    std::vector<EntityConfig> entities;
    SignalsConfig signals;
    ChannelsConfig channels;
    LogConfig log;
    std::vector<Problem> notes;         // nothing is wrong, but the user should know
    std::vector<std::string> warnings;  // something probably is; a line each
};

// What ${NAME} and ${file:PATH} ask.
struct ConfigInputs {
    std::function<std::optional<std::string>(const std::string& name)> environment;
    // The text of the file, or why it cannot be read.
    std::function<std::expected<std::string, std::string>(const std::filesystem::path&)> read_file;
};

ConfigInputs process_inputs();

constexpr std::size_t kMostConfigBytes = 4UL * 1024 * 1024;

// `file` names the text in messages and is what paths in it are relative to. No message shows a secret or a
// value that came out of ${…}.
Checked<Config> parse_config(const std::string& text, const std::string& file, const ConfigInputs& inputs);

// Reads and checks the file at `path`; one that cannot be read is a problem like any other.
Checked<Config> load_config(const std::string& path);

}  // namespace moneytrail
