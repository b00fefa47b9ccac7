"""Where claims go wrong, by stage: what was missed and why, and what was read too much and by which cue.

The strict ring decides what is missed and what is extra. A missed claim is put down to the first stage that failed:

    layout   its quote stands in what was taken for furniture, or not in the text
    no cue   no word of the quote is a cue
    no claim a cue stands in the quote, and no claim was read that touches it
    a member only claims touch it that are right for another: one town of a list, one side of two
    fields   a claim touches it, and differs in the fields named ("actor", "kind+place")

Held-out reports are never among them (`corpora.py` says why); the caller passes the others.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import agree
import score
from corpora import Row, is_held_out
from reading import Read
from whoholds.model import Report, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Missed:
    gold: Row
    stage: str
    nearest: Row | None = None
    """The claim that touches it and differs least."""
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extra:
    read: Row
    why: str
    """The fields that differ from the nearest gold claim whose quote it touches, or "nothing there"."""
    nearest: Row | None = None


@dataclass(slots=True)
class Errors:
    missed: list[Missed]
    extra: list[Extra]
    right: Counter[str]
    """How many claims of each cue were right."""


def find_errors(claims: Sequence[Row], read: Iterable[Read], ring: str = "strict") -> Errors:
    """The errors in the reports of one corpus that are not held out."""
    gold = score.by_report(claims)
    found = Errors([], [], Counter())
    for one in read:
        label = one.report.label
        if is_held_out(label):
            continue
        compared = score.compare(ring, gold[label], one.claims)
        wrong = {id(row) for row in compared.extra}
        found.right.update(row["rule"] for row in one.claims if id(row) not in wrong)
        found.missed += [_missed(g, one, wrong) for g in compared.missed]
        found.extra += [_extra(p, one.report, gold[label]) for p in compared.extra]
    return found


def places_of(quote: str, text: str) -> list[Span]:
    """Everywhere that a quote stands in a text."""
    spans, start = [], text.find(quote) if quote else -1
    while start >= 0:
        spans.append(Span(start, start + len(quote)))
        start = text.find(quote, start + 1)
    return spans


def _readable(span: Span, report: Report) -> bool:
    return any(s.role.can_carry_claims and s.span.overlaps(span) for s in report.sections)


def _missed(gold: Row, one: Read, wrong: set[int]) -> Missed:
    """`wrong`: identities of the claims that agree with nothing in gold."""
    spans = [s for s in places_of(gold["quote"], one.report.text) if _readable(s, one.report)]
    if not spans:
        return Missed(gold, "layout")
    near = [row for row in one.claims if any(s.overlaps(_quote(row)) for s in spans)]
    cues = tuple(sorted({cue for start, end, cue in one.cues if any(s.overlaps(Span(start, end)) for s in spans)}))
    if not near:
        return Missed(gold, "no claim" if cues else "no cue", None, cues)
    false = [row for row in near if id(row) in wrong]
    nearest = min(false or near, key=lambda row: len(differing(gold, row)))
    return Missed(gold, ("+".join(differing(gold, nearest)) or "same") if false else "a member", nearest, cues)


def _extra(row: Row, report: Report, gold: Sequence[Row]) -> Extra:
    quote = _quote(row)
    near = [g for g in gold if any(s.overlaps(quote) for s in places_of(g["quote"], report.text))]
    if not near:
        return Extra(row, "nothing there")
    nearest = min(near, key=lambda g: len(differing(g, row)))
    return Extra(row, "+".join(differing(nearest, row)) or "same", nearest)


def _quote(row: Row) -> Span:
    return Span(row["quote_start"], row["quote_end"])


def differing(gold: Row, row: Row) -> list[str]:
    """The fields of the strict ring in which two claims differ."""
    fields = [f for f in ("kind", "actor") if gold.get(f) != row.get(f)]
    fields += [] if agree.same_place(gold, row) else ["place"]
    return fields + ([] if agree.mode(gold) == agree.mode(row) else ["mode"])


# ---------------------------------------------------------------------------------------------------------- printing
def show(errors: Errors, name: str, samples: int) -> str:
    """Tables of the errors, most frequent first, with a few of each; the same few each time."""
    out = [f"== {name}: {len(errors.missed)} missed, {len(errors.extra)} extra (strict, without the held-out fifth)"]
    stages: defaultdict[str, list[Missed]] = defaultdict(list)
    for m in errors.missed:
        stages[m.stage].append(m)
    out.append("-- missed, by stage")
    for stage, rows in _by_size(stages):
        out.append(f"{len(rows):5} {len(rows) / len(errors.missed):4.0%}  {stage}")
        if stage == "no claim":
            cues = Counter(cue for m in rows for cue in m.cues)
            out.append("             by cue: " + ", ".join(f"{cue} {n}" for cue, n in cues.most_common(25)))
        out += [f"             {_line(m.gold)}{_but(m.nearest)}{_cues(m)}" for m in _some(rows, samples)]
    out.append("-- by field: read instead of gold's")
    for field in ("actor", "kind", "mode"):
        pairs = Counter(
            f"{m.nearest.get(field)} for {m.gold.get(field)}"
            for m in errors.missed
            if m.stage != "a member" and m.nearest is not None and m.nearest.get(field) != m.gold.get(field)
        )
        out += [f"{n:5}       {field}: {pair}" for pair, n in pairs.most_common(10)]
    rules: defaultdict[str, list[Extra]] = defaultdict(list)
    for e in errors.extra:
        rules[e.read["rule"]].append(e)
    out.append("-- extra, by cue (and how many of its claims were right)")
    for rule, extra in _by_size(rules):
        why = ", ".join(f"{w} {n}" for w, n in Counter(e.why for e in extra).most_common(4))
        out.append(f"{len(extra):5} to {errors.right[rule]:4} right  {rule}: {why}")
        out += [f"             {_line(e.read)}{_but(e.nearest)}" for e in _some(extra, samples)]
    return "\n".join(out)


def _by_size(groups: dict[str, list[T]]) -> list[tuple[str, list[T]]]:
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def _some(rows: list[T], number: int) -> list[T]:
    return random.Random(len(rows)).sample(rows, min(number, len(rows)))


def _line(row: Row) -> str:
    what = f"{row['kind']} {row.get('actor') or '-'} {row.get('place')} {agree.mode(row)}"
    return f"{row['report'][:24]:24} {what} | {' '.join(str(row.get('quote')).split())[:110]}"


def _but(other: Row | None) -> str:
    if other is None:
        return ""
    return f"  <> {other['kind']} {other.get('actor') or '-'} {other.get('place')} {agree.mode(other)}"


def _cues(m: Missed) -> str:
    return f"  [{', '.join(m.cues[:4])}]" if m.stage == "no claim" else ""
