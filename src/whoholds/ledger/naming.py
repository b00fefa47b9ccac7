"""Whom a ledger names: actors, those whom voices speak for, outlets."""

from __future__ import annotations

from sqlalchemy import select

from whoholds.ledger.codec import to_line
from whoholds.ledger.questions import Asking
from whoholds.ledger.schema import claims


class Naming(Asking):
    """Questions of whether a ledger names somebody. `Ledger` has them all."""

    def actors(self) -> set[str]:
        """The ids of all that claims, read or written by people, name as who does it or whom it is against."""
        written = [claim for correction in self.corrections() for claim in correction.becomes]
        named = {actor for claim in written for actor in (claim.actor, claim.against)}
        with self._transaction() as connection:
            for column in (claims.c.actor, claims.c.against):
                named |= {*connection.execute(select(column).distinct()).scalars()}
        return {actor for actor in named if actor}

    def speaks_for(self, actor: str) -> bool:
        """Whether any voice of a claim speaks for this actor."""
        return self._said("side", actor)

    def is_outlet(self, name: str) -> bool:
        """Whether any claim is of the outlet of this name, or was taken from the agency of it."""
        return self._said("outlet", name) or self._said("wire", name)

    def _said(self, field: str, value: str) -> bool:
        words = f'"{field}":{to_line(value)}'
        with self._transaction() as connection:
            query = select(claims.c.claim_id).where(claims.c.data.icontains(words, autoescape=True)).limit(1)
            return connection.execute(query).first() is not None
