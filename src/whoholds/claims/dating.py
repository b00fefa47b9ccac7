"""Which time belongs to which claim, and the interval that it makes for the claim's kind and mode."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.times import TimeExpression, resolve_time
from whoholds.claims.draft import Draft
from whoholds.model import Kind, Mode, Role, Span, When
from whoholds.resolve.dates import story_year

PAST_TAGS = frozenset(["VBD", "VBN"])


@dataclass(frozen=True, slots=True)
class Dated:
    """The interval of a claim and the words it rests on."""

    when: When
    span: Span | None


@dataclass(frozen=True, slots=True)
class _Resolved:
    expr: TimeExpression
    when: When
    governor: int
    """Token of the verb or predicate that the expression hangs on."""
    head: int


class Calendar:
    """All time expressions of a report, resolved in order, each with the word it hangs on."""

    def __init__(self, document: Document, published: When | None) -> None:
        self.document, self.published = document, published
        self.by_sentence: list[list[_Resolved]] = []
        self.before: list[When | None] = []
        previous: When | None = story_year(document.report) if published is None else None
        for s in document.sentences:
            self.before.append(previous)
            row: list[_Resolved] = []
            for expr in s.times:
                place = s.token_range(expr.span)
                if place is None:
                    continue
                governor, head = _governor(s, *place)
                future = _is_future(s, governor)
                near = previous if not expr.time_of_day or any(r.when is previous for r in row) else None
                when = resolve_time(expr, published=published, previous=near, past=not future)
                if when is None:
                    continue
                row.append(_Resolved(expr, when, governor, head))
                if expr.can_anchor and (when.start or when.end):
                    previous = when
            self.by_sentence.append(row)

    def of(self, d: Draft) -> Dated:
        """The interval of a draft: by the time that its own clause states, else by tense and the report's date."""
        s = self.document.sentences[d.sentence]
        found = self._pick(s, d)
        day = self.published.end if self.published else None
        first = self.published.start if self.published else None
        if d.mode is Mode.PLANNED:
            end = (
                found.when.end
                if found and found.when.end and day and found.when.end >= day and found.expr.until
                else None
            )
            return Dated(When(None, end, "planned", "open"), found.expr.span if found and end else None)
        if d.mode is Mode.POSSIBLE and found is None:
            return Dated(When(None, day, "possible", "open"), None)
        if found is not None:
            return Dated(self._fit(found, d, s, day), found.expr.span)
        inherited = self._inherited(s)
        if inherited is not None and not d.kind.is_state:
            return Dated(inherited, None)
        if d.kind.is_state:
            if d.ends or (d.cue.form == "compound" and _until_taken(s, d)):
                return Dated(When(None, day, "until it changed", "open"), None)
            return Dated(When(first, day, "state on the report's date"), None)
        if (
            _is_present(s, d.token)
            and d.kind in (Kind.CONTESTS, Kind.ADVANCES, Kind.CLEARS, Kind.REPELS, Kind.WITHDRAWS)
            and first
        ):
            return Dated(When(first, day, "going on at the report's date"), None)
        return Dated(When(None, day, "by the report's date", "open"), None)

    # ------------------------------------------------------------------------------------------------------------
    def _pick(self, s: Sentence, d: Draft) -> _Resolved | None:
        """The expression that hangs on the cue, on the verb the cue hangs on, or on a verb beside it."""
        row = [r for r in self.by_sentence[s.index] if not (r.expr.present and not r.expr.since)]
        if not row:
            return None
        chain = _chain(s, d.token)
        words = s.token_range(d.cue_span) or (d.token, d.token)
        own = [r for r in row if r.governor == d.token or words[0] <= r.governor <= words[1]]
        if own and d.place_sentence == d.sentence and len(row) > 1 and d.place.first > d.token:
            # "seized A on Tuesday and B on Thursday": the date after the place
            behind = [r for r in row if 0 < r.head - d.place.last <= 4]
            if behind:
                return min(behind, key=lambda r: r.head)
        if own:
            return min(own, key=lambda r: abs(r.head - d.token))
        for step, node in enumerate(chain[1:], 1):
            here = [r for r in row if r.governor == node]
            if here and not _says(s, node):
                return min(here, key=lambda r: abs(r.head - d.token))
            if _stops(s, chain[step - 1]):
                break
        # A sentence with one date, which stands before the cue or right after it, and no verb between.
        loose = [
            r for r in row if not self._taken(s, r, d) and r.expr.span.start < s.char_span(d.token, d.token).start + 120
        ]
        if len(row) == 1 and loose and not _says(s, loose[0].governor) and not _background(s, d):
            return loose[0]
        return None

    def _taken(self, s: Sentence, r: _Resolved, d: Draft) -> bool:
        """True where the expression belongs to another clause with its own subject."""
        clause = s.clause_of.get(r.governor)
        if clause is None:
            return False
        return r.governor != d.token and clause.relation in ("relcl", "acl", "advcl", "acl:relcl")

    def _fit(self, r: _Resolved, d: Draft, s: Sentence, day: date | None) -> When:
        when = r.when
        basis = when.basis or r.expr.text
        if d.kind.is_state or (r.expr.since and d.kind in (Kind.CONTESTS, Kind.CLEARS)):
            start, end = when.start, when.end
            if r.expr.until:
                return When(None if start == end else start, end, basis, "range")
            if r.expr.since or not (start and end) or _perfect(s, d.token):
                end = end if r.expr.is_range else day or end
            if start and end and end < start:
                end = start
            return When(start, end, basis, when.precision)
        return replace(when, basis=basis)

    def _inherited(self, s: Sentence) -> When | None:
        """In a passage without a date of its own (an encyclopedia's) events go on from the date last told."""
        if self.published is not None:
            return None
        return self.before[s.index]


