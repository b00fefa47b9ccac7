"""The index is what the ledger says, however it came there: at once, or step by step."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from whoholds import views
from whoholds.errors import InputError
from whoholds.index import Index
from whoholds.index.index import NotReadyError
from whoholds.index.schema import TooLongError, bounded, connect
from whoholds.index.tables import Asked, match_of, page
from whoholds.ledger import Ledger
from whoholds.model import Issue, Place, PlaceType, Voice
from whoholds.resolve.judgements import Verdict
from whoholds.review.judging import Judge
from whoholds.views import Question

TABLES = ("claims", "reports", "issues", "places", "courses", "spells", "judged", "days", "persons")
OWN_NUMBERS = {"n", "reading", "score_n"}


@contextmanager
def indexed(ledger: Ledger, folder: Path) -> Iterator[Index]:
    index = Index(ledger, folder)
    index.bring()
    yield index
    index.close()


def contents(index: Index) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in the tables, without the numbers of rows, which follow the order in which they came."""
    found = {}
    with index.reading() as connection:
        for table in TABLES:
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()
            found[table] = sorted(
                (tuple(v for k, v in zip(row.keys(), row, strict=True) if table == "spells" or k not in OWN_NUMBERS)
                 for row in rows if table != "claims" or row["current"]),
                key=repr,
            )  # fmt: skip
        found["days"] = [row for row in found["days"] if row[1]]
    return found


def steps(ledger: Ledger, factory: Any) -> Iterator[None]:
    """A ledger's life, step by step."""
    first = factory.claim("gains", "gov:IRQ", "Ramadi", "2016-02-09", voice=Voice("Amin Saleh", side="gov:IRQ"))
    factory.store(ledger, first, factory.claim("holds", "islamic-state", "Rutba", "2016-03-01", label="b"))
    yield
    ledger.add_issues([Issue("empty", "nothing in it", "x.txt")])
    factory.store(ledger, factory.claim("contests", "sdf", "Ramadi", "2016-03-05", label="c", voice=Voice("A. Salih")))
    yield
    of = factory.reports[first.report_id]
    ledger.add(replace(factory.reading(factory.claim("gains", "pmf", "Rutba", "2016-03-02", of=of)), made_by="v2"))
    yield
    wrong = next(claim for claim in ledger.claims() if claim.actor == "pmf")
    made = Judge(ledger, "ann", date(2016, 4, 1)).change(wrong.id, {"place": "Kubaysa", "actor": "sdf"})
    yield
    ledger.judge("amin saleh", "a salih", Verdict.SAME, "ann", "one man")
    yield
    Judge(ledger, "ann", date(2016, 4, 2)).undo(made.number or 0)
    yield
    province = Place("Anbar", PlaceType.PROVINCE, "province:IRQ-anbar", country="IRQ", basis="gazetteer")
    factory.store(ledger, factory.claim("gains", "gov:IRQ", province, "2016-05-01", label="d", extent="whole"))
    yield
    old = next(claim for claim in ledger.claims() if claim.actor == "islamic-state")
    corrected = factory.claim("holds", "gov:IRQ", "Rutba", "2016-03-02", label="b")
    ledger.add(factory.reading(corrected), instead_of=old.report_id)
    yield


def test_following_a_ledger_gives_what_building_anew_gives(ledger: Ledger, factory: Any, tmp_path: Path) -> None:
    with indexed(ledger, tmp_path / "followed") as followed:
        versions = [followed.progress.version]
        for number, _ in enumerate(steps(ledger, factory)):
            followed.bring()
            versions.append(followed.progress.version)
            with indexed(ledger, tmp_path / str(number)) as anew:
                mine, theirs = contents(followed), contents(anew)
                for table in TABLES:
                    if table != "persons":  # whoever spoke in an older reading stays listed
                        assert mine[table] == theirs[table], (number, table)
        assert len(set(versions)) == len(versions)


def test_the_answers_of_places_are_those_of_who(ledger: Ledger, factory: Any, tmp_path: Path) -> None:
    for _ in steps(ledger, factory):
        pass
    with indexed(ledger, tmp_path) as index, index.reading() as connection:
        rows, _, _ = page(connection, Asked("places"), 50, None)
    mine = {row["place_id"]: (row["status"], row["holders"], row["last_evidence"]) for row in rows}
    theirs = {
        s.spell.place_id: (
            str(s.spell.status),
            list(s.spell.holders),
            str(s.last_evidence) if s.last_evidence else None,
        )
        for s in views.who(ledger)
    }
    assert {place_id: mine[place_id] for place_id in theirs} == theirs


