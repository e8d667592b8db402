#pragma once

// The whole of what `replay` does with a line of an archive, from its text to its alerts.

#include "chain/parse_block.hpp"
#include "pipeline/replay.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace moneytrail::bench {

class Replay {
  public:
    // With the rules at their defaults. The addresses belong to a hundred entities in turn.
    Replay(const std::vector<Address>& watched, Traces traces);

    // Forgets all blocks and alerts, not who is followed.
    void restart();
    // `padded` ends with the parser's padding. Throws when it is no block.
    void take(std::string_view padded);

    // What it judges with; not longer than this lives.
    JudgeSettings settings() const;

    // What came of it since the restart: "118 blocks judged, 5 activities, 2 alerts".
    std::string summary() const;

  private:
    Traces traces_;
    Following following_;
    signals::Rules rules_;
    BlockParser parser_;
    std::optional<ReplayBlocks> blocks_;
};

}  // namespace moneytrail::bench
