"""What every store keeps to, whatever database is behind it."""

from __future__ import annotations

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


def _sqlite_file(tmp_path: Path) -> Opener:
    return lambda: Ledger.open(tmp_path / "contract.db")


BACKENDS = {"sqlite": _sqlite_file}


@pytest.fixture(params=BACKENDS)
def opener(request: pytest.FixtureRequest, tmp_path: Path) -> Opener:
    """Opens the same store, again and again."""
    return BACKENDS[request.param](tmp_path)


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
