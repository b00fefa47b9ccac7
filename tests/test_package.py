"""What is shipped: the wheel and the source archive hold what they need, no more, and the wheel works by itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src/whoholds"
MAX_WHEEL = 5_900_000
"""Bytes. The weights take 3.3 million, the map's page 0.7 million packed, the application's 0.35 more; code 1.0."""
LICENCES = ("LICENSE", "NOTICE", "src/whoholds/data/weights/LICENSE")

sys.path.insert(0, str(ROOT))

import hatch_build  # noqa: E402


def build(folder: Path, target: str, out: Path, **environment: str) -> Path:
    """Build `target` (wheel, sdist) with the backend that is installed: nothing is downloaded."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not hatch_build.is_built(ROOT):
        pytest.fail("the map's front end is not built, or out of date: run python hatch_build.py")
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as box:
        return set(box.namelist())


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(names: set[str]) -> None:
    files = {
        f"whoholds/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and not re.search(r"/(__pycache__|\.\w+)(/|$)", path.as_posix().removeprefix(str(ROOT)))
    }
    assert {name for name in names if not name.startswith("whoholds-")} == files
    assert "whoholds/data/weights/parser-en.zip" in names
    assert {f"whoholds/{name}" for name in hatch_build.NAMES} <= names


def test_the_wheel_holds_the_licences(wheel: Path, names: set[str]) -> None:
    (folder,) = {name.split("/")[0] for name in names if name.startswith("whoholds-")}
    with zipfile.ZipFile(wheel) as box:
        for licence in LICENCES:
            assert box.read(f"{folder}/licenses/{licence}") == (ROOT / licence).read_bytes()
        metadata = box.read(f"{folder}/METADATA").decode()
    assert "\nLicense-Expression: Apache-2.0 AND CC-BY-SA-4.0" in metadata


def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size < MAX_WHEEL


def test_the_wheel_reads_a_report_and_writes_a_map(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as box:
        box.extractall(site)
    # Before the package that is installed for development.
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); import whoholds; "
        "assert whoholds.__file__.startswith(sys.path[0]), whoholds.__file__; "
        "from whoholds.cli import main; main()"
    )

    def whoholds(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, str(site), *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    (tmp_path / "report.txt").write_text("Congolese troops recaptured Rumangabo from the M23 on 4 May 2022.\n", "utf-8")
    read = whoholds("read", "report.txt")
    assert read.returncode == 0, read.stderr
    who = whoholds("who", "Rumangabo", "--format", "csv")
    assert "gov:COD" in who.stdout, who.stderr
    drawn = whoholds("map")
    assert drawn.returncode == 0, drawn.stderr
    assert "Rumangabo" in (tmp_path / "map.html").read_text("utf-8")


def test_the_source_archive_builds_the_same_wheel_without_node(wheel: Path, tmp_path: Path) -> None:
    archive = build(ROOT, "sdist", tmp_path / "sdist")
    with tarfile.open(archive) as box:
        members = [member.name.split("/", 1)[1] for member in box.getmembers()]
        # Python before 3.11.4 has no filters.
        box.extractall(tmp_path / "unpacked", **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    assert not [name for name in members if name.startswith(("build/", ".venv/")) or "node_modules" in name]
    assert {"frontend/package-lock.json", "tests/test_package.py", "examples/README.md", "Makefile"} <= set(members)
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    again = build(unpacked, "wheel", tmp_path / "again", PATH="")
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        assert {i.filename: i.CRC for i in first.infolist()} == {i.filename: i.CRC for i in second.infolist()}
