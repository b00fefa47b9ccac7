"""Files made to exhaust or to fool whoever reads them: each is refused or bounded and listed, and the next is read."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from whoholds.ledger import Ledger

GOOD = "BERDALE, Somalia, 9 March 2014 - Ethiopian troops captured Berdale from al-Shabaab on Sunday, residents said."
BIG = 300_000_000
"""Bytes of what is packed into less than a megabyte."""
MOST_MB = 450
"""For the whole command; a report of a few lines alone takes some 190."""
COMMAND = """
import atexit, sys
from pathlib import Path
from whoholds.cli import main
# Of this process alone: what wait4 tells also counts the tests that it was forked from.
atexit.register(lambda: print(Path("/proc/self/status").read_text(), file=sys.stderr))
if __name__ == "__main__":
    main()
"""


def zeros(write: Callable[[bytes], Any]) -> None:
    for _ in range(BIG // 5_000_000):
        write(b"x" * 5_000_000)


def gzip_bomb(folder: Path) -> Path:
    path = folder / "bomb.warc.gz"
    with gzip.open(path, "wb", 1) as file:
        zeros(file.write)
    return path


def zip_bomb(folder: Path) -> Path:
    path = folder / "bomb.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("datapackage.json", "{}")
        with archive.open("archive/data.warc.gz", "w", force_zip64=True) as file:
            zeros(file.write)
    return path


def endless_feed(folder: Path) -> Path:
    path = folder / "feed.rss"
    with path.open("wb") as file:
        file.write(b"<rss><channel><item><title>one")
        file.truncate(1_000_000_000)  # takes no room on the disk
    return path


def nested_page(folder: Path) -> Path:
    path = folder / "nested.html"
    path.write_text("<div>" * 100_000 + "<p>nothing", encoding="utf-8")
    return path


def entity_bomb(folder: Path) -> Path:
    lines = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    path = folder / "entities.rss"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY e0 "aaaaaaaaaa">{lines}]>'
        "<rss><channel><item><title>&e9;</title><description>words</description></item></channel></rss>",
        encoding="utf-8",
    )
    return path


def packed_folder(folder: Path) -> Path:
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open("a", "w") as file:
        zeros(file.write)
    return path


def endless_line(folder: Path) -> Path:
    path = folder / "line.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        file.truncate(BIG)
    return path


@pytest.mark.parametrize(
    ("make", "listed"),
    [
        (gzip_bomb, "not read"),
        (zip_bomb, "not read"),
        (endless_feed, "too much for a feed"),
        (nested_page, None),
        (entity_bomb, None),
        (packed_folder, "unpack it first"),
        (endless_line, "line 1"),
    ],
)
def test_it_costs_only_itself(make: Callable[[Path], Path], listed: str | None, tmp_path: Path) -> None:
    good, ledger = tmp_path / "good.txt", tmp_path / "whoholds.db"
    good.write_text(GOOD, encoding="utf-8")
    command = [sys.executable, "-c", COMMAND, "read", str(make(tmp_path)), str(good), "--ledger", str(ledger)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    words = done.stderr
    assert done.returncode == 0, words
    peak = next(line for line in words.splitlines() if line.startswith("VmHWM:"))
    assert int(peak.split()[1]) / 1024 < MOST_MB
    assert "Traceback" not in words
    assert listed is None or listed in words
    with Ledger.open(ledger, create=False) as store:
        assert [(claim.kind, claim.actor) for claim in store.claims()] == [("gains", "gov:ETH")]


def test_names_that_would_fool_a_terminal_are_read_and_shown_without_their_signs(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a\x1b[31m\u202etxt.exe.txt").write_text(GOOD, encoding="utf-8")
    (folder / "b\x1b[2J\u202e.rss").write_text("<no", encoding="utf-8")
    (folder / "c\nd\x9b.jsonl").write_text("{", encoding="utf-8")
    command = [sys.executable, "-c", COMMAND, "read", str(folder), "--ledger", str(tmp_path / "whoholds.db")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0
    assert not any(sign in done.stderr + done.stdout for sign in "\x1b\x9b\u202e")
    assert "c d" in done.stderr
    assert "c\nd" not in done.stderr
    with Ledger.open(tmp_path / "whoholds.db", create=False) as store:
        assert len(list(store.claims())) == 1
