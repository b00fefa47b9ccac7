"""How many expressions of time are read in a second of processor time: found in a text, and counted to days.

    python benchmarks/times.py [--rounds N]

The expressions are those of `tests/annotate/times.csv`. Exit code 1 below LEAST.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from datetime import date
from pathlib import Path

from whoholds.annotate.times import find_times, resolve_time
from whoholds.model import When

TABLE = Path(__file__).resolve().parents[1] / "tests/annotate/times.csv"
LEAST = 10_000


def day(text: str) -> When | None:
    found = date.fromisoformat(text) if text else None
    return When(found, found) if found else None


def rate(rounds: int) -> float:
    """Expressions a second, the best of `rounds`."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    jobs = [(row["expression"], day(row["said"]), day(row["mentioned"]), row["tense"] == "past") for row in rows]
    best = 0.0
    for _ in range(rounds):
        begun, number = time.process_time(), 0
        for text, said, mentioned, past in jobs:
            for expr in find_times(text):
                resolve_time(expr, published=said, previous=mentioned, past=past)
                number += 1
        best = max(best, number / (time.process_time() - begun))
    return best


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    found = rate(parser.parse_args().rounds)
    print(f"== expressions of time: {found:,.0f} a second")
    return int(found < LEAST)


if __name__ == "__main__":
    sys.exit(main())
