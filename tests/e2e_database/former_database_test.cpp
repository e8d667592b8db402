// Databases that an earlier version made: the same alerts, none of them raised a second time.

#include "e2e/moneytrail.hpp"
#include "support/schema.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace moneytrail::test;

namespace {

namespace fs = std::filesystem;

fs::path databases() {
    return data_folder() / "databases";
}

// A database of its own on the tests' server: a dump names the schema that it is for.
class OwnDatabase {
  public:
    explicit OwnDatabase(std::string name) : name_{std::move(name)} {
        drop();
        on_server("create database " + name_);
    }
    ~OwnDatabase() { drop(); }
    OwnDatabase(const OwnDatabase&) = delete;
    OwnDatabase& operator=(const OwnDatabase&) = delete;

    std::string url() const { return replaced(server_url(), "/postgres?", "/" + name_ + "?"); }
    void load(const fs::path& dump) const {
        pqxx::connection connection{url()};
        pqxx::work tx{connection};
        tx.exec(read_gz(dump));
        tx.commit();
    }

  private:
    // Not in a transaction, nor with another statement: neither create nor drop may be.
    static void on_server(const std::string& statement) {
        pqxx::connection connection{server_url() + "&options=-cclient_min_messages%3Dwarning"};
        pqxx::nontransaction{connection}.exec(statement);
    }
    void drop() const { on_server("drop database if exists " + name_ + " with (force)"); }

    std::string name_;
};

// What rules ask of the past.
Words facts_of(const OwnDatabase& database) {
    pqxx::connection connection{database.url()};
    pqxx::work tx{connection};
    Words out;
    for (const std::string table : {"activity", "contact", "first_contact", "subject_total", "pair_day"})
        for (const auto& row : tx.exec("select '" + table + " ' || t::text from " + table + " t order by 1"))
            out.push_back(row[0].as<std::string>());
    return out;
}

// The shipped demo on a database and an archive of the test's choice.
class Demo {
  public:
    Demo(const TemporaryFolder& folder, const std::string& url, const fs::path& archive) {
        auto text = read_file(source_folder() / "configs/demo.yaml");
        const auto configs = (source_folder() / "configs").string() + "/";
        text = replaced(text, "database: { url: embedded }", "database: { url: \"" + url + "\" }");
        text = replaced(text, "entities.csv", configs + "entities.csv");
        text = replaced(text, "[labels.csv.gz, phishing.csv.gz]",
                        "[" + configs + "labels.csv.gz, " + configs + "phishing.csv.gz]");
        text = replaced(text, "[tokens.csv]", "[" + configs + "tokens.csv]");
        text = replaced(text, "[chainlink-feeds.csv]", "[" + configs + "chainlink-feeds.csv]");
        config_ = folder.write(archive.filename().string() + ".yaml",
                               replaced(text, "../tests/data/run", archive.string()));
    }

    // What the command printed.
    std::string operator()(Words words) const {
        words.insert(words.end(), {"--config", config_.string()});
        const auto ran = run_moneytrail(words);
        INFO(words.front() << ": " << ran.err);
        REQUIRE(ran.exit_code == 0);
        return ran.out;
    }
    std::string alerts() const { return (*this)({"alerts", "export", "--json"}); }

  private:
    static std::string read_file(const fs::path& path) {
        std::ifstream in{path};
        return {std::istreambuf_iterator<char>{in}, {}};
    }

    fs::path config_;
};

// What was stored before stays as it was sent.
Words alerts_behind(const std::string& alerts, int block_number) {
    Words out;
    for (const auto& alert : alerts_of(alerts))
        if (alert["block_number"] > block_number) out.push_back(alert.dump());
    return out;
}

}  // namespace

TEST_CASE("a database of the first version of the store keeps its alerts and raises none again") {
    const OwnDatabase database{"former_whole"};
    database.load(databases() / "whole-c8b4abb.sql.gz");
    const TemporaryFolder folder;
    const Demo demo{folder, database.url(), data_folder() / "run"};

    const auto before = demo.alerts();
    CHECK(lines_of(before).size() == 185);  // as quickstart printed then
    CHECK(demo({"run"}).empty());
    CHECK(demo.alerts() == before);
}

// The first 12 blocks of the run, with imported lists and a watch list of the user's own.
TEST_CASE("a database of the first version goes on as one that this version made") {
    const OwnDatabase former{"former_half"};
    const OwnDatabase fresh{"fresh_half"};
    former.load(databases() / "half-c8b4abb.sql.gz");
    const TemporaryFolder folder;
    fs::create_directory(folder.path() / "half");
    for (int number = 17'686'110; number <= 17'686'121; ++number) {
        const auto name = std::to_string(number) + ".json.gz";
        fs::copy_file(data_folder() / "run" / name, folder.path() / "half" / name);
    }

    // What was done to the former one.
    const Demo begun{folder, fresh.url(), folder.path() / "half"};
    begun({"labels", "import", (databases() / "mine.csv").string()});
    begun({"tokens", "import", (databases() / "mine-tokens.csv").string()});
    begun({"addresses", "add", "0x3fc91a3afd70395cd496c647d5a6cc9d4b2b7fad", "uncx", "Universal Router"});
    begun({"addresses", "add", "0x7a250d5630b4cf539739df2c5dacb4c659f2488d", "uncx"});
    begun({"addresses", "add", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "gsr"});
    begun({"run"});
    begun({"addresses", "remove", "0x7a250d5630b4cf539739df2c5dacb4c659f2488d"});

    const Demo continued{folder, former.url(), data_folder() / "run"};
    const auto half = lines_of(continued.alerts());
    CHECK(half.size() == 113);
    CHECK(alerts_behind(continued.alerts(), 17'686'121).empty());
    const auto raised = lines_of(continued({"run"}));
    const auto all = continued.alerts();
    CHECK(half.size() + raised.size() == lines_of(all).size());
    const Demo undisturbed{folder, fresh.url(), data_folder() / "run"};
    undisturbed({"run"});
    CHECK(alerts_behind(all, 17'686'121) == alerts_behind(undisturbed.alerts(), 17'686'121));
    CHECK(facts_of(former) == facts_of(fresh));
    CHECK(continued({"addresses", "list", "--csv"}) == undisturbed({"addresses", "list", "--csv"}));
}
