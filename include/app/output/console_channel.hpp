#pragma once

// The console: one line per alert on standard output, in colour on a terminal.

#include "ports/channel.hpp"

#include <iosfwd>
#include <string>

namespace moneytrail {

enum class Colour { none, by_severity };

// "2023-07-13T17:40:35Z high T1 The Fund 0x…: 119 ETH is more than 100 ETH [1a2b3c4d…]". A revision begins
// with "again:", one that is taken back with "taken back:", and one that may have been shown before a crash
// says so.
std::string console_line(const Claim& claim, Colour colour);

class ConsoleChannel final : public Channel {
  public:
    ConsoleChannel(std::ostream& out, Colour colour) : out_{out}, colour_{colour} {}

    // Throws Permanent when the stream cannot be written to.
    Task<> send(const Claim& claim) override;

  private:
    std::ostream& out_;
    Colour colour_;
};

}  // namespace moneytrail
