"""Cost against size, and cores against one: does time grow with the reports and nothing faster, does memory stay flat?

    python benchmarks/scale.py [--sizes 1000 10000 100000] [--speedup 2000] [--processes 2] [--times 3]

Reports of the mixed feed (one in twenty is of a war, all different) are read by `whoholds read` into a new ledger, each
size in a process of its own: seconds of wall clock and of processor, and the most memory of any of its processes.

`--speedup N` reads N dense reports, into a ledger and in parts, each in several ways in turn: by one process, by
`--processes` of them, by these bound to a single core, and by as many workers of a Dask cluster. Two ratios are told
of each. "Of one process" is against the same command with `--processes 1`; in parts that is a reader and beside it the
process that writes, which has some of a second core. "Of one core" is against the very same command bound to one core:
what a second core brings. On a machine that does other work, the processor's seconds tell how much work there is, and
the wall clock tells little.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from feeds import ROOT, WAR_IN, ordinary
from whoholds.sources import reports

ONE, ONE_CORE = "one process", "the same on one core"
COMMAND = "from whoholds.cli import main\nif __name__ == '__main__': main()"


@dataclass(frozen=True, slots=True)
class Cost:
    wall_s: float
    cpu_s: float
    """Of all its processes."""
    peak_mb: int
    """Of the largest of them."""


def feed(number: int, war_in: int) -> Iterator[dict[str, str]]:
    """So many different reports, one in `war_in` of a war."""
    chance = random.Random(1)
    wars = [report.text for report in reports([str(ROOT / "examples")], lambda _: None) if len(report.text) < 4_000]
    for n in range(number):
        if n % war_in == 0:
            yield {"id": f"war-{n}", "text": f"{wars[n // war_in % len(wars)]}\n\nReport number {n}."}
        else:
            yield {"id": f"r{n}", "text": ordinary(n, chance).text}


def write(path: Path, number: int, war_in: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for record in feed(number, war_in):
            file.write(json.dumps(record) + "\n")


def cost(arguments: Sequence[str], cores: int | None = None) -> Cost:
    """Run whoholds with these arguments and wait for it. `cores`: bound to the first so many (Linux)."""
    begun = time.perf_counter()
    bound = (lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])) if cores else None
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=bound,
    )  # fmt: skip
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{arguments} ended with {process.returncode}")
    wall = time.perf_counter() - begun
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)


def sizes(numbers: Sequence[int], processes: int, folder: Path) -> None:
    print(f"== reports of the mixed feed, {processes} processes")
    for number in numbers:
        path = folder / f"{number}.jsonl"
        write(path, number, WAR_IN)
        ledger = folder / f"{number}.db"
        found = cost(["read", str(path), "--ledger", str(ledger), "--processes", str(processes)])
        size = ledger.stat().st_size / number / 1000
        each = f"{1000 * found.cpu_s / number:.2f} ms of processor, {1000 * found.wall_s / number:.2f} ms of wall clock"
        print(f"   {number:9,}  {each} a report; at most {found.peak_mb} MB; ledger {size:.1f} kB a report", flush=True)
        path.unlink()
        ledger.unlink()


def speedup(number: int, processes: int, times: int, folder: Path) -> None:
    path = folder / "dense.jsonl"
    write(path, number, 1)
    names = iter(range(1_000_000))
    into: dict[str, Callable[[], list[str]]] = {
        "into a ledger": lambda: ["read", str(path), "--ledger", str(folder / f"{next(names)}.db")],
        "in parts": lambda: ["claims", str(path), "--to", str(folder / f"parts {next(names)}")],
    }
    ways: dict[str, tuple[list[str], int | None]] = {
        ONE: (["--processes", "1"], None),
        f"{processes} processes": (["--processes", str(processes)], None),
        ONE_CORE: (["--processes", str(processes)], 1),
        f"{processes} Dask workers": (["--processes", str(processes), "--engine", "dask"], None),
    }
    for what, command in into.items():
        best: dict[str, Cost] = {}
        for _ in range(times):
            for way, (arguments, cores) in ways.items():
                if "dask" in arguments and what != "in parts":
                    continue
                found = cost([*command(), *arguments], cores)
                if way not in best or found.wall_s < best[way].wall_s:
                    best[way] = found
        print(f"== {number:,} dense reports {what}, the best of {times}")
        for way, found in best.items():
            of_process, of_core = (best[one].wall_s / found.wall_s for one in (ONE, ONE_CORE))
            of = f"{of_process:.2f} of one process, {of_core:.2f} of one core"
            rate = f"{number / found.wall_s:5.1f} a second: {of}"
            print(f"   {way:24}  {rate}; {found.cpu_s:.0f} s of processor", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--speedup", type=int, default=1_000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--times", type=int, default=3, help="how often each way is tried; the best counts (3)")
    asked = parser.parse_args()
    print(f"   {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as temporary:
        if asked.speedup:
            speedup(asked.speedup, asked.processes, asked.times, Path(temporary))
        sizes(asked.sizes, asked.processes, Path(temporary))
    return 0


if __name__ == "__main__":
    sys.exit(main())
