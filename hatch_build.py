"""Builds the front end (`frontend/`, npm) into `src/whoholds/exports/assets/` (the one-file map) and
`src/whoholds/web/assets/` (the application) when the package is built.

hatchling runs this for every wheel, editable install and sdist. It does nothing where the assets were built from the
very files in `frontend/`, which a stamp tells: the hash of those files. (Dates would not do: a fresh clone and an
unpacked sdist give them new ones.) So an sdist, which holds the assets, installs without Node.js.

By hand: `python hatch_build.py`.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run by hand, or imported by a test, where hatchling is not installed
    BuildHookInterface = object

FRONTEND = "frontend"
PACKAGE = "src/whoholds"
STAMP = "exports/assets/built-from.sha256"
NAMES = (
    *(
        f"exports/assets/{name}"
        for name in ("map.js", "map.css", "worker.js", "borders.json", "page.html", "licences.txt")
    ),
    *(f"web/assets/{name}" for name in ("app.js", "app.css", "index.html", "icon.svg")),
)
NEEDED = "The map's front end must be built, which needs Node.js 20 or newer with npm (https://nodejs.org)"


class BuildError(Exception):
    """The front end could not be built; the message says what is missing."""


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        try:
            ensure_assets(Path(self.root))
        except BuildError as error:
            # hatchling turns this into one line without a traceback.
            self.app.abort(str(error))


def source_stamp(root: Path) -> str:
    """SHA-256 over the names and contents of the front end's source files, in hexadecimal."""
    folder = root / FRONTEND
    digest = hashlib.sha256()
    named = [folder / name for name in ("package.json", "package-lock.json", "build.mjs")]
    for path in sorted([*named, *(folder / "src").rglob("*")]):
        if path.is_file():
            # Line ends may differ between checkouts of the same files.
            content = path.read_bytes().replace(b"\r\n", b"\n")
            name = path.relative_to(folder).as_posix()
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def is_built(root: Path) -> bool:
    """True where all assets are there and were built from the front end as it is now (or there is no front end)."""
    assets = root / PACKAGE
    if not all((assets / name).is_file() for name in (*NAMES, STAMP)):
        return False
    return not (root / FRONTEND).is_dir() or (assets / STAMP).read_text().strip() == source_stamp(root)


def ensure_assets(root: Path) -> bool:
    """Build the assets under `root` where they are missing or out of date; True where something was built.

    Raises BuildError where Node.js or npm is absent, or one of them fails.
    """
    if is_built(root):
        return False
    folder = root / FRONTEND
    if not folder.is_dir():
        raise BuildError(f"{PACKAGE} lacks its built front end and {FRONTEND}/ is not here to build it from")
    npm, node = shutil.which("npm"), shutil.which("node")
    if not npm or not node:
        missing = " and ".join(name for name, found in (("node", node), ("npm", npm)) if not found)
        raise BuildError(f"{NEEDED}; not found: {missing}")
    stamp = source_stamp(root)
    # `ci` installs exactly what the lock file names, checked by hash, and changes nothing in it.
    _run([npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"], folder)
    _run([node, "build.mjs", str(root / PACKAGE)], folder)
    # Last, so that a build that was cut off counts as none.
    (root / PACKAGE / STAMP).write_text(stamp + "\n")
    return True


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        step = " ".join([Path(command[0]).name, *command[1:2]])
        raise BuildError(
            f"The map's front end was not built: `{step}` failed with exit code {done.returncode}:\n{tail}"
        )


if __name__ == "__main__":
    try:
        built = ensure_assets(Path(__file__).resolve().parent)
    except BuildError as error:
        sys.exit(str(error))
    print("built" if built else "up to date")
