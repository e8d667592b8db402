#pragma once

// How many statements a connection sends, out of libpq's own trace of its messages.

#include "postgres/database.hpp"

#include <pqxx/pqxx>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace moneytrail::test {

// A statement with parameters has one Execute message, planned before or not, one without is one Query
// message: what PQtrace() writes names each. Nothing in between can hide or add one, as a view of the
// server's could.
class StatementCount {
  public:
    StatementCount() : file_{::open_memstream(&text_, &size_)} {}
    // Outlives the connection, which writes to it until its end.
    ~StatementCount() {
        std::fclose(file_);
        std::free(text_);
    }
    StatementCount(const StatementCount&) = delete;
    StatementCount& operator=(const StatementCount&) = delete;

    // In Database::OnOpen.
    void watch(postgres::Work& tx) { tx.conn().trace(file_); }

    // Since it was asked last, transactions' begin and commit included. While no transaction runs.
    int take() {
        std::fflush(file_);
        const std::string_view all{text_, size_};
        int count = 0;
        for (auto at = all.find('\n', read_); at != std::string_view::npos; at = all.find('\n', read_)) {
            const auto line = all.substr(read_, at - read_);
            if (line.contains("\tF\t") && (line.contains("\tExecute\t") || line.contains("\tQuery\t")))
                ++count;
            read_ = at + 1;
        }
        return count;
    }

  private:
    char* text_ = nullptr;
    std::size_t size_ = 0;
    std::FILE* file_;
    std::size_t read_ = 0;
};

}  // namespace moneytrail::test
