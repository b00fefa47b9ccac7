"""Lists of who holds what: the words over one that ask it, and its lines, which look like a menu's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from whoholds.sources.units import Form, Unit

_WHO = r"who(?:se)?\s+(?:(?:is|are|was|were)\s+)?(?:now\s+)?"
ASKS = re.compile(
    rf"\b(?:{_WHO}(?:controls?|controlled|holds?|held|runs?|ran|has|had|rules?|ruled|owns|in|where)"
    r"|(?:areas?|zones?|map|state|lines?)\s+of\s+(?:territorial\s+)?control|control\s+(?:of|in|map|by|as\s+of)|in\s+control"
    r"|(?:towns?|cities|villages|areas?|places|districts?)\s+(?:and\s+(?:their|its)\s+(?:holders|rulers)|held|controlled)"
    r"|(?:held|controlled)\s+by|in\s+(?:the|whose)\s+hands|territorial\s+control|each\s+side\s+(?:holds|controls))\b",
    re.I,
)
"""What asks who holds what, or says that a list tells it."""
_HEADS = re.compile(r"\bcontrols?\b", re.I)
"""What does so in a heading: "Control update"."""
_HEADING = 8
_ELSE = re.compile(
    r"\b(?:dead|deaths?|killed|wounded|injured|casualt\w+|victims?|losses|displaced|results?|scores?|teams?|players?|match"
    r"(?:es)?|candidates?|votes?|seats?|attacks?|incidents?|prisoners?|hostages?|wards?|commanders?)\b",
    re.I,
)
"""What a list is of that is none of holders."""
_TOLD = re.compile(r"\b(?:under|held|hold|since|retaken|recaptured|control\w*|stronghold|hands)\b", re.I)
"""What tells so in a line of it: "Bor: army since May"."""
_LINE = re.compile(r"[^\W\d_a-z][^\n:|]{1,40}?(?::\s+|\s[-–—]\s+|\s\((?=[^()]*\)[.,;]?$))\S")
"""A place and its holder: "Bor - army", "Bor (army)"; the first may be the holder, too."""
_ABOVE = 6
"""So many lines above a list the heading may stand that says what the list is of."""
_WORDS = 12
_APART = (Form.DATE, Form.BYLINE, Form.STAMP, Form.CAPTION, Form.FURNITURE)
"""What may stand between a list and the words over it."""


def tells_who_holds(over: Sequence[str], rows: Sequence[str] = ()) -> bool:
    """True where the lines above a list, the nearest last, or its rows say that it is of who holds what."""
    if over and _ELSE.search(over[-1]):
        return False
    return any(map(_asks, over)) or any(map(_TOLD.search, rows))


def _asks(line: str) -> bool:
    return bool(ASKS.search(line) or (len(line.split()) <= _HEADING and _HEADS.search(line)))


def mark_rows(found: Sequence[Unit]) -> None:
    """Make rows of "Bor - army", "Bor (army)" under words that ask who holds what: elsewhere a menu has such lines."""
    above: list[str] = []
    for (of_list, _), run in groupby(found, lambda u: (_may_name_holder(u), u.block if _may_name_holder(u) else 0)):
        lines = list(run)
        if not of_list:
            above += [u.text for u in lines if u.form not in _APART]
        elif len(lines) > 1 and tells_who_holds(above[-_ABOVE:]):
            for row in lines:
                row.form = Form.ROW
        else:
            above += [u.text for u in lines]


def _may_name_holder(unit: Unit) -> bool:
    plain = not unit.hint and not unit.bullet and unit.words <= _WORDS
    return plain and unit.form is Form.SHORT and bool(_LINE.match(unit.text))
