#!/usr/bin/env bash
# Installs Moneytrail's Debian packages: the only list of them, used by ./quickstart, ./check and docker/Dockerfile.
# Asks apt for nothing when all are there, so that a second run takes no time and needs neither root nor network.
set -euo pipefail

usage() {
    cat <<'END'
usage: docker/install-dependencies.sh [run|build|test]
  run    the shared libraries of a finished program
  build  what compiling needs (default)
  test   build, and what ./check needs besides
END
}

# Runs with the libraries of Debian 12; their names carry its sonames.
run_packages=(
    libstdc++6
    libpq5
    libpqxx-6.4
    libsecp256k1-1
    libsimdjson14
    libssl3
    libutf8proc2
    libyaml-cpp0.7
    postgresql-15 # the programs of the embedded database
    zlib1g
)
build_packages=(
    clang-19 libclang-rt-19-dev lld-19 # GCC 12, Debian's default, miscompiles coroutines
    ccache cmake ninja-build pkg-config
    catch2 # at configure time already: the tests are part of the one CMake tree
    libboost1.81-dev
    libcli11-dev
    libpq-dev
    libpqxx-dev
    libsecp256k1-dev
    libsimdjson-dev
    libspdlog-dev
    libssl-dev
    libutf8proc-dev
    libyaml-cpp-dev
    nlohmann-json3-dev
    postgresql-15 # the programs of the embedded database: what is built is run here
    zlib1g-dev
)
test_packages=(
    clang-format-19 clang-tidy-19
    git     # ./check asks it which files have changed
    llvm-19 # llvm-symbolizer: a sanitizer's report with functions and lines
)

case "${1:-build}" in
    run) wanted=("${run_packages[@]}") ;;
    build) wanted=("${build_packages[@]}") ;;
    test) wanted=("${build_packages[@]}" "${test_packages[@]}") ;;
    -h | --help) usage && exit 0 ;;
    *) usage >&2 && exit 2 ;;
esac

fail() {
    printf 'install-dependencies: %s\n' "$@" >&2
    exit 1
}

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    fail "this machine has no apt; Moneytrail is built on Debian 12." \
        "Elsewhere use docker/Dockerfile, or install the counterparts of: ${wanted[*]}"
fi

installed=" $(dpkg-query --show --showformat='${Package}=${db:Status-Status} ' "${wanted[@]}" 2>/dev/null || true)"
missing=()
for package in "${wanted[@]}"; do
    [[ $installed == *" $package=installed "* ]] || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
    echo "packages: all ${#wanted[@]} are there"
    exit 0
fi
if ((EUID != 0)); then
    fail "missing: ${missing[*]}" "installing needs root:  sudo '$(readlink -f -- "$0")' ${1:-build}"
fi

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f -- "$log"' EXIT

apt() {
    # Waits for a lock that unattended-upgrades may hold; asks a mirror again before giving up on it.
    apt-get -qq -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 "$@" </dev/null >>"$log" 2>&1
}

# A package that no source offers will not be offered a minute later either: that is no reason to try again.
fail_if_not_offered() {
    local package absent=()
    for package in "${missing[@]}"; do
        apt-cache show --no-all-versions "$package" >/dev/null 2>&1 || absent+=("$package")
    done
    if ((${#absent[@]} > 0)); then
        fail "no package source of this machine offers: ${absent[*]}" \
            "Needed is an up-to-date Debian 12 with its main archive; here is $(. /etc/os-release && echo "$PRETTY_NAME")."
    fi
}

# PostgreSQL's package would make a cluster and start its server; Moneytrail makes its own. Said before the package
# that asks is there: ucf keeps a file that it finds.
keep_cluster_away() {
    local conf=/etc/postgresql-common/createcluster.conf
    [[ " ${missing[*]} " == *" postgresql-15 "* && ! -e $conf ]] || return 0
    mkdir -p -- "${conf%/*}"
    echo 'create_main_cluster = false' >"$conf"
}

keep_cluster_away
echo "packages: installing ${#missing[@]} with what they need: ${missing[*]}"
tries=4
for ((try = 1; ; ++try)); do
    # One unreachable source of many may not matter, so a failed update is not the end: the installation decides.
    updated=yes
    apt -o APT::Update::Error-Mode=any update || updated=no
    [[ $updated == no ]] || fail_if_not_offered
    if apt install -y --no-install-recommends "${missing[@]}"; then
        break
    fi
    if ((try == tries)); then
        tail -n 30 -- "$log" >&2
        fail "apt-get failed $tries times; its last words are above"
    fi
    echo "packages: apt-get failed, trying again in $((try * 10)) s"
    sleep $((try * 10))
done
