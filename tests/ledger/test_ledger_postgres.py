"""Addresses, refusals, points for maps: what only a ledger in PostgreSQL can meet."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

from postgres_server import SUPERUSER, Server
from whoholds.errors import LedgerError
from whoholds.ledger import Ledger
from whoholds.ledger import postgres as backend


@pytest.mark.parametrize("given", ["postgresql://me@db/x", "postgres://me@db/x", "mysql://me@db/x"])
def test_addresses(given: str) -> None:
    assert backend.is_address(given)
    assert not backend.is_address(Path(given))
    assert not backend.is_address("anbar.db")


def test_a_password_is_never_shown() -> None:
    assert backend.shown("postgres://me:secret@db:5432/x") == "postgresql://me:***@db:5432/x"
    with pytest.raises(LedgerError) as caught:
        Ledger.open("postgresql://me:secret@127.0.0.1:1/x")
    assert "secret" not in str(caught.value)


def test_an_address_that_is_none() -> None:
    with pytest.raises(LedgerError, match="no address of a ledger"):
        Ledger.open("postgresql://me@db:notaport/x")
    with pytest.raises(LedgerError, match="in PostgreSQL, not in mysql"):
        Ledger.open("mysql://me@db/x")


def test_without_the_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"pip install 'whoholds\[postgres\]'"):
        Ledger.open("postgresql://me@db/x")


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(LedgerError, match=r"//me@127\.0\.0\.1:1/x: the database cannot be reached"):
        Ledger.open("postgresql://me@127.0.0.1:1/x")


def test_a_database_that_is_not_there(postgres: Server) -> None:
    with pytest.raises(LedgerError, match="does not exist"):
        Ledger.open(postgres.address("nowhere"))


def test_a_question_makes_no_tables(postgres: Server) -> None:
    address = postgres.ledger()
    with pytest.raises(LedgerError, match="the ledger is empty"):
        Ledger.open(address, create=False)
    Ledger.open(address).close()
    Ledger.open(address, create=False).close()
    with pytest.raises(LedgerError, match="the ledger is empty"):  # another schema of the same database
        Ledger.open(postgres.ledger(), create=False)


def test_another_programs_database_is_left_alone(postgres: Server) -> None:
    address = postgres.ledger()
    with psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(LedgerError, match="another program"):
        Ledger.open(address)


def test_a_reader_who_may_not_write(postgres: Server, factory: Any) -> None:
    address = postgres.ledger()
    with Ledger.open(address) as store:
        factory.store(store, factory.claim())
    with Ledger.open(f"{address}&options=-c default_transaction_read_only=on", create=False) as store:
        assert store.counts()["claims"] == 1
        with pytest.raises(LedgerError, match="read-only"):
            factory.store(store, factory.claim(label="another"))


def test_a_lock_held_too_long(postgres: Server, factory: Any) -> None:
    address = postgres.ledger()
    with Ledger.open(address, wait_s=0.05) as store, psycopg.connect(address) as other:
        other.execute("LOCK TABLE reports")
        with pytest.raises(LedgerError, match="another program has been writing"):
            factory.store(store, factory.claim())
        other.rollback()
        factory.store(store, factory.claim())
        assert store.counts()["claims"] == 1


def lose(store: Ledger, server: Server) -> None:
    """A question whose connection is cut in the middle."""
    with store._transaction() as connection:
        number = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        server.run(f"SELECT pg_terminate_backend({number})")
        connection.execute(text("SELECT 1"))


def test_a_lost_connection_is_a_clear_fault_and_the_next_try_goes_on(postgres: Server, factory: Any) -> None:
    address = postgres.ledger()
    with Ledger.open(address) as store:
        factory.store(store, factory.claim())
        with pytest.raises(LedgerError, match=r"shut down|cannot be reached"):
            lose(store, postgres)
        assert store.counts()["claims"] == 1


def test_claims_are_points_where_postgis_is_there(postgres: Server, factory: Any) -> None:
    address = postgres.database(SUPERUSER)
    with psycopg.connect(address) as connection:
        query = "SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'"
        if connection.execute(query).fetchone() == (0,):
            pytest.skip("no PostGIS is installed (Debian: apt-get install postgresql-postgis)")
    with Ledger.open(address) as store:
        old = factory.claim(place="Ramadi")
        of = factory.reports[old.report_id]
        factory.store(store, old, factory.claim(place="Ghnayman", label="no place"))
        store.add(factory.reading(factory.claim("holds", place="Rutba", of=of), made_by="v2"))
        assert store.counts()["claims"] == 2
    with psycopg.connect(address) as connection:
        near = "ST_DWithin(point::geography, ST_SetSRID(ST_MakePoint(40.3, 33.0), 4326)::geography, 20000)"
        found = connection.execute(f"SELECT place_name, {near}, quote FROM claim_points").fetchall()
    assert found == [("Rutba", True, of.text)]
    Ledger.open(address).close()
