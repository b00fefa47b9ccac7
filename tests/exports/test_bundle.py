"""Bundles: whole, checked, and their results made again."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whoholds.cli.app import app
from whoholds.errors import InputError
from whoholds.exports.bundle import check, write
from whoholds.ledger import Ledger
from whoholds.model import Correction, Verdict
from whoholds.views import Question

SECRET = "Only the report says this"
Parts = dict[str, bytes]


@pytest.fixture
def ledger(tmp_path: Path, factory: Any) -> Path:
    path = tmp_path / "w.db"
    with Ledger.open(path) as store:
        report = factory.report(f"Troops took Ramadi. {SECRET}.", label="a.txt")
        claims = [
            factory.claim("gains", "gov:IRQ", "Ramadi", "2016-02-09", of=report, quote="took Ramadi"),
            factory.claim("gains", "islamic-state", "Rutba", "2014-06-20", label="b.txt"),
        ]
        factory.store(store, *claims)
        store.correct(Correction(Verdict.WRONG, "Noor", date(2026, 1, 1), "no", claims[1].id, about=claims[1]))
    return path


def made(ledger: Path, path: Path, question: Question | None = None, **kwargs: Any) -> Path:
    with Ledger.open(ledger, create=False) as store:
        assert write(store, path, question or Question(), **kwargs) == 2
    return path


def repacked(path: Path, change: Callable[[Parts], None]) -> Path:
    with zipfile.ZipFile(path) as bundle:
        parts = {name: bundle.read(name) for name in bundle.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
    return path


def verdicts(path: Path, inputs: tuple[str, ...] = ()) -> dict[str, bool]:
    return {found.what: found.good for found in check(path, inputs)}


def test_a_bundle_is_whole_and_gives_the_same_again(ledger: Path, tmp_path: Path) -> None:
    path = made(ledger, tmp_path / "b.zip", Question(date(2016, 3, 1), date(2016, 4, 1)))
    assert verdicts(path) == {"parts": True, "results": True}
    with zipfile.ZipFile(path) as bundle:
        manifest = json.loads(bundle.read("manifest.json"))
        states = bundle.read("results/states.csv").decode()
        readme = bundle.read("README.txt").decode()
    assert manifest["asked"] == {
        "on": "2016-03-01",
        "known": "2016-04-01",
        "today": None,
        "clock": "as known",
        "view": "all",
    }
    assert sorted(one["label"] for one in manifest["inputs"]) == ["a.txt", "b.txt"]
    assert "Not for targeting" in manifest["disclaimer"]
    assert "--on 2016-03-01 --known 2016-04-01" in readme
    assert "Ramadi" in states


def test_a_bundle_of_the_latest_gives_the_same_again_on_a_later_day(ledger: Path, tmp_path: Path) -> None:
    path = made(ledger, tmp_path / "b.zip", Question(today=date(2016, 4, 1)))
    assert verdicts(path) == {"parts": True, "results": True}


def test_judgements_are_in_it(ledger: Path, tmp_path: Path) -> None:
    path = made(ledger, tmp_path / "b.zip")
    with zipfile.ZipFile(path) as bundle:
        # What Noor rejected holds nothing.
        assert "islamic-state" not in bundle.read("results/states.csv").decode()


@pytest.mark.parametrize("texts", [False, True])
def test_the_words_of_reports_are_in_it_only_where_asked_for(ledger: Path, tmp_path: Path, texts: bool) -> None:
    path = made(ledger, tmp_path / "b.zip", texts=texts)
    with zipfile.ZipFile(path) as bundle:
        content = b"".join(bundle.read(name) for name in bundle.namelist())
    assert (SECRET.encode() in content) == texts
    assert verdicts(path) == {"parts": True, "results": True}


def test_what_was_changed_afterwards_is_found(ledger: Path, tmp_path: Path) -> None:
    def forged(parts: Parts) -> None:
        name = "results/states.csv"
        parts[name] = parts[name].replace(b"gov:IRQ", b"gov:SYR")

    path = repacked(made(ledger, tmp_path / "b.zip"), forged)
    (found,) = [one for one in check(path) if one.what == "parts"]
    assert (found.good, "results/states.csv" in found.says) == (False, True)

    def forged_with_its_hash(parts: Parts) -> None:
        import hashlib

        forged(parts)
        manifest = json.loads(parts["manifest.json"])
        name = "results/states.csv"
        manifest["files"][name] = hashlib.sha256(parts[name]).hexdigest()
        parts["manifest.json"] = json.dumps(manifest).encode()

    other = repacked(made(ledger, tmp_path / "c.zip"), forged_with_its_hash)
    assert verdicts(other) == {"parts": True, "results": False}


def test_the_inputs(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(
        "13 March 2016\n\nThe army took Ramadi on Sunday, a spokesman said.", "utf-8"
    )
    runner = CliRunner()
    ledger = ["--ledger", str(tmp_path / "w.db")]
    assert runner.invoke(app, ["read", str(tmp_path / "in"), *ledger]).exit_code == 0
    path = tmp_path / "b.zip"
    assert runner.invoke(app, ["export", "bundle", "-o", str(path), *ledger]).exit_code == 0
    done = runner.invoke(app, ["verify", str(path), "--inputs", str(tmp_path / "in")])
    assert (done.exit_code, done.stdout.count("good")) == (0, 3)
    (tmp_path / "in" / "a.txt").write_text("13 March 2016\n\nThe army took Hit on Sunday, a spokesman said.", "utf-8")
    done = runner.invoke(app, ["verify", str(path), "--inputs", str(tmp_path / "in")])
    assert (done.exit_code, "BAD" in done.stdout) == (2, True)


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts.pop("manifest.json"),
        lambda parts: parts.pop("ledger.db"),
        lambda parts: parts.update({"manifest.json": b"[]"}),
        lambda parts: parts.update({"manifest.json": b"{"}),
    ],
)
def test_what_is_no_bundle(ledger: Path, tmp_path: Path, change: Callable[[Parts], Any]) -> None:
    path = repacked(made(ledger, tmp_path / "b.zip"), change)
    with pytest.raises(InputError, match=r"b\.zip"):
        list(check(path))
    text = tmp_path / "t.zip"
    text.write_text("no zip", encoding="utf-8")
    assert CliRunner().invoke(app, ["verify", str(text)]).exit_code == 2
    assert CliRunner().invoke(app, ["verify", str(tmp_path / "none.zip")]).exit_code == 2


def test_a_zip_names_no_path_of_ours(ledger: Path, tmp_path: Path) -> None:
    outside = tmp_path / "evil.txt"

    def evil(parts: Parts) -> None:
        manifest = json.loads(parts["manifest.json"])
        manifest["files"]["../evil.txt"] = "0" * 64
        parts["manifest.json"] = json.dumps(manifest).encode()
        parts["../evil.txt"] = b"x"

    path = repacked(made(ledger, tmp_path / "b.zip"), evil)
    with pytest.raises(InputError):
        list(check(path))
    assert not outside.exists()
