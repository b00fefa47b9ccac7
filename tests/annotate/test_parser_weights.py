"""The weights file: checked before use, read in memory, small and quick."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from whoholds.annotate.parse import weights
from whoholds.annotate.parse.parser import Parser
from whoholds.errors import WeightsError


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for suffix in (".zip", ".json"):
        shutil.copy(weights.PACKAGED.with_suffix(suffix), tmp_path)
    return tmp_path / weights.PACKAGED.name


def rewrite(path: Path, **changes: object) -> None:
    """Change the note beside a weights file."""
    sidecar = path.with_suffix(".json")
    sidecar.write_text(json.dumps(json.loads(sidecar.read_text()) | changes))


def test_packaged_weights_are_small_and_match_their_note() -> None:
    data, digest = weights.read_checked(weights.PACKAGED)
    assert len(data) <= 4_000_000
    assert hashlib.sha256(data).hexdigest() == digest
    assert Parser.load(weights.PACKAGED).fingerprint == digest


def test_no_pickle_and_nothing_written(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(copy) as box:
        assert box.namelist() == ["model.json", "params.f16"]
        assert all(i.date_time == (1980, 1, 1, 0, 0, 0) for i in box.infolist())
    monkeypatch.setattr(zipfile.ZipFile, "extractall", None)
    weights.load(copy)
    assert sorted(p.name for p in copy.parent.iterdir()) == ["parser-en.json", "parser-en.zip"]


def test_the_environment_names_other_weights(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(weights.ENVIRONMENT, str(copy))
    assert weights.default_path() == copy
    monkeypatch.delenv(weights.ENVIRONMENT)
    assert weights.default_path() == weights.PACKAGED


def test_missing_weights(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="Install whoholds again"):
        weights.load(tmp_path / "none.zip")


def test_missing_archive(copy: Path) -> None:
    copy.unlink()
    with pytest.raises(WeightsError, match="cannot read"):
        weights.load(copy)


@pytest.mark.parametrize("damage", ["flip", "truncate", "append"])
def test_damaged_weights(copy: Path, damage: str) -> None:
    data = bytearray(copy.read_bytes())
    if damage == "flip":
        data[len(data) // 2] ^= 1
    elif damage == "truncate":
        del data[-10:]
    else:
        data += b"x"
    copy.write_bytes(data)
    with pytest.raises(WeightsError, match="damaged"):
        weights.load(copy)


def test_weights_of_another_format(copy: Path) -> None:
    rewrite(copy, format=weights.FORMAT + 1)
    with pytest.raises(WeightsError, match="format"):
        weights.load(copy)


def test_note_that_is_no_note(copy: Path) -> None:
    copy.with_suffix(".json").write_text("[]")
    with pytest.raises(WeightsError):
        weights.load(copy)


def test_right_hash_of_a_wrong_file(copy: Path) -> None:
    with zipfile.ZipFile(copy) as box:
        header, params = box.read("model.json"), box.read("params.f16")
    for members in ({"model.json": header, "params.f16": params[:-2]}, {"model.json": header},
                    {"model.json": b"{}", "params.f16": params}, {}):  # fmt: skip
        with zipfile.ZipFile(copy, "w") as box:
            for name, data in members.items():
                box.writestr(name, data)
        data = copy.read_bytes()
        rewrite(copy, bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
        with pytest.raises(WeightsError, match="do not fit"):
            weights.load(copy)


def test_loads_in_half_a_second_of_processor_time() -> None:
    program = (
        "import spacy, time\nfrom whoholds.annotate.parse import weights\nimport spacy.lang.en\n"
        "t = time.process_time()\nweights.load(weights.PACKAGED)\nprint(time.process_time() - t)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 0.5  # measured: 0.15
