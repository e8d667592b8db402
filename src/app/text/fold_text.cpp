#include "text/fold_text.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace moneytrail {

std::string fold_text(std::string_view text) {
    constexpr auto kFold = static_cast<utf8proc_option_t>(
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    utf8proc_uint8_t* mapped = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, kFold);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner{mapped, &std::free};
    if (size <= 0) return {};
    const std::string_view folded{reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
    // NFKC has made every other space one of these.
    const auto first = folded.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return std::string{folded.substr(first, folded.find_last_not_of(' ') - first + 1)};
}

}  // namespace moneytrail
