"""Measures the gazetteer: compiling, looking up, the start of a command, memory, and adding a large dump.

    python benchmarks/gazetteer.py                     # the default alone: a minute
    python benchmarks/gazetteer.py --lines 12000000    # and a made-up dump as long as GeoNames' allCountries

Everything is done in a folder of its own; nothing of the user's is touched. Each part runs in a fresh process, so that
the memory of one is not that of another.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_SYLLABLES = """
ab al an ar ba bel bin bo da dar de dir do el er fa gar gor ha ham ho ib ka kal kar kha ki ko ku la lo lu ma mar mo mur
na nar ni no nov o pa per po qa ra ro ru sa sar she sha si so su ta tal tar te to tu u ul va vo wa ya yar za zar zo
"""
KINDS = ("PPL",) * 40 + ("STM",) * 18 + ("HTL", "SCH", "FRM", "CH", "MSQE") * 4 + ("MT", "HLL") * 6 + ("PPLX", "ADM3")
LOOKUPS = 20_000
STARTS = 7
_GOALS = {
    "compile s": "under 60",
    "compiled MB": "under 100",
    "names a second": "at least 5,000",
    "cold start s": "under 0.4",
    "memory MB": "under 150",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=0, help="of a made-up dump that is added; 0 for none")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="whoholds-bench-") as name:
        folder = Path(name)
        os.environ |= {"WHOHOLDS_CACHE": str(folder / "cache"), "WHOHOLDS_DATA": str(folder / "data")}
        figures |= _apart(_compile)
        figures |= _apart(_look_up)
        figures |= _start()
        if options.lines:
            dump = folder / "made-up.zip"
            _apart(_make, dump, options.lines)
            figures |= _apart(_add, dump, options.lines)
            figures |= {f"{key}, after it": value for key, value in (_apart(_look_up) | _start()).items()}
    if options.json:
        print(json.dumps(figures))
    else:
        for key, value in figures.items():
            print(f"{key:<28}{value:>14,.2f}   {_GOALS.get(key, '')}")
    return 0


def _apart(function: Callable[..., dict[str, float]], *args: Any) -> dict[str, float]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, args)


def _mb() -> float:
    """The most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _compile() -> dict[str, float]:
    from whoholds.gazetteer import Gazetteer

    wall, cpu = time.perf_counter(), time.process_time()
    with Gazetteer.open() as opened:
        return {
            "compile s": time.perf_counter() - wall,
            "compile s of processor": time.process_time() - cpu,
            "compiled MB": opened.path.stat().st_size / 1e6,
            "compile memory MB": _mb(),
        }


def _look_up() -> dict[str, float]:
    """Names that were not asked before, a third of them unknown, as a reader asks: all candidates, fuzzy too."""
    from whoholds.gazetteer import Gazetteer

    empty = _mb()
    with Gazetteer.open() as opened:
        rows = opened._rows(
            "SELECT name FROM place WHERE type = 'settlement' AND id % 37 = 5 ORDER BY id LIMIT ?", (LOOKUPS,)
        )
        chosen = random.Random(7)
        names = [name for (name,) in rows]
        names = [n if number % 3 else _misspelt(n, chosen) for number, n in enumerate(names)]
        begun = time.process_time()
        for name in names:
            opened.candidates(name, fuzzy=False)
        plain = time.process_time() - begun
        begun = time.process_time()
        for name in names:
            opened.is_known(name)
        known = time.process_time() - begun
        begun = time.process_time()
        for name in names[:2000]:
            opened.candidates(f"{name}x", fuzzy=True)
        fuzzy = time.process_time() - begun
        return {
            "names a second": len(names) / plain,
            "names a second, is_known": len(names) / known,
            "names a second, fuzzy": 2000 / fuzzy,
            "memory MB": _mb() - empty,
        }


def _misspelt(name: str, chosen: random.Random) -> str:
    at = chosen.randrange(len(name))
    return name[:at] + chosen.choice("aeiknrst") + name[at + 1 :]


def _start() -> dict[str, float]:
    """The best of several starts of a command that looks up one name: what the machine needs when it does no more."""
    code = "import sys; sys.argv[1:] = ['gazetteer', 'lookup', 'Rutba']; from whoholds.cli import main; main()"
    walls = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
        walls.append(time.perf_counter() - begun)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cold start s": min(walls), "cold start s of processor": cpu}


def _make(path: Path, lines: int) -> dict[str, float]:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("made-up.txt", "w", force_zip64=True) as stream,
    ):
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n")
        text.writelines(_dump(lines))
        text.flush()
    return {}


def _dump(lines: int) -> Iterator[str]:
    """Lines of the form of GeoNames, around towns that exist; the same at every run."""
    from whoholds.gazetteer import Gazetteer, sources

    alpha2 = {str(row["iso3"]): code for code, row in sources.countries().items()}
    with Gazetteer.open() as opened:
        towns = opened._rows(
            "SELECT lat, lon, country, code FROM place WHERE type = 'settlement' AND country <> '' ORDER BY country", ()
        )
    chosen = random.Random(11)
    for number in range(lines):
        lat, lon, country, code = towns[number * len(towns) // lines]
        names = [_name(chosen) for _ in range(chosen.choice((1, 1, 1, 2, 3, 4)))]
        at = (f"{lat + chosen.uniform(-0.2, 0.2):.5f}", f"{max(-180, min(180, lon + chosen.uniform(-0.2, 0.2))):.5f}")
        kind = chosen.choice(KINDS)
        cells = [str(20_000_000 + number), names[0], names[0], ",".join(names[1:]), *at, kind[0], kind, alpha2[country]]
        yield "\t".join([*cells, "", code, "", "", "", "0", "", "0", "Etc/UTC", "2026-01-01"]) + "\n"


def _name(chosen: random.Random) -> str:
    return "".join(chosen.choices(_SYLLABLES.split(), k=chosen.choice((2, 3, 3, 4)))).capitalize()


def _add(path: Path, lines: int) -> dict[str, float]:
    from whoholds.gazetteer import manage

    wall, cpu, shown = time.perf_counter(), time.process_time(), [0.0]

    def progress(share: float, what: str) -> None:
        if abs(share - shown[0]) > 0.02:
            shown[0] = share
            print(f"  {share:6.1%} {what}, {time.perf_counter() - wall:,.0f} s, {_mb():,.0f} MB", file=sys.stderr)

    tally = manage.add(path, progress=progress).tally
    cache = Path(os.environ["WHOHOLDS_CACHE"]) / "gazetteer.sqlite"
    return {
        "lines of a dump": float(lines),
        "add s": time.perf_counter() - wall,
        "add s of processor": time.process_time() - cpu,
        "add memory MB": _mb(),
        "places added": float(tally.places),
        "compiled MB with it": cache.stat().st_size / 1e6,
    }


if __name__ == "__main__":
    sys.exit(main())
