"""The settlements that were checked by hand are resolved, and to the right place (issue: 0.97 of those resolved)."""

from __future__ import annotations

import pytest

import places
import reading
from corpora import chosen, is_held_out


def test_the_list_is_long_and_without_held_out_reports() -> None:
    rows = places.checked()
    assert len(rows) >= 200
    assert not [row for row in rows if is_held_out(row.report)]
    assert all(-90 <= row.lat <= 90 and -180 <= row.lon <= 180 and len(row.country) == 3 for row in rows)


def test_what_is_resolved_is_right(read_all: dict[str, list[reading.Read]]) -> None:
    corpora = chosen()
    rows = places.checked()
    if {row.corpus for row in rows} - {corpus.name for corpus in corpora}:
        pytest.skip("the shared gold is not here")
    found = places.find((one for corpus in corpora for one in read_all[corpus.name]), corpora)
    others, placed = places.wrong(found, rows)
    assert placed >= 0.9 * len(rows)
    assert 1 - len(others) / placed >= 0.97, [(row.report, row.name, place.place_id) for row, place in others]
