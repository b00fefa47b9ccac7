"""What every store keeps to, whatever database is behind it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from whoholds.errors import LedgerError
from whoholds.ledger import Ledger
from whoholds.model import Issue, Place, Role, Section, Severity, Span, When

Opener = Callable[[], Ledger]


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A path or an address at which there is no ledger yet."""
    if request.param == "sqlite":
        return str(tmp_path / "contract.db")
    address: str = request.getfixturevalue("postgres").ledger()
    return address


@pytest.fixture
def opener(where: str) -> Opener:
    """Opens the same store, again and again."""
    return lambda: Ledger.open(where)


@pytest.fixture
def store(opener: Opener) -> Iterator[Ledger]:
    with opener() as opened:
        yield opened


def test_a_reading_comes_back_whole(store: Ledger, factory: Any) -> None:
    claim = factory.claim("gains", "gov:IRQ", "Ramadi", ("2016-02-01", "2016-02-29"), against="islamic-state")
    assert store.add(factory.reading(claim)) is True
    assert list(store.claims()) == [claim]
    assert next(store.claims()).id == claim.id


def test_reading_again_adds_nothing(store: Ledger, factory: Any) -> None:
    reading = factory.reading(factory.claim(), issues=(Issue("odd", "an odd thing", "report.txt"),))
    store.add(reading)
    before = store.counts()
    assert store.add(reading) is False
    assert store.counts() == before == {"reports": 1, "readings": 1, "claims": 1, "places": 1, "issues": 1}


def test_a_later_version_answers_and_the_older_stays(store: Ledger, factory: Any) -> None:
    old = factory.claim("gains", "gov:IRQ", "Ramadi")
    of = factory.reports[old.report_id]
    new = factory.claim("holds", "gov:IRQ", "Ramadi", of=of)
    store.add(factory.reading(old, issues=(Issue("old", "old", "x"),)))
    assert store.add(factory.reading(new, made_by="v2")) is True
    assert list(store.claims()) == [new]
    assert store.issues() == []
    assert store.has(of.id, "v1")
    assert store.has(of.id, "v2")
    assert store.counts() == {"reports": 1, "readings": 2, "claims": 1, "places": 1, "issues": 0}


def test_a_later_version_without_claims_takes_the_old_ones_back(store: Ledger, factory: Any) -> None:
    claim = factory.claim()
    store.add(factory.reading(claim))
    store.add(replace(factory.reading(claim), claims=(), made_by="v2"))
    assert list(store.claims()) == []
    assert store.places() == []


def test_a_report_takes_the_place_of_another(store: Ledger, factory: Any) -> None:
    rows = [factory.report(f"Ramadi is held. {n}", label="row 1", outlet="A desk") for n in range(3)]
    old, other, new = (factory.claim(actor=actor, of=of) for actor, of in zip(("a", "b", "c"), rows, strict=True))
    elsewhere = factory.claim("holds", "d", "Rutba", of=factory.report("Of Rutba.", label="row 2", outlet="A desk"))
    factory.store(store, old, elsewhere)
    outlet = "A desk"
    for claim, before in ((other, old), (new, other)):
        assert store.standing(outlet)["row 1"].report_id == before.report_id
        assert store.add(factory.reading(claim), instead_of=before.report_id) is True
        assert [*store.claims()] == [elsewhere, claim]
    assert store.standing(outlet).keys() == {"row 1", "row 2"}
    assert store.standing("somebody else") == {}
    assert store.claim(old.id) == (old, False), "it stays, and does not answer"
    assert store.counts()["readings"] == 6


def test_has_is_by_report_and_version(store: Ledger, factory: Any) -> None:
    claim = factory.claim()
    store.add(factory.reading(claim))
    assert store.has(claim.report_id, "v1")
    assert not store.has(claim.report_id, "v2")
    assert not store.has("0" * 32, "v1")


def test_claims_of_one_place(store: Ledger, factory: Any) -> None:
    factory.store(store, factory.claim(place="Ramadi"), factory.claim(place="Rutba"))
    assert [claim.place.name for claim in store.claims(place_id="test:rutba")] == ["Rutba"]
    assert list(store.claims(place_id="test:nowhere")) == []


def test_a_place_without_an_id_goes_by_its_name(store: Ledger, factory: Any) -> None:
    factory.store(store, factory.claim(place=Place("Abu Hamám")))
    assert [entry.place_id for entry in store.places()] == ["name:abu-hamam"]
    assert len(list(store.claims(place_id="name:abu-hamam"))) == 1


