#include "chain/trie.hpp"

#include "base/keccak.hpp"
#include "base/rlp.hpp"

namespace moneytrail {
namespace {

// rlp(index) in nibbles. The longest index has 8 bytes and one in front of them.
struct Key {
    std::array<std::uint8_t, 18> nibbles;
    std::size_t size = 0;
    std::size_t index = 0;

    ByteView from(std::size_t depth) const { return ByteView{nibbles}.subspan(depth, size - depth); }
};

// What a node's parent holds: its encoding when that is shorter than a hash, else its hash.
struct Reference {
    std::array<std::uint8_t, 33> bytes;
    std::size_t size = 0;

    ByteView view() const { return {bytes.data(), size}; }
};

enum class PathEnd : std::uint8_t { node = 0x00, value = 0x20 };

// As no key is the beginning of another, a branch never has a value of its own.
class TreeHasher {
  public:
    explicit TreeHasher(std::span<const ByteView> values) : values_{values} { sort_keys(); }

    Hash root() {
        write_node(keys_, 0);
        return keccak256(node_.view());
    }

  private:
    // The first byte of rlp(0) is 0x80: it stands behind 1 to 127, and the rest is in order.
    void sort_keys() {
        keys_.reserve(values_.size());
        for (std::size_t i = 1; i < values_.size() && i < 0x80; ++i) keys_.push_back(key(i));
        keys_.push_back(key(0));
        for (std::size_t i = 0x80; i < values_.size(); ++i) keys_.push_back(key(i));
    }

    Key key(std::size_t index) {
        node_.clear();
        node_.number(index);
        Key out{.nibbles = {}, .index = index};
        for (const auto byte : node_.view()) {
            out.nibbles[out.size++] = byte >> 4;
            out.nibbles[out.size++] = byte & 0x0f;
        }
        return out;
    }

    // Replaces node_ by the node of `keys`, which agree up to `depth`.
    void write_node(std::span<const Key> keys, std::size_t depth) {
        const auto first = keys.front().from(depth);
        if (keys.size() == 1) return write_leaf(first, values_[keys.front().index]);
        const auto last = keys.back().from(depth);
        const auto parting = std::ranges::mismatch(first, last).in1;
        const auto shared = first.first(static_cast<std::size_t>(parting - first.begin()));
        if (shared.empty()) return write_branch(keys, depth);
        const auto below = reference(keys, depth + shared.size());
        node_.clear();
        node_.list([&] {
            write_path(shared, PathEnd::node);
            node_.raw(below.view());
        });
    }

    void write_leaf(ByteView path, ByteView value) {
        node_.clear();
        node_.list([&] {
            write_path(path, PathEnd::value);
            node_.string(value);
        });
    }

    void write_branch(std::span<const Key> keys, std::size_t depth) {
        std::array<Reference, 16> children;
        while (!keys.empty()) {
            const auto nibble = keys.front().nibbles[depth];
            const auto next =
                std::ranges::find_if(keys, [&](const Key& key) { return key.nibbles[depth] != nibble; });
            const auto count = static_cast<std::size_t>(next - keys.begin());
            children[nibble] = reference(keys.first(count), depth + 1);
            keys = keys.subspan(count);
        }
        node_.clear();
        node_.list([&] {
            for (const auto& child : children) {
                if (child.size == 0)
                    node_.string(ByteView{});
                else
                    node_.raw(child.view());
            }
            node_.string(ByteView{});
        });
    }

    // The hex-prefix encoding: its first nibble says where the path ends and whether its length is odd.
    void write_path(ByteView nibbles, PathEnd end) {
        std::array<std::uint8_t, 10> packed;
        std::size_t size = 1;
        packed[0] = static_cast<std::uint8_t>(end);
        if (nibbles.size() % 2 == 1) {
            packed[0] = static_cast<std::uint8_t>(packed[0] | 0x10 | nibbles[0]);
            nibbles = nibbles.subspan(1);
        }
        for (std::size_t i = 0; i < nibbles.size(); i += 2)
            packed[size++] = static_cast<std::uint8_t>(nibbles[i] << 4 | nibbles[i + 1]);
        node_.string(ByteView{packed.data(), size});
    }

    Reference reference(std::span<const Key> keys, std::size_t depth) {
        write_node(keys, depth);
        Reference out;
        if (node_.size() < Hash::kSize) {
            std::ranges::copy(node_.view(), out.bytes.begin());
            out.size = node_.size();
            return out;
        }
        const auto hash = keccak256(node_.view());
        out.bytes[0] = 0x80 + Hash::kSize;
        std::ranges::copy(hash.bytes(), out.bytes.begin() + 1);
        out.size = out.bytes.size();
        return out;
    }

    std::span<const ByteView> values_;
    std::vector<Key> keys_;
    rlp::Writer node_;
};

}  // namespace

Hash ordered_root(std::span<const ByteView> values) {
    constexpr std::array<std::uint8_t, 1> kEmptyString{0x80};
    if (values.empty()) return keccak256(kEmptyString);
    return TreeHasher{values}.root();
}

}  // namespace moneytrail
