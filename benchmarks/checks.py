"""What must hold beside speed: time is linear in a report's length, and claims depend on nothing but the report.

    python benchmarks/checks.py [--longest KB]

Prints the processor time a kilobyte for invented reports of growing length, and whether the claims of the mixed feed
are the same in the other order and with two processes. Exit code 1 where they differ, or where a kilobyte of the
longest report costs more than twice what it costs in the shortest.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
from collections.abc import Iterable
from functools import cache

from feeds import invented, mixed
from whoholds.model import Report
from whoholds.pipeline import Reader

MOST = 2.0
"""Times that a kilobyte of the longest report may cost of one of the shortest."""
FEED = 200


@cache
def reader() -> Reader:
    """This process's reader, loaded."""
    made = Reader()
    made.read(Report("first", "Soldiers of Chad took the town of Bol on Monday."))
    return made


def claims_of(report: Report) -> tuple[str, ...]:
    """All claims of a report, in order, each with every field."""
    return tuple(repr(claim) for claim in reader().read(report).claims)


def costs(sizes: Iterable[int]) -> dict[int, float]:
    """Milliseconds of processor time a kilobyte, by kilobytes of the report."""
    found = {}
    for size in sizes:
        report = invented(size)
        begun = time.process_time()
        reader().read(report)
        found[size] = (time.process_time() - begun) * 1e6 / len(report.text)
    return found


def differing() -> list[str]:
    """The ways of reading the mixed feed in which some claims are not those of reading it once in order."""
    feed = list(mixed(FEED))
    once = [claims_of(report) for report in feed]
    back = [claims_of(report) for report in reversed(feed)][::-1]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        shared = pool.map(claims_of, feed, chunksize=7)
    print(f"== {FEED} reports of the mixed feed, {sum(map(len, once))} claims: in order, backwards, two processes")
    return [name for name, found in (("backwards", back), ("two processes", shared)) if found != once]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--longest", type=int, default=400, metavar="KB")
    longest = parser.parse_args().longest
    reader()
    print("== processor time a kilobyte, by length of the report")
    found = costs([size for size in (5, 25, 100) if size < longest] + [longest])
    for size, ms in found.items():
        print(f"  {size:6} kB  {ms:6.1f} ms a kB")
    ratio = found[longest] / found[min(found)]
    print(f"  the longest costs {ratio:.2f} times the shortest")
    wrong = differing()
    print(f"  claims differ: {', '.join(wrong)}" if wrong else "  the same claims each time")
    return 1 if wrong or ratio > MOST else 0


if __name__ == "__main__":
    sys.exit(main())
