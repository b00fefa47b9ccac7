"""What the tests of the recipes in docs/scale.md share: a crawl to read, and what one process makes of it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import chdir
from pathlib import Path

from whoholds.pipeline import Reader
from whoholds.spread.plan import Job, plan
from whoholds.spread.run import Engine, run

DOCS = Path(__file__).resolve().parents[2] / "docs/scale.md"
WAIT_S = 300
CLI = "from whoholds.cli import main\nmain()\n"


def block(start: str) -> str:
    """The fenced block of the document in which these words stand first."""
    blocks = re.findall(r"```\w*\n(.*?)```", DOCS.read_text(encoding="utf-8"), flags=re.DOTALL)
    return next(found for found in blocks if found.startswith(start))


def made_crawl(folder: Path) -> Path:
    """Reports for a handful of parts (none is smaller than a quarter of a megabyte)."""
    folder.mkdir(parents=True)
    sides = ("the rebels", "Government troops", "Army units", "the militia")
    quiet = "The market was open and the harvest was good, people of the valley said on the radio. " * 120
    for n in range(120):
        town = ("Gao", "Kidal", "Timbuktu", "Mopti")[n % 4]
        war = f"Mali, {n % 28 + 1} March 2013\n\n{sides[n % 3]} captured {town} from {sides[3]} on Monday.\n"
        (folder / f"{n:03}.txt").write_text(war if n % 10 == 0 else f"Report number {n}.\n\n{quiet}")
    return folder


def here(crawl: str, at: Path, folder: Path) -> dict[str, bytes]:
    """What one process of this machine makes of it, named as it is there in the folder `at`."""
    made = Reader().made_by
    with chdir(at):
        planned = plan([crawl], Job(str(folder), made))
        assert len(run(planned, Engine(processes=1), lambda _: None)["parts"]) > 3
    return bytes_of(folder)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def whoholds(command: str, at: Path, environment: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    """Start a command of the document's."""
    program, *arguments = shlex.split(command)
    assert program == "whoholds"
    return subprocess.Popen(
        [sys.executable, "-c", CLI, *arguments], cwd=at, env=environment, text=True, stderr=subprocess.PIPE
    )


def until(there: Callable[[], object]) -> None:
    end = time.monotonic() + WAIT_S
    while not there():
        assert time.monotonic() < end
        time.sleep(0.1)
