"""Who speaks in a ledger, and which names are one person.

`people` lists the speakers by person, as judged; `suggest` the pairs of names that may be one, with the reason;
`join`, `split` and `take_back` store a judgement. `join_spellings` stores those that are only two transliterations of
one name, as made by this program: they can be seen, and taken back, like any other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from importlib.metadata import version
from itertools import combinations

from whoholds.errors import InputError
from whoholds.ledger import Ledger
from whoholds.model import Correction
from whoholds.resolve.judgements import Verdict, canonical, latest
from whoholds.resolve.persons import name_key, person_key, speaker_key

ALIKE = 0.88
"""Least similarity of two folded names that are suggested as spellings of one; a judgement, not measured."""
MAX_SUGGESTIONS = 200
MAX_BLOCK = 300
"""Speakers of one name part that are compared with each other; those with most claims first."""


@dataclass(frozen=True, slots=True)
class Person:
    """One speaker, with all names that are judged to be theirs."""

    key: str
    names: tuple[str, ...]
    """As the reports spell them, the most used first."""
    roles: tuple[str, ...]
    sides: tuple[str, ...]
    claims: int
    reports: int
    first: date | None
    last: date | None
    """Days of publication."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two names that may be one person's."""

    one: str
    other: str
    reason: str


def people(store: Ledger, known: date | None = None) -> list[Person]:
    """Everybody with a name who says something, those with most claims first; `known`: in reports up to that day."""
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    roles: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sides: defaultdict[str, Counter[str]] = defaultdict(Counter)
    reports: defaultdict[str, set[str]] = defaultdict(set)
    days: defaultdict[str, list[date]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for claim in store.claims(known=known):
        if claim.rule == Correction.RULE:
            continue  # a reviewer of this ledger, nobody that a report quotes
        for voice in claim.voices:
            person = voice.person or speaker_key(voice)
            if person is None or voice.name is None:
                continue
            counts[person] += 1
            names[person][voice.name] += 1
            roles[person].update([voice.role] if voice.role else [])
            sides[person].update([voice.side] if voice.side else [])
            reports[person].add(claim.report_id)
            if claim.published and claim.published.end:
                days[person].append(claim.published.end)
    return [
        Person(
            key,
            _ranked(names[key]),
            _ranked(roles[key]),
            _ranked(sides[key]),
            count,
            len(reports[key]),
            min(days[key], default=None),
            max(days[key], default=None),
        )
        for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]


def find(store: Ledger, name: str, known: date | None = None) -> Person:
    """The one person of that name, by any of the spellings. Raises InputError where there is none or are several."""
    wanted = name_key(name)
    everybody = people(store, known)
    found = [p for p in everybody if wanted == p.key or any(wanted == name_key(n) for n in p.names)]
    if not found:
        found = [p for p in everybody if any(f"-{wanted}" in f"-{name_key(n)}" for n in p.names)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(f"{name}: nobody of that name speaks in the ledger. See all: whoholds voices")
    listed = ", ".join(p.names[0] for p in found[:8])
    raise InputError(f"{name}: several speak under that name: {listed}. Write the whole name.")


def suggest(store: Ledger) -> list[Suggestion]:
    """Pairs of names that nobody has judged and that may be one person, with the reason, likeliest first."""
    judged = latest(store.judgements())
    together = canonical(store.judgements())
    everybody = people(store)
    found: list[tuple[float, Suggestion]] = []
    for one, other in _near(everybody):
        a, b = one.names[0], other.names[0]
        pair = (min(name_key(a), name_key(b)), max(name_key(a), name_key(b)))
        if pair in judged or together.get(pair[0], pair[0]) == together.get(pair[1], pair[1]):
            continue
        likely, reason = _alike(a, b)
        if not reason or _opposed(one.sides, other.sides):
            continue
        shared = sorted({*one.sides} & {*other.sides})
        reason += f"; both speak for {', '.join(shared)}" if shared else "; no side tells them apart"
        found.append((likely + bool(shared), Suggestion(a, b, reason)))
    found.sort(key=lambda item: (-item[0], item[1].one, item[1].other))
    return [suggestion for _, suggestion in found[:MAX_SUGGESTIONS]]


def join(store: Ledger, one: str, other: str, by: str, reason: str) -> None:
    """Judge two names to be one person."""
    _judge(store, one, other, Verdict.SAME, by, reason)


def split(store: Ledger, one: str, other: str, by: str, reason: str) -> None:
    """Judge two names to be two persons, whatever else joins them."""
    _judge(store, one, other, Verdict.OTHER, by, reason)


def take_back(store: Ledger, one: str, other: str, by: str, reason: str) -> None:
    """Leave open again whether two names are one person. Raises InputError where nobody has judged them."""
    pair = tuple(sorted((name_key(one), name_key(other))))
    if not any(judgement.pair == pair for judgement in store.judgements()):
        raise InputError(f"{one}, {other}: nobody has judged these two. See what was: whoholds persons list")
    _judge(store, one, other, Verdict.OPEN, by, reason)


def join_spellings(store: Ledger) -> list[Suggestion]:
    """Join names that differ in transliteration only; returns what was joined. What anybody has judged stays."""
    by_sound: defaultdict[str, set[str]] = defaultdict(set)
    for name in store.speakers():
        sound = person_key(name)
        if sound and "-" in sound:  # a surname alone is nobody's
            by_sound[sound].add(name)
    groups = [sorted(names) for names in by_sound.values() if len({name_key(n) for n in names}) > 1]
    if not groups:
        return []
    judged = latest(store.judgements())
    sides = {name: person.sides for person in people(store) for name in person.names}
    made = []
    for names in groups:
        first = names[0]
        for other in names[1:]:
            pair = (min(name_key(first), name_key(other)), max(name_key(first), name_key(other)))
            if pair[0] == pair[1] or pair in judged or _opposed(sides.get(first, ()), sides.get(other, ())):
                continue
            reason = f"two spellings of one name ({first}, {other})"
            store.judge(*pair, Verdict.SAME, f"whoholds {version('whoholds')}", reason)
            made.append(Suggestion(first, other, reason))
    return made


def _near(everybody: list[Person]) -> list[tuple[Person, Person]]:
    """The pairs worth a look: those that share a part of a name, or both initials."""
    blocks: defaultdict[str, list[Person]] = defaultdict(list)
    for person in everybody:
        parts = (person_key(person.names[0]) or "").split("-")
        for block in {*parts, f"{parts[0][:1]}.{parts[-1][:1]}."}:
            blocks[block].append(person)
    pairs = {(a.key, b.key): (a, b) for block in blocks.values() for a, b in combinations(block[:MAX_BLOCK], 2)}
    return list(pairs.values())


def _judge(store: Ledger, one: str, other: str, verdict: Verdict, by: str, reason: str) -> None:
    a, b = name_key(one), name_key(other)
    if not a or not b or a == b:
        raise InputError(f"{one}, {other}: these are not two names")
    known = {name_key(name) for name in store.speakers()}
    for name, key in ((one, a), (other, b)):
        if key not in known:
            raise InputError(f"{name}: nobody of that name speaks in the ledger. See all: whoholds voices")
    store.judge(a, b, verdict, by, reason)


def _alike(a: str, b: str) -> tuple[float, str]:
    """How alike two names are, and in which way; no reason where they are not."""
    x, y = person_key(a) or "", person_key(b) or ""
    if x == y:
        return 1.0, "two spellings of one name"
    short, long = sorted((x.split("-"), y.split("-")), key=len)
    if len(short) < len(long) and (long[: len(short)] == short or long[-len(short) :] == short) and len(short[-1]) > 3:
        return 0.8 if len(short) > 1 else 0.5, "one name is a part of the other"
    ratio = SequenceMatcher(None, x, y).ratio() if abs(len(x) - len(y)) < 4 else 0.0
    if len(short) > 1 and ratio >= ALIKE and short[0][:1] == long[0][:1]:
        return ratio, "the names are spelled almost alike"
    return 0.0, ""


def _opposed(one: Iterable[str], other: Iterable[str]) -> bool:
    """Both speak for somebody, and for nobody in common."""
    a, b = {*one}, {*other}
    return bool(a and b and not a & b)


def _ranked(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))
