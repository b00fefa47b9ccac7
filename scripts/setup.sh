#!/bin/sh
# Makes .venv and installs whoholds into it, with the extras named: `scripts/setup.sh` or `scripts/setup.sh test`.
# Can be run again at any time. PYTHON names another interpreter than python3.
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
extras="[serve${1:+,$1}]"

fail() {
    echo "Set-up stopped: $*" >&2
    exit 1
}

command -v "$python" >/dev/null || fail "$python is not there. Install Python 3.11 or newer."
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "$("$python" --version) is too old. Install Python 3.11 or newer, or name one: make PYTHON=python3.12 …"
"$python" -c 'import ensurepip, venv' 2>/dev/null || fail "Python's venv is missing (Debian: apt-get install python3-venv)."
# An unpacked release brings the map's front end ready made; a fresh clone does not.
if ! "$python" -Bc 'import hatch_build, pathlib, sys; sys.exit(not hatch_build.is_built(pathlib.Path(".")))'; then
    for tool in node npm; do
        command -v $tool >/dev/null || fail "$tool is not there. The map's page is built with Node.js 20 or newer and npm."
    done
fi

echo "Setting up .venv (once; about a minute, most of it downloads) …"
"$python" -m venv .venv
# A pip of today needs half the time of Python 3.11's to choose versions.
.venv/bin/python -m pip install -qq --disable-pip-version-check --upgrade pip
# The build backend makes the map's front end with npm on the way, see hatch_build.py.
.venv/bin/python -m pip install -qq --editable ".$extras"
