"""The reports' own dates against those read by hand (`eval/dates.py`)."""

from __future__ import annotations

import pytest

import dates


def test_the_gold_leaves_the_held_out_reports_alone() -> None:
    assert len(dates.gold()) >= 90


def test_nearly_all_are_right_to_the_day_and_none_is_wrong_unwarned() -> None:
    read = dates.present()
    if read is None:
        pytest.skip("the shared development reports are not here")
    expected = dates.gold()
    assert {report.label for report in read} >= expected.keys()
    wrong = dates.errors(expected, read)
    assert len(wrong) <= (1 - dates.LEAST) * len(expected)
    assert [w for w in wrong if not w.warned] == []
