"""The recipes of docs/scale.md for Slurm, run as they stand there on a Slurm of one node, where it is installed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import slurm_node
from slurm_node import Slurm
from whoholds.pipeline import Reader
from whoholds.spread.plan import Job, plan
from whoholds.spread.run import Engine, run

DOCS = Path(__file__).resolve().parents[2] / "docs/scale.md"
WAIT_S = 300
CLI = "from whoholds.cli import main\nmain()\n"

pytestmark = pytest.mark.skipif(
    bool(slurm_node.missing()), reason="Slurm is not installed (Debian: slurmctld slurmd slurm-client munge)"
)


@pytest.fixture(scope="module")
def slurm() -> Iterator[Slurm]:
    with slurm_node.running() as found:
        yield found


@pytest.fixture
def crawl(tmp_path: Path) -> Path:
    """Reports for a handful of parts (none is smaller than a quarter of a megabyte)."""
    folder = tmp_path / "crawl"
    folder.mkdir()
    sides = ("the rebels", "Government troops", "Army units", "the militia")
    quiet = "The market was open and the harvest was good, people of the valley said on the radio. " * 120
    for n in range(120):
        town = ("Gao", "Kidal", "Timbuktu", "Mopti")[n % 4]
        war = f"Mali, {n % 28 + 1} March 2013\n\n{sides[n % 3]} captured {town} from {sides[3]} on Monday.\n"
        (folder / f"{n:03}.txt").write_text(war if n % 10 == 0 else f"Report number {n}.\n\n{quiet}")
    return folder


def block(start: str) -> str:
    """The fenced block of the document that begins so."""
    blocks = re.findall(r"```\w*\n(.*?)```", DOCS.read_text(encoding="utf-8"), flags=re.DOTALL)
    return next(found for found in blocks if found.startswith(start))


def here(crawl: Path, folder: Path) -> dict[str, bytes]:
    """What one process of this machine makes of it."""
    made = Reader().made_by
    assert len(run(plan([str(crawl)], Job(str(folder), made)), Engine(processes=1), lambda _: None)["parts"]) > 3
    return bytes_of(folder)


def bytes_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def whoholds(command: str, slurm: Slurm, at: Path) -> subprocess.Popen[str]:
    """Start a command of the document's."""
    program, *arguments = shlex.split(command)
    assert program == "whoholds"
    return subprocess.Popen(
        [sys.executable, "-c", CLI, *arguments], cwd=at, env=slurm.environment, text=True, stderr=subprocess.PIPE
    )


def until(there: object) -> None:
    assert callable(there)
    end = time.monotonic() + WAIT_S
    while not there():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_dask_jobqueue_with_a_job_that_is_cancelled_in_the_middle(slurm: Slurm, crawl: Path, tmp_path: Path) -> None:
    recipe, port = block("from dask_jobqueue"), str(slurm_node.free_port())
    for stands, instead in {
        "cores=16, processes=16": 'cores=1, processes=1, interface="lo"',
        "16GB": "2GB",
        "8786": port,
        "=20": "=2",
        "/scratch/": f"{tmp_path}/",
    }.items():
        assert stands in recipe, f"{stands} is no more in the recipe"
        recipe = recipe.replace(stands, instead)
    (tmp_path / "cluster.py").write_text(recipe)
    cluster = subprocess.Popen(
        [sys.executable, "cluster.py"],
        cwd=tmp_path, env=slurm.environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert cluster.stdout
        command = ""
        while not command.endswith(f":{port}"):  # it asks on the same line
            letter = cluster.stdout.read(1)
            assert letter, command
            command += letter
        reading = whoholds(command, slurm, tmp_path)
        parts = tmp_path / "parts"
        until(lambda: reading.poll() is not None or list(parts.glob("done/*")))
        slurm.run("scancel", slurm.jobs()[0])
        _, told = reading.communicate(timeout=WAIT_S)
        assert reading.returncode == 0, told
    finally:
        cluster.communicate("\n", timeout=60)
    assert bytes_of(parts) == here(crawl, tmp_path / "here")


def test_without_dask_jobqueue(slurm: Slurm, crawl: Path, tmp_path: Path) -> None:
    lines = block("sbatch").replace("/scratch/", f"{tmp_path}/").replace("-n 320", "-n 2").splitlines()
    *batches, command = [line.partition(" #")[0] for line in lines]
    in_path = slurm.environment | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{slurm.environment['PATH']}"}
    for batch in batches:
        assert batch.startswith("sbatch ")
        subprocess.run(shlex.split(batch), cwd=tmp_path, env=in_path, check=True, stdout=subprocess.DEVNULL)
    until((tmp_path / "s.json").exists)
    reading = whoholds(command, slurm, tmp_path)
    _, told = reading.communicate(timeout=WAIT_S)
    assert reading.returncode == 0, told
    slurm.run("scancel", *slurm.jobs())
    assert bytes_of(tmp_path / "parts") == here(crawl, tmp_path / "here")
