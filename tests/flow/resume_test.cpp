#include "services/resume.hpp"

#include "support/make_block.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail;

namespace {

struct Line {
    char branch;
    BlockNumber number;
    char parent_branch;
};

BlockHash hash_of(char branch, BlockNumber number) {
    auto out = test::filled<BlockHash>(static_cast<std::uint8_t>(branch));
    out.bytes()[31] = static_cast<std::uint8_t>(number);
    return out;
}

class Lines final : public BlockSource {
  public:
    explicit Lines(std::vector<Line> lines) : lines_{std::move(lines)} {}

    std::optional<SourcedBlock> next() override {
        if (next_ == lines_.size()) return std::nullopt;
        const auto& line = lines_[next_++];
        auto block = test::BlockMaker{line.number, hash_of(line.branch, line.number),
                                      hash_of(line.parent_branch, line.number - 1)}
                         .take();
        return SourcedBlock{"", std::move(block), {"lines", next_}};
    }
    bool skip_behind(const SourcePosition& position, const BlockHash& hash) override {
        if (position.line == 0 || position.line > lines_.size()) return false;
        next_ = position.line;
        const auto& line = lines_[next_ - 1];
        return hash_of(line.branch, line.number) == hash;
    }
    void rewind() override { next_ = 0; }
    std::size_t read() const { return next_; }

  private:
    std::vector<Line> lines_;
    std::size_t next_ = 0;
};

// There is nothing else of the store that is asked.
StoredChain ends_with(const std::vector<Line>& window, std::optional<SourcePosition> position) {
    StoredChain out;
    for (const auto& [branch, number, parent_branch] : window)
        out.window.push_back({number, hash_of(branch, number), hash_of(parent_branch, number - 1)});
    out.position = std::move(position);
    return out;
}

const std::vector<Line> kThereAndBack{{'a', 1, 'a'}, {'a', 2, 'a'}, {'a', 3, 'a'},
                                      {'b', 2, 'a'}, {'b', 3, 'b'}, {'b', 4, 'b'},
                                      {'a', 2, 'a'}, {'a', 3, 'a'}, {'a', 4, 'a'}};

}  // namespace

TEST_CASE("reading goes on behind the place that is remembered, if the tip is there") {
    const std::vector<Line> window{{'a', 1, 'a'}, {'a', 2, 'a'}, {'a', 3, 'a'}};
    struct Row {
        const char* name;
        std::vector<Line> source;
        std::optional<SourcePosition> position;
        bool is_found;
        std::size_t read;
    };
    const auto row = GENERATE_COPY(values<Row>({
        {"the first time", kThereAndBack, SourcePosition{"lines", 3}, true, 3},
        {"the second time", kThereAndBack, SourcePosition{"lines", 8}, true, 8},
        {"nothing remembered", kThereAndBack, std::nullopt, true, 8},
        {"another block is there", kThereAndBack, SourcePosition{"lines", 5}, true, 8},
        {"beyond the end", kThereAndBack, SourcePosition{"lines", 50}, true, 8},
        {"told twice", {{'a', 3, 'a'}, {'a', 4, 'a'}, {'a', 5, 'a'}, {'a', 3, 'a'}}, std::nullopt, true, 1},
        {"told twice at once", {{'a', 3, 'a'}, {'a', 3, 'a'}, {'a', 4, 'a'}}, std::nullopt, true, 2},
        {"behind one far ahead", {{'a', 3, 'a'}, {'f', 90, 'f'}, {'a', 4, 'a'}}, std::nullopt, true, 1},
        {"not there", {{'a', 4, 'a'}, {'a', 5, 'a'}}, SourcePosition{"lines", 1}, false, 0},
        {"an empty source", {}, SourcePosition{"lines", 1}, false, 0},
    }));
    CAPTURE(row.name);
    Lines source{row.source};
    CHECK(go_on_behind(source, ends_with(window, row.position), 1) == row.is_found);
    CHECK(source.read() == row.read);
}

TEST_CASE("with nothing stored a source begins at its beginning") {
    Lines source{kThereAndBack};
    CHECK_FALSE(go_on_behind(source, {}, 1));
    CHECK(source.read() == 0);
}
