"""Short reports of several sentences: whose claims they are, against whom, and who took the place together.

An entry of `sides/reports.yml` has the text and "kind actor place [mode] [< other side] [+ another, …]; ..." for each
claim. `sides/known_failures.txt` lists the beginnings of those that are not read right as yet: strict expected
failures, so that the list only shrinks. Where an entry names no other side or nobody else, none is asked for.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from short_reports import Said, body, expected, later, said, shown

from whoholds.pipeline import Reader

FOLDER = Path(__file__).with_name("sides")
BEGINNING = 70
"""Characters of a report that name it in the list of known failures."""


def known_failures() -> list[str]:
    lines = (FOLDER / "known_failures.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def entries() -> list[tuple[str, str]]:
    rows = yaml.safe_load((FOLDER / "reports.yml").read_text(encoding="utf-8"))
    return [(row["text"].strip(), row["claims"]) for row in rows]


def cases() -> list[object]:
    known, mark = set(known_failures()), later("listed in sides/known_failures.txt")
    return [
        pytest.param(text, claims, id=text[:40], marks=[mark] if text[:BEGINNING] in known else [])
        for text, claims in entries()
    ]


def coded(claims: str) -> dict[Said, tuple[str | None, frozenset[str] | None]]:
    """For each claim its other side, and who else had a part in it; None where the entry does not say."""
    rows: dict[Said, tuple[str | None, frozenset[str] | None]] = {}
    for part in claims.split(";"):
        rest, _, others = part.partition(" + ")
        what, _, against = rest.partition(" < ")
        (claim,) = expected(what)
        rows[claim] = (against.strip() or None, frozenset(others.split(", ")) if others else None)
    return rows


@pytest.mark.parametrize(("text", "claims"), cases())
def test_both_sides_of_a_short_report(reader: Reader, text: str, claims: str) -> None:
    wanted = coded(claims)
    found = {said(claim): claim for claim in reader.read(body(text)).claims}
    assert set(found) == set(wanted), f"read {shown(sorted(found, key=str))}"
    for claim, (against, together) in wanted.items():
        assert against is None or found[claim].against == against, shown([claim])
        assert together is None or frozenset(found[claim].jointly_with) == together, shown([claim])


def test_known_failures_are_entries() -> None:
    there = [text[:BEGINNING] for text, _ in entries()]
    assert len(set(there)) == len(there)
    assert [line for line in known_failures() if line not in there] == []
