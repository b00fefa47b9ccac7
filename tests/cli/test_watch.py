"""`whoholds watch`: what is due, what is remembered, what is said of a wrong file."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from whoholds.cli.app import app
from whoholds.errors import InputError, LedgerError
from whoholds.ledger import Ledger
from whoholds.pipeline import Reading
from whoholds.watch.config import Config, load
from whoholds.watch.schedule import Schedule

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAGE = "gains gov:IRQ Ramadi 2016-02-09\n"


@pytest.fixture(autouse=True)
def _fake(fake_reader: type) -> None:
    assert fake_reader


def config(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def watch(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["watch", *map(str, arguments)])


def test_a_folder_is_read_when_it_is_due_and_not_before(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(PAGE, "utf-8")
    file = config(tmp_path / "w.yml", "ledger: w.db\nevery: 1 h\nsources:\n  - path: in\n")
    first = watch(file, "--once")
    assert (first.exit_code, "1 new reports, 1 claims" in first.output) == (0, True)
    (tmp_path / "in/b.txt").write_text(PAGE + "more", "utf-8")
    assert "Nothing is due" in watch(file, "--once").output
    with Ledger.open(tmp_path / "w.db") as store:
        assert store.counts()["reports"] == 1


def test_a_source_that_is_gone_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    file = config(tmp_path / "w.yml", "sources:\n  - path: none.txt\n  - path: a.txt\n")
    done = watch(file, "--once")
    assert done.exit_code == 0
    assert "none.txt does not exist" in done.output
    assert "a.txt: 1 new reports" in done.output
    remembered = json.loads((tmp_path / "whoholds.db.watch.json").read_text("utf-8"))["sources"]
    assert [entry["failures"] for _, entry in sorted(remembered.items())] == [0, 1]


def test_the_shared_map_is_of_some_time_ago(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    file = config(tmp_path / "w.yml", "sources:\n  - path: a.txt\nshare:\n  map: public.html\n  delay: 3 days\n")
    assert "as known on" in watch(file, "--once").output
    assert (tmp_path / "public.html").exists()


def test_the_folder_of_the_shared_map_is_made_and_a_fault_of_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    text = "sources:\n  - path: a.txt\nshare:\n  map: {}\n  delay: 3 days\n"
    watch(config(tmp_path / "w.yml", text.format("public/of/us/map.html")), "--once")
    assert (tmp_path / "public/of/us/map.html").exists()
    done = watch(config(tmp_path / "w.yml", text.format("a.txt/map.html")), "--once")
    assert (done.exit_code, "share, map:" in done.output) == (2, True)
    (tmp_path / "folder").mkdir()
    (tmp_path / "whoholds.db.watch.json").unlink()
    done = watch(config(tmp_path / "w.yml", text.format("folder")), "--once")
    assert (done.exit_code, "Cannot write the map" in done.output) == (2, True)


def test_a_ledger_that_is_gone_for_a_while_ends_no_watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    (tmp_path / "b.txt").write_text(PAGE + "more", "utf-8")
    file = config(tmp_path / "w.yml", "every: 1 h\nsources:\n  - path: a.txt\n  - path: b.txt\n")
    real, asked = Ledger.add, list[str]()

    def add(ledger: Ledger, reading: Reading) -> bool:
        asked.append(reading.report.label)
        if asked == ["a.txt"]:
            raise LedgerError("the database was shut down.")
        return real(ledger, reading)

    monkeypatch.setattr(Ledger, "add", add)
    slept = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            raise KeyboardInterrupt
        traveller.shift(timedelta(hours=2))

    monkeypatch.setattr("whoholds.cli.watch.sleep", sleep)
    with time_machine.travel(NOW, tick=False) as traveller:
        done = watch(file)
    assert done.exit_code == 130
    assert "a.txt: the database was shut down." in done.output
    assert asked == ["a.txt", "b.txt", "a.txt"]  # after two hours the one that failed is asked again; b.txt is known
    with Ledger.open(tmp_path / "whoholds.db") as store:
        assert store.counts()["reports"] == 2


def test_with_once_a_ledger_that_is_gone_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def add(*_: object) -> bool:
        raise LedgerError("the database was shut down.")

    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    monkeypatch.setattr(Ledger, "add", add)
    assert watch(config(tmp_path / "w.yml", "sources:\n  - path: a.txt\n"), "--once").exit_code == 2


def test_the_day_of_reading_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, "utf-8")
    file = config(tmp_path / "w.yml", "sources:\n  - path: a.txt\nshare:\n  map: public.html\n  delay: 3 days\n")
    assert "as known on 2016-03-07" in watch(file, "--once", "--today", "2016-03-10").output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "expected settings"),
        ("sources: []", "sources: give at least one"),
        ("sources: 5", "sources: give a list"),
        ("sources:\n  - url: https://example.org\n    path: x", "either url or path"),
        ("sources:\n  - url: file:///etc/passwd", "not a web address"),
        ("sources:\n  - path: x\n    every: soon", "sources, entry 1, every: 'soon' is not a length of time"),
        ("sources:\n  - path: x\n    evry: 1 h", "evry: there is no such setting"),
        ("sources: [", "line 1"),
        ("- !!python/object/apply:os.system [true]", "not YAML"),
    ],
)
def test_a_wrong_file_is_said_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=r"w\.yml") as error:
        load(config(tmp_path / "w.yml", text))
    assert words in str(error.value)
    assert watch(tmp_path / "w.yml").exit_code == 2


def test_no_file(tmp_path: Path) -> None:
    assert watch(tmp_path / "none.yml").exit_code == 2


def settings(**source: object) -> Config:
    return Config.model_validate({"every": "1 h", "sources": [{"path": "a", **source}]})


def test_what_fails_is_asked_more_and_more_seldom_and_at_once_again_when_it_works(tmp_path: Path) -> None:
    schedule = Schedule(config := settings(), tmp_path / "m.json")
    (source,) = config.sources
    pauses = []
    for failed in (False, True, True, True, True, True, True, True, False):
        assert list(schedule.due(NOW + timedelta(days=30))) == [source]
        schedule.done(source, NOW, failed=failed)
        pauses.append(schedule.wait(NOW) / timedelta(hours=1))
    assert pauses == [1, 2, 4, 8, 16, 24, 24, 24, 1]
    assert list(schedule.due(NOW)) == []


def test_what_is_remembered_outlives_the_process(tmp_path: Path) -> None:
    schedule = Schedule(config := settings(), tmp_path / "m.json")
    (source,) = config.sources
    schedule.memory(source, NOW).answers["https://example.org/"] = {"etag": '"1"'}
    schedule.done(source, NOW, failed=True)
    again = Schedule(config, tmp_path / "m.json")
    assert again.wait(NOW) == timedelta(hours=2)
    assert again.memory(source, NOW).answers == {"https://example.org/": {"etag": '"1"'}}


def test_of_what_is_remembered_the_last_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whoholds.watch.schedule.ANSWERS", 3)
    schedule = Schedule(config := settings(), tmp_path / "m.json")
    (source,) = config.sources
    answers = schedule.memory(source, NOW).answers
    answers |= {f"https://example.org/{n}": {"etag": str(n)} for n in range(9)}
    schedule.done(source, NOW, failed=False)
    assert [known["etag"] for known in Schedule(config, tmp_path / "m.json").memory(source, NOW).answers.values()] == [
        "6", "7", "8",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"whoholds_watch": 1, "sources": {"a": {"due": "never"}}}'])
def test_a_damaged_memory_is_named_or_begun_anew(tmp_path: Path, text: str) -> None:
    path = config(tmp_path / "m.json", text)
    if "whoholds_watch" in text:
        assert Schedule(settings(), path).wait(NOW) == timedelta(0)
    else:
        with pytest.raises(InputError, match=r"m\.json"):
            Schedule(settings(), path)
