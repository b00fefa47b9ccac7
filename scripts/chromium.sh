#!/bin/sh
# Puts Chromium in place for the browser tests: Debian's package `chromium`, only where it is missing.
# Where that cannot be done it says what to do and goes on, since those tests then skip themselves; with CI set, where
# nothing may be skipped, it ends with exit code 1.
set -eu

command -v chromium >/dev/null && exit 0

cannot() {
    echo "Chromium is missing, and $*. The browser tests need it: apt-get install chromium, as root." >&2
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

echo "Installing Debian's package chromium for the browser tests …"
$as_root apt-get update -qq || cannot "apt-get update failed"
# Through env, because sudo drops variables.
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null ||
    cannot "apt-get could not install it"
