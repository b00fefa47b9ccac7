"""Rows that a coder changed: what they say now takes the place of what was read of them before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from whoholds.ledger.revising import Standing
from whoholds.model import Issue, OnIssue, Severity

if TYPE_CHECKING:
    from whoholds.ledger import Ledger
    from whoholds.pipeline import Reading

_REPLACED = "rows that say something else than what was read of them before, which they replace"
_OLDER = "rows of an older state than what was read of them before, passed over"


class Revisions:
    """Takes a data set's rows into a ledger that may hold other versions of them. Nothing is deleted.

    The version that was published last stands; where no day says which that is, the one that was read last. One that
    was read before and replaced since comes back only where it was published anew.
    """

    def __init__(self, store: Ledger, coder: str) -> None:
        self._store = store
        self._stands = store.standing(coder)
        self._met: Counter[tuple[str, str]] = Counter()

    def add(self, reading: Reading) -> bool:
        """Store a row's reading; False where it is known, or older than the one that stands."""
        report, version = reading.report, reading.made_by
        new = Standing(report.id, version, report.published.end if report.published else None)
        old = self._stands.get(report.label)
        if old is None:
            self._stands[report.label] = new
            return self._store.add(reading)
        if (old.report_id, _plain(old.made_by)) == (report.id, version):
            return False
        dated = old.published is not None and new.published is not None
        if dated and new.published < old.published:  # type: ignore[operator]
            self._met[_OLDER, report.source] += 1
            return False
        if self._store.has(report.id, version):
            if not dated or new.published == old.published:
                self._met[_OLDER, report.source] += 1
                return False
            new = replace(new, made_by=f"{version}{_AGAIN}{new.published}")
        if not self._store.add(replace(reading, made_by=new.made_by), instead_of=old.report_id):
            return False
        self._met[_REPLACED, report.source] += 1
        self._stands[report.label] = new
        return True

    def tell(self, on_issue: OnIssue) -> None:
        """How many rows took the place of others, and how many did not."""
        for (message, source), number in self._met.items():
            on_issue(Issue("revised", f"{message}: {number:,}", source, severity=Severity.NOTE))


_AGAIN = ", again of "


def _plain(made_by: str) -> str:
    return made_by.partition(_AGAIN)[0]
