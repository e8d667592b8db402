// Any text as a token list and as a list of addresses: never a crash, never a hang.

#include "lists.hpp"

#include <cstdint>
#include <tuple>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace moneytrail;
    const std::string text{reinterpret_cast<const char*>(data), size};
    const std::vector<NamedText> files{{"f", text}, {"g", text}};
    const auto tokens = parse_tokens(files);
    if (!tokens) std::ignore = to_string(tokens.error());
    const auto list = parse_addresses(files[0]);
    if (!list) std::ignore = to_string(list.error());
    return 0;
}
