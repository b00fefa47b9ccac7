"""What must hold beside speed: time is linear in a report's length, and claims depend on nothing but the report.

    python benchmarks/checks.py [--longest KB] [--file MB]

Prints the processor time a kilobyte for invented reports of growing length, whether the claims of the mixed feed are
the same in the other order and with two processes, and what one file of many articles takes that is read as a single
report. Exit code 1 where claims differ, where a kilobyte of the longest report costs more than twice what it costs in
the shortest, or where that file takes more memory than is promised.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from feeds import articles, invented, mixed
from whoholds.model import Report
from whoholds.pipeline import Reader

MOST = 2.0
"""Times that a kilobyte of the longest report may cost of one of the shortest."""
COMMAND = "from whoholds.cli import main; main()"
FEED = 200
MOST_MB = 600
"""Memory that a single report may take, be it a whole archive in one file."""


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


def one_file(megabytes: float) -> tuple[int, int, float]:
    """Claims, memory (MB) and processor seconds of the command line on articles in one text file of that size."""
    size, parts = int(megabytes * 1e6), list[str]()
    while sum(map(len, parts)) < size:
        parts += [report.text for report in articles()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "all.txt")
        path.write_bytes("\n\n".join(parts).encode()[:size].decode("utf-8", "ignore").encode())
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run(
            [sys.executable, "-c", COMMAND, "claims", str(path), "--format", "jsonl"],
            check=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return run.stdout.count(b"\n"), after.ru_maxrss // 1024, after.ru_utime - before.ru_utime


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--longest", type=int, default=400, metavar="KB")
    parser.add_argument("--file", type=float, default=4.9, metavar="MB")
    options = parser.parse_args()
    longest = options.longest
    if options.file <= 0:
        parser.error("--file: give more than 0")
    claims, memory, seconds = one_file(options.file)  # first: the memory of children is that of the largest
    print(f"== one text file of {options.file:g} MB: {claims:,} claims, {memory} MB, {seconds:.0f} s")
    reader()
    print("== processor time a kilobyte, by length of the report")
    found = costs([size for size in (5, 25, 100) if size < longest] + [longest])
    for size, ms in found.items():
        print(f"  {size:6} kB  {ms:6.1f} ms a kB")
    ratio = found[longest] / found[min(found)]
    print(f"  the longest costs {ratio:.2f} times the shortest")
    wrong = differing()
    print(f"  claims differ: {', '.join(wrong)}" if wrong else "  the same claims each time")
    return 1 if wrong or ratio > MOST or memory > MOST_MB else 0


if __name__ == "__main__":
    sys.exit(main())
