"""Reports of a few words for the tests of claims, and what is read in them in short."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from anyascii import anyascii

from whoholds.model import Claim, Mode, Report, Role, Section, Span
from whoholds.pipeline import Reader


def later(reason: str) -> pytest.MarkDecorator:
    """Marks what is not read right as yet: a strict expected failure, to be taken off once it passes."""
    return pytest.mark.xfail(strict=True, reason=reason)


Said = tuple[str, str | None, str, str]
"""Kind, actor, folded place, mode."""


def body(text: str, label: str = "test.txt", **fields: str) -> Report:
    """A report of one section, without a date."""
    return Report(label, text, (Section(Span(0, len(text)), Role.BODY),), **fields)


def folded(place: str) -> str:
    """A place's name without accents, case, punctuation and article."""
    return re.sub(r"^the ", "", " ".join(re.findall(r"[a-z0-9]+", anyascii(place).lower())))


def said(claim: Claim) -> Said:
    return (str(claim.kind), claim.actor, folded(claim.place.name), str(claim.mode))


def expected(text: str) -> list[Said]:
    """What "kind actor place [mode]; ..." stands for; the actor "-" is nobody."""
    found: list[Said] = []
    for part in text.split(";"):
        kind, actor, *place = part.split()
        mode = place.pop() if place[-1] in list(Mode) else str(Mode.ASSERTED)
        found.append((kind, None if actor == "-" else actor, folded(" ".join(place)), mode))
    return found


def read(reader: Reader, text: str) -> list[Said]:
    """What is read in a text, in its order."""
    return [said(claim) for claim in reader.read(body(text)).claims]


def shown(claims: Sequence[Said]) -> str:
    """As in the lexicon, for messages."""
    return "; ".join(" ".join(x or "-" for x in claim).removesuffix(" asserted") for claim in claims) or "nothing"


def must_read(reader: Reader, text: str, claim: str) -> None:
    """Asserts that the claim, written as for `expected`, is among those that are read in the text."""
    found = read(reader, text)
    assert expected(claim)[0] in found, f"{text} => {shown(found)}"
