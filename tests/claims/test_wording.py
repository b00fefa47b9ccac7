"""Passages of many styles on wars that no gold file has: what is read is what a careful reader wrote down.

Each file of `wording/` was written as a whole before the program was run on it; how much of a fresh one is read right
tells how well the rules carry over (docs/accuracy.md has such figures for whole reports). An entry is "text => kind
actor place [mode]; ...", or "text => nothing". `wording/known_failures.txt` lists the beginnings of those that are not
read right as yet: strict expected failures, so that the list only shrinks.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from short_reports import body, expected, later, said, shown

from whoholds.pipeline import Reader, Reading

FOLDER = Path(__file__).with_name("wording")
NOTHING = "nothing"
BEGINNING = 70
"""Characters of a passage that name it in the list of known failures."""


def beginning(text: str) -> str:
    return " ".join(text.split())[:BEGINNING]


def passages() -> list[tuple[str, str, str]]:
    """File, text and claims of every passage."""
    rows = []
    for path in sorted(FOLDER.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            text, arrow, claims = entry.rpartition("=>")
            assert arrow, f"{path.name}: {entry}"
            rows.append((path.stem, text.strip(), claims.strip()))
    return rows


def known_failures() -> list[str]:
    lines = (FOLDER / "known_failures.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def cases() -> list[object]:
    known = set(known_failures())
    mark = later("listed in wording/known_failures.txt")
    return [
        pytest.param(text, claims, id=f"{name}-{text[:40]}", marks=[mark] if beginning(text) in known else [])
        for name, text, claims in passages()
    ]


@pytest.mark.parametrize(("text", "claims"), cases())
def test_a_passage_gives_what_a_careful_reader_reads(
    reader: Reader, page: Callable[[str], Reading], text: str, claims: str
) -> None:
    wanted = set() if claims == NOTHING else set(expected(claims))
    reading = page(text) if "\n" in text else reader.read(body(text))
    found = {said(claim) for claim in reading.claims}
    assert found == wanted, f"{beginning(text)}: {shown(sorted(found, key=str))}; wanted {claims}"


def test_known_failures_are_passages() -> None:
    there = [beginning(text) for _, text, _ in passages()]
    assert sorted({b for b in there if there.count(b) > 1}) == []
    assert [line for line in known_failures() if line not in there] == []
