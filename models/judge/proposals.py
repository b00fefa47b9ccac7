"""What the frames propose, as a judge sees it: every cue with the places around it, and who could be its actor.

usage: proposals.py OUT.pkl       (every report of eval/corpora.py, read once)

A **pair** is a cue and a place, with what the frames read of it and the traits that a judge may weigh. Gold tells of
which kinds the pair is a claim. A **side** is an actor it could be of.
"""

from __future__ import annotations

import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import agree
import corpora
import errors
from nearby import Near, Sides, places_near, worth_weighing
from reading import reader
from samples import KINDS, Pair, Read, Sample, fold_of, hashed
from traits import Told, pair_traits
from whoholds.annotate.document import Sentence
from whoholds.claims import build as building
from whoholds.claims.draft import Context, Draft
from whoholds.claims.frames.find import find_frames
from whoholds.claims.modes.mode import read_mode
from whoholds.exports.records import claim_record
from whoholds.model import Mention, MentionType, Place, Report
from whoholds.sources import reports

FORMS = ("verb", "noun", "phrase", "adjective", "compound", "attributive")
PARTS = ("NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADP", "PRON", "NUM", "ADV", "DET")
CLASSES = ("named", "state", "nonstate", "pronoun", "tribal", "people", "again", "enemy")
SOURCES = ("named", "phrase", "pointing")
BASIC = ("source=", "type=", "lic=", "way=before", "back=")
"""Traits of a pair that say nothing of what the frames read: all that an encoder that reads alone is told."""
SHORT = 3
"""Sentences of fewer words are left out."""
ALSO = {
    "gains": ("loses", "holds"),
    "holds": ("gains",),
    "contests": ("gains",),
    "advances": ("gains", "contests"),
    "withdraws": ("loses",),
    "loses": ("gains", "withdraws"),
    "besieges": ("contests",),
    "clears": ("gains",),
    "repels": ("contests",),
    "absent": (),
}
"""Kinds that the words of another kind may say as well."""


def collect() -> tuple[list[Read], list[Sample]]:
    """Every report with claims by hand, those that stand apart too, and its sentences with cues."""
    read: list[Read] = []
    samples: list[Sample] = []
    for corpus in (*corpora.chosen(), *corpora.apart()):
        gold = defaultdict(list)
        for claim in corpus.claims:
            gold[claim["report"]].append(claim)
        for report in reports([str(corpus.inputs)], lambda issue: print(issue, file=sys.stderr)):
            if report.label in corpus.labels:
                one, its = propose(len(read), corpus.name, report, gold[report.label])
                read.append(one)
                samples += its
    return read, samples


def propose(number: int, corpus: str, report: Report, gold: list[dict[str, Any]]) -> tuple[Read, list[Sample]]:
    """What the frames read of a report, and what else its cues could be claims of. `number`: which report it is."""
    warm = reader()
    with _watched() as seen:
        reading = warm.read(report)
    drafts: dict[Any, Draft] = {}
    for _, found in seen:
        drafts |= {(d.kind, d.actor, d.place.name, d.mode, d.quote): d for d in found}
    its = [drafts.get((c.kind, c.actor, c.place.name, c.mode, c.quote)) for c in reading.claims]
    records = [claim_record(c) for c in reading.claims]
    told = Read(corpus, report.label, fold_of(report.label), records, [d is None or d.inferred for d in its], gold)
    samples = [x for context, _ in seen for x in _samples(number, told, report.text, context, its, reading.mentions)]
    return told, samples


@contextmanager
def _watched() -> Iterator[list[tuple[Context, list[Draft]]]]:
    """What the builder of claims is given and makes, while a report is read."""
    seen: list[tuple[Context, list[Draft]]] = []
    plain = building.build

    def watched(context: Context) -> list[Draft]:
        drafts = plain(context)
        seen.append((context, drafts))
        return drafts

    building.build = watched
    try:
        yield seen
    finally:
        building.build = plain


