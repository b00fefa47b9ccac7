"""Measure how well places are found in general news, and how near the coordinates lie that they are given.

    python eval/toponyms.py [--errors] [--samples N] [--gate] [--raise]

GeoWebNews (Gritta et al. 2019, `../shared/geo/geowebnews.xml`): 200 articles of 200 outlets, toponyms marked by hand.
They are written as reports in JSONL (build/eval/geowebnews.jsonl) and read as `whoholds annotate` reads them. Gold is
every toponym with coordinates: names, names used for who lives or governs there ("Moscow says"), adjectives ("Syrian
troops") and names inside other names ("Bank of Ireland").

Recognition: a place that was read and a gold toponym are a pair where their words overlap, each counted once; what
overlaps a toponym without coordinates is not counted at all. Resolution: of the pairs whose place was given a point,
the share within 161 km (100 miles, the usual measure of geoparsers).
`--gate` fails below the floors of `toponyms_floors.json`; `--raise` lifts them to what is measured less 0.005.

A fifth of the articles is held out as elsewhere (corpora.py): counted, and never listed as errors.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import sys
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agree import apart_km
from corpora import ROOT, SHARED, is_held_out
from gate import SLACK
from whoholds.model import Mention, MentionType, Place, Report, Span
from whoholds.pipeline import Reader
from whoholds.sources import reports

CORPUS = SHARED / "geo/geowebnews.xml"
FLOORS = Path(__file__).with_name("toponyms_floors.json")
OUT = ROOT / "build/eval/geowebnews.jsonl"
NEAR_KM = 161.0
NO_TOPONYM = frozenset(["Non_Toponym", "Homonym", "Demonym", "Language"])


@dataclass(frozen=True, slots=True)
class Toponym:
    """One name that was marked by hand."""

    span: Span
    text: str
    kind: str
    """GeoWebNews' type, with its modifier: "Literal", "Non_Literal_Modifier (Adjective)"."""
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Article:
    label: str
    text: str
    title: str
    url: str
    toponyms: tuple[Toponym, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One article: pairs of gold and read, and what stands alone. Spans count in the article's text."""

    article: Article
    pairs: tuple[tuple[Toponym, Mention], ...]
    missed: tuple[Toponym, ...]
    extra: tuple[tuple[Mention, str], ...]
    """With what gold says of the words: "Non_Toponym", "no name" …"""


@dataclass(frozen=True, slots=True)
class Figures:
    pairs: int
    exact: int
    """Of the pairs, those of the very same words."""
    extra: int
    missed: int
    placed: int
    """Pairs whose place has a point."""
    near: int

    @property
    def precision(self) -> float:
        return self.pairs / max(1, self.pairs + self.extra)

    @property
    def recall(self) -> float:
        return self.pairs / max(1, self.pairs + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.pairs / max(1, 2 * self.pairs + self.extra + self.missed)

    @property
    def within(self) -> float:
        return self.near / max(1, self.placed)


def articles(path: Path = CORPUS) -> list[Article]:
    """The articles of a file in GeoWebNews' form. A toponym whose offsets are off is looked for by its words."""
    found = []
    for row in ET.parse(path).getroot().iter("article"):
        text = row.findtext("text") or ""
        toponyms = [t for t in (_toponym(x, text) for x in row.iter("toponym")) if t]
        label = f"geowebnews-{row.get('file')}"
        title, url = row.findtext("title") or "", row.findtext("link") or ""
        found.append(Article(label, text, title, url, tuple(toponyms)))
    return found


def _toponym(row: ET.Element, text: str) -> Toponym | None:
    def field(name: str) -> str:
        return (row.findtext(name) or "").strip()

    kind, name = field("type"), row.findtext("extractedName") or ""
    start, end = int(field("start")), int(field("end"))
    if text[start:end] != name:
        start = text.find(name, max(0, start - 20))
        end = start + len(name)
    if start < 0 or kind.endswith("Expression"):
        return None  # "the church", "residents": words that are no names
    modifier = field("modifierType")
    point = (float(field("latitude")), float(field("longitude"))) if field("latitude") else None
    return Toponym(Span(start, end), name, f"{kind} ({modifier})" if modifier else kind, point)


def read(found: Sequence[Article]) -> Iterator[tuple[Article, Report, list[Mention]]]:
    """Each article as a report, with the places that are read in it."""
    OUT.parent.mkdir(parents=True, exist_ok=True)
    with OUT.open("w", encoding="utf-8") as stream:
        for a in found:
            row = {"id": a.label, "text": a.text, "title": a.title, "url": a.url}
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    by_label = {a.label: a for a in found}
    reader = Reader(sift=False)
    its = reports([str(OUT)], lambda issue: print(issue, file=sys.stderr))
    for reading in reader.read_many(its):
        places = [m for m in reading.mentions if m.type is MentionType.PLACE]
        yield by_label[reading.report.label], reading.report, places


def compare(article: Article, report: Report, mentions: Iterable[Mention]) -> Compared:
    """Pairs the places read in an article with the toponyms of the gold, longest overlap first."""
    moved = shifts(article.text, report.text)
    wanted = [t for t in article.toponyms if t.point]
    left = dict(enumerate(mentions))
    spans = {key: Span(moved[m.span.start], moved[m.span.end]) for key, m in left.items()}
    options = sorted(
        (
            (
                -_shared(t.span, spans[key]),
                abs(t.span.start - spans[key].start),
                abs(t.span.end - spans[key].end),
                n,
                key,
            )
            for n, t in enumerate(wanted)
            for key in left
            if t.span.overlaps(spans[key])
        ),
    )
    pairs, met = [], set()
    for *_, n, key in options:
        if n not in met and key in left:
            met.add(n)
            pairs.append((wanted[n], left.pop(key)))
    extra = []
    for key, mention in left.items():
        over = [t for t in article.toponyms if t.span.overlaps(spans[key])]
        if any(t.point is None and t.kind not in NO_TOPONYM for t in over):
            continue  # a toponym whose coordinates nobody gave
        extra.append((mention, over[0].kind if over else "not marked"))
    missed = [t for n, t in enumerate(wanted) if n not in met]
    return Compared(article, tuple(pairs), tuple(missed), tuple(extra))


def shifts(text: str, stored: str) -> list[int]:
    """For each offset of the stored text the one in the article: storing drops control characters, no others."""
    found, at = [], 0
    for ch in stored:
        while at < len(text) and text[at] != ch and text[at].isspace() != ch.isspace():
            at += 1
        found.append(at)
        at += 1
    return [*found, at]


def _shared(a: Span, b: Span) -> int:
    return min(a.end, b.end) - max(a.start, b.start)


def km_off(toponym: Toponym, mention: Mention) -> float | None:
    """How far the place that was read lies from the gold's; None where it was given no point."""
    place = mention.value
    if not isinstance(place, Place) or place.lat is None or place.lon is None or toponym.point is None:
        return None
    return apart_km((place.lat, place.lon), toponym.point)


def figures(compared: Iterable[Compared]) -> Figures:
    rows = list(compared)
    away = [km for c in rows for t, m in c.pairs if (km := km_off(t, m)) is not None]
    return Figures(
        sum(len(c.pairs) for c in rows),
        sum(t.text == m.text for c in rows for t, m in c.pairs),
        sum(len(c.extra) for c in rows),
        sum(len(c.missed) for c in rows),
        len(away),
        sum(km <= NEAR_KM for km in away),
    )


def errors(compared: Iterable[Compared]) -> dict[str, list[str]]:
    """Errors by kind, each with where it is: of the articles that are not held out."""
    found: dict[str, list[str]] = {}

    def note(kind: str, article: Article, words: str) -> None:
        found.setdefault(kind, []).append(f"{article.label}: {words}")

    for c in compared:
        if is_held_out(c.article.label):
            continue
        for t in c.missed:
            note(f"missed: {t.kind}", c.article, t.text)
        for m, kind in c.extra:
            note(f"too much: {kind}", c.article, f"{m.text} [{_what(m)}]")
        for t, m in c.pairs:
            km = km_off(t, m)
            if km is None:
                note("without a point", c.article, f"{t.text} [{_what(m)}]")
            elif km > NEAR_KM:
                place = m.value
                assert isinstance(place, Place)
                note(f"misplaced: {_how(t, m)}", c.article, f"{t.text}, {km:.0f} km off [{_what(m)}]")
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def _how(t: Toponym, m: Mention) -> str:
    place = m.value
    assert isinstance(place, Place)
    if "Adjective" in t.kind:
        return "an adjective"
    if place.basis in ("offset", "parent"):
        return "described or placed by its parent"
    return f"a {place.place_type.value}"


def _what(m: Mention) -> str:
    place = m.value
    if not isinstance(place, Place):
        return "unresolved"
    return f"{place.place_type.value} {place.place_id} {place.country or ''}"


def show(f: Figures) -> str:
    return (
        f"recognition P {f.precision:.3f}  R {f.recall:.3f}  F1 {f.f1:.3f}  ({f.pairs} found, {f.exact} of them to the "
        f"letter, {f.extra} too much, {f.missed} missed); within 161 km {f.within:.3f} ({f.near} of {f.placed} with a "
        f"point; {f.near / max(1, f.pairs):.3f} of those found)"
    )


def measured(f: Figures) -> dict[str, float]:
    """What the gate looks at."""
    return {"recognition_f1": f.f1, "within_161_km": f.within, "with_a_point": f.placed / max(1, f.pairs)}


def gate(f: Figures, *, lift: bool, path: Path = FLOORS) -> list[str]:
    """What is below its floor, in words; with `lift` the floors are raised to what is measured, less the slack."""
    floors: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    digest = hashlib.sha256(CORPUS.read_bytes()).hexdigest()
    faults = [] if floors["sha256"] == digest else ["geowebnews.xml is not the file that the floors were measured on"]
    for name, value in measured(f).items():
        if value < floors["floors"][name]:
            faults.append(f"geowebnews: {name} is {value:.4f}, its floor {floors['floors'][name]:.4f}")
        if lift:
            floors["floors"][name] = max(floors["floors"][name], math.floor((value - SLACK) * 1000) / 1000)
    if lift and not faults:
        path.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    return faults


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="list errors by kind, without the held-out fifth")
    parser.add_argument("--samples", type=int, default=12, help="with --errors: how many of each (default 12)")
    parser.add_argument("--gate", action="store_true", help="fail below the floors")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors to what is measured")
    options = parser.parse_args(arguments)
    if not CORPUS.is_file():
        print(f"{CORPUS.name} is not present", file=sys.stderr)
        return 0 if options.gate else 2
    compared = [compare(*row) for row in read(articles())]
    kinds = errors(compared)
    if options.errors:
        for kind, rows in kinds.items():
            print(f"-- {kind}: {len(rows)}")
            for line in random.Random(0).sample(rows, min(options.samples, len(rows))):
                print(f"     {line}")
    held = [c for c in compared if is_held_out(c.article.label)]
    rest = [c for c in compared if not is_held_out(c.article.label)]
    names = [_without_adjectives(c) for c in compared]
    print(f"geowebnews: {len(compared)} articles, {len(held)} of them held out")
    for what, rows in (("all", compared), ("held out", held), ("rest", rest), ("nouns", names)):
        print(f"  {what:9} {show(figures(rows))}")
    print("  errors by kind, without the held-out fifth:")
    for kind, lines in Counter({kind: len(rows) for kind, rows in kinds.items()}).most_common():
        print(f"    {lines:5} {kind}")
    if not (options.gate or options.lift):
        return 0
    faults = gate(figures(compared), lift=options.lift)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _without_adjectives(c: Compared) -> Compared:
    """The same for the names alone: what only geoparsers call toponyms ("Syrian") neither asked nor counted."""
    pairs = tuple((t, m) for t, m in c.pairs if "Adjective" not in t.kind)
    return Compared(c.article, pairs, tuple(t for t in c.missed if "Adjective" not in t.kind), c.extra)


if __name__ == "__main__":
    sys.exit(main())
