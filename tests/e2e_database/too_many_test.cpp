#include "commands.hpp"
#include "support/own_server.hpp"

#include <catch2/catch.hpp>

using namespace moneytrail::test;
using namespace std::chrono_literals;

// A role with two connections, as a server that has none left for the others.
TEST_CASE_METHOD(CommandsFixture, "commands that find no free connection wait for one") {
    const OwnServer server;
    {
        pqxx::connection connection{server.url()};
        pqxx::nontransaction tx{connection};
        tx.exec("create role few login connection limit 2");
        tx.exec("grant all on schema public to few");
    }
    auto url = server.url();
    url.replace(url.find("&user="), std::string::npos, "&user=few");
    configure(url);

    constexpr int kCommands = 12;
    std::vector<std::unique_ptr<Child>> commands;
    for (int i = 0; i < kCommands; ++i) {
        const auto digits = std::to_string(100 + i);
        commands.push_back(std::make_unique<Child>(
            Launch{.program = MONEYTRAIL_PROGRAM,
                   .arguments = {"addresses", "add", "0x" + std::string(37, '0') + digits, "fund", "--config",
                                 file.string()},
                   .folder = source_folder()}));
    }
    for (const auto& command : commands) {
        const auto ran = command->wait(60s);
        INFO(ran.err);
        CHECK(ran.exit_code == 0);
    }
    CHECK(lines_of(out_of({"addresses", "list", "fund"})).size() == kCommands);
}
