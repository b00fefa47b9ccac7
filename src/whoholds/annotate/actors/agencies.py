"""News agencies that have the abbreviation of an armed group: "ALEPPO, SNA - …", "SNA's correspondent said"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whoholds.annotate.actors.find import Names
from whoholds.annotate.document import Document
from whoholds.model import Role

DATELINE = re.compile(r"[A-Z][^.,()\n]{1,40}[,(]\s{0,2}([A-Z]{2,6})\)?\s{1,2}[-–—]{1,2}\s")
OWN_MEN = re.compile(r"\b([A-Z]{2,6})['’]s (?:correspondent|reporter|photographer)s?\b")
LOOKED_AT = 100
"""Characters of a section at whose head a dateline may stand."""


def drop_agencies(document: Document, names: Sequence[Names]) -> None:
    """Drop the names of groups that the report uses for the agency that it is from."""
    agencies = set(_agencies(document))
    if not agencies:
        return
    for s, found in zip(document.sentences, names, strict=True):
        for i, hit in list(found.groups.items()):
            if s.doc[hit.first].text in agencies and hit.first == hit.last:
                del found.groups[i]


def _agencies(document: Document) -> Iterator[str]:
    text = document.report.text
    for section in document.report.sections:
        if section.role.can_carry_claims or section.role is Role.DATELINE:
            head = text[section.span.start : min(section.span.end, section.span.start + LOOKED_AT)]
            if (m := DATELINE.match(head)) is not None:
                yield m[1]
    yield from OWN_MEN.findall(text)
