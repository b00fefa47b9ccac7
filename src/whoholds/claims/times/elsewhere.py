"""What one claim of a report tells of another's date: the same event told with its day, and events counted from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from whoholds.annotate.times import resolve_time
from whoholds.annotate.times.meaning import Shift
from whoholds.claims.draft import Draft
from whoholds.claims.times.timeline import Timeline
from whoholds.claims.times.words import Timed
from whoholds.gazetteer.names import fold
from whoholds.model import Kind, Mode, Role, Span, When

LEAVING = frozenset([Kind.LOSES, Kind.WITHDRAWS])
CHANGES = LEAVING | {Kind.GAINS}
DAYS = timedelta(days=3)
"""How exact a date must be to serve for the same event elsewhere."""
WEEK = timedelta(days=7)
"""So old the news of a headline may be."""


@dataclass(frozen=True, slots=True)
class Dated:
    """The interval of a claim and the words it rests on."""

    when: When
    span: Span | None
    told: bool = False
    """The words themselves say when it happened."""


class Elsewhere:
    """The dates of a report's drafts, mended by each other.

    "The fall of P" has the date at which P is told to have fallen; what happened "a week after the fall of P" is
    counted from it.
    """

    def __init__(self, timeline: Timeline, drafts: Sequence[Draft], each: list[Dated]) -> None:
        self.timeline, self.drafts, self.each = timeline, drafts, each
        self.told: dict[tuple[Kind, str | None, str], list[When]] = {}
        for d, dated in zip(drafts, each, strict=True):
            when = dated.when
            exact = when.start and when.end and when.end - when.start <= DAYS
            if dated.told and exact and d.mode is Mode.ASSERTED and self._counts(d) is None:
                self.told.setdefault(_event(d), []).append(when)

    def dates(self) -> list[Dated]:
        """The drafts' dates, in their order."""
        found = [self._again(d, self._pointing(d, dated)) for d, dated in zip(self.drafts, self.each, strict=True)]
        for number, d in enumerate(self.drafts):
            t = self._counts(d)
            known = self._once(self.told.get(_event(d), [])) if t is not None else None
            if t is None or known is None:
                continue
            found[number] = Dated(replace(known, basis=f"as told elsewhere, {known.basis}"), t.expr.span)
            moved = _moved(t, known)
            for other, e in enumerate(self.drafts):
                if moved is not None and e.sentence == d.sentence and self._is_main(e, d, t) and not found[other].told:
                    found[other] = Dated(moved, t.expr.span, told=True)
        return found

    def _counts(self, d: Draft) -> Timed | None:
        """The expression that counts from this event: "a week after the fall of P"."""
        row = self.timeline.by_sentence[d.sentence]
        return next((t for t in row if t.expr.of_event and d.token in (t.event, t.predicate)), None)

    def _is_main(self, e: Draft, d: Draft, t: Timed) -> bool:
        """True for what happened then: told in the main clause, and not part of the event that is counted from."""
        if e is d or e.kind.is_state or e.mode is not Mode.ASSERTED:
            return False
        doc = self.timeline.document.sentences[e.sentence].doc
        return not any(x.i == d.token or x.i in range(t.first, t.last + 1) for x in doc[e.token].ancestors)

    def _pointing(self, d: Draft, dated: Dated) -> Dated:
        if not self._points(d) or dated.told:
            return dated
        told = self.told.get(_event(d), [])
        if not told and d.kind in LEAVING:
            told = self._taken(d)
        if self.timeline.document.sentences[d.sentence].role is Role.TITLE:
            # of an event that is told twice, the news
            told = sorted(told, key=lambda w: w.end or date.min)[-1:]
            if not told and self._is_news(d) and not any(e.told for e in self._same_event(d)):
                return replace(dated, when=_of_the_week(dated.when))
        return replace(dated, when=self._same(dated.when, told))

    def _same_event(self, d: Draft) -> list[Dated]:
        return [each for other, each in zip(self.drafts, self.each, strict=True) if _event(other) == _event(d)]

    def _is_news(self, d: Draft) -> bool:
        """ "Rebels take P", "Rebels driven out of P": a report's headline tells what has just happened."""
        verb = self.timeline.document.sentences[d.sentence].doc[d.token]
        published = self.timeline.published
        dated = published is not None and published.precision == "day"
        return dated and d.cue.form == "verb" and d.kind in CHANGES and verb.tag_ in ("VBZ", "VBP", "VBN", "VB")

    def _again(self, d: Draft, dated: Dated) -> Dated:
        """ "had recaptured P by the 12th": after the day on which P is told to have been taken from them."""
        when = dated.when
        if (
            not d.retaken
            or d.kind is not Kind.GAINS
            or d.mode is not Mode.ASSERTED
            or when.start is not None
            or when.end is None
        ):
            return dated
        lost = [x.start for x in self._taken(d) if x.start and x.start <= when.end]
        return replace(dated, when=replace(when, start=max(lost), precision="range")) if lost else dated

    def _points(self, d: Draft) -> bool:
        """ "the fall of P", "admitted that they lost P", a headline: an event told elsewhere in its own words."""
        if d.mode is not Mode.ASSERTED or d.kind not in (*CHANGES, Kind.REPELS):
            return False
        role = self.timeline.document.sentences[d.sentence].role
        again = (d.cue.form == "noun" and d.kind in CHANGES) or d.kind is Kind.LOSES
        return role is Role.TITLE or (role is Role.BODY and again)

    def _taken(self, d: Draft) -> list[When]:
        """When others took what "the loss of P" speaks of."""
        place = fold(d.place.name or "")
        return [
            when
            for (kind, actor, where), dates in self.told.items()
            if kind is Kind.GAINS and where == place and actor != d.actor
            for when in dates
        ]

    def _once(self, told: list[When]) -> When | None:
        """The date told, where there is but one."""
        starts = [x.start for x in told if x.start]
        return told[0] if starts and max(starts) - min(starts) <= DAYS else None

    def _same(self, when: When, told: list[When]) -> When:
        """The date told elsewhere, where it fits: not long ago, and not after `when`."""
        found = self._once(told)
        if found is None or when.end is None or not self.timeline.recent(found):
            return when
        if found.end is None or found.end > when.end or (when.start and found.start and found.start < when.start):
            return when
        return replace(found, basis=f"as told elsewhere, {found.basis}")


def _event(d: Draft) -> tuple[Kind, str | None, str]:
    return d.kind, d.actor, fold(d.place.name or "")


def _of_the_week(when: When) -> When:
    """The week up to its end, where it has no start."""
    if when.start is not None or when.end is None:
        return when
    return replace(when, start=when.end - WEEK, basis=f"news, {when.basis}", precision="range")


def _moved(t: Timed, known: When) -> When | None:
    """So long after, or before, the day of the event."""
    m = t.expr.meaning
    if not isinstance(m, Shift):
        return None
    expr = replace(t.expr, meaning=Shift(m.count, m.unit, m.back, "mentioned"))
    return resolve_time(expr, published=None, previous=known)
