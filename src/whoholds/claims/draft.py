"""A claim before its place and time are resolved, and what the stages that make it share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from whoholds.annotate.actors.find import Names
from whoholds.annotate.actors.phrases import PhraseReader
from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.places.find import PlaceReader
from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.words import lexis
from whoholds.claims.cues.cues import Cue, Cues
from whoholds.claims.places.reference import PlaceMemory
from whoholds.claims.sides.register import Register
from whoholds.claims.voices.speakers import Speakers
from whoholds.claims.voices.voice import Attribution
from whoholds.model import Kind, Mode, Span, Stance

OPERATIONS = lexis()["operations"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before its place and time are resolved."""

    sentence: int
    cue: Cue
    token: int
    kind: Kind
    actor: str | None
    actor_span: Span | None
    against: str | None
    against_span: Span | None
    place: PlaceRef
    place_sentence: int
    """Where the place is named; it may be before the sentence of the cue."""
    mode: Mode
    stance: Stance
    quote: Span
    cue_span: Span
    attribution: Attribution | None
    extent: str | None = None
    part: str | None = None
    share: float | None = None
    destination: str | None = None
    jointly: tuple[str, ...] = ()
    inferred: bool = False
    """The actor was told by the report, not by the words of the phrase."""
    ends: bool = False
    guess: bool = False
    """Nobody is named: `settle` looks through the report."""
    retaken: bool = False
    """The words say that it was held before: retook, recovered, freed."""
    side: str | None = None
    """The side of who says it."""
    country: str | None = None
    """Where the place lies, as far as the report tells (alpha-3)."""


@dataclass(slots=True)
class Context:
    """What the builder needs of one report."""

    document: Document
    names: list[Names]
    phrases: list[PhraseReader]
    places: list[PlaceReader]
    register: Register
    memory: PlaceMemory
    speakers: Speakers
    cues: Cues
    capitals: Mapping[str, str]
    """Capital → alpha-3 code of its country."""


def first_of(s: Sentence, i: int) -> int:
    """First token of the nouns and adjectives right before a noun: "grain silos"."""
    j = i
    while (
        j > 0
        and s.doc[j - 1].head.i in range(j, i + 1)
        and s.doc[j - 1].dep_ in ("compound", "amod")
        and s.doc[j - 1].is_alpha
    ):
        j -= 1
    return j
