"""The map: one HTML file that opens from disk with no network.

The front end is built from `frontend/` into `exports/assets/` when the package is built (`hatch_build.py`). Here its
parts and the data are put into one page. What comes from reports stands only inside a JSON block, and the page's
policy allows no network and no script but the one that was built.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from whoholds.errors import WhoholdsError
from whoholds.views.mapshape import MapData
from whoholds.whole import written_whole

FOLLOWED = "links to reports open only when followed."


@dataclass(frozen=True, slots=True)
class Tiles:
    """Map tiles of the user's choice, laid under the places. Raises WhoholdsError where the address cannot be one."""

    url: str
    """With {z}, {x} and {y}, http or https."""
    attribution: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?", parts.netloc):
            raise WhoholdsError(
                f"{self.url!r} is not an address of map tiles. It begins with https:// and a host's name."
            )
        if not all(slot in self.url for slot in ("{z}", "{x}", "{y}")):
            raise WhoholdsError(
                f"{self.url!r} is not an address of map tiles. Write {{z}}, {{x}} and {{y}} where they go."
            )

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def render_map(data: MapData, tiles: Tiles | None = None) -> str:
    """The whole page as text. The same data gives the same page, to the byte.

    With `tiles` the page fetches these while it is looked at; without, nothing ever. Raises WhoholdsError where the
    front end has not been built, ValueError where a number is not finite (no JSON).
    """
    script = asset("map.js")
    style = asset("map.css")
    parts = {
        "policy": _policy(script, style, tiles),
        "title": html.escape(_whole(data["title"])),
        "disclaimer": html.escape(_whole(data["disclaimer"])),
        "style": style,
        "script": script,
        # The next two are our own build's output, the third is licence text: data blocks that no browser runs.
        "worker": asset("worker.js"),
        "borders": asset("borders.json"),
        "licences": _json(asset("licences.txt")),
        "data": _json(data),
        "tiles": _json({"url": tiles.url, "attribution": tiles.attribution} if tiles else None),
        "offline": html.escape(
            f"Apart from map tiles, which it fetches from {tiles.origin}, this file loads nothing; {FOLLOWED}"
            if tiles
            else f"This file is complete in itself. It loads nothing and sends nothing; {FOLLOWED}"
        ),
    }
    # One pass over the template only, so that nothing in the data can be taken for a slot.
    return re.sub(r"<!--slot:([a-z]+)-->", lambda slot: parts[slot[1]], asset("page.html"))


def write_map(path: str | Path, data: MapData, tiles: Tiles | None = None) -> None:
    """Write the page to `path`, whole or not at all: what stood there before stays until the new page is complete.

    Raises WhoholdsError where it cannot be written (no such folder, no permission, disk full).
    """
    path, page = Path(path), render_map(data, tiles).encode()
    try:
        with written_whole(path) as part:
            part.write_bytes(page)
    except OSError as error:
        raise WhoholdsError(
            f"Cannot write the map to {path}: {error.strerror or error}. Name another file with -o."
        ) from error


def asset(name: str) -> str:
    """A part of the built front end. Raises WhoholdsError where it has not been built."""
    try:
        return (files("whoholds.exports") / "assets" / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise WhoholdsError(
            f"The map's front end ({name}) has not been built. It is part of every release; in a working copy, "
            "install Node.js and run: python hatch_build.py"
        ) from None


def _policy(script: str, style: str, tiles: Tiles | None) -> str:
    """Content Security Policy, level 3: our script and style by their hashes, our worker, and nothing else.

    `require-trusted-types-for` makes browsers that know it refuse any text handed to a place where it would be parsed
    as HTML or script, so that a slip in the page's own code fails instead of running what a report says.
    """
    theirs = f" {tiles.origin}" if tiles else ""
    rules = (
        "default-src 'none'",
        f"script-src '{_digest(script)}'",
        f"style-src '{_digest(style)}'",
        "worker-src blob:",
        f"img-src data: blob:{theirs}",
        f"connect-src blob:{theirs}",  # MapLibre reads its worker's text from a Blob; no Blob leads out of the page
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types default",
    )
    return "; ".join(rules)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _whole(text: str) -> str:
    """`text` with lone surrogates, which have no UTF-8, replaced one for one, so that offsets still fit."""
    return re.sub(r"[\ud800-\udfff]", "�", text)


def _json(value: object) -> str:
    """JSON for a script element: nothing in it can end the element or be read as markup."""
    text = _whole(json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")))
    return re.sub("[<>&\u2028\u2029]", lambda sign: f"\\u{ord(sign[0]):04x}", text)
