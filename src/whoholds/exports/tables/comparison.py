"""A comparison of two records as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from whoholds.exports.tables import Row, Table, columns
from whoholds.model import Spell
from whoholds.plain import iso, rounded
from whoholds.views.compare import Stretch
from whoholds.views.mapdata import DISCLAIMER
from whoholds.views.records import place_fields


def comparison(stretches: Iterable[Stretch], records: Mapping[str, object]) -> Table:
    """`records`: what the two are and what was asked of them, for those who open the file later."""

    def about() -> dict[str, object]:
        return {"what": "comparison", "disclaimer": DISCLAIMER, "records": dict(records)}

    return Table("comparison", columns.COMPARISON, map(_row, stretches), about)


def _row(stretch: Stretch) -> Row:
    return {
        **place_fields(stretch.place_id, stretch.place),
        "first_day": iso(stretch.first),
        "last_day": iso(stretch.last),
        "periods": stretch.periods,
        "verdict": str(stretch.verdict),
        **_answer("first", stretch.one),
        **_answer("second", stretch.other),
    }


def _answer(which: str, spell: Spell | None) -> Row:
    return {
        f"{which}_holders": list(spell.holders) if spell else [],
        f"{which}_support": rounded(spell.support, 3) if spell else None,
        f"{which}_claims": list(spell.claims_for) if spell else [],
    }
