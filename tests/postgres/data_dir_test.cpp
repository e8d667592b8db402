#include "support/cluster.hpp"
#include "support/sql.hpp"

#include <catch2/catch.hpp>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>

using namespace moneytrail;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using postgres::EmbeddedCluster;
using test::ClusterPlace;
using test::make_folder;
using test::misconfigured;
using test::Sql;

namespace fs = std::filesystem;

TEST_CASE("a lock file that is no plain file of one name is refused, and nothing is given away") {
    const ClusterPlace place;
    make_folder(place);
    const auto lock = place.folder() / "postgres/turn.lock";
    const auto precious = place.write_public("precious", "");
    fs::remove(lock);
    SECTION("a hard link") {
        fs::create_hard_link(precious, lock);
    }
    SECTION("a FIFO") {
        REQUIRE(::mkfifo(lock.c_str(), 0600) == 0);
    }
    SECTION("a symbolic link") {
        fs::create_symlink(precious, lock);
    }
    CHECK_THAT(misconfigured(place.options()), StartsWith("data_dir: ") && Contains(lock.string()));
    struct stat found{};
    REQUIRE(::stat(precious.c_str(), &found) == 0);
    CHECK(found.st_uid == ::geteuid());
}

TEST_CASE("folders are made with 0755 and the private ones with 0700, whatever the umask") {
    const mode_t mask = GENERATE(mode_t{0}, mode_t{077}, mode_t{0777});
    const ClusterPlace place;
    auto options = place.options();
    options.data_dir = place.folder() / "a/b";
    options.programs = "/nonexistent";
    const auto before = ::umask(mask);
    misconfigured(options);
    ::umask(before);
    const auto mode = [](const fs::path& path) {
        struct stat found{};
        REQUIRE(::stat(path.c_str(), &found) == 0);
        return found.st_mode & 07777;
    };
    for (const auto* name : {"", "a", "a/b"}) CHECK(mode(place.folder() / name) == 0755);
    for (const auto* name : {"a/b/postgres", "a/b/postgres/socket"})
        CHECK(mode(place.folder() / name) == 0700);
}

TEST_CASE("a data_dir with a line break or a NUL is refused") {
    const ClusterPlace place;
    auto options = place.options();
    options.data_dir = place.folder() / GENERATE(std::string{"a\nb"}, std::string{"a\0b", 3});
    CHECK_THAT(misconfigured(options), Contains("a?b has a line break or another control character"));
    CHECK_FALSE(fs::exists(place.folder()));
}

TEST_CASE("root refuses a data_dir that another user could swap") {
    if (::geteuid() != 0) return;
    const ClusterPlace place;
    const auto outer = place.folder();
    fs::create_directories(outer / "inner");
    constexpr uid_t kSomebody = 12'345;
    auto options = place.options();
    options.data_dir = outer / "inner/data";
    options.programs = "/nonexistent";
    std::string expected = (outer / "inner").string();
    SECTION("another's folder") {
        REQUIRE(::chown(expected.c_str(), kSomebody, 0) == 0);
    }
    SECTION("writable by all") {
        REQUIRE(::chmod(expected.c_str(), 0777) == 0);
    }
    SECTION("writable by a group of others") {
        REQUIRE(::chown(expected.c_str(), 0, kSomebody) == 0);
        REQUIRE(::chmod(expected.c_str(), 0775) == 0);
    }
    SECTION("by a link of another's") {
        expected = (outer / "link").string();
        fs::create_symlink(outer / "inner", expected);
        REQUIRE(::lchown(expected.c_str(), kSomebody, 0) == 0);
        options.data_dir = outer / "link/data";
    }
    CHECK_THAT(misconfigured(options), Contains("cannot be used by root: " + expected + " "));
    CHECK(fs::is_empty(outer / "inner"));
}

TEST_CASE("a folder such as /tmp holds root's data_dir as well as another") {
    const ClusterPlace place;
    fs::create_directories(place.folder());
    REQUIRE(::chmod(place.folder().c_str(), 01777) == 0);
    auto options = place.options();
    options.data_dir = place.folder() / "demo";
    options.programs = "/nonexistent";
    CHECK_THAT(misconfigured(options), Contains("PostgreSQL's server is not installed"));
}

TEST_CASE("a data_dir too deep for a socket, or with what PostgreSQL splits at, is used all the same") {
    const ClusterPlace place;
    const auto name =
        GENERATE(std::string(100, 'd') + "/with space & more", std::string{"one,two \"three\""});
    auto options = place.options();
    options.data_dir = place.folder() / name;
    auto cluster = std::make_unique<EmbeddedCluster>(options);
    CHECK(Sql{cluster->url()}.text("select 1") == "1");
    {
        const EmbeddedCluster adopter{options};
        CHECK(Sql{adopter.url()}.text("select 1") == "1");
    }
    CHECK(fs::is_socket(*options.data_dir / "postgres/socket/.s.PGSQL.5432"));
    cluster.reset();
    CHECK_FALSE(fs::exists(*options.data_dir / "postgres/socket/.s.PGSQL.5432"));
}

TEST_CASE("a data_dir that the server's user cannot reach is named with what closes it") {
    const test::TemporaryFolder outer;
    const auto closed = outer.path() / "closed";
    fs::create_directory(closed);
    fs::permissions(outer.path(), test::kOpenFolder);
    fs::permissions(closed,
                    ::geteuid() == 0 ? fs::perms::owner_all : fs::perms::owner_read | fs::perms::owner_write);
    const auto data_dir = closed / "data";
    const auto who = ::geteuid() == 0
                         ? std::string{"PostgreSQL does not run as root, and its user postgres cannot enter "}
                         : "user " + std::string{::getpwuid(::geteuid())->pw_name} + " cannot enter ";
    CHECK(misconfigured({.data_dir = data_dir}) ==
          "data_dir: " + data_dir.string() + " cannot be used: " + who + closed.string() +
              ". Allow it (chmod o+x " + closed.string() +
              ") or name another place, such as /var/lib/moneytrail");
    CHECK(fs::is_empty(closed));
    fs::permissions(closed, fs::perms::owner_all);
}

TEST_CASE("a data_dir that is a file, or somebody else's, is named") {
    const ClusterPlace place;
    const auto file = place.write_public("file", "");
    CHECK_THAT(misconfigured({.data_dir = file}), StartsWith("data_dir: " + file.string() + " cannot be "));
    fs::create_directories(place.folder() / "postgres/something");
    fs::permissions(place.folder() / "postgres", test::kOpenFolder);
    CHECK_THAT(misconfigured(place.options()),
               StartsWith("data_dir: " + (place.folder() / "postgres").string() +
                          (::geteuid() == 0 ? " belongs to another user" : " is open")));
}
