"""How fast the reader is, how much memory it takes, and where the time goes.

    python benchmarks/run.py [--feed dense|mixed|articles ...] [--articles N|all] [--no-profile] [--json]

Each feed is read in a process of its own, on one core: reports and kilobytes a second of processor time without
loading, and the most memory that the process held. Compare ratios, not seconds, between machines: "read / parser"
is the time to read all against the time to run the same sentences through the same parser and nothing else (the
yardstick "everything through the same models": under 1 where the reader spares work), and "long / short" is the time
a kilobyte in the longest quarter of the reports over that in the shortest (about 1 where time is linear). The profile
by stage is a second reading of the dense feed with clocks in it.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from feeds import FEEDS, articles
from stages import REST, clocked
from whoholds.annotate.parse.sentences import split
from whoholds.cli import collect_seldom
from whoholds.model import Report
from whoholds.pipeline import Reader

NAMES = ("dense", "mixed", "articles")


@dataclass
class Bench:
    """One feed. Seconds are of processor time, memory in megabytes (None where the system does not tell)."""

    feed: str
    reports: int = 0
    kilobytes: float = 0.0
    claims: int = 0
    failed: int = 0
    load_s: float = 0.0
    sources_s: float = 0.0
    read_s: float = 0.0
    parser_s: float = 0.0
    long_over_short: float = 0.0
    loaded_mb: int | None = None
    peak_mb: int | None = None
    stages: dict[str, float] = field(default_factory=dict)

    @property
    def rates(self) -> dict[str, float]:
        return {
            "reports_a_second": self.reports / self.read_s,
            "kilobytes_a_second": self.kilobytes / self.read_s,
            "read_over_parser": self.read_s / self.parser_s if self.parser_s else 0.0,
        }


def peak_mb() -> int | None:
    """The most memory that this process has held."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii")) if status.exists() else None
    return int(found[1]) // 1024 if found else None


def given(feed: str, number: int | None) -> list[Report]:
    return list(articles(number) if feed == "articles" else FEEDS[feed]())


def measure(feed: str, number: int | None, profile: bool) -> Bench:
    """Read one feed; for a process of its own."""
    collect_seldom()  # measured as the command reads
    bench = Bench(feed)
    begun = time.process_time()
    reader = Reader()
    reader.read(Report("first", "Soldiers of Chad took the town of Bol on Monday."))
    bench.load_s, bench.loaded_mb = time.process_time() - begun, peak_mb()
    begun = time.process_time()
    texts = given(feed, number)
    bench.sources_s = time.process_time() - begun
    each = [_read(reader, report, bench) for report in texts]
    bench.read_s = sum(seconds for _, seconds in each)
    bench.reports, bench.kilobytes = len(texts), sum(size for size, _ in each) / 1000
    bench.long_over_short = _long_over_short(each)
    bench.peak_mb = peak_mb()
    bench.parser_s = sum(_parse_alone(reader, report) for report in texts)
    if profile:
        with clocked() as clocks:
            for report in texts:
                _read(reader, report, Bench(feed))
        bench.stages = {stage: round(s, 3) for stage, s in clocks.seconds.most_common() if stage != REST}
        bench.stages[REST] = round(clocks.seconds[REST], 3)
    return bench


def _read(reader: Reader, report: Report, bench: Bench) -> tuple[int, float]:
    """Size in characters and seconds. A report that breaks the reader is counted, and the rest go on."""
    begun = time.process_time()
    try:
        bench.claims += len(reader.read(report).claims)
    except Exception:
        bench.failed += 1
    return len(report.text), time.process_time() - begun


def _parse_alone(reader: Reader, report: Report) -> float:
    parts = [s for s in report.sections if s.role.can_carry_claims]
    texts = [s.of(report.text) for p in parts for s in split(report.text, p.span.start, p.span.end)]
    begun = time.process_time()
    reader.parser.parse([text.replace("\n", " ") for text in texts])
    return time.process_time() - begun


def _long_over_short(each: Sequence[tuple[int, float]]) -> float:
    """Seconds a character of the longest quarter over those of the shortest."""
    ranked = sorted(each)
    quarter = max(1, len(ranked) // 4)
    short, long = (
        sum(seconds for _, seconds in part) / max(1, sum(size for size, _ in part))
        for part in (ranked[:quarter], ranked[-quarter:])
    )
    return long / short if short else 0.0


def shown(bench: Bench) -> str:
    """The figures for people."""
    rates = bench.rates
    out = [
        f"== {bench.feed}: {bench.reports} reports, {bench.kilobytes:.0f} kB, {bench.claims} claims"
        + (f", {bench.failed} BROKE THE READER" if bench.failed else ""),
        f"  {rates['reports_a_second']:.1f} reports and {rates['kilobytes_a_second']:.0f} kB a second;"
        f" read / parser {rates['read_over_parser']:.2f}; long / short {bench.long_over_short:.2f}",
        f"  at most {bench.peak_mb} MB ({bench.loaded_mb} MB loaded); loading {bench.load_s:.1f} s,"
        f" sources {bench.sources_s:.2f} s",
    ]
    total = sum(bench.stages.values())
    out += [f"  {seconds / total:6.1%}  {seconds:7.2f} s  {stage}" for stage, seconds in bench.stages.items()]
    return "\n".join(out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feed", nargs="+", choices=NAMES, default=list(NAMES), metavar="FEED")
    parser.add_argument("--articles", default="24", help="how many of the long articles, or all (default 24)")
    parser.add_argument("--no-profile", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    number = None if options.articles == "all" else int(options.articles)
    found = []
    for feed in options.feed:
        # A fresh process each, so that the memory of one feed is not that of another.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            found.append(pool.apply(partial(measure, feed, number, feed == "dense" and not options.no_profile)))
        if not options.json:
            print(shown(found[-1]), flush=True)
    if options.json:
        print(json.dumps([asdict(b) | {k: round(v, 3) for k, v in b.rates.items()} for b in found]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
