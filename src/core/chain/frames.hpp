#pragma once

// Traces on their way into a block: frames as they stand in the JSON, what is understood of them, and what
// the block, the transaction and its receipt say to that.

#include "chain/block.hpp"
#include "json_numbers.hpp"

#include <span>

namespace moneytrail {

// A call frame's texts: most frames move nothing, and then they need not be decoded. Empty: not given.
struct RawFrame {
    std::string_view type;
    std::string_view call_type;
    std::string_view from;
    std::string_view to;  // of a call tree's creation: what it made
    std::string_view value;
    std::string_view address;  // of a self-destruct: who
    std::string_view heir;     // and who gets its balance
    std::string_view balance;
    std::string_view created;  // result.address
    std::uint32_t depth = 0;   // 0: the transaction's own frame
    std::uint64_t subtraces = 0;
    bool failed = false;
    bool is_odd = false;  // something of it is of a type that it has nowhere
    bool has_action = false;
    bool has_result = false;
    bool is_of_tree = false;  // a call tree's (callTracer), else trace_block's
};

// What the frame means; none: that is not known. Its value is zero where it moves nothing.
std::optional<Frame> understood(const RawFrame& raw);

// Whether it is one of the many that are understood and move nothing, told without making a frame of it.
bool moves_nothing(const RawFrame& raw);

// A type of a call as it is compared: small letters, without "_" and "-".
std::string plain_letters(std::string_view text);

// Of which transaction of which block a frame says that it is; as it stands, and empty where it does not say.
struct Whose {
    std::optional<std::uint64_t> position;  // in the block
    std::string_view txn_hash;
    std::string_view block_hash;
    std::string_view block_num;
};

// Why a transaction's frames say nothing; alerts quote it.
namespace flaws {
inline constexpr std::string_view kNotGiven = "no frames of it are given";
inline constexpr std::string_view kTwice = "its frames are given twice";
inline constexpr std::string_view kError = "the node gave an error instead of its frames";
inline constexpr std::string_view kNotUnderstood = "a frame is not understood";
inline constexpr std::string_view kNoTree = "the frames are no call tree";
inline constexpr std::string_view kIncomplete = "frames are left out";
inline constexpr std::string_view kOtherBlock = "frames of another block";
inline constexpr std::string_view kOtherTransaction = "frames of another transaction";
inline constexpr std::string_view kOtherSides = "its own frame has another sender, recipient or value";
inline constexpr std::string_view kOtherOutcome = "its receipt says otherwise whether it failed";
}  // namespace flaws

// The frames of one transaction.
struct Traced {
    Whose whose;
    std::string_view flaw;  // why they say nothing; empty: none was found
    Frame own;              // the transaction's own frame
    std::size_t first = 0;  // of the list of frames: those in [first, end)
    std::size_t end = 0;
    std::uint64_t given = 0;  // how many there were in all
};

struct ParsedFrames {
    std::vector<Frame> frames;
    std::vector<Traced> transactions;
    std::uint64_t stray = 0;  // of no transaction at all
};

// Takes frames one after the other and follows the tree that they are of.
class FrameCollector {
  public:
    // One of trace_block's; `path` is its traceAddress, none: not given or no list of numbers.
    void add(const Whose& whose, const RawFrame& raw, std::optional<std::span<const std::uint32_t>> path);
    // A whole transaction's, each before those below it.
    void add_tree(const Whose& whose, std::span<const RawFrame> frames);
    // A transaction without them.
    void add_none(const Whose& whose, std::string_view why);
    void add_stray() { ++out_.stray; }
    ParsedFrames take();

  private:
    // A frame whose frames below may still come.
    struct Open {
        std::uint32_t number = 0;  // among those of the frame above
        std::uint32_t children = 0;
        std::uint64_t subtraces = 0;
    };

    Traced& transaction_of(const Whose& whose);
    Traced& begin(const Whose& whose);
    void end();
    bool follows(std::span<const std::uint32_t> path, std::uint64_t subtraces);
    void close_below(std::size_t depth);
    void judge(const RawFrame& raw);
    void flaw(std::string_view why);

    ParsedFrames out_;
    std::vector<Open> open_;
    std::optional<std::uint32_t> undone_at_;  // the depth of a failed frame that we are below
};

ParsedFrames parse_frames(json::ondemand::value& traces);
// Leaves out the frames of transactions that the block, the transaction or its receipt contradicts, and says
// of which transactions there are none.
void add_frames(ParsedFrames parsed, Block& block);

// Reads the calls below a call, each before those that it made, and puts them behind `out`.
void parse_calls(json::ondemand::array calls, std::vector<RawFrame>& out);
// A text where there is one; else false, and the frame is odd unless it is null. Inlined by force, as what
// calls it: several thousand times a block.
[[gnu::always_inline]] inline bool take_text(json::ondemand::value& field, std::string_view& into,
                                             RawFrame& frame) {
    if (json::is_text(field)) return into = json::text(field), true;
    if (!json::is_null(field)) frame.is_odd = true;
    return false;
}

// Whether the frame failed: an error is a text that says something.
bool take_error(json::ondemand::value& field, RawFrame& frame);

// A field that an action and a call tree's frame have in common. False: it is none of them.
[[gnu::always_inline]] inline bool parse_call_field(std::string_view key, json::ondemand::value& field,
                                                    RawFrame& frame) {
    switch (json::id(key)) {
        case json::id("from"):
            return key == "from" && take_text(field, frame.from, frame);
        case json::id("to"):
            return key == "to" && take_text(field, frame.to, frame);
        case json::id("value"):
            return key == "value" && take_text(field, frame.value, frame);
        default:
            return false;
    }
}

// The same, and those that an action does not have.
inline bool parse_tree_field(std::string_view key, json::ondemand::value& field, RawFrame& frame) {
    if (key == "type") return take_text(field, frame.type, frame);
    if (key == "error") return take_error(field, frame);
    return parse_call_field(key, field, frame);
}

}  // namespace moneytrail
