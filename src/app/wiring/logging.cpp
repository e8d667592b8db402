#include "wiring/logging.hpp"

#include "base/printable.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace moneytrail {
namespace {

// The message as a JSON string, quotes included.
std::string as_json(std::string_view message) {
    const nlohmann::json text = std::string{message};
    return printable_json(text.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

// A line for a message, whatever it quotes.
class ShownText final : public spdlog::custom_flag_formatter {
  public:
    explicit ShownText(LogFormat format) : format_{format} {}

    void format(const spdlog::details::log_msg& message, const std::tm& /*time*/,
                spdlog::memory_buf_t& out) override {
        const std::string_view text{message.payload.data(), message.payload.size()};
        const auto shown = format_ == LogFormat::json ? as_json(text) : printable(text);
        out.append(shown.data(), shown.data() + shown.size());
    }
    std::unique_ptr<custom_flag_formatter> clone() const override {
        return std::make_unique<ShownText>(format_);
    }

  private:
    LogFormat format_;
};

spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::trace:
            return spdlog::level::trace;
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warn:
            return spdlog::level::warn;
        case LogLevel::error:
            break;
    }
    return spdlog::level::err;
}

}  // namespace

void set_up_logging(const LogConfig& config) {
    auto logger =
        std::make_shared<spdlog::logger>("moneytrail", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    auto formatter = std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
    formatter->add_flag<ShownText>('*', config.format)
        .set_pattern(config.format == LogFormat::json
                         ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","text":%*})"
                         : "%Y-%m-%dT%H:%M:%S.%eZ %l %*");
    logger->set_formatter(std::move(formatter));
    logger->set_level(level_of(config.level));
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
}

}  // namespace moneytrail
