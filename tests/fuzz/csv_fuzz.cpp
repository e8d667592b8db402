// Any text as each of the lists: never a crash, never a hang.

#include "lists/label_lists.hpp"
#include "lists/token_lists.hpp"

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
    const auto names = parse_entities(files[0]);
    if (!names) std::ignore = to_string(names.error());
    Problems problems{50};
    labels::LabelBookMaker maker{names ? *names : labels::Names{}};
    read_labels(files[0], names ? *names : labels::Names{}, problems,
                [&](const labels::Label& label) { maker.add(label); });
    std::ignore = std::move(maker).finish();
    return 0;
}
