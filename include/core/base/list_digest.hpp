#pragma once

// The version of a list: a few digits that differ when anything in it does.

#include <string>
#include <string_view>

namespace moneytrail {

// SHA-256 over fields of any content, in the order in which they are added.
class ListDigest {
  public:
    void add(std::string_view field);
    // 12 hex digits. Nothing was added: those of nothing.
    std::string text() const;

  private:
    std::string pending_;
};

}  // namespace moneytrail
