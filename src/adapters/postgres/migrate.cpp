#include "postgres/migrate.hpp"

#include <pqxx/pqxx>

#include <algorithm>
#include <memory>

namespace moneytrail::postgres {
namespace {

enum class Step { applied, complete };

struct Applied {
    int number;
    std::string file;
    std::string sha256;
    std::string when;
};

// A migration may take as long as it takes; only waiting for another program's has an end.
void lock(Work& tx) {
    tx.exec("set local lock_timeout = '10s'");
    tx.exec(
        "select pg_advisory_xact_lock(hashtextextended('moneytrail migrations ' || current_schema(), 0))");
    tx.exec("set local lock_timeout = '5s'; set local statement_timeout = 0");
}

std::vector<Applied> read_record(Work& tx) {
    tx.exec(
        "create table if not exists schema_migration ("
        "number integer primary key, file text not null, sha256 text not null, applied timestamptz not "
        "null)");
    std::vector<Applied> out;
    for (const auto& row : tx.exec("select number, file, sha256, to_char(applied, 'YYYY-MM-DD HH24:MI:SS') "
                                   "from schema_migration order by number"))
        out.push_back(
            {row[0].as<int>(), row[1].as<std::string>(), row[2].as<std::string>(), row[3].as<std::string>()});
    return out;
}

void compare(const Applied& applied, const Migration& own) {
    if (applied.file == own.file && applied.sha256 == own.sha256) return;
    throw Permanent{
        "schema: " + applied.file + " was applied on " + applied.when + " UTC with SHA-256 " +
        applied.sha256.substr(0, 8) + "…, but this program has " + own.file + " with " +
        own.sha256.substr(0, 8) +
        "…. A migration never changes once it is applied: run the version that made this database, "
        "or a later release."};
}

void compare(const std::vector<Applied>& record, const std::vector<Migration>& migrations) {
    for (std::size_t i = 0; i < record.size(); ++i) {
        if (record[i].number != static_cast<int>(i) + 1)
            throw Permanent{
                "schema: the database's record of migrations has " + record[i].file +
                " but none with number " + std::to_string(i + 1) +
                ". Something else has written to schema_migration: restore the database from a backup."};
        if (i >= migrations.size())
            throw Permanent{"schema: the database is newer than this program: it has " + record.back().file +
                            ", the program knows nothing after " +
                            (migrations.empty() ? "an empty schema" : migrations.back().file) +
                            ". Run the version that wrote it, or a later one."};
        compare(record[i], migrations[i]);
    }
}

Step apply_next(Work& tx, const std::vector<Migration>& migrations) {
    lock(tx);
    const auto record = read_record(tx);
    compare(record, migrations);
    if (record.size() == migrations.size()) return Step::complete;
    const auto& next = migrations[record.size()];
    tx.exec(next.sql);
    tx.exec_params0("insert into schema_migration values ($1, $2, $3, clock_timestamp())", record.size() + 1,
                    next.file, next.sha256);
    return Step::applied;
}

Task<Step> apply_next(Database& database, const std::shared_ptr<const std::vector<Migration>>& migrations) {
    return database.transact([migrations](Work& tx) { return apply_next(tx, *migrations); });
}

}  // namespace

Task<int> migrate(Database& database, std::vector<Migration> migrations) {
    const auto shared = std::make_shared<const std::vector<Migration>>(std::move(migrations));
    int applied = 0;
    for (;;) {
        const auto step = co_await apply_next(database, shared);
        if (step == Step::complete) co_return applied;
        ++applied;
    }
}

Task<int> migrate(Database& database) {
    const auto own = own_migrations();
    return migrate(database, {own.begin(), own.end()});
}

}  // namespace moneytrail::postgres
