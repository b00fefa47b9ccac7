"""The persons of a report: who came with name and role, so that a surname, "the governor" and "he" are known."""

from __future__ import annotations

from dataclasses import dataclass, replace

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.words import lexis
from whoholds.claims.voices.voice import Attribution
from whoholds.model import Span, Voice

KIN = (
    frozenset(["monitor", "observatory", "watchdog", "organisation", "organization"]),
    lexis()["officer_ranks"] - lexis()["office_holders"] | {"officer", "commander"},
    frozenset(["spokesman", "spokeswoman", "spokesperson"]),
    frozenset(["group", "movement", "organisation", "organization", "militia", "front", "party", "alliance"]),
    frozenset(["agency", "news"]),
    frozenset(["president", "leader"]),
    frozenset(["minister", "premier"]),
)
"""Words by which one speaker may be called after another."""
_BODIES = [frozenset([word]) for word in ("group", "movement", "organisation", "organization", "militia", "faction")]
_ANY_OFFICIAL = frozenset(["official", "source"])
SMALL = frozenset(["the", "of", "for", "in", "at", "from", "and", "a", "senior", "same", "other", "local", "military"])
_BACK = 8
"""Sentences within which "the spokesman" is still the last one named."""


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker as far as the report has told of them."""

    voice: Voice
    actor: ActorRef | None
    span: Span
    """The words that named them best."""
    sentence: int


def role_words(voice: Voice) -> frozenset[str]:
    """The words of a voice's role, or of an institution's name, in lower case and singular."""
    text = f"{voice.role or ''} {voice.name or ''}".lower().replace("-", " ").replace(".", " ").replace(",", " ")
    return frozenset(w[:-1] if w.endswith("s") and len(w) > 4 else w for w in text.split())


def role_head(role: str) -> str:
    """The noun of a role: "commander" of "commander of the operation", "spokesman" of "army spokesman, Major"."""
    words = role.lower().split(",")[0].split()
    cut = next(
        (k for k, w in enumerate(words) if k and w in ("of", "for", "in", "at", "from", "with", "to", "on")), len(words)
    )
    return words[cut - 1] if words else ""


class Cast:
    """Who has spoken or been introduced so far, latest last."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self._full: dict[str, Person] = {}
        """By each part of a name, the fullest person of that name."""

    def note(self, voice: Voice, actor: ActorRef | None, span: Span, sentence: int) -> None:
        """Remember somebody named or described; what later words add is kept."""
        known = self._full.get(_last(voice.name)) if voice.name else None
        if known is not None and _same(known.voice.name, voice.name):
            fuller = max((known.voice.name or "", voice.name or ""), key=lambda name: len(name.split()))
            voice = replace(voice, name=fuller, role=voice.role or known.voice.role)
            person = Person(voice, actor or known.actor, span if actor or not known.actor else known.span, sentence)
        else:
            person = Person(voice, actor, span, sentence)
        if voice.name:
            self._full[_last(voice.name)] = person
        self.people.append(person)

    def named(self, name: str) -> Person | None:
        """The person of that name, or whose surname it is."""
        known = self._full.get(_last(name))
        return known if known is not None and _same(known.voice.name, name) else None

    def described(self, voice: Voice, sentence: int) -> Person | None:
        """Whom "the spokesman" or "the official" stands for: the last speaker that may be called so."""
        mine = role_head(voice.role or voice.name or "")
        if not mine:
            return None
        kin = next((group for group in KIN if mine in group), frozenset([mine]))
        wanted = role_words(voice) - {mine, mine.removesuffix("s")} - SMALL
        for person in reversed(self.people):
            if sentence - person.sentence > _BACK:
                return None
            if person.voice.name is None and not person.voice.anonymous:
                continue
            words = role_words(person.voice)
            if wanted and not wanted & words:
                continue  # "the army spokesman" is not the governor's
            if mine in words or kin & words:
                return person
            if mine in _ANY_OFFICIAL and words & (lexis()["official"] | lexis()["office_holders"] | {"source"}):
                return person
        return None

    def body(self, voice: Voice, sentence: int) -> Person | None:
        """Whom "the group" or "the movement" stands for: the last body that spoke under its own name."""
        if role_words(voice) - {"the"} not in _BODIES:
            return None
        for person in reversed(self.people):
            if sentence - person.sentence > _BACK:
                return None
            if person.voice.name is not None and person.voice.role is None and person.actor is not None:
                return person
        return None

    def latest(self, sentence: int, back: int = 4) -> Person | None:
        """Who spoke or was spoken of last, no more than `back` sentences before."""
        if self.people and sentence - self.people[-1].sentence <= back:
            return self.people[-1]
        return None


def _last(name: str | None) -> str:
    words = (name or "").lower().replace("’", "'").removesuffix("'s").split()
    return words[-1].removeprefix("al-") if words else ""


def _same(full: str | None, name: str | None) -> bool:
    """One name may be the other's surname; two first names are two people."""
    a, b = ((x or "").lower().split() for x in (full, name))
    short, long = sorted((a, b), key=len)
    return bool(short) and (len(short) == 1 or short == long[-len(short) :] or short[0] == long[0])


def with_side_of(a: Attribution, other: Attribution) -> Attribution:
    """The attribution, with the side that another tells of the same speaker, where its own words tell none."""
    if a.actor is not None or other.actor is None:
        return a
    return replace(a, actors=(other.actor,) * len(a.voices), told_at=other.side_span)


def with_person(a: Attribution, person: Person, *, keep_told: bool = True) -> Attribution:
    """The attribution spoken by that person: name, role and side are theirs, what it was told through is its own."""
    told = next((v.told for v in a.voices if v.told), None) if keep_told else None
    mine = a.voices[0]
    voice = replace(
        person.voice,
        role=mine.role if mine.role and mine.name else person.voice.role or mine.role,
        told=told,
        anonymous=person.voice.anonymous or mine.anonymous,
    )
    return replace(a, voices=(voice,), actors=(a.actor or person.actor,), span=person.span if not a.actor else a.span)
