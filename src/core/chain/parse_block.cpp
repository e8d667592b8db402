#include "chain/parse_block.hpp"

#include "parse_parts.hpp"

#include <algorithm>

namespace moneytrail {

using json::ondemand::array;
using json::ondemand::object;
using json::ondemand::value;

static_assert(BlockParser::kPadding >= simdjson::SIMDJSON_PADDING);

struct BlockParser::Buffers {
    Buffers() {
        // Room for what stands around the deepest text that is checked; the capacity grows by itself.
        if (const auto error = on_demand.allocate(kPadding, 2 * json::kDeepest))
            throw simdjson::simdjson_error{error};
    }

    json::ondemand::parser on_demand;
};

BlockParser::BlockParser() : buffers_{std::make_unique<Buffers>()} {}
BlockParser::~BlockParser() = default;
BlockParser::BlockParser(BlockParser&&) noexcept = default;
BlockParser& BlockParser::operator=(BlockParser&&) noexcept = default;

namespace {

constexpr auto kMoreFollows = "not valid JSON: something follows the block";

struct Line {
    Block block;
    bool has_block = false;
    bool has_receipts = false;
};

// Some sources list them otherwise. The same index twice can be neither.
template <class Element>
void put_in_order(std::string_view name, std::vector<Element>& elements, Block& block) {
    if (!std::ranges::is_sorted(elements, {}, &Element::index)) {
        block.was_in_order = false;
        std::ranges::sort(elements, {}, &Element::index);
    }
    const auto twice = std::ranges::adjacent_find(elements, {}, &Element::index);
    if (twice != elements.end())
        throw json::Malformed{
            {std::string{name}, "transactionIndex " + std::to_string(twice->index) + " is there twice"}};
}

Line parse_line(object root, ByteArena& arena, Traces traces) {
    Line line;
    Claims claims;
    std::optional<ParsedFrames> frames;
    each_field(root, [&](std::string_view key, value& field) {
        if (key == "block") {
            parse_header_and_body(json::object(field), arena, claims, line.block);
            return line.has_block = true;
        }
        if (key == "receipts") {
            line.block.receipts = parse_receipts(json::array(field), arena, claims);
            return line.has_receipts = true;
        }
        if (key != "traces" || traces == Traces::ignore) return false;
        if (!json::is_null(field)) frames = parse_frames(field);
        return true;
    });
    require(line.has_block, "block");
    require(line.has_receipts, "receipts");
    put_in_order("block.transactions", line.block.transactions, line.block);
    put_in_order("receipts", line.block.receipts, line.block);
    line.block.contradiction = claims.contradiction(line.block.header);
    if (frames) add_frames(std::move(*frames), line.block);
    return line;
}

// Whether the object that `json` begins with is closed, wherever that is.
bool closes(std::string_view json) {
    int depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"') in_string = !in_string;
        if (in_string && c == '\\') ++i;
        if (in_string) continue;
        if (c == '{' || c == '[') ++depth;
        if ((c == '}' || c == ']') && --depth == 0) return true;
    }
    return false;
}

object root_of(json::ondemand::document& document, std::string_view json) try {
    return json::object(document);
} catch (const simdjson::simdjson_error& error) {
    // To simdjson a text that does not end with its object's bracket ends early, even where more follows it.
    if (error.error() == simdjson::INCOMPLETE_ARRAY_OR_OBJECT && closes(json)) json::fail(kMoreFollows);
    throw;
}

}  // namespace

Decoded<Block> BlockParser::parse(std::string_view json, Traces traces) try {
    ByteArena arena{json.size()};
    json::ondemand::document document =
        buffers_->on_demand.iterate(json.data(), json.size(), json.size() + kPadding);
    auto line = parse_line(root_of(document, json), arena, traces);
    // There is a place after the document only when something stands there.
    if (!document.current_location().error()) json::fail(kMoreFollows);
    line.block.memory = arena.release();
    return std::move(line.block);
} catch (json::Malformed& malformed) {
    return std::unexpected{std::move(malformed.error)};
} catch (const simdjson::simdjson_error& error) {
    return std::unexpected{DecodeError{{}, std::string{"not valid JSON: "} + error.what()}};
}

}  // namespace moneytrail
