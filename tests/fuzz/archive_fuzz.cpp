// Any bytes as an archive of any kind, read as --keep-going reads. The first byte chooses the kind.

#include "archive/archive_reader.hpp"
#include "chain/parse_block.hpp"
#include "support/temporary_folder.hpp"

#include <array>
#include <cstdlib>
#include <numeric>

namespace {

constexpr std::size_t kLongestLine = 4096;  // so that too long a line is within a fuzzer's reach

void check(const moneytrail::ArchiveLine& line, bool is_document) {
    if (line.json.empty() || line.json.size() > kLongestLine) std::abort();
    if (!is_document && line.json.contains('\n')) std::abort();
    const auto* padding = line.json.data() + line.json.size();
    [[maybe_unused]] const volatile unsigned seen =
        std::accumulate(padding, padding + moneytrail::BlockParser::kPadding, 0U);
}

void read_all(const std::filesystem::path& path, bool is_document) {
    moneytrail::ArchiveReader reader{{path}, kLongestLine};
    std::string file;
    std::uint64_t last_line = 0;
    for (;;) try {
            const auto line = reader.next();
            if (!line) return;
            check(*line, is_document);
            if (file == line->file && line->line <= last_line) std::abort();
            file = line->file;
            last_line = line->line;
        } catch (const moneytrail::ArchiveError& error) {
            if (error.file.empty()) std::abort();
        }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const moneytrail::test::TemporaryFolder folder;
    static constexpr std::array kNames{"a.jsonl", "a.jsonl.gz", "a.json", "a.json.gz"};
    if (size == 0) return 0;
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
    const std::size_t kind = data[0] % (kNames.size() + 1);
    if (kind < kNames.size()) {
        read_all(folder.write(kNames[kind], bytes), kind >= 2);
        return 0;
    }
    // A folder of two files whose first blocks give the order.
    folder.write("folder/a.jsonl", bytes.substr(0, bytes.size() / 2));
    folder.write("folder/b.jsonl.gz", bytes.substr(bytes.size() / 2));
    read_all(folder.path() / "folder", false);
    return 0;
}
