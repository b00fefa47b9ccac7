"""Which corrections stand, and what becomes of the claims by them.

Of the corrections of one claim the latest counts that was not taken back. A correction hangs on a claim's id. When a
newer version of the reader reads the report differently, the id is gone; then the claim is looked for by its quote and
place (`anchors`). What is found nowhere is an orphan: it is listed, and what a person wrote in its place still stands,
since the report's words are the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from weakref import WeakKeyDictionary

from whoholds.gazetteer.names import key
from whoholds.ledger import Ledger
from whoholds.ledger.following import Mark
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Correction, Span, Verdict

SAME_WORDS = 0.5
"""Least share of the words of two quotes together that both have, to be the same place of a report; a judgement."""
MOST_KEPT = 8
_Asked = tuple[Mark, date | None, str | None]
_KEPT: WeakKeyDictionary[Ledger, dict[_Asked, Standing]] = WeakKeyDictionary()
"""One question needs it several times, and it is the same until the ledger grows."""
REPLACED = (Verdict.CHANGED, Verdict.SPLIT)


@dataclass(frozen=True, slots=True)
class Standing:
    """What people's corrections do to the claims of a ledger."""

    of: Mapping[str, Correction] = field(default_factory=dict)
    """By the id of a claim as it is read now: the correction that counts."""
    anchors: Mapping[int, str] = field(default_factory=dict)
    """By the number of a correction: the id of the claim that it is about now. Orphans have none."""
    written: tuple[tuple[Correction, Claim], ...] = ()
    """What people wrote in place of claims."""

    def applied(self, claims: Iterable[Claim], places: Collection[str] | None = None) -> Iterator[Claim]:
        """The claims as corrected. `places`: ids of the places that the claims are about, where not all."""
        given = set()
        for claim in claims:
            said = self.of.get(claim.id)
            verdict = said.verdict if said else None
            if verdict is Verdict.WRONG or verdict in REPLACED:
                continue
            given.add(claim.id)
            yield replace(claim, confidence=1.0) if verdict is Verdict.RIGHT else claim
        for _, claim in self.written:
            if claim.id not in given and (places is None or place_key(claim.place) in places):
                yield claim

    def copies(self) -> dict[str, str]:
        """By a report's id, the report that a person says it is a copy of."""
        found = {}
        for correction in self.of.values():
            if correction.verdict is Verdict.COPY and correction.about and correction.copy_of:
                found[correction.about.report_id] = correction.copy_of
        return found


def standing(ledger: Ledger, known: date | None = None, by: str | None = None) -> Standing:
    """What stands in a ledger; `known`: by that day; `by`: of what this person said alone."""
    if not ledger.has_corrections():
        return Standing()
    mark = ledger.mark()
    kept = _KEPT.setdefault(ledger, {})
    asked = (mark, known, by)
    if asked not in kept:
        for old in [one for one in kept if one[0] != mark] or list(kept)[:-MOST_KEPT]:
            kept.pop(old, None)
        said = [c for c in ledger.corrections(known) if c.claim_id and (by is None or c.by == by)]
        kept[asked] = stands(ledger, said)
    return kept[asked]


def stands(ledger: Ledger, corrections: Iterable[Correction]) -> Standing:
    """The same of these corrections of claims."""
    latest = {c.claim_id: c for c in not_undone(corrections) if c.claim_id}
    if not latest:
        return Standing()
    anchored = anchors(ledger, latest.values())
    of = {anchored[c.number]: c for c in latest.values() if c.number in anchored}
    written = tuple((c, claim) for c in latest.values() if c.verdict in REPLACED for claim in c.becomes)
    return Standing(of, {n: name for n, name in anchored.items() if n is not None}, written)


def not_undone(corrections: Iterable[Correction]) -> list[Correction]:
    """In order, without those that were taken back and those that take back."""
    given = list(corrections)
    undone = {c.undoes for c in given if c.verdict is Verdict.UNDONE}
    return [c for c in given if c.verdict is not Verdict.UNDONE and c.number not in undone]


def anchors(ledger: Ledger, corrections: Iterable[Correction]) -> dict[int | None, str]:
    """By the numbers of corrections, the ids of the claims that they are about as their reports are read now."""
    given = list(corrections)
    reports = {c.about.report_id for c in given if c.about}
    read: dict[str, list[Claim]] = {}
    for claim in ledger.claims_of(reports):
        read.setdefault(claim.report_id, []).append(claim)
    found: dict[int | None, str] = {}
    for correction in given:
        about, claim_id = correction.about, correction.claim_id
        if about is None:
            # Written by a version that did not keep the claim: it goes by its id alone.
            if claim_id and (known := ledger.claim(claim_id)) and known[1]:
                found[correction.number] = claim_id
            continue
        now = read.get(about.report_id, [])
        if any(claim.id == claim_id for claim in now) and claim_id:
            found[correction.number] = claim_id
        elif again := _again(correction, about, now):
            found[correction.number] = again.id
    return found


def _again(correction: Correction, about: Claim, now: Iterable[Claim]) -> Claim | None:
    """The claim that says now what the claim said then, at the same words."""
    near = [c for c in now if _same_place(c, about) and _shared(c.quote, about.quote) >= SAME_WORDS]
    if correction.verdict not in REPLACED:
        # That a claim is wrong says nothing of one that says something else.
        near = [c for c in near if (c.kind, c.actor, c.mode) == (about.kind, about.actor, about.mode)]
    same = (about.kind, about.actor, about.mode)
    return max(
        near, key=lambda c: ((c.kind, c.actor, c.mode) == same, _shared(c.quote, about.quote), c.id), default=None
    )


def _same_place(one: Claim, other: Claim) -> bool:
    return place_key(one.place) == place_key(other.place) or key(one.place.name) == key(other.place.name)


def _shared(one: Span, other: Span) -> float:
    """Characters that both have, of those that either has; 1 where one has the other within it."""
    if one.covers(other) or other.covers(one):
        return 1.0
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(both, 0) / max(max(one.end, other.end) - min(one.start, other.start), 1)
