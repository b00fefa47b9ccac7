#!/bin/sh
# Puts a PostgreSQL server in place for the tests of shared ledgers: Debian's packages `postgresql` and, where there is
# one, its PostGIS, only where they are missing. The tests start a server of their own in a temporary folder.
# Where that cannot be done it says what to do and goes on, since those tests then skip themselves; with CI set, where
# nothing may be skipped, it ends with exit code 1.
set -eu

there() { ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || command -v postgres >/dev/null; }
there && exit 0

cannot() {
    echo "PostgreSQL is missing, and $*. Tests of shared ledgers need it: apt-get install postgresql, as root." >&2
    [ -z "${CI:-}" ] || exit 1
    exit 0
}

command -v apt-get >/dev/null || cannot "this is no Debian system"
if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    as_root=sudo
else
    cannot "you are not root and sudo does not work here"
fi

install() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null; }

echo "Installing Debian's package postgresql for the tests of shared ledgers …"
$as_root apt-get update -qq || cannot "apt-get update failed"
install postgresql || cannot "apt-get could not install it"
number=$(ls /usr/lib/postgresql | sort -n | tail -1)
install "postgresql-$number-postgis-3" || echo "PostGIS could not be installed: points for maps are not tested." >&2
