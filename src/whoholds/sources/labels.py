"""Where two reports have the same label, the name that people know them by."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from whoholds.model import Issue, Report, Severity

REMEMBERED = 200_000
"""Labels; sixteen bytes each, so that a long stream of reports stays small in memory."""


class Labels:
    """The labels of the reports met so far."""

    def __init__(self, on_issue: Callable[[Issue], None]) -> None:
        self._on_issue = on_issue
        self._seen: dict[bytes, bytes] = {}

    def note(self, report: Report) -> None:
        """Remember the label of a report, and say so where another report has it."""
        label = hashlib.blake2b(report.label.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        content = bytes.fromhex(report.id[:16])
        if len(self._seen) < REMEMBERED:
            self._seen.setdefault(label, content)
        if self._seen.get(label, content) != content:
            message = f"another report is also called {report.label}; both are read"
            self._on_issue(Issue("same-label", message, report.source, severity=Severity.NOTE))
