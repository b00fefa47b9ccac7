"""What it costs to write a large record: python benchmarks/export.py --claims 1000000 --places 20000

Makes a ledger of made-up claims (control.py), then writes each table in a process of its own, and tells seconds
of CPU, rows a second and the most memory. Issue: a million claims in under 60 s and 500 MB.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import resource
import tempfile
import time
from itertools import groupby
from pathlib import Path

from control import reading_of, stream
from whoholds.cli import COLLECT_EVERY
from whoholds.exports.formats import by_path
from whoholds.exports.tables.what import What, table_of
from whoholds.exports.write import write_table
from whoholds.ledger import Ledger
from whoholds.views import Question

FILES = ("claims.csv", "claims.jsonl", "claims.parquet", "spells.parquet", "events.csv")


def make(path: Path, claims: int, places: int) -> None:
    with Ledger.open(path) as ledger:
        for batch in stream(claims, places):
            for _, about in groupby(batch, key=lambda claim: claim.place.name):
                ledger.add(reading_of(list(about)))


def write(ledger: Path, path: Path) -> dict[str, float | str]:
    gc.set_threshold(COLLECT_EVERY, 50, 50)  # as the command line does
    form = by_path(path)
    assert form is not None
    began = time.process_time()
    with Ledger.open(ledger, create=False) as store:
        rows = write_table(table_of(store, What(path.name.partition(".")[0]), Question()), form, path)
    seconds = time.process_time() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"file": path.name, "rows": rows, "cpu_s": round(seconds, 1), "rows_s": round(rows / seconds), "mb": memory}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--places", type=int, default=2_000)
    parser.add_argument("--ledger", type=Path, help="An earlier one of this size; else it is made, and thrown away.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = given.ledger or Path(folder) / "large.db"
        if not ledger.exists():
            make(ledger, given.claims, given.places)
        # A fresh process each: the most memory of one says nothing of the next.
        with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
            for name in FILES:
                print(json.dumps(pool.apply(write, (ledger, Path(folder) / name))), flush=True)


if __name__ == "__main__":
    main()
