#!/bin/sh
# Puts a program in place for tests that need it, as Debian's package, only where it is missing:
#     scripts/debian.sh PROGRAM PACKAGE "the tests that need it" [PACKAGE THAT IS WANTED TOO]
# Where that cannot be done it says what to do and goes on, since those tests then skip themselves; with CI set, where
# nothing may be skipped, it ends with exit code 1.
set -eu
program=$1 package=$2 tests=$3 also=${4:-}

# PostgreSQL's server is in no folder of PATH.
command -v "$program" >/dev/null || ls /usr/lib/postgresql/*/bin/"$program" >/dev/null 2>&1 && exit 0

cannot() {
    echo "$program is missing, and $*. It is needed for $tests: apt-get install $package, as root." >&2
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

# Through env, because sudo drops variables.
install() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$1" >/dev/null; }

echo "Installing Debian's package $package for $tests …"
$as_root apt-get update -qq || cannot "apt-get update failed"
install "$package" || cannot "apt-get could not install it"
[ -z "$also" ] || install "$also" || echo "$also could not be installed: what needs it is not tested." >&2
