// Any text as a configuration: never a crash, never a hang, and no secret in what is said about it.

#include "config/config.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

constexpr const char* kSecret = "hunter2";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace moneytrail;
    const std::string text{reinterpret_cast<const char*>(data), size};
    const ConfigInputs inputs{
        .environment = [](const std::string& name) -> std::optional<std::string> {
            if (name == "NONE") return std::nullopt;
            return kSecret;
        },
        .read_file = [](const std::filesystem::path&) -> std::expected<std::string, std::string> {
            return kSecret;
        },
    };
    const auto config = parse_config(text, "f", inputs);
    const auto said = config ? std::string{} : to_string(config.error());
    // The text itself may say it, and then its keys may be shown.
    if (text.find(kSecret) == std::string::npos && said.find(kSecret) != std::string::npos) std::abort();
    return 0;
}
