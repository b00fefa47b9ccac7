"""Claims of few words for the tests of the measure and the gate."""

from __future__ import annotations

from corpora import Row


def row(kind: str = "gains", actor: str | None = "gov:IRQ", place: str = "Ramadi", **fields: object) -> Row:
    """One claim of one report, with only the fields that a test speaks of."""
    return {"report": "a.txt", "kind": kind, "actor": actor, "place": place, "mode": "asserted", **fields}
