# Writes OUTPUT, a C++ source that holds every migration of FOLDER with its SHA-256. The .sql files stay the source.
file(GLOB files ${FOLDER}/*.sql)
list(SORT files COMPARE NATURAL)
set(number 0)
set(entries "")
foreach(file IN LISTS files)
    math(EXPR number "${number} + 1")
    cmake_path(GET file FILENAME name)
    if(NOT name MATCHES "^0*${number}_[a-z0-9_]+\\.sql$")
        message(FATAL_ERROR "${file}: expected number ${number} here (00${number}_name.sql), without gaps")
    endif()
    file(SHA256 ${file} sha256)
    file(READ ${file} sql)
    if(sql MATCHES "\\)migration\"")
        message(FATAL_ERROR "${file}: has the mark that ends its text in C++")
    endif()
    string(APPEND entries "    Migration{\"${name}\", \"${sha256}\", R\"migration(${sql})migration\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"postgres/migrate.hpp\"

#include <array>

namespace moneytrail::postgres {
namespace {

const std::array<Migration, ${number}> kMigrations{
${entries}};

}  // namespace

std::span<const Migration> own_migrations() {
    return kMigrations;
}

}  // namespace moneytrail::postgres
")
