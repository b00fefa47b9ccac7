"""Who speaks in a ledger, and which names are judged to be one person."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from whoholds.ledger.schema import claims, judgements
from whoholds.resolve.judgements import Judgement, Verdict


class Judging:
    """The judgements of a ledger. `Ledger` has them all."""

    def _transaction(self, *, writes: bool = False) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def judge(self, one: str, other: str, verdict: Verdict, made_by: str, reason: str) -> None:
        """Store whether two name keys (`resolve.persons.name_key`) are one person. What was judged before stays."""
        one, other = sorted((one, other))
        now = datetime.now(UTC).isoformat(timespec="seconds")
        row = {
            "one": one,
            "other": other,
            "verdict": str(verdict),
            "made_by": made_by,
            "made_at": now,
            "reason": reason,
        }
        with self._transaction(writes=True) as connection:
            connection.execute(insert(judgements), row)

    def judgements(self) -> list[Judgement]:
        """Every judgement of two names, oldest first; those that were taken back too."""
        with self._transaction() as connection:
            return judged(connection)

    def speakers(self) -> list[str]:
        """Every name that a claim gives to who says it (of several, the first); those of older readings too."""
        query = select(claims.c.speaker).where(claims.c.speaker.is_not(None)).distinct()
        with self._transaction() as connection:
            return sorted(connection.execute(query).scalars())


def judged(connection: Connection) -> list[Judgement]:
    """The judgements, inside a transaction."""
    found = connection.execute(select(judgements).order_by(judgements.c.id)).mappings()
    return [
        Judgement(r["one"], r["other"], Verdict(r["verdict"]), r["made_by"], r["made_at"], r["reason"]) for r in found
    ]