def test_known_goes_by_the_last_possible_day_of_publication(store: Ledger, factory: Any) -> None:
    factory.store(
        store,
        factory.claim(published="2016-03-13", label="sharp"),
        factory.claim(published=("2016-03-01", "2016-03-31"), label="wide"),
        factory.claim(published=None, label="undated"),
        factory.claim(published=("2016-03-01", None), label="open"),
    )
    assert [claim.report for claim in store.claims(known=date(2016, 3, 12))] == []
    assert [claim.report for claim in store.claims(known=date(2016, 3, 13))] == ["sharp"]
    assert [claim.report for claim in store.claims(known=date(2016, 3, 31))] == ["sharp", "wide"]
    assert len(list(store.claims())) == 4


def test_a_report_comes_back_as_its_latest_reading_saw_it(store: Ledger, factory: Any) -> None:
    of = factory.report(
        "Title\nTroops took Ramadi. £ 東 \U0001f5fa", "page.html", None, title="Title", url="http://x.example/1"
    )
    claim = factory.claim(of=of, quote="Troops took Ramadi.")
    sections = (Section(Span(0, 5), Role.TITLE), Section(Span(6, len(of.text)), Role.BODY))
    later = replace(
        of, sections=sections, published=When(None, date(2016, 3, 13), "caption", "open"), outlet="The Paper"
    )
    store.add(factory.reading(claim))
    store.add(replace(factory.reading(claim), report=later, made_by="v2"))
    assert store.report(of.id) == later
    assert store.report(of.id).id == of.id


def test_an_unknown_report_is_an_error(store: Ledger) -> None:
    with pytest.raises(LedgerError, match="no report abc"):
        store.report("abc")


def test_places_carry_all_their_names_and_the_best_position(store: Ledger, factory: Any) -> None:
    found = Place("Rutba", place_id="p:1", lat=33.0, lon=40.0, country="IRQ", basis="gazetteer")
    other = replace(found, name="Ar Rutbah")
    lost = replace(found, lat=None, lon=None, basis="unresolved")
    factory.store(
        store,
        *(factory.claim(place=place, label=str(n)) for n, place in enumerate((lost, lost, lost, found, other, other))),
    )
    (entry,) = store.places()
    assert entry.place_id == "p:1"
    assert entry.names == ("Rutba", "Ar Rutbah")
    assert entry.place.lat == 33.0
    assert entry.claims == 6


def test_issues_come_back_and_those_of_inputs_are_kept_once(store: Ledger, factory: Any) -> None:
    of_reading = Issue("place", "not found", "report.txt", "offset 3-9", Severity.NOTE)
    of_input = Issue("empty", "the file is empty", "empty.txt", severity=Severity.ERROR)
    store.add(factory.reading(factory.claim(), issues=(of_reading,)))
    assert store.add_issues([of_input]) == 1
    assert store.add_issues([of_input]) == 0
    assert store.add_issues([]) == 0
    assert store.issues() == [of_reading, of_input]


def test_it_is_all_there_after_closing(opener: Opener, factory: Any) -> None:
    claim = factory.claim()
    with opener() as first:
        first.add(factory.reading(claim))
    with opener() as second:
        assert list(second.claims()) == [claim]
        assert second.add(factory.reading(claim)) is False


def test_a_fault_halfway_stores_nothing_of_the_reading(store: Ledger, factory: Any) -> None:
    good, bad = factory.claim(label="same"), factory.claim(label="same")
    broken = replace(bad, place=Place("X", relation=object()))  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        store.add(replace(factory.reading(good), claims=(good, broken)))
    assert store.counts() == dict.fromkeys(("reports", "readings", "claims", "places", "issues"), 0)
    assert store.add(factory.reading(good)) is True


def test_claims_can_be_added_while_others_are_read(opener: Opener, factory: Any) -> None:
    with opener() as one, opener() as two:
        factory.store(one, *(factory.claim(label=str(n)) for n in range(3)))
        for number, _ in enumerate(one.claims()):
            factory.store(two, factory.claim(label=f"later {number}"))
        assert one.counts()["reports"] == 6


def test_text_that_no_database_stores_is_refused(store: Ledger, factory: Any) -> None:
    of = factory.report("broken \ud800 text")
    with pytest.raises(LedgerError, match="cannot be stored"):
        store.add(factory.reading(factory.claim(of=of)))


def test_a_name_with_stray_bytes_is_stored_readable(store: Ledger, factory: Any) -> None:
    of = factory.report("Troops took Ramadi.", label="page\udce9.txt")
    claim = factory.claim(of=of)
    store.add(factory.reading(claim))
    assert store.report(of.id).label == "page?.txt"
    assert list(store.claims()) == [claim]


def test_what_is_listed_by_name_is_in_the_same_order_everywhere(store: Ledger, factory: Any) -> None:
    ids = ["b:1", "B:2", "a:3", "Z:4", "é:5", "_:6", "a-:7"]
    factory.store(store, *(factory.claim(place=Place(name, place_id=name), label=name) for name in ids))
    assert store.place_ids() == sorted(ids)
    assert [entry.place_id for entry in store.places()] == sorted(ids)


