"""What stands around a cue: the places it may be of, and the actors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from samples import Side, hashed
from traits import Told, side_traits
from whoholds.claims.draft import Context, Draft
from whoholds.claims.frames.forms import Frame
from whoholds.model import Place

NEAR = 2
"""Places on each side of a cue that are weighed, beside those in its slots."""
EARLIER = 3
"""Places named in the two sentences before that may be meant."""
APART = 2
"""So many of the places that stand in no word of the sentence are weighed."""
FIRST = 4
"""So many of the actors that a report names most often may always be meant."""
MENTIONS = 3
NOMINAL = ("NOUN", "PROPN", "PRON", "ADV", "ADJ", "NUM", "SYM", "DET")
BASIC = ("class=", "rank=", "home=", "of-place=", "here=", "before=")
"""Traits of an actor that say nothing of what the frames read."""


@dataclass(slots=True)
class Near:
    """A place that a cue may be of. Tokens are -1 where it stands in another sentence."""

    name: str
    first: int
    last: int
    head: int
    source: str
    """named, phrase, pointing (a word points back to it) or before (named before, and not in the sentence)."""
    type: str
    known: bool
    back: int
    """Sentences back."""
    word: str
    """The word that points back."""
    lat: float | None
    lon: float | None
    country: str | None


def places_near(c: Context, n: int, drafts: Sequence[Draft], located: Mapping[int, Place]) -> list[Near]:
    """Every place that a sentence names, points back to or was read about, and the last ones before it.

    `located`: offset in the report → the place that is named there.
    """
    s = c.document.sentences[n]
    by_name = {p.name: p for p in located.values()}
    found: dict[str, Near] = {}

    def add(ref: Any, name: str | None, source: str, known: bool, back: int = 0, word: str = "") -> None:
        if not name:
            return
        here = back == 0 and ref.first >= 0
        place = by_name.get(name)
        if here and source != "pointing":
            place = located.get(s.char_span(ref.first, ref.first).start, place)
        where = (place.lat, place.lon, place.country) if place else (None, None, None)
        words = (ref.first, ref.last, ref.head) if here else (ref.first if back == 1 else -1, -1, -1)
        found.setdefault(name, Near(name, *words, source, str(ref.type), known, back, word, *where))

    named = c.memory.by_sentence.get(n, ())
    names = {x.ref.name for x in named}
    for t in s.doc:
        for r in c.places[n].places(t.i) if t.pos_ in NOMINAL else ():
            if r.name:
                add(r, r.name, "named" if r.name in names else "phrase", r.known)
            elif r.many:
                for f in c.memory.resolve_many(n, r.first, r.anaphor):
                    add(r, f.ref.name, "pointing", True, word="many")
            elif f := c.memory.resolve(n, r.first, r.anaphor, r.type):
                add(r, f.ref.name, "pointing", True, word=r.anaphor)
    for x in named:
        add(x.ref, x.ref.name, "named", x.ref.known)
    for d in drafts:
        if d.place_sentence == n:
            add(d.place, d.place.name, "phrase", d.place.known)
        else:
            # A headline's place may stand after it.
            elsewhere = replace(d.place, first=-1, last=-1, head=-1)
            add(elsewhere, d.place.name, "before", d.place.known, max(n - d.place_sentence, 1))
    last = c.memory.resolve(n, max(len(s.doc) - 1, 0), "", None)
    earlier = [x for m in (n - 1, n - 2) for x in c.memory.by_sentence.get(m, ())][:EARLIER]
    for x in [*([last] if last else []), *earlier]:
        if x.sentence < n:
            add(x.ref, x.ref.name, "before", True, n - x.sentence)
    return [p for p in found.values() if p.type != "country"]


def worth_weighing(t: int, places: list[Near], frame: Frame | None, drafts: Sequence[Draft]) -> list[Near]:
    """The places that a cue is likely enough to be of: read, in a slot, nearest on either side, two from before."""
    read = {d.place.name for d in drafts if d.token == t}
    slots = {i for heads in frame.slots.heads.values() for i in heads} if frame else set()
    here = [p for p in places if p.back == 0 and p.head >= 0]
    nearest = sorted((p for p in here if p.head < t), key=lambda p: -p.head)[:NEAR]
    nearest += sorted((p for p in here if p.head >= t), key=lambda p: p.head)[:NEAR]
    out = [p for p in here if p in nearest or p.name in read or any(p.first <= i <= p.last for i in slots)]
    apart = [p for p in places if p.back > 0]
    return out + [p for p in apart if p.name in read or p in apart[:APART]]


class Sides:
    """The actors that the pairs of one report could be of."""

    def __init__(self, c: Context, drafts: Sequence[Draft | None]) -> None:
        self.c, self.drafts = c, [d for d in drafts if d is not None]
        often = sorted(c.register.census.seen, key=lambda a: -len(c.register.census.seen[a]))
        self.rank = {actor: place for place, actor in enumerate(often)}
        self.refs: dict[int, dict[str, list[Any]]] = {}

    def refs_of(self, n: int) -> dict[str, list[Any]]:
        """Actor → the words of a sentence that stand for it."""
        if n not in self.refs:
            found: dict[str, list[Any]] = {}
            for _, ref in self.c.register.census.refs[n] if n >= 0 else ():
                if actor := self.c.register.resolve(ref, n)[0]:
                    found.setdefault(actor, []).append(ref)
            self.refs[n] = found
        return self.refs[n]

    def of(self, x: Told, read: Sequence[Draft | None]) -> list[Side]:
        """Who a pair could be of: named here or before, read by the frames, the country's state, the report's first."""
        here, before = self.refs_of(x.n), self.refs_of(x.n - 1)
        mine = [d for d in read if d is not None]
        ids = dict.fromkeys([*here, *before, *(a for d in mine for a in (d.actor, d.against) if a)])
        if x.place.country:
            ids[f"gov:{x.place.country}"] = None
        ids.update(dict.fromkeys([a for a in self.rank if self.rank[a] < FIRST]))
        out = []
        for actor in ids:
            tokens = [(0, r.head) for r in here.get(actor, ())[:MENTIONS]]
            tokens += [(-1, r.head) for r in before.get(actor, ())[: MENTIONS - 1]]
            traits = side_traits(x, actor, here, before, mine, self.drafts, self.rank, self.c.register.census.country)
            out.append(Side(actor, tokens, hashed(traits), hashed([v for v in traits if v.startswith(BASIC)])))
        return out
