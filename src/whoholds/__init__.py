"""Who holds which town, when, and according to whom.

    import whoholds as wh

    wh.read("pages/", "anbar.db")                            # reports into a ledger
    with wh.Ledger.open("anbar.db") as ledger:
        for state in wh.who(ledger, "Ramadi"):               # who holds it, with the words that it rests on
            print(state.spell.holders, state.since, state.evidence[0].claim.quote_text)
        weeks = wh.panel(ledger, every="week").to_pandas()   # place by week, as an Arrow table or a data frame

`docs/library.md` is the tutorial. The same in its parts:

The flow: files → Report → (mentions) → Claim → ledger → Spell → answers.

    from whoholds import Ledger, Reader, reports, timeline, who

    reader = Reader()                                    # parser, gazetteer, lexicon: loaded at the first report
    with Ledger.open("whoholds.db") as ledger:
        for report in reports(["pages/"], on_issue=print):   # text and HTML, body told from furniture
            reading = reader.read(report)                # dated; its claims, mentions and issues
            ledger.add(reading)                          # all of it or nothing; the same report once
        for state in who(ledger, "Ramadi"):              # who held it, with the words that it rests on
            print(state.spell.holders, state.since, state.evidence[0].claim.quote_text)
        course = timeline(ledger, "Ramadi")              # and from when to when

`model` has the types, `errors` what is raised on purpose. Nothing is imported before it is used.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whoholds.control import spells
    from whoholds.errors import WhoholdsError
    from whoholds.exports.map import write_map
    from whoholds.exports.records import claim_record, mention_record
    from whoholds.ledger import Ledger
    from whoholds.library import Summary, arrow, claims_in, panel, read
    from whoholds.model import Claim, Issue, Mention, Place, Report, Spell, Voice, When
    from whoholds.pipeline import Reader, Reading
    from whoholds.sources import reports
    from whoholds.views import State, Timeline, timeline, who
    from whoholds.views.mapdata import map_data

if "numpy" not in sys.modules:
    # The parser's matrices are small: numpy's threads take every core for nothing (annotate/parse/weights.py).
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__all__ = [
    "Claim",
    "Issue",
    "Ledger",
    "Mention",
    "Place",
    "Reader",
    "Reading",
    "Report",
    "Spell",
    "State",
    "Summary",
    "Timeline",
    "Voice",
    "When",
    "WhoholdsError",
    "arrow",
    "claim_record",
    "claims_in",
    "map_data",
    "mention_record",
    "panel",
    "read",
    "reports",
    "spells",
    "timeline",
    "who",
    "write_map",
]

_HOMES = {
    "control": ("spells",),
    "errors": ("WhoholdsError",),
    "exports.map": ("write_map",),
    "exports.records": ("claim_record", "mention_record"),
    "ledger": ("Ledger",),
    "library": ("Summary", "arrow", "claims_in", "panel", "read"),
    "model": ("Claim", "Issue", "Mention", "Place", "Report", "Spell", "Voice", "When"),
    "pipeline": ("Reader", "Reading"),
    "sources": ("reports",),
    "views": ("State", "Timeline", "timeline", "who"),
    "views.mapdata": ("map_data",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"whoholds.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
