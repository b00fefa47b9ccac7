"""How many more places of the Syrian gold reports are placed when a user adds a list of Syrian villages.

    python eval/own_gazetteer.py [--list FILE]

A place counts as placed where a mention of its name in the report has coordinates; "in Syria" of those, where these lie
there (near the border and abroad reports name other places as well). Only figures are printed, as a fifth of the
reports is held out. Nothing of the user's own gazetteers is touched.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import corpora
from whoholds.gazetteer import Gazetteer, fold
from whoholds.gazetteer.added import Added
from whoholds.model import Place, Report
from whoholds.pipeline import Reader
from whoholds.sources import reports

LIST = corpora.SHARED / "geo/ucdp_syria_places.csv"
COUNTRY = "SYR"
ABROAD = "-"
"""In no country."""
SHARE = 1 / 3
"""Of a report's claims that must name a side of the country for the report to be about it."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", type=Path, default=LIST)
    options = parser.parse_args()
    if not options.list.is_file():
        print(f"{options.list} is not here: nothing to measure.", file=sys.stderr)
        return 2
    wanted = gold_places()
    texts = [report for report in all_reports() if report.label in wanted]
    with tempfile.TemporaryDirectory(prefix="whoholds-eval-") as name:
        folder = Path(name)
        default = Gazetteer.open(added=Added(None))
        shutil.copy(default.path, folder / "with.sqlite")
        staged = Added(folder / "data")
        own = staged.with_source(staged.stage(options.list, "own"))
        begun = time.process_time()
        added = Gazetteer.open(folder / "with.sqlite", added=own)
        (tally,) = added.tallies()
        print(f"{options.list.name}: {tally.places} new places, {tally.known} known, {tally.left_out} lines left out;")
        print(f"added in {time.process_time() - begun:.1f} s of processor time")
        before, after = (placed(texts, wanted, gazetteer) for gazetteer in (default, added))
        show(wanted, before, after)
        for gazetteer in (default, added):
            gazetteer.close()
    return 0


def gold_places() -> dict[str, set[str]]:
    """Names of places that gold claims are about, by report, in reports about the country."""
    found: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
    for corpus in corpora.chosen():
        for claim in corpus.claims if corpus.present else ():
            sides = f"{claim.get('actor')} {claim.get('against')} {claim.get('country')}"
            found[claim["report"]].append((claim["place"], COUNTRY in sides))
    return {
        label: {place for place, _ in claims}
        for label, claims in found.items()
        if sum(ours for _, ours in claims) >= SHARE * len(claims)
    }


def all_reports() -> Iterable[Report]:
    for corpus in corpora.chosen():
        if corpus.present:
            yield from reports([str(corpus.inputs)], lambda _issue: None)


def placed(texts: list[Report], wanted: dict[str, set[str]], gazetteer: Gazetteer) -> dict[tuple[str, str], str]:
    """Of each gold place (report, name) that is read as a place the country where it is put; empty where it is not."""
    reader = Reader(sift=False)
    reader.gazetteer = gazetteer
    found = {}
    for report in texts:
        names = {fold(place): place for place in wanted[report.label]}
        for mention in reader.read(report).mentions:
            place = mention.value
            if not isinstance(place, Place):
                continue
            where = "" if place.lat is None else place.country or ABROAD
            for name in {fold(mention.text), fold(place.name)} & names.keys():
                found[report.label, names[name]] = found.get((report.label, names[name])) or where
    return found


def show(wanted: dict[str, set[str]], before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> None:
    total = sum(map(len, wanted.values()))
    read = before.keys() | after.keys()
    print(f"{len(wanted)} reports; {total} places of gold claims, {len(read)} of them read as names of places")
    for what, found in (("default alone", before), ("with the list", after)):
        there = [country for country in found.values() if country]
        print(
            f"  {what}: {len(there)} placed ({len(there) / len(read):.1%}), {there.count(COUNTRY)} of them in {COUNTRY}"
        )
    more = sum(1 for key in read if after.get(key) and not before.get(key))
    fewer = sum(1 for key in read if before.get(key) and not after.get(key))
    moved = sum(1 for key in read if before.get(key) and after.get(key) and before[key] != after[key])
    print(f"  {more} more, {fewer} fewer, {moved} in another country than before")


if __name__ == "__main__":
    sys.exit(main())
