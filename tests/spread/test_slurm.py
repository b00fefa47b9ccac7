"""The recipes of docs/scale.md for Slurm, run as they stand there on a Slurm of one node, where it is installed."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from recipes import WAIT_S, block, bytes_of, here, made_crawl, until, whoholds

import slurm_node
from slurm_node import Slurm

pytestmark = pytest.mark.skipif(
    bool(slurm_node.missing()), reason="Slurm is not installed (Debian: slurmctld slurmd slurm-client munge)"
)


@pytest.fixture(scope="module")
def slurm() -> Iterator[Slurm]:
    with slurm_node.running() as found:
        yield found


@pytest.fixture
def crawl(tmp_path: Path) -> None:
    made_crawl(tmp_path / "crawl")


@pytest.mark.usefixtures("crawl")
def test_dask_jobqueue_with_a_job_that_is_cancelled_in_the_middle(slurm: Slurm, tmp_path: Path) -> None:
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
        reading = whoholds(command, tmp_path, slurm.environment)
        parts = tmp_path / "parts"
        until(lambda: reading.poll() is not None or list(parts.glob("done/*")))
        slurm.run("scancel", slurm.jobs()[0])
        _, told = reading.communicate(timeout=WAIT_S)
        assert reading.returncode == 0, told
    finally:
        cluster.communicate("\n", timeout=60)
    assert bytes_of(parts) == here("crawl/", tmp_path, tmp_path / "here")


@pytest.mark.usefixtures("crawl")
def test_without_dask_jobqueue(slurm: Slurm, tmp_path: Path) -> None:
    lines = block("sbatch").replace("/scratch/", f"{tmp_path}/").replace("-n 320", "-n 2").splitlines()
    *batches, command = [line.partition(" #")[0] for line in lines]
    in_path = slurm.environment | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{slurm.environment['PATH']}"}
    for batch in batches:
        assert batch.startswith("sbatch ")
        subprocess.run(shlex.split(batch), cwd=tmp_path, env=in_path, check=True, stdout=subprocess.DEVNULL)
    until((tmp_path / "s.json").exists)
    reading = whoholds(command, tmp_path, slurm.environment)
    _, told = reading.communicate(timeout=WAIT_S)
    assert reading.returncode == 0, told
    slurm.run("scancel", *slurm.jobs())
    assert bytes_of(tmp_path / "parts") == here("crawl/", tmp_path, tmp_path / "here")
