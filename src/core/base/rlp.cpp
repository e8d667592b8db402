#include "base/rlp.hpp"

#include <bit>

namespace moneytrail::rlp {
namespace {

constexpr std::uint8_t kString = 0x80;
constexpr std::uint8_t kList = 0xc0;
constexpr std::size_t kLongestShort = 55;

// Most lists are of 256 to 65535 bytes (a receipt always is): only around others the items have to move.
constexpr std::size_t kExpectedPrefix = 3;

// What stands in front of `length` bytes: one byte up to 55, else a byte that counts those of the length.
class Prefix {
  public:
    Prefix(std::uint8_t kind, std::size_t length) {
        if (length <= kLongestShort) {
            bytes_[0] = static_cast<std::uint8_t>(kind + length);
            return;
        }
        const auto length_bytes = (static_cast<std::size_t>(std::bit_width(length)) + 7) / 8;
        bytes_[0] = static_cast<std::uint8_t>(kind + kLongestShort + length_bytes);
        for (auto i = length_bytes; i > 0; --i, length >>= 8) bytes_[i] = static_cast<std::uint8_t>(length);
        size_ = 1 + length_bytes;
    }

    ByteView view() const { return {bytes_.data(), size_}; }

  private:
    std::array<std::uint8_t, 9> bytes_;
    std::size_t size_ = 1;
};

ByteView without_leading_zeros(ByteView bytes) {
    const auto first = std::ranges::find_if(bytes, [](std::uint8_t byte) { return byte != 0; });
    return {first, bytes.end()};
}

}  // namespace

void Writer::string(ByteView bytes) {
    const bool is_its_own_encoding = bytes.size() == 1 && bytes[0] < kString;
    if (!is_its_own_encoding) raw(Prefix{kString, bytes.size()}.view());
    raw(bytes);
}

void Writer::number(std::uint64_t number) {
    std::array<std::uint8_t, 8> bytes;
    for (std::size_t i = bytes.size(); i > 0; --i, number >>= 8)
        bytes[i - 1] = static_cast<std::uint8_t>(number);
    string(without_leading_zeros(bytes));
}

void Writer::number(const Word& number) {
    string(without_leading_zeros(number.bytes()));
}

std::size_t Writer::begin_list() {
    const auto start = out_.size();
    out_.resize(start + kExpectedPrefix);
    return start;
}

void Writer::end_list(std::size_t start) {
    const auto items = start + kExpectedPrefix;
    const auto length = out_.size() - items;
    const Prefix prefix{kList, length};
    const auto size = prefix.view().size();
    if (size > kExpectedPrefix) out_.resize(start + size + length);
    if (size != kExpectedPrefix) std::memmove(&out_[start] + size, &out_[start] + kExpectedPrefix, length);
    std::ranges::copy(prefix.view(), out_.begin() + static_cast<std::ptrdiff_t>(start));
    out_.resize(start + size + length);
}

}  // namespace moneytrail::rlp
