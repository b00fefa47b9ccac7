"""The store: reports, readings and claims, append-only, one transaction a report."""

from whoholds.ledger.store import DEFAULT_PATH, Ledger, PlaceEntry

__all__ = ["DEFAULT_PATH", "Ledger", "PlaceEntry"]
