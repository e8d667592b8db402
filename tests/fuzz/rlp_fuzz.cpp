// What the strict reader takes is written back byte for byte; and what the writer writes, the reader takes.

#include "base/rlp.hpp"
#include "support/rlp_reader.hpp"

#include <cstdlib>

using namespace moneytrail;
using test::RlpItem;
using test::RlpReader;

namespace {

void write(rlp::Writer& out, const RlpItem& item) {
    if (!item.is_list) return out.string(item.bytes);
    out.list([&] {
        for (const auto& each : item.items) write(out, each);
    });
}

void require(bool holds) {
    if (!holds) std::abort();
}

void written_back(ByteView input) {
    const auto item = RlpReader::read(input);
    if (!item) return;
    rlp::Writer out;
    write(out, *item);
    require(std::ranges::equal(out.view(), input));
}

// The input as a program: each byte says what to put in, and how much of the rest.
RlpItem built(ByteView& program, int depth) {
    constexpr int kDeepest = 8;
    if (program.empty()) return {};
    const auto op = program[0];
    program = program.subspan(1);
    if (op < 0xc0 || depth == kDeepest) {
        // Repeated up to 64 times, so that every prefix length occurs.
        const auto bytes = program.first(std::min<std::size_t>(program.size(), op % 64));
        program = program.subspan(bytes.size());
        RlpItem out;
        for (int i = 0; i <= op / 64 * 32; ++i) out.bytes.insert(out.bytes.end(), bytes.begin(), bytes.end());
        return out;
    }
    RlpItem out{.is_list = true};
    for (int i = 0; i < op % 16 && !program.empty(); ++i) out.items.push_back(built(program, depth + 1));
    return out;
}

void read_back(ByteView program) {
    const auto item = built(program, 0);
    rlp::Writer out;
    write(out, item);
    const auto back = RlpReader::read(out.view());
    require(back.has_value() && *back == item);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    written_back({data, size});
    read_back({data, size});
    return 0;
}
