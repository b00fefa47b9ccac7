"""The store: reports, readings and claims, append-only, one transaction a report."""

from whoholds.ledger.questions import PlaceEntry
from whoholds.ledger.store import DEFAULT_PATH, Ledger

__all__ = ["DEFAULT_PATH", "Ledger", "PlaceEntry"]
