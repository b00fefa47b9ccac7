"""Digests of several wars: the country that stands over a stretch of the report, "BURUNDI: Attack on a suburb"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whoholds.annotate.actors.find import Names
from whoholds.annotate.document import Document, Sentence
from whoholds.model import Role

BEHIND_NAME = frozenset([":", "-", "–", "—", "|"])
"""What stands between the country of a heading and its words."""
HEADS = (Role.TITLE, Role.HEADING)
LONGEST = 40
"""Characters of a country's name, about."""


def lands(document: Document, names: Sequence[Names], countries: Mapping[str, str]) -> list[str | None]:
    """For each sentence the country (alpha-3) of the last heading that names one, where the headings name several.

    `countries`: names of countries → alpha-3 codes.
    """
    told: list[str | None] = []
    land: str | None = None
    section = 0
    for s, found in zip(document.sentences, names, strict=True):
        for passed in document.report.sections[section : s.section]:
            # The first of several, "MALI" between a title and its story, may look like furniture.
            line = passed.span.of(document.report.text[: passed.span.start + LONGEST]).strip()
            land = (countries.get(line.title()) if line.isupper() else None) or land
        section = s.section
        land = (_heads(s, found) if s.role in HEADS else None) or land
        told.append(land)
    return told if len({x for x in told if x}) > 1 else [None] * len(told)


def _heads(s: Sentence, names: Names) -> str | None:
    """The country of "NIGER" or "BURUNDI: Attack on a suburb"; none of "Niger takes a town back"."""
    hit = names.countries.get(0)
    if hit is None or hit.first:
        return None
    behind = s.doc[hit.last + 1] if hit.last + 1 < len(s.doc) else None
    return hit.ids[0] if behind is None or behind.text in BEHIND_NAME else None
