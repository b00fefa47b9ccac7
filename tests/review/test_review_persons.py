"""Speakers of a ledger, joined by judgements that can be seen and taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from whoholds.errors import InputError
from whoholds.ledger import Ledger
from whoholds.model import Voice
from whoholds.resolve.judgements import Verdict
from whoholds.resolve.origins import sourced
from whoholds.review import persons
from whoholds.sources.outlets import Publisher


@pytest.fixture
def store(tmp_path: Path, factory: Any) -> Any:
    voices = (
        Voice("Yahya Rasool", "spokesman", side="gov:IRQ"),
        Voice("Yahya Rasul", "military spokesman", side="gov:IRQ"),
        Voice("Yahya Saree", "spokesman", side="houthis"),
        Voice("Ali Karim Badi", "mayor"),
        Voice("Ali Karim", "mayor"),
        Voice("Mahmud Qasem", side="gov:SYR"),
        Voice("Mahmoud Qassem", side="hts"),
        Voice(role="resident"),
    )
    with Ledger.open(tmp_path / "persons.db") as ledger:
        for number, voice in enumerate(voices):
            claim = factory.claim(voices=(voice,), label=f"{number}.txt")
            ledger.add(factory.reading(sourced(claim, Publisher(None))))
        yield ledger


def names(store: Ledger) -> set[tuple[str, ...]]:
    return {person.names for person in persons.people(store)}


def test_two_spellings_are_two_until_judged(store: Ledger) -> None:
    assert ("Yahya Rasool",) in names(store)
    assert len({claim.origin for claim in store.claims() if claim.voices[0].side == "gov:IRQ"}) == 2
    persons.join(store, "Yahya Rasul", "Yahya Rasool", "A. Reader", "same office, same month")
    assert ("Yahya Rasool", "Yahya Rasul") in names(store)
    assert len({claim.origin for claim in store.claims() if claim.voices[0].side == "gov:IRQ"}) == 1
    (judgement,) = store.judgements()
    assert (judgement.verdict, judgement.made_by) == (Verdict.SAME, "A. Reader")
    assert judgement.reason == "same office, same month"
    assert judgement.made_at


def test_spellings_are_joined_by_the_program_and_it_can_be_taken_back(store: Ledger) -> None:
    (made,) = persons.join_spellings(store)
    assert {made.one, made.other} == {"Yahya Rasool", "Yahya Rasul"}  # and not two of rival sides
    assert store.judgements()[0].made_by.startswith("whoholds ")
    persons.take_back(store, "Yahya Rasool", "Yahya Rasul", "A. Reader", "not sure")
    assert ("Yahya Rasool",) in names(store)
    assert not persons.join_spellings(store)  # somebody has judged
    assert len(store.judgements()) == 2


def test_a_split_outlives_the_program(store: Ledger) -> None:
    persons.split(store, "Yahya Rasool", "Yahya Rasul", "A. Reader", "two brothers")
    assert not persons.join_spellings(store)
    assert ("Yahya Rasool",) in names(store)


def test_suggestions_have_reasons_and_join_nothing(store: Ledger) -> None:
    found = {frozenset((s.one, s.other)): s.reason for s in persons.suggest(store)}
    assert "a part of the other" in found[frozenset(("Ali Karim Badi", "Ali Karim"))]
    assert "gov:IRQ" in found[frozenset(("Yahya Rasool", "Yahya Rasul"))]
    assert frozenset(("Mahmud Qasem", "Mahmoud Qassem")) not in found  # they speak for enemies
    assert not store.judgements()
    persons.split(store, "Ali Karim", "Ali Karim Badi", "A. Reader", "father and son")
    assert frozenset(("Ali Karim Badi", "Ali Karim")) not in {
        frozenset((s.one, s.other)) for s in persons.suggest(store)
    }


@pytest.mark.parametrize("name", ["Nobody Known", "Yahya", "-"])
def test_a_name_that_is_nobodys_or_several_peoples(store: Ledger, name: str) -> None:
    with pytest.raises(InputError):
        persons.find(store, name)
    with pytest.raises(InputError):
        persons.join(store, name, "Ali Karim", "A. Reader", "because")


def test_only_a_judgement_can_be_taken_back(store: Ledger) -> None:
    with pytest.raises(InputError, match="nobody has judged"):
        persons.take_back(store, "Ali Karim", "Ali Karim Badi", "A. Reader", "because")


def test_who_had_spoken_by_a_day(tmp_path: Path, factory: Any) -> None:
    with Ledger.open(tmp_path / "days.db") as ledger:
        for name, day in (("Sara Haddad", "2016-02-01"), ("Omar Nasser", "2016-03-01")):
            factory.store(ledger, factory.claim(voice=Voice(name, "mayor"), published=day, label=day))
        assert {p.names for p in persons.people(ledger, date(2016, 2, 15))} == {("Sara Haddad",)}
        assert persons.find(ledger, "Omar Nasser").claims == 1
        with pytest.raises(InputError):
            persons.find(ledger, "Omar Nasser", date(2016, 2, 15))