def _samples(
    number: int, told: Read, text: str, c: Context, drafts: Sequence[Draft | None], mentions: Sequence[Mention]
) -> Iterator[Sample]:
    located = {m.span.start: m.value for m in mentions if m.type is MentionType.PLACE and isinstance(m.value, Place)}
    of: dict[int, list[tuple[int, Draft]]] = defaultdict(list)
    for i, d in enumerate(drafts):
        if d is not None:
            of[d.sentence].append((i, d))
    sides = Sides(c, drafts)
    for n, s in enumerate(c.document.sentences):
        cues = _cues(c, s)
        frames = {f.token: f for f in reversed(list(find_frames(s, c.cues)))}
        inside = {w for f in frames.values() for w in f.words if w != f.token}
        read = [d for _, d in of[n]]
        if len(s.doc) < SHORT:
            continue
        places = places_near(c, n, read, located)
        pairs = []
        for t in sorted((set(cues) - inside) | {d.token for d in read}):
            mode = str(read_mode(s, t)[0])
            said = [str(x.kind) for x in cues.get(t, ())]
            for place in worth_weighing(t, places, frames.get(t), read):
                claims = {KINDS.index(str(d.kind)): i for i, d in of[n] if d.token == t and d.place.name == place.name}
                kinds = dict.fromkeys([*said, *(k for x in said for k in ALSO[x]), *(KINDS[k] for k in claims)])
                tell = Told(c, n, s, t, place, frames.get(t), read, cues.get(t, []), cues)
                traits = pair_traits(tell, mode)
                pairs.append(
                    Pair(
                        t,
                        (place.first, place.last) if place.back == 0 and place.first >= 0 else None,
                        place.first if place.back == 1 and place.first >= 0 else None,
                        {"place": place.name, "lat": place.lat, "lon": place.lon},
                        [KINDS.index(k) for k in kinds],
                        mode,
                        hashed(traits),
                        hashed([v for v in traits if v.startswith(BASIC)]),
                        claims,
                        sides.of(tell, [drafts[i] for i in claims.values()]),
                    )
                )
        if pairs:
            for g in told.gold:
                _mark(pairs, g, s, text)
            words, before = [t.text for t in s.doc], _before(c, n)
            yield Sample(number, words, before, _tags(c, n, cues, places), pairs, _fallback(told, of[n]))


def _cues(c: Context, s: Sentence) -> dict[int, list[Any]]:
    """Senses of each word, whatever stands around it."""
    found = {}
    for t in s.doc:
        words = dict.fromkeys((t.lower_, s.lemma(t)))
        if rows := [x for form in FORMS for w in words for x in c.cues.of(form, w) if x.kind]:
            found[t.i] = rows
    return found


def _mark(pairs: list[Pair], g: dict[str, Any], s: Sentence, text: str) -> None:
    """Which pairs a gold claim is: a cue within its quote before one beside it, a place here before one elsewhere."""
    spans = [q for q in errors.places_of(g["quote"], text) if s.span.start < q.end and q.start < s.span.end]
    kind = KINDS.index(g["kind"])
    pool = []
    for p in pairs if spans else ():
        if kind in p.kinds and agree.same_place(g, p.row):
            cue = s.char_span(p.cue, p.cue)
            within = any(q.covers(cue) for q in spans)
            away = 0 if within else min(min(abs(cue.start - q.start), abs(cue.start - q.end)) for q in spans)
            pool.append(((within, -away, p.place is not None), p))
    best = max((rank for rank, _ in pool), default=None)
    for rank, p in pool:
        if rank == best:
            if g.get("doubtful"):
                p.doubtful.add(kind)
            else:
                p.right.setdefault(kind, []).append(g)


def _tags(c: Context, n: int, cues: dict[int, list[Any]], places: list[Near]) -> list[tuple[int, int, int, int]]:
    """What the reader knows of each word, 0 for nothing: part of speech, kind of cue, place, actor."""
    place, actor = Counter[int](), Counter[int]()
    for p in places:
        if p.back == 0 and p.first >= 0 and p.source in SOURCES:
            place.update(dict.fromkeys(range(p.first, p.last + 1), 1 + SOURCES.index(p.source)))
    for _, ref in c.register.census.refs[n]:
        for i in range(ref.first, ref.last + 1):
            actor[i] = 1 + CLASSES.index(ref.cls) if ref.cls in CLASSES else 1 + len(CLASSES)
    return [
        (
            PARTS.index(t.pos_) + 1 if t.pos_ in PARTS else 0,
            1 + KINDS.index(str(cues[t.i][0].kind)) if t.i in cues else 0,
            min(place[t.i], len(SOURCES)),
            actor[t.i],
        )
        for t in c.document.sentences[n].doc
    ]


def _before(c: Context, n: int) -> list[str]:
    """The words of the sentence before, where it is of the same section."""
    if n == 0 or c.document.sentences[n - 1].section != c.document.sentences[n].section:
        return []
    return [t.text for t in c.document.sentences[n - 1].doc]


def _fallback(told: Read, drafts: list[tuple[int, Draft]]) -> dict[str, Any]:
    """Date and speaker of a claim that a judge adds: those of the sentence's other claims, else the report's day."""
    if drafts:
        first = told.claims[drafts[0][0]]
        return {key: first[key] for key in ("start", "end", "speaker", "extent")}
    ends = Counter(row["end"] for row in told.claims if row["end"])
    return {"start": None, "end": ends.most_common(1)[0][0] if ends else None, "speaker": None, "extent": None}


if __name__ == "__main__":
    out = Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(pickle.dumps(collect()))
