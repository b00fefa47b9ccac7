"""Measure how many of the places that gold claims are about are found in the reports, and get coordinates.

    python eval/places.py [--missed] [--list] [--gate] [--raise]

Over the firm claims of every corpus (asserted, not doubtful): the share whose place is found, by a mention or a claim
that agrees with its name (`agree.same_place`); of those with a settlement (no description, no province, road,
airport), the share that is given a point by the gazetteer; and of the settlements of `gold/places_checked.csv` that get
a point, the share whose point is right. That list was drawn by lot from what the reader had resolved and checked by
hand against what is known of each place and the report's country; three that could not be told apart were left out.
`--gate` fails below `places_floors.json`. `--missed` prints places that are not found or have no point, and `--list`
what each settlement resolved to; held-out reports are in neither.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import score
from agree import apart_km, is_described, same_place
from corpora import Corpus, Row, chosen, is_held_out
from gate import SLACK
from reading import Read, read_corpora
from whoholds.model import Place, PlaceType
from whoholds.resolve.typed import parse_typed

FLOORS = Path(__file__).with_name("places_floors.json")
CHECKED = Path(__file__).with_name("gold") / "places_checked.csv"
RIGHT_KM = 25.0
"""How far a point may lie from the one in the list: towns have extent, and their coordinates differ by source."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place of one report's firm claims, and what the reader made of it."""

    corpus: str
    report: str
    name: str
    claims: int
    place: Place | None
    """What agrees with it, the one with a point if there is one; None where nothing does."""

    @property
    def is_settlement(self) -> bool:
        """By its name alone, or by what it resolved to: no area, province, road, airport."""
        typed = parse_typed(self.name)
        if is_described(self.name) or (typed and typed.place_type is not PlaceType.SETTLEMENT):
            return False
        return self.place is None or self.place.place_type in (PlaceType.SETTLEMENT, PlaceType.PART)

    @property
    def has_point(self) -> bool:
        return self.place is not None and self.place.lat is not None and self.place.basis == "gazetteer"


def find(read: Iterable[Read], corpora: Sequence[Corpus]) -> list[Found]:
    """Every place of the firm claims of corpora, once for each report that was read."""
    gold = {corpus.name: score.by_report(corpus.claims) for corpus in corpora}
    found = []
    for one in read:
        counts: dict[str, int] = {}
        for claim in gold[one.corpus][one.report.label]:
            if _firm(claim):
                counts[claim["place"]] = counts.get(claim["place"], 0) + 1
        for name, claims in counts.items():
            agreed = [p for p in one.places if same_place({"place": name}, {"place": p.name})]
            agreed.sort(key=lambda p: (p.name.casefold() != name.casefold(), p.lat is None))
            found.append(Found(one.corpus, one.report.label, name, claims, agreed[0] if agreed else None))
    return found


@dataclass(frozen=True, slots=True)
class Checked:
    """One settlement of one report, and where it truly lies."""

    corpus: str
    report: str
    name: str
    country: str
    lat: float
    lon: float

    def is_right(self, place: Place) -> bool:
        """Whether a resolved place is this one."""
        assert place.lat is not None
        assert place.lon is not None
        near = apart_km((place.lat, place.lon), (self.lat, self.lon)) <= RIGHT_KM
        return near and place.country == self.country


def checked(path: Path = CHECKED) -> list[Checked]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            Checked(r["corpus"], r["report"], r["name"], r["country"], float(r["lat"]), float(r["lon"]))
            for r in csv.DictReader(stream)
        ]


def wrong(found: Sequence[Found], rows: Sequence[Checked]) -> tuple[list[tuple[Checked, Place]], int]:
    """The rows whose place was given another point, and how many were given one at all."""
    by_key = {(f.corpus, f.report, f.name): f for f in found}
    pairs = [(row, f.place) for row in rows if (f := by_key.get((row.corpus, row.report, row.name))) and f.has_point]
    return [(row, place) for row, place in pairs if place is not None and not row.is_right(place)], len(pairs)


def _firm(claim: Row) -> bool:
    return bool(claim.get("place")) and not claim.get("doubtful") and (claim.get("mode") or "asserted") == "asserted"


def measured(found: Sequence[Found]) -> dict[str, float]:
    """Shares of claims: found in the text, and of those with a settlement that is found, with a point."""
    towns = [f for f in found if f.place is not None and f.is_settlement]
    others, placed = wrong(found, checked())
    return {
        "found": _share([f for f in found if f.place], found),
        "with_a_point": _share([f for f in towns if f.has_point], towns),
        "right": 1 - len(others) / max(1, placed),
    }


def _share(some: Sequence[Found], of: Sequence[Found]) -> float:
    return sum(f.claims for f in some) / max(1, sum(f.claims for f in of))


def gate(values: dict[str, float], *, lift: bool, path: Path = FLOORS) -> list[str]:
    """What is below its floor, in words; with `lift` the floors are raised to what is measured, less the slack."""
    floors: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    faults = [
        f"places: {name} is {values[name]:.4f}, its floor {floor:.4f}"
        for name, floor in floors.items()
        if values[name] < floor
    ]
    if lift and not faults:
        raised = {name: max(floor, math.floor((values[name] - SLACK) * 1000) / 1000) for name, floor in floors.items()}
        path.write_text(json.dumps(raised, indent=2) + "\n", encoding="utf-8")
    return faults


def show(name: str, found: Sequence[Found]) -> str:
    values = measured(found)
    return (
        f"  {name:12} {sum(f.claims for f in found):5} firm claims on {len(found)} places: "
        f"found {values['found']:.3f}; settlements with a point {values['with_a_point']:.3f}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missed", action="store_true", help="places not found, and settlements without a point")
    parser.add_argument("--list", action="store_true", help="what each settlement resolved to")
    parser.add_argument("--gate", action="store_true", help="fail below the floors")
    parser.add_argument("--raise", dest="lift", action="store_true", help="raise the floors to what is measured")
    options = parser.parse_args(arguments)
    corpora = chosen()
    found = find(read_corpora(corpora), corpora)
    for f in found:
        if is_held_out(f.report):
            continue
        p = f.place
        what = f"{f.corpus}/{f.report}\t{f.name}\t{f.claims}"
        if options.missed and p is None:
            print(f"{what}\tnot found")
        elif options.missed and f.is_settlement and not f.has_point:
            assert p is not None
            print(f"{what}\tno point: {p.basis}, {p.reason}")
        elif options.list and p is not None and f.is_settlement and f.has_point:
            print(f"{what}\t{p.place_id}\t{p.country}\t{p.lat}\t{p.lon}\t{p.reason}")
    print("places of gold claims")
    for corpus in corpora:
        print(show(corpus.name, [f for f in found if f.corpus == corpus.name]))
    print(show("held out", [f for f in found if is_held_out(f.report)]))
    print(show("all", found))
    others, placed = wrong(found, checked())
    for row, place in others if options.missed else ():
        print(f"{row.corpus}/{row.report}\t{row.name}\twrong: {place.place_id} {place.country} {place.lat} {place.lon}")
    right = placed - len(others)
    print(f"  of {placed} checked settlements with a point {right} are right ({measured(found)['right']:.3f})")
    if not (options.gate or options.lift) or len(corpora) < 2:
        return 0
    faults = gate(measured(found), lift=options.lift)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