def test_no_name_is_too_long_and_no_zero_byte_stops_it(store: Ledger, factory: Any) -> None:
    long = Place("P" * 5_000, place_id="x" * 5_000, country="somewhere", basis="b" * 300)
    of = factory.report("Troops took it.", label="a\0b")
    claim = factory.claim(place=long, of=of, actor="y" * 500)
    assert store.add(replace(factory.reading(claim), made_by="v" * 900, issues=(Issue("c" * 90, "m\0m", "s\0"),)))
    assert list(store.claims()) == [claim]
    assert store.report(of.id).label == "a?b"
    assert [issue.message for issue in store.issues()] == ["m?m"]
    assert store.named("P" * 5_000)[0].place.country == "somewhere"


def test_a_text_with_zero_bytes_is_refused(store: Ledger, factory: Any) -> None:
    with pytest.raises(LedgerError, match="cannot be stored"):
        store.add(factory.reading(factory.claim(of=factory.report("zero \0 byte"))))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_days_at_the_ends_of_the_calendar(store: Ledger, factory: Any, day: date) -> None:
    claim = factory.claim(when=When(day, day, "stated"), published=When(day, day, "stated"))
    factory.store(store, claim)
    assert list(store.claims(known=day)) == [claim]
    assert store.last_published() == day


SCRIPT = """
import sys
sys.path.insert(0, {tests!r})
from conftest import Factory
from whoholds.ledger import Ledger
from whoholds.model import Issue
factory = Factory()
with Ledger.open({where!r}) as store:
    for number in range({first}, {last}):
        factory.store(store, *[factory.claim(label=f"report {{number}}", place=f"P{{n}}", of=of)
                               for of in [factory.report(f"text {{number}} " * 200)] for n in range(20)])
        store.add_issues([Issue("odd", f"line {{number}}", "x")])
        print(number, flush=True)
"""


def writer(where: str, first: int, last: int) -> subprocess.Popen[str]:
    """A process that stores reports by number, with twenty claims each, and an issue after each."""
    code = SCRIPT.format(tests=str(Path(__file__).resolve().parents[1]), where=where, first=first, last=last)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


def test_a_kill_at_any_moment_loses_no_finished_report_and_doubles_none(where: str) -> None:
    for wanted in (1, 7, 23):
        process = writer(where, 0, 200)
        assert process.stdout is not None
        finished = 0
        for line in process.stdout:
            finished = int(line) + 1
            if finished >= wanted:
                process.kill()
                break
        process.stdout.close()
        process.wait()
        with Ledger.open(where, create=False) as store:
            counts = store.counts()
            assert counts["reports"] >= finished
            assert counts["reports"] == counts["readings"]
            assert counts["claims"] == 20 * counts["reports"]
            assert counts["reports"] < 200, "the process was to be killed halfway"


def test_two_processes_write_the_same_reports_and_others_at_once_while_a_third_reads(where: str) -> None:
    with Ledger.open(where) as store:
        both = [writer(where, 0, 15), writer(where, 5, 25)]
        seen = [0]
        while any(process.poll() is None for process in both):
            counts = store.counts()
            assert counts["claims"] == 20 * counts["reports"], "a report was seen without all its claims"
            seen.append(len(list(store.claims())))
        assert [process.communicate()[0].splitlines()[-1] for process in both] == ["14", "24"]
        assert seen == sorted(seen)
        assert store.counts() == {"reports": 25, "readings": 25, "claims": 500, "places": 20, "issues": 25}


def test_two_writers_with_new_places_and_two_versions_of_one_report_lose_nothing(opener: Opener, factory: Any) -> None:
    claims = [factory.claim(place=Place(f"N{n % 7}"), label=str(n)) for n in range(30)]
    faults: list[BaseException] = []

    def write(version: str, order: int) -> None:
        try:
            with opener() as store:
                for reading in factory.readings(*claims)[::order]:
                    store.add(replace(reading, made_by=version))
        except BaseException as fault:
            faults.append(fault)

    opener().close()
    threads = [threading.Thread(target=write, args=args) for args in (("v1", 1), ("v2", -1), ("v3", 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with opener() as store:
        assert store.counts() == {"reports": 30, "readings": 90, "claims": 30, "places": 7, "issues": 0}
        assert len(store.place_ids()) == 7


def test_two_who_make_a_ledger_at_the_same_moment_make_one(opener: Opener) -> None:
    opened: list[Ledger] = []
    threads = [threading.Thread(target=lambda: opened.append(opener())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [store.counts()["reports"] for store in opened] == [0, 0, 0, 0]
    for store in opened:
        store.close()
