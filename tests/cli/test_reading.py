"""What the verbs that read keep of issues: all of them stored, few of them in memory."""

from __future__ import annotations

import pytest

from whoholds.cli import reading
from whoholds.cli.reading import Issues
from whoholds.model import Issue


def test_issues_are_stored_in_order_and_only_the_first_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "KEPT", 7)
    monkeypatch.setattr(reading, "AT_ONCE", 4)
    made = [Issue("odd", str(n), "x") for n in range(18)]
    stored: list[Issue] = []
    issues = Issues(store=stored.extend)
    for number, issue in enumerate(made, 1):
        issues.add(issue)
        assert len(stored) == number // 4 * 4
    issues.flush()
    issues.flush()
    assert stored == made
    assert issues.kept == made[:7]
    assert issues.more == 11


def test_without_a_store_nothing_waits() -> None:
    issues = Issues()
    issues.add(Issue("odd", "1", "x"))
    issues.flush()
    assert issues._waiting == []
    assert len(issues.kept) == 1