def test_another_ledger_under_the_same_name_is_noticed(tmp_path: Path, factory: Any) -> None:
    for place in ("Ramadi", "Rutba"):
        path = tmp_path / "ledger.db"
        path.unlink(missing_ok=True)
        with Ledger.open(path) as store:
            factory.store(store, factory.claim(place=place))
            with indexed(store, tmp_path / "index") as index, index.reading() as connection:
                assert [row["place"] for row in page(connection, Asked("places"), 9, None)[0]] == [place]


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00 cut off"])
def test_a_damaged_index_is_made_anew(ledger: Ledger, factory: Any, tmp_path: Path, content: bytes) -> None:
    factory.store(ledger, factory.claim())
    with indexed(ledger, tmp_path):
        pass
    (file,) = tmp_path.glob("*.index")
    file.write_bytes(content)
    with indexed(ledger, tmp_path) as index, index.reading() as connection:
        assert connection.execute("SELECT count(*) FROM claims").fetchone()[0] == 1


def test_an_index_is_asked_only_when_it_is_ready(ledger: Ledger, tmp_path: Path) -> None:
    index = Index(ledger, tmp_path)
    with pytest.raises(NotReadyError), index.reading():
        pass


def test_other_questions_are_worked_out_and_kept_until_the_ledger_grows(
    ledger: Ledger, factory: Any, tmp_path: Path
) -> None:
    factory.store(ledger, factory.claim(published="2016-02-10"))
    with indexed(ledger, tmp_path) as index:
        names = {index.have(Question(known=date(2016, 3, day))) for day in range(1, 12)}
        assert len(names) == 11
        with index.reading() as connection:
            assert connection.execute("SELECT count(*) FROM questions").fetchone()[0] == 6
        factory.store(ledger, factory.claim("holds", place="Rutba", label="new"))
        index.bring()
        with index.reading() as connection:
            assert connection.execute("SELECT count(*) FROM questions").fetchone()[0] == 0


def test_a_question_that_takes_too_long_is_given_up(ledger: Ledger, tmp_path: Path) -> None:
    with indexed(ledger, tmp_path) as index, pytest.raises(TooLongError), index.reading(0.05) as connection:
        connection.execute(
            "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"
        ).fetchone()


def test_readers_cannot_write(ledger: Ledger, tmp_path: Path) -> None:
    with indexed(ledger, tmp_path) as index, index.reading() as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM claims")


@pytest.mark.parametrize("words", ['"', "a OR b NOT", "NEAR(a b)", "claim_words:x", "a* ^b", "_", "é_ü", "x" * 300])
def test_what_people_type_is_no_query_language(ledger: Ledger, factory: Any, tmp_path: Path, words: str) -> None:
    factory.store(ledger, factory.claim())
    with indexed(ledger, tmp_path) as index, index.reading() as connection:
        page(connection, Asked("claims", words), 5, None)


def test_words_are_all_wanted_and_the_last_may_be_cut() -> None:
    assert match_of("Deir ez-Zo") == '"Deir" "ez" "Zo"*'
    assert match_of(" -!- ") is None


def test_a_word_that_cannot_be_looked_for_is_the_asker_s_fault(tmp_path: Path) -> None:
    connection = connect(tmp_path / "x.db", writes=True)
    connection.execute("CREATE VIRTUAL TABLE w USING fts5 (a)")
    with pytest.raises(InputError), bounded(connection, 1):
        connection.execute("SELECT * FROM w WHERE w MATCH 'a AND'").fetchall()
    connection.close()


def test_a_large_ledger_s_other_questions_are_worked_out_in_the_background(
    ledger: Ledger, factory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("whoholds.index.index.AT_ONCE", 0)
    factory.store(ledger, factory.claim(published="2016-02-10"))
    index = Index(ledger, tmp_path)
    index.start()
    assert index.refresh(60)
    asked = Question(known=date(2016, 3, 1))
    for _ in range(600):
        try:
            name = index.have(asked)
            break
        except NotReadyError:
            time.sleep(0.05)
    with index.reading() as connection:
        assert connection.execute("SELECT count(*) FROM courses WHERE question = ?", (name,)).fetchone()[0] == 1
    index.close()


def test_a_fault_is_told_and_what_was_there_is_answered(
    ledger: Ledger, factory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    factory.store(ledger, factory.claim())
    index = Index(ledger, tmp_path)
    index.bring()

    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("whoholds.index.build.Builder.bring", broken)
    factory.store(ledger, factory.claim(place="Rutba", label="new"))
    index.start()
    assert not index.refresh(1)
    assert "could not be built (RuntimeError)" in (index.progress.fault or "")
    with index.reading() as connection:
        assert connection.execute("SELECT count(*) FROM places").fetchone()[0] == 1
    index.close()
