"""The words of a report that carry a claim."""

from __future__ import annotations

from whoholds.annotate.document import Sentence
from whoholds.annotate.places.names import PlaceRef
from whoholds.claims.frames.forms import Frame
from whoholds.model import Span

LONG = 160
"""Characters of a quote that is made longer than it has to be."""
BEFORE = frozenset(["nsubj", "nsubj:pass", "aux", "aux:pass", "neg", "advmod"])
BEHIND = frozenset(["obl", "obj", "advmod", "xcomp", "nmod", "advcl", "compound:prt"])
"""Relations of a cue to what its own clause says beside it."""
ENDS = frozenset(["conj", "parataxis", "cc"])


def quote_of(s: Sentence, frame: Frame, ref: PlaceRef | None, actor: Span | None) -> tuple[Span, Span]:
    """The quote of a claim, and of it the words of the cue.

    From the cue to the place, if it stands in the sentence, and to the actor where it stands near; with what the cue's
    clause says before and after that, so that "fled to Kano when a second wave came" is not cut to "fled".
    """
    first, last = min(frame.words), max(frame.words)
    cue = s.char_span(first, last)
    if ref is not None:
        first, last = min(first, ref.first), max(last, ref.last)
    span = s.char_span(first, last)
    if actor is not None and s.span.covers(actor):
        wide = Span(min(span.start, actor.start), max(span.end, actor.end))
        if wide.end - wide.start <= LONG:
            span = wide
    return _with_clause(s, frame.token, span), cue


def _with_clause(s: Sentence, token: int, span: Span) -> Span:
    """Up to the next clause or mark behind the cue, and from its subject on, as long as it stays short."""
    cue = s.doc[token]
    if cue.pos_ in ("NOUN", "PROPN"):
        return span
    last = max((t.right_edge.i for t in cue.rights if t.dep_ in BEHIND), default=token)
    behind = s.doc[token + 1 : last + 1]
    ends = (t.i for t in behind if (t.head.i == token and t.dep_ in ENDS) or t.text in ";:()")
    end = max(span.end, s.char_span(token, next(ends, last + 1) - 1).end)
    if end - span.start <= LONG:
        span = Span(span.start, end)
    first = min((t.left_edge.i for t in cue.lefts if t.dep_ in BEFORE), default=token)
    start = min(span.start, s.char_span(first, token).start)
    return Span(start, span.end) if span.end - start <= LONG else span
