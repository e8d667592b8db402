#pragma once

// The kinds of file that an archive may consist of, told by how the name ends.

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace moneytrail {

enum class Framing { lines, document };
enum class Packing { plain, gzip };

struct FileKind {
    std::string_view ending;
    Framing framing;
    Packing packing;
};

inline constexpr std::array kFileKinds{
    FileKind{".jsonl", Framing::lines, Packing::plain},
    FileKind{".jsonl.gz", Framing::lines, Packing::gzip},
    FileKind{".json", Framing::document, Packing::plain},
    FileKind{".json.gz", Framing::document, Packing::gzip},
};
inline constexpr std::string_view kEndings = ".jsonl, .jsonl.gz, .json or .json.gz";

constexpr std::optional<FileKind> file_kind(std::string_view name) {
    const auto* const kind =
        std::ranges::find_if(kFileKinds, [&](const FileKind& known) { return name.ends_with(known.ending); });
    return kind == kFileKinds.end() ? std::nullopt : std::optional{*kind};
}

}  // namespace moneytrail
