"""Values as plain data. Imports no sibling."""

from __future__ import annotations

from datetime import date


def iso(day: date | None) -> str | None:
    """A day as YYYY-MM-DD; None stays None."""
    return day.isoformat() if day else None
