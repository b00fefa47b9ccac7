"""Fail where the reader falls below what it has reached, or where it was measured on other texts.

    python eval/gate.py [--corpus NAME ...] [--raise] [--accept NAME ...]

`eval/floors.json` holds, for each corpus, the SHA-256 of its gold and texts and a floor for rings of the F1
(eval/score.py). The gate fails (exit code 1) where a figure is below its floor, or a hash differs: a floor means
nothing on other texts. Corpora that are not present are left out and named. `--raise` lifts each floor to what was
measured, less 0.005 for chance, and never lowers one; a ring without a floor gets none by it. `--accept NAME` takes
over the hashes of a corpus that was changed on purpose. Lowering a floor is an edit of the file that a review sees.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpora import CORPORA, Corpus, apart, chosen
from measure import measure
from reading import failures, read_corpora

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.005
"""Below what was measured: floating-point ties differ between machines."""

Floors = dict[str, dict[str, Any]]


def load(path: Path) -> Floors:
    """The floors by corpus: {"sha256": {part: hash}, "f1": {ring: floor}}."""
    floors: Floors = json.loads(path.read_text(encoding="utf-8"))
    return floors


def save(floors: Floors, path: Path) -> None:
    path.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")


def changed(corpus: Corpus, floors: Floors) -> list[str]:
    """The parts of a corpus that are not those the floors were measured on."""
    known = floors.get(corpus.name, {}).get("sha256", {})
    found = corpus.hashes()
    return [part for part in sorted(known | found) if known.get(part) != found.get(part)]


def below(name: str, measured: Mapping[str, float], floors: Floors) -> list[str]:
    """What is wrong, in words: rings under their floor, or that were not measured."""
    faults = []
    for ring, floor in floors.get(name, {}).get("f1", {}).items():
        if ring not in measured:
            faults.append(f"{name}: {ring} was not measured")
        elif measured[ring] < floor:
            faults.append(f"{name}: {ring} F1 is {measured[ring]:.4f}, its floor {floor:.4f}")
    return faults


def lifted(name: str, measured: Mapping[str, float], floors: Floors) -> Floors:
    """The floors with those of one corpus raised to `measured` less the slack; none is lowered."""
    entry = floors.get(name, {})
    raised = {
        ring: max(floor, math.floor((measured[ring] - SLACK) * 1000) / 1000) if ring in measured else floor
        for ring, floor in entry.get("f1", {}).items()
    }
    return {**floors, name: {**entry, "f1": raised}}


def figures(corpora: Sequence[Corpus]) -> tuple[dict[str, dict[str, float]], list[str]]:
    """The F1 of the four rings by corpus with the reader as it stands, and what broke it."""
    read = read_corpora(corpora)
    found = {
        corpus.name: {
            ring: found.f1
            for ring, found in measure(
                corpus.claims,
                [row for one in read if one.corpus == corpus.name for row in one.claims],
                corpus.labels,
            ).items()
        }
        for corpus in corpora
    }
    return found, failures(read)


def main(arguments: Sequence[str] | None = None, path: Path = FLOORS) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [c.name for c in CORPORA]
    parser.add_argument("--corpus", nargs="+", default=[], choices=names, metavar="NAME")
    parser.add_argument(
        "--raise", dest="lift", action="store_true", help="raise floors to what is measured, less 0.005"
    )
    parser.add_argument(
        "--accept", nargs="+", default=[], choices=names, metavar="NAME", help="take over changed texts"
    )
    options = parser.parse_args(arguments)
    floors = load(path)
    corpora = chosen(options.corpus) if options.corpus else [*chosen(), *apart()]
    for name in options.corpus or names:
        if name not in {c.name for c in corpora}:
            print(f"{name} is not present and left out")
    for corpus in corpora:
        if corpus.name in options.accept:
            floors[corpus.name] = {"f1": {}} | floors.get(corpus.name, {}) | {"sha256": corpus.hashes()}
    faults = [
        f"{c.name}: {part} changed since the floors were set; --accept {c.name} if that was meant"
        for c in corpora
        for part in changed(c, floors)
    ]
    measured, broken = figures(corpora)
    faults += broken
    for corpus in corpora:
        its = measured[corpus.name]
        known = floors.get(corpus.name, {}).get("f1", {})
        print(f"{corpus.name}: " + ", ".join(f"{r} {f:.4f} (floor {known.get(r, '-')})" for r, f in its.items()))
        faults += below(corpus.name, its, floors)
    if options.lift and not faults:
        for corpus in corpora:
            floors = lifted(corpus.name, measured[corpus.name], floors)
    if options.accept or (options.lift and not faults):
        save(floors, path)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
