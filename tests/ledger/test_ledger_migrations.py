"""Ledgers of every earlier schema, on every database: what was in them stays, and they get what they lack.

`schemas/N.sql` is what a program of schema N made. Whoever raises `SCHEMA_VERSION` adds the file of the new number:

    python tests/ledger/test_ledger_migrations.py
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, create_engine, insert, inspect, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from whoholds.errors import LedgerError
from whoholds.ledger import Ledger, care, schema
from whoholds.ledger.postgres import restart_numbers
from whoholds.ledger.verify import verify
from whoholds.model import Correction, Issue
from whoholds.model import Verdict as Wrong
from whoholds.resolve.judgements import Verdict

SCHEMAS = Path(__file__).parent / "schemas"
LONG = "The garrison left the town at night and the column drove north, people who live by the road said. " * 3


def tables_now() -> str:
    """The present schema, as a file of `schemas/` has it."""
    dialect = sqlite.dialect()  # type: ignore[no-untyped-call]
    lines = []
    for table in schema.metadata.sorted_tables:
        made = [CreateTable(table), *(CreateIndex(i) for i in sorted(table.indexes, key=lambda i: str(i.name)))]
        lines += [f"{str(one.compile(dialect=dialect)).strip()};" for one in made]
    return "\n".join(lines).replace("\t", "  ").replace(" \n", "\n") + "\n"


def test_every_schema_has_its_file() -> None:
    assert [int(path.stem) for path in sorted(SCHEMAS.glob("*.sql"), key=lambda path: int(path.stem))] == list(
        range(1, schema.SCHEMA_VERSION + 1)
    ), "run this file as a program"
    now = (SCHEMAS / f"{schema.SCHEMA_VERSION}.sql").read_text(encoding="utf-8")
    assert now == tables_now(), "the tables are others than the schema's number says: raise SCHEMA_VERSION"


def filled(store: Ledger, factory: Any) -> None:
    """A bit of everything that a ledger of schema 1 could hold: two readings of one report, copies, issues."""
    of = factory.report(LONG, "long.txt", published="2016-03-13")
    old = factory.claim(of=of, quote="The garrison left the town")
    new = factory.claim("withdraws", "islamic-state", "Rutba", of=of, quote="The garrison left the town")
    store.add(factory.reading(old, made_by="v0", issues=(Issue("odd", "odd", "long.txt"),)))
    store.add(factory.reading(new, made_by="v1"))
    factory.store(store, factory.claim("holds", place="Ghnayman", label="other"))
    store.add_issues([Issue("empty", "the file is empty", "empty.txt")])


def old_ledger(engine: Engine, version: int, like: Ledger) -> None:
    """A ledger as a program of that schema would have left it, with what `like` holds and it could."""
    sql = (SCHEMAS / f"{version}.sql").read_text(encoding="utf-8")
    if engine.dialect.name == "postgresql":
        sql = sql.replace("  id INTEGER NOT NULL", "  id BIGSERIAL NOT NULL").replace(" BLOB", " BYTEA")
    with engine.begin() as connection:
        for statement in sql.split(";"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    old = MetaData()
    old.reflect(engine)
    with engine.begin() as writing, like._transaction() as reading:
        for table in old.sorted_tables:
            if table.name == schema.about.name:
                writing.execute(insert(table), {"name": "schema", "value": str(version)})
                continue
            now = schema.metadata.tables[table.name]
            query = select(*(now.c[column.name] for column in table.columns))
            if found := [dict(row) for row in reading.execute(query).mappings()]:
                writing.execute(insert(table), found)
        if engine.dialect.name == "postgresql":
            restart_numbers(writing, old.sorted_tables)
    engine.dispose()


def shape(store: Ledger) -> dict[str, tuple[set[str], set[str]]]:
    """Columns and indexes by table."""
    look = inspect(store._engine)
    return {
        table: ({c["name"] for c in look.get_columns(table)}, {str(i["name"]) for i in look.get_indexes(table)})
        for table in look.get_table_names()
    }


@pytest.mark.parametrize("backend", ["sqlite", "postgres"])
@pytest.mark.parametrize("version", range(1, schema.SCHEMA_VERSION))
def test_an_earlier_schema_becomes_the_present_one(
    version: int, backend: str, tmp_path: Path, factory: Any, request: pytest.FixtureRequest
) -> None:
    if backend == "sqlite":
        where = str(tmp_path / "old.db")
        engine = create_engine(f"sqlite:///{where}")
    else:
        where = request.getfixturevalue("postgres").ledger()
        engine = create_engine(where.replace("postgresql:", "postgresql+psycopg:"))
    with Ledger.open(tmp_path / "fresh.db") as new:
        filled(new, factory)
        old_ledger(engine, version, new)
        with Ledger.open(where) as store:
            assert verify(store).faults == []
            assert verify(store).content == verify(new).content
            assert list(store.claims()) == list(new.claims())
            assert [entry.place_id for entry in store.named("RUTBA")] == ["test:rutba"]
            assert store.issues() == new.issues()
            if backend == "sqlite":
                assert shape(store) == shape(new)
            # It takes what only later schemas have, and new readings.
            store.correct(Correction(Wrong.WRONG, "me", date(2026, 1, 1), claim_id=next(store.claims()).id))
            store.judge("a b", "c d", Verdict.SAME, "me", "known to be one")
            factory.store(store, factory.claim(label="one more"))
            assert verify(store).faults == []
        with Ledger.open(where, create=False) as again:
            assert again.counts()["reports"] == 3


@pytest.mark.parametrize("version", range(1, schema.SCHEMA_VERSION))
def test_a_backup_can_go_back_to_an_earlier_schema_and_forward_again(
    version: int, tmp_path: Path, factory: Any
) -> None:
    older = tmp_path / "older.db"
    with Ledger.open(tmp_path / "now.db") as now:
        filled(now, factory)
        care.backup(now, older, version)
        made = create_engine(f"sqlite:///{tmp_path / 'as made.db'}")
        old_ledger(made, version, now)
        assert described(older) == described(tmp_path / "as made.db")
        with Ledger.open(older) as again:
            assert verify(again).content == verify(now).content
            assert shape(again) == shape(now)
            assert list(again.claims()) == list(now.claims())


def test_an_earlier_schema_that_has_no_room_is_refused(tmp_path: Path, factory: Any) -> None:
    with Ledger.open(tmp_path / "now.db") as now:
        filled(now, factory)
        claim = next(now.claims())
        now.judge("a b", "c d", Verdict.SAME, "me", "known to be one")
        now.correct(Correction(Wrong.WRONG, "me", date(2026, 1, 1), claim_id=claim.id))
        for version, lost in ((1, "judgements"), (2, "judgements"), (3, None)):
            path = tmp_path / f"{version}.db"
            if lost:
                with pytest.raises(LedgerError, match=f"would lose 1 {lost}"):
                    care.backup(now, path, version)
                assert not path.exists()
            else:
                care.backup(now, path, version)
                with Ledger.open(path) as again:
                    assert again.corrections() == now.corrections()
                    assert again.judgements() == now.judgements()
        now.correct(Correction(Wrong.COPY, "me", date(2026, 1, 1), claim_id=claim.id, copy_of=claim.report_id))
        with pytest.raises(LedgerError, match="of kinds that an older program does not know"):
            care.backup(now, tmp_path / "4.db", 4)
        with pytest.raises(LedgerError, match="this program writes 1 to"):
            care.backup(now, tmp_path / "99.db", 99)


def described(path: Path) -> list[tuple[str, ...]]:
    """Every table and index of a file with its columns, the rows of each table, and the schema's number."""
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT type, name, tbl_name FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        found = [tuple(row) for row in made.fetchall()]
        for kind, name, _ in list(found):
            ask = f"PRAGMA {'table_info' if kind == 'table' else 'index_info'}({name})"
            found += [(name, *map(str, row)) for row in connection.execute(ask).fetchall()]
        return [*found, tuple(connection.execute("SELECT value FROM whoholds_ledger WHERE name = 'schema'").fetchone())]


def test_a_newer_schema_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    Ledger.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE whoholds_ledger SET value = ?", (str(schema.SCHEMA_VERSION + 1),))
    connection.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="newer whoholds"):
        Ledger.open(path)
    assert path.read_bytes() == before


if __name__ == "__main__":
    (SCHEMAS / f"{schema.SCHEMA_VERSION}.sql").write_text(tables_now(), encoding="utf-8")