def _governor(s: Sentence, first: int, last: int) -> tuple[int, int]:
    """The verb (or predicate, or noun cue) above the words of an expression, and the expression's own head."""
    inside = range(first, last + 1)
    t = next((s.doc[i] for i in inside if s.doc[i].head.i not in inside), s.doc[first])
    head = t.i
    node = t
    for _ in range(6):
        if node.head.i == node.i:
            break
        node = node.head
        if node.i in s.clause_of or node.dep_ == "ROOT" or node.pos_ in ("VERB",):
            break
        if node.pos_ == "NOUN" and node.dep_ not in ("nmod", "obl", "compound", "appos"):
            break
    return node.i, head


def _chain(s: Sentence, token: int) -> list[int]:
    out, t = [token], s.doc[token]
    for _ in range(6):
        if t.head.i == t.i:
            break
        t = t.head
        out.append(t.i)
    return out


def _stops(s: Sentence, token: int) -> bool:
    """A relative clause or a modifier has a time of its own, or none."""
    return s.doc[token].dep_ in ("acl:relcl", "amod", "appos", "compound")


def _says(s: Sentence, token: int) -> bool:
    from whoholds.annotate.words import lexis

    t = s.doc[token]
    return lexis().has("say", s.lemma(token)) and any(
        c.dep_ in ("ccomp", "parataxis") or c.text in '"“”' for c in t.children
    )


def _background(s: Sentence, d: Draft) -> bool:
    return s.doc[d.token].dep_ in ("amod", "compound") or d.cue.form == "compound"


def _is_future(s: Sentence, token: int) -> bool:
    clause = s.clause_of.get(token)
    return clause is not None and bool({"will", "shall"} & set(clause.auxiliaries))


def _is_present(s: Sentence, token: int) -> bool:
    clause = s.clause_of.get(token)
    t = s.doc[token]
    if clause is None:
        return t.pos_ == "NOUN" and s.doc[t.head.i].tag_ in ("VBZ", "VBP", "VBG")
    tags = {c.lower_ for c in t.children if c.dep_ in ("aux", "aux:pass", "cop")} | {
        t.lower_ if t.lower_ in ("is", "are") else ""
    }
    if tags & {"is", "are", "'re", "'s", "am"}:
        return not tags & {"was", "were", "had"}
    return t.tag_ in ("VBZ", "VBP") and s.role is not Role.TITLE


def _perfect(s: Sentence, token: int) -> bool:
    clause = s.clause_of.get(token)
    return clause is not None and "have" in clause.auxiliaries


def _until_taken(s: Sentence, d: Draft) -> bool:
    """ "retook the last ISIS-held town": it was held until it was taken."""
    t = s.doc[d.token]
    for _ in range(5):
        if t.head.i == t.i:
            return False
        t = t.head
        if s.lemma(t) in (
            "take",
            "retake",
            "capture",
            "recapture",
            "seize",
            "liberate",
            "free",
            "regain",
            "overrun",
            "secure",
        ):
            return True
    return False


def day_after(day: date, days: int) -> date:
    return day + timedelta(days=days)
