#include "chain/trie.hpp"

#include "base/keccak.hpp"
#include "base/rlp.hpp"

#include <algorithm>
#include <vector>

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
//
// The tree is laid out first and then hashed from its leaves up, all nodes of one height at once: they do not
// depend on each other, and many messages at once are hashed several times as fast as one after the other.
class TreeHasher {
  public:
    explicit TreeHasher(std::span<const ByteView> values) : values_{values} { sort_keys(); }

    Hash root() {
        const auto root = lay_out(keys_, 0);
        for (std::size_t height = 0; height < by_height_.size(); ++height) hash_all(by_height_[height]);
        return nodes_[root].hash;
    }

  private:
    using NodeIndex = std::uint32_t;
    static constexpr NodeIndex kNoNode = ~NodeIndex{0};

    struct Node {
        std::size_t key = 0;                 // one of those below it: whose path it shares
        std::size_t depth = 0;               // of the path
        std::size_t length = 0;              // of the path in nibbles: a leaf's, an extension's
        std::size_t height = 0;              // 0: a leaf
        std::array<NodeIndex, 16> children;  // a branch's; an extension's is the first
        Reference reference;
        Hash hash;  // the root's is wanted even where its encoding is shorter
    };

    // The first byte of rlp(0) is 0x80: it stands behind 1 to 127, and the rest is in order.
    void sort_keys() {
        keys_.reserve(values_.size());
        for (std::size_t i = 1; i < values_.size() && i < 0x80; ++i) keys_.push_back(key(i));
        keys_.push_back(key(0));
        for (std::size_t i = 0x80; i < values_.size(); ++i) keys_.push_back(key(i));
    }

    Key key(std::size_t index) {
        nodes_text_.clear();
        nodes_text_.number(index);
        Key out{.nibbles = {}, .index = index};
        for (const auto byte : nodes_text_.view()) {
            out.nibbles[out.size++] = byte >> 4;
            out.nibbles[out.size++] = byte & 0x0f;
        }
        return out;
    }

    // The node of `keys`, which agree up to `depth`.
    NodeIndex lay_out(std::span<const Key> keys, std::size_t depth) {
        const auto key = static_cast<std::size_t>(keys.data() - keys_.data());
        const auto first = keys.front().from(depth);
        Node node{.key = key, .depth = depth, .length = first.size()};
        node.children.fill(kNoNode);
        if (keys.size() == 1) return add(node);
        const auto last = keys.back().from(depth);
        const auto parting = std::ranges::mismatch(first, last).in1;
        node.length = static_cast<std::size_t>(parting - first.begin());
        if (node.length == 0)
            lay_out_branches(node, keys);
        else
            node.children[0] = lay_out(keys, depth + node.length);
        for (const auto child : node.children)
            if (child != kNoNode) node.height = std::max(node.height, nodes_[child].height + 1);
        return add(node);
    }

    void lay_out_branches(Node& node, std::span<const Key> keys) {
        while (!keys.empty()) {
            const auto nibble = keys.front().nibbles[node.depth];
            const auto next =
                std::ranges::find_if(keys, [&](const Key& key) { return key.nibbles[node.depth] != nibble; });
            const auto count = static_cast<std::size_t>(next - keys.begin());
            node.children[nibble] = lay_out(keys.first(count), node.depth + 1);
            keys = keys.subspan(count);
        }
    }

    NodeIndex add(const Node& node) {
        const auto index = static_cast<NodeIndex>(nodes_.size());
        if (by_height_.size() <= node.height) by_height_.resize(node.height + 1);
        by_height_[node.height].push_back(index);
        nodes_.push_back(node);
        return index;
    }

    // What they hold is hashed already.
    void hash_all(std::span<const NodeIndex> indexes) {
        nodes_text_.clear();
        std::vector<std::size_t> ends;
        for (const auto index : indexes) {
            write(nodes_[index]);
            ends.push_back(nodes_text_.size());
        }
        std::vector<ByteView> texts;
        std::size_t start = 0;
        for (const auto end : ends) {
            texts.push_back(nodes_text_.view().subspan(start, end - start));
            start = end;
        }
        std::vector<Hash> hashes(texts.size());
        keccak256_all(texts, hashes);
        for (std::size_t i = 0; i < texts.size(); ++i) refer(nodes_[indexes[i]], texts[i], hashes[i]);
    }

    static void refer(Node& node, ByteView text, const Hash& hash) {
        node.hash = hash;
        auto& out = node.reference;
        if (text.size() < Hash::kSize) {
            std::ranges::copy(text, out.bytes.begin());
            out.size = text.size();
            return;
        }
        out.bytes[0] = 0x80 + Hash::kSize;
        std::ranges::copy(hash.bytes(), out.bytes.begin() + 1);
        out.size = out.bytes.size();
    }

    void write(const Node& node) {
        const auto& key = keys_[node.key];
        const auto path = key.from(node.depth).first(node.length);
        nodes_text_.list([&] {
            if (node.height == 0) {
                write_path(path, PathEnd::value);
                nodes_text_.string(values_[key.index]);
            } else if (node.length != 0) {
                write_path(path, PathEnd::node);
                nodes_text_.raw(nodes_[node.children[0]].reference.view());
            } else {
                write_children(node);
            }
        });
    }

    void write_children(const Node& node) {
        for (const auto child : node.children) {
            if (child == kNoNode)
                nodes_text_.string(ByteView{});
            else
                nodes_text_.raw(nodes_[child].reference.view());
        }
        nodes_text_.string(ByteView{});
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
        nodes_text_.string(ByteView{packed.data(), size});
    }

    std::span<const ByteView> values_;
    std::vector<Key> keys_;
    std::vector<Node> nodes_;
    std::vector<std::vector<NodeIndex>> by_height_;
    rlp::Writer nodes_text_;  // of one height, one behind the other
};

}  // namespace

Hash ordered_root(std::span<const ByteView> values) {
    constexpr std::array<std::uint8_t, 1> kEmptyString{0x80};
    if (values.empty()) return keccak256(kEmptyString);
    return TreeHasher{values}.root();
}

}  // namespace moneytrail
