"""What travels from the reader to the judge's training: plain values, no part of the program."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field
from typing import Any

from agree import SENSE
from corpora import is_held_out

KINDS = tuple(SENSE)
MODES = ("asserted", "planned", "attempted", "possible", "denied")
SENSES = ("takes", "leaves", "holds", "presses")
BUCKETS = 2**18
"""Of hashed traits."""
FOLDS = 5


@dataclass(slots=True)
class Side:
    actor: str
    tokens: list[tuple[int, int]]
    """Sentence (0: its own, -1: the one before) and token of its mentions."""
    traits: list[int]
    basic: list[int]
    """Those that say nothing of what the frames read."""


@dataclass(slots=True)
class Pair:
    cue: int
    place: tuple[int, int] | None
    """First and last token; None where the place stands in another sentence."""
    before: int | None
    """Its token in the sentence before, where it stands there."""
    row: dict[str, Any]
    """Name and coordinates of the place."""
    kinds: list[int]
    mode: str
    traits: list[int]
    basic: list[int]
    claims: dict[int, int]
    """Kind → the claim that the frames read of it (index in the report's claims)."""
    sides: list[Side]
    right: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    """Kind → the gold claims that it is."""
    doubtful: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Sample:
    """One sentence with the one before it."""

    report: int
    words: list[str]
    before: list[str]
    tags: list[tuple[int, int, int, int]]
    """Of each word: its part of speech, cue, place and actor (0: none)."""
    pairs: list[Pair]
    fallback: dict[str, Any]
    """What an added claim of the sentence takes for its date and speaker."""


@dataclass(slots=True)
class Read:
    """One report: what was read, what gold says, and its fold (-1: held out)."""

    corpus: str
    label: str
    fold: int
    claims: list[dict[str, Any]]
    inferred: list[bool]
    """Of each claim: words did not name the actor, the report did."""
    gold: list[dict[str, Any]]


def hashed(traits: list[str]) -> list[int]:
    """Traits by number; the same in every process."""
    return sorted({zlib.crc32(t.encode()) % BUCKETS for t in traits})


def fold_of(label: str) -> int:
    """Which fold a report belongs to, by its label; -1 for the held-out fifth."""
    if is_held_out(label):
        return -1
    return int(hashlib.md5(label.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS
