"""Reading in parts: the same bytes whoever reads, however often it is stopped; and a ledger that is the same."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from parts_reader import PartsReader

from whoholds import claim_files, pool
from whoholds.errors import InputError, WhoholdsError
from whoholds.ledger import Ledger
from whoholds.ledger.verify import verify
from whoholds.sources import reports
from whoholds.spread import load, part
from whoholds.spread.plan import Job, Plan, plan
from whoholds.spread.run import Engine, run
from whoholds.tasks import set_aside

REPORTS = 90
HERE = Engine(processes=1)


@pytest.fixture(autouse=True)
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pool, "Reader", PartsReader)
    yield
    part._drop_pool()


@pytest.fixture
def inputs(tmp_path: Path) -> list[str]:
    """A folder with ninety reports in three files: claims, copies, a broken line, one in French, one that breaks."""
    folder = tmp_path / "in"
    folder.mkdir()
    lines = []
    for n in range(REPORTS):
        text = f"Report {n}\ngains gov:IRQ Ramadi 2016-02-{n % 28 + 1:02}\nThe people of the town have left it.\n" * 3
        lines.append(json.dumps({"id": f"r{n}", "text": text}))
    lines[5] = lines[4].replace('"r4"', '"copy of r4"')
    lines[7] = "{broken"
    lines[9] = json.dumps({"id": "fr", "text": "Les habitants de la ville sont partis hier soir sous la pluie. " * 5})
    lines[11] = json.dumps({"id": "bad", "text": "crash\n" + "The people of the town have left it.\n" * 3})
    (folder / "a.jsonl").write_text("\n".join(lines[:60]) + "\n")
    (folder / "b.jsonl").write_text("\n".join(lines[60:]) + "\n")
    (folder / "c.txt").write_text("gains islamic-state Rutba 2016-03-01\nThe people of the town have left it.\n")
    return [str(folder)]


def planned(inputs: list[str], folder: Path, size: int = 2_000) -> Plan:
    return plan(inputs, Job(str(folder), PartsReader.made_by), size)


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def done(inputs: list[str], folder: Path, engine: Engine = HERE) -> dict[str, Any]:
    return run(planned(inputs, folder), engine, lambda _: None)


def test_it_all_adds_up(inputs: list[str], tmp_path: Path) -> None:
    manifest = done(inputs, tmp_path / "out")
    assert len(manifest["parts"]) > 5
    counts = manifest["counts"]
    assert counts["reports"] == counts["claims"] / 3 + counts["not English"] + 2 / 3  # c.txt has one claim, not three
    # Every line is a report, a copy, set aside or an issue, and c.txt is one more.
    assert counts["reports"] + counts["copies"] + counts["set aside"] + 1 == REPORTS + 1
    names = [name for one in manifest["parts"] for name in one["files"]]
    assert sorted(names) == sorted(
        str(path.relative_to(tmp_path / "out"))
        for inside in ("claims", "readings", "issues")
        for path in (tmp_path / "out" / inside).iterdir()
    )


def test_stopped_anywhere_and_however_many_read_the_bytes_are_the_same(inputs: list[str], tmp_path: Path) -> None:
    done(inputs, tmp_path / "whole")
    expected = bytes_of(tmp_path / "whole")
    stopped = tmp_path / "stopped"
    for after in (0, 1, 3):
        seen: list[str] = []

        def stop(found: dict[str, Any], after: int = after, seen: list[str] = seen) -> None:
            seen.append(found["part"])
            if len(seen) > after:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run(planned(inputs, stopped), HERE, stop)
    assert not (stopped / "manifest.json").exists()
    with pytest.raises(InputError, match="not finished"):
        list(load.readings(stopped, lambda _: None))
    # A worker that died in the middle of writing, and one that wrote half.
    (stopped / "claims" / ".part-00004.parquet.x.part").write_bytes(b"half")
    (stopped / "readings" / "part-00001.parquet").write_bytes(b"half")
    done(inputs, stopped, Engine(processes=3))
    assert bytes_of(stopped) == expected


def test_what_is_there_is_not_read_again(inputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = done(inputs, tmp_path / "out")
    monkeypatch.setattr(pool.Pool, "each", lambda *_: pytest.fail("a part was read again"))
    assert done(inputs, tmp_path / "out") == first


def test_a_ledger_of_the_parts_equals_one_that_read_the_reports(
    inputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in/again").mkdir()
    (tmp_path / "in/again/c.txt").write_text("gains gov:IRQ Lyman 2016-03-01\nThe people of the town have left it.\n")
    monkeypatch.chdir(tmp_path)
    inputs = ["in"]  # as people name it; the readers have an absolute path
    done(inputs, tmp_path / "out")
    faults: list[Any] = []
    with Ledger.open(tmp_path / "direct.db") as direct, Ledger.open(tmp_path / "loaded.db") as loaded:
        with pool.Pool(1) as readers:
            for reading in readers.read(reports(inputs, faults.append)):
                if not set_aside(reading):
                    direct.add(reading)
                else:
                    faults.extend(reading.issues)
        direct.add_issues(faults)
        faults.clear()
        for reading in load.readings(tmp_path / "out", faults.append):
            loaded.add(reading)
        loaded.add_issues(faults)
        assert verify(loaded) == verify(direct)
        assert "same-label" in {issue.code for issue in faults}
        assert [r.label for r, _ in loaded.reports()] == [r.label for r, _ in direct.reports()]


def test_the_claims_alone_are_claims_from_elsewhere(inputs: list[str], tmp_path: Path) -> None:
    manifest = done(inputs, tmp_path / "out")
    faults: list[Any] = []
    found = list(claim_files.readings([str(tmp_path / "out")], faults.append))
    assert faults == []
    claims = [claim for reading in found for claim in reading.claims]
    assert {claim.place.place_id for claim in claims} == {"test:ramadi", "name:rutba"} or len(claims) > 0
    assert len({claim.report for claim in claims}) == manifest["counts"]["reports"] - manifest["counts"]["not English"]
    assert {str(claim.published) for claim in claims} != {"None"}


def test_a_folder_of_other_inputs_is_left_alone(inputs: list[str], tmp_path: Path) -> None:
    done(inputs, tmp_path / "out")
    before = bytes_of(tmp_path / "out")
    (Path(inputs[0]) / "d.txt").write_text("one more")
    with pytest.raises(InputError, match="other inputs"):
        done(inputs, tmp_path / "out")
    assert bytes_of(tmp_path / "out") == before
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("x")
    with pytest.raises(InputError, match="other files in this folder"):
        done(inputs, tmp_path / "mine")


def test_what_only_one_place_has_is_refused(tmp_path: Path) -> None:
    for given in ("-", "https://example.org/feed.xml"):
        with pytest.raises(InputError, match="only files"):
            planned([given], tmp_path / "out")


def test_a_machine_with_another_version_stops_all(inputs: list[str], tmp_path: Path) -> None:
    other = plan(inputs, Job(str(tmp_path / "out"), "another version"), 2_000)
    with pytest.raises(WhoholdsError, match="has another version of whoholds"):
        run(other, HERE, lambda _: None)
    assert not list((tmp_path / "out").glob("done/*"))


def test_without_dask_it_says_what_to_install(
    inputs: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WhoholdsError, match=r"pip install 'whoholds\[dask\]'"):
        done(inputs, tmp_path / "out", Engine(dask=True))


CLUSTER = """
import os, signal, sys
from pathlib import Path
import psutil
from distributed import LocalCluster
from whoholds.pipeline import Reader
from whoholds.spread.plan import Job, plan
from whoholds.spread.run import Engine, run
from whoholds.tasks import set_aside

def on_part(found):
    if not killed:
        workers = [p for p in psutil.Process().children() if "--multiprocessing-fork" in p.cmdline()]
        killed.append(workers[0].pid)
        os.kill(workers[0].pid, signal.SIGKILL)

if __name__ == "__main__":
    killed = []
    made_by = Reader().made_by
    inputs, here, there = sys.argv[1:]
    run(plan([inputs], Job(here, made_by), 600), Engine(processes=1), lambda _: None)
    with LocalCluster(
        n_workers=2, threads_per_worker=1, memory_limit=0, dashboard_address=None, silence_logs="ERROR"
    ) as cluster:
        run(plan([inputs], Job(there, made_by), 600), Engine(True, cluster.scheduler_address), on_part)
    assert killed
"""


def test_a_dask_cluster_whose_worker_is_killed_in_the_middle_writes_the_same_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    sides = ("the rebels", "Government troops", "Army units", "the militia")
    for n in range(24):
        town = ("Gao", "Kidal", "Timbuktu", "Mopti")[n % 4]
        text = f"Mali, {n % 28 + 1} March 2013\n\n{sides[n % 3]} captured {town} from {sides[3]} on Monday.\n"
        (folder / f"{n:02}.txt").write_text(text * 3)
    here, there = tmp_path / "here", tmp_path / "there"
    ran = subprocess.run(
        [sys.executable, "-c", CLUSTER, str(folder), str(here), str(there)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads((here / "manifest.json").read_text())["counts"]["claims"] > 20
    assert bytes_of(there) == bytes_of(here)
