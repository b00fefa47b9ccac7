"""Copies, backups, and what a look through a ledger finds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text

from whoholds.errors import LedgerError
from whoholds.ledger import Ledger, care
from whoholds.ledger.schema import reports
from whoholds.ledger.verify import verify
from whoholds.model import Correction, Issue, Place, Verdict
from whoholds.resolve import judgements

New = Callable[[str], str]


@pytest.fixture
def new(request: pytest.FixtureRequest, tmp_path: Path) -> New:
    """A place for a ledger, by kind."""
    made = []

    def place(kind: str) -> str:
        made.append(kind)
        if kind == "sqlite":
            return str(tmp_path / f"{len(made)}.db")
        address: str = request.getfixturevalue("postgres").ledger()
        return address

    return place


def fill(store: Ledger, factory: Any) -> None:
    for n in range(40):
        factory.store(
            store, factory.claim(label=f"r{n}", place=Place(f"Town {n % 6}"), published=f"2016-03-{n % 28 + 1:02}")
        )
    of = next(iter(factory.reports.values()))
    store.add(replace(factory.readings(factory.claim("holds", of=of))[0], made_by="v2"))
    long = factory.report("The column went north and people by the road counted its lorries for an hour. " * 5)
    store.add(factory.reading(factory.claim(of=long, place="Rutba"), issues=(Issue("odd", "odd", "r", "line 1"),)))
    store.add_issues([Issue("empty", "the file is empty", "empty.txt")])
    store.correct(Correction(Verdict.WRONG, "me", date(2026, 1, 2), claim_id=next(store.claims()).id))
    store.judge("a b", "c d", judgements.Verdict.SAME, "me", "known to be one")


@pytest.mark.parametrize("ways", ["sqlite postgres sqlite", "postgres postgres", "sqlite sqlite"])
def test_a_copy_holds_the_same_and_goes_on(ways: str, new: New, factory: Any) -> None:
    first, *others = ways.split()
    with Ledger.open(new(first)) as source:
        fill(source, factory)
        expected, counts, claims = verify(source), source.counts(), list(source.claims())
        assert expected.sound
        seen = care.size(source)
        here = source
        for kind in others:
            there = Ledger.open(new(kind))
            counted: list[int] = []
            done = care.copy(here, there, counted.append)
            assert sum(counted) == sum(done.values()) == seen
            if here is not source:
                here.close()
            here = there
        assert verify(here) == expected
        assert here.counts() == counts
        assert list(here.claims()) == claims
        assert here.judgements() == source.judgements()
        # New rows get numbers of their own.
        factory.store(here, factory.claim(label="later"))
        here.judge("e f", "g h", judgements.Verdict.OTHER, "me", "two")
        assert here.counts()["reports"] == counts["reports"] + 1
        assert verify(here).content != expected.content
        here.close()


def test_a_copy_goes_into_an_empty_ledger_only(new: New, factory: Any) -> None:
    with Ledger.open(new("sqlite")) as one, Ledger.open(new("sqlite")) as other:
        fill(one, factory)
        factory.store(other, factory.claim(label="mine"))
        before = verify(other)
        with pytest.raises(LedgerError, match="there is something in this ledger"):
            care.copy(one, other)
        assert verify(other) == before


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_copy_that_is_broken_off_leaves_nothing(kind: str, new: New, factory: Any) -> None:
    def stop(_rows: int) -> None:
        raise KeyboardInterrupt

    with Ledger.open(new("sqlite")) as one, Ledger.open(new(kind)) as other:
        fill(one, factory)
        with pytest.raises(KeyboardInterrupt):
            care.copy(one, other, stop)
        assert care.size(other) == 0
        care.copy(one, other)
        assert verify(other) == verify(one)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_backup_is_a_ledger_in_one_file(kind: str, new: New, factory: Any, tmp_path: Path) -> None:
    path = tmp_path / "backup.db"
    with Ledger.open(new(kind)) as store:
        fill(store, factory)
        found = care.backup(store, path)
        assert found == verify(store)
        with pytest.raises(LedgerError, match="replaces nothing"):
            care.backup(store, path)
        with pytest.raises(LedgerError, match="cannot be written"):
            care.backup(store, tmp_path / "nowhere" / "x.db")
    with Ledger.open(path, create=False) as back:
        assert verify(back) == found
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_the_order_of_reading_and_the_database_do_not_change_the_content(new: New, factory: Any) -> None:
    readings = factory.readings(*(factory.claim(label=f"r{n}", place=Place(f"T{n}")) for n in range(9)))
    found = []
    for kind, order in (("sqlite", 1), ("sqlite", -1), ("postgres", 1), ("postgres", -1)):
        with Ledger.open(new(kind)) as store:
            for reading in readings[::order]:
                store.add(reading)
            found.append(verify(store))
    assert all(one == found[0] for one in found)


DAMAGE = {
    "UPDATE reports SET text = text || '!'": "its text is not the one that was read",
    "UPDATE claims SET actor = 'nobody'": "actor differ from the claim itself",
    "UPDATE claims SET claim_id = 'x'": "claim_id differ",
    "UPDATE claims SET data = '{}'": "cannot be read",
    "DELETE FROM place_names": "cannot be found by its name",
    "DROP INDEX claims_by_place": "claims_by_place is missing",
    "DROP TABLE corrections": "the table corrections is missing",
}


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
@pytest.mark.parametrize("statement", DAMAGE)
def test_damage_is_found_and_named(statement: str, kind: str, new: New, factory: Any) -> None:
    with Ledger.open(new(kind)) as store:
        factory.store(store, factory.claim())
        with store._transaction(writes=True) as connection:
            connection.execute(text(statement))
        found = verify(store)
        assert not found.sound
        assert any(DAMAGE[statement] in words for words in found.faults)


def test_damage_of_the_file_itself_is_found(tmp_path: Path, factory: Any) -> None:
    path = tmp_path / "x.db"
    with Ledger.open(path) as store:
        fill(store, factory)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM readings WHERE id = 3")
    connection.close()
    with Ledger.open(path) as store:
        assert any("what it belongs to is missing in readings" in words for words in verify(store).faults)
        with pytest.raises(LedgerError, match="no backup was written, it is damaged"):
            care.backup(store, tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()


def test_a_zero_byte_of_an_older_file_does_not_stop_a_copy(new: New, factory: Any) -> None:
    with Ledger.open(new("sqlite")) as one, Ledger.open(new("postgres")) as other:
        factory.store(one, factory.claim())
        row = {"id": "0" * 32, "label": "a\0b", "text": "x", "raw_hash": "", "source": "a\0b", "first_read_at": ""}
        with one._transaction(writes=True) as connection:
            connection.execute(insert(reports), row)
        care.copy(one, other)
        assert other.counts()["reports"] == 2
