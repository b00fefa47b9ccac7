"""Flattened page text → sections with their roles: the report apart from the page around it.

The text is cut into units (paragraphs, headings, list items), each looked at by itself (`units`). Then the page is
read as a whole: comments close it; lists of other stories end where prose goes on; the body runs from the first
prose to the last; the title is the line above it that speaks of the same (`title`). What is in doubt inside the body
is kept, what is in doubt outside is furniture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from whoholds.model import Role, Section, Span
from whoholds.sources import marks
from whoholds.sources.holders import mark_rows
from whoholds.sources.reading import Reading
from whoholds.sources.units import Form, Unit, units

__all__ = ["lay_out", "outlet_of", "title_of"]


def lay_out(text: str, hints: Mapping[int, str] | None = None, *, title: str | None = None) -> tuple[Section, ...]:
    """The sections of a page text: in order, without overlap, each a span of `text` with its role.

    `hints` maps the offset of a line's start to what its markup was ("furniture", "caption", "h1" …); `title` is the
    title that metadata states. Never raises, whatever the text.
    """
    found = units(text, hints)
    mark_rows(found)
    roles = Reading(found, title).roles()
    _mark_repeats(found, roles)
    sections: list[Section] = []
    first, labelled = True, _labelled(found)
    for unit, role in zip(found, roles, strict=True):
        if role is Role.BODY and unit.form in (Form.PROSE, Form.SENTENCE, Form.BULLET):
            plain = first and not labelled and unit.form is not Form.BULLET
            cut = _dateline_end(text, unit, first=plain)
            first = False
            if cut:
                sections.append(Section(Span(unit.start, cut), Role.DATELINE))
                rest = text[cut : unit.end]
                unit.start = unit.end - len(rest.lstrip())
        sections.append(Section(Span(unit.start, unit.end), role))
    return tuple(sections)


_LABEL = re.compile(r"[^\W\d_a-z][\w'’ -]{1,30}:\s")


def _labelled(found: Sequence[Unit]) -> bool:
    """True where several paragraphs start with what they are about ("Mali: …", "Niger: …"): no datelines then."""
    return sum(bool(_LABEL.match(unit.text)) for unit in found if unit.form in (Form.PROSE, Form.SENTENCE)) >= 2


def title_of(text: str, sections: Sequence[Section]) -> str | None:
    """The words of the TITLE section on one line."""
    return next((" ".join(s.span.of(text).split())[:500] for s in sections if s.role is Role.TITLE), None)


_COPYRIGHT = re.compile(
    r"(?:(?i:copyright)|\([cC]\)|©)[\s©(cC)]*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?)?[\s,.|-]*(?:by\s+)?"
    r"(?P<name>[^\W\d_a-z][^.|©\n\d]{2,58}?)\s*(?:,?\s*(?:19|20)\d\d|[.|]|,?\s+(?i:all rights)|$)"
)
_STAFF = re.compile(
    r"by\s+(?:the\s+)?(?P<name>[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*){0,3})\s+(?:staff|reporters?|correspondents?)\b"
)


def outlet_of(text: str, sections: Sequence[Section]) -> str | None:
    """The outlet where a copyright line or a byline states it plainly ("© 2015 X", "By X staff"), or None."""
    for section in sections:
        line = section.span.of(text)[:300]
        if section.role is Role.FURNITURE and ("rights" in line.lower() or re.search(r"(?:19|20)\d\d", line)):
            match = _COPYRIGHT.search(line)
            if match and match["name"].strip().lower() not in ("all rights reserved", "all rights"):
                return " ".join(match["name"].split())
    for section in sections:
        match = _STAFF.match(section.span.of(text)[:120].lower()[:2] + section.span.of(text)[2:120])
        if section.role is Role.BYLINE and match:
            return match["name"]
    return None


def _dateline_end(text: str, unit: Unit, *, first: bool) -> int:
    """Offset at which the dateline (or the live page's time stamp) at the start of a body unit ends; 0 for none."""
    head = text[unit.start : min(unit.end, unit.start + 240)]
    stamp = re.match(
        r"\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\b\.?)?(?:\s*(?:GMT|UTC|BST|EDT|EST|ET))?\s*[-–—:|]?\s+(?=[^\Wa-z_]|[“\"])", head
    )
    length = stamp.end() if stamp else marks.inline_dateline(head, first=first)
    return unit.start + length if 0 < length < unit.end - unit.start else 0


_MARK = re.compile(r"^[\[(](?:photo|image|picture|map|chart)[\])]\s*|[^\w\s]", re.I)


def _mark_repeats(found: Sequence[Unit], roles: list[Role]) -> None:
    """A second print of what was read already is a REPEAT; a line printed twice in a row is a picture's caption."""
    seen: dict[str, int] = {}
    for index, unit in enumerate(found):
        if roles[index] not in (Role.TITLE, Role.HEADING, Role.BODY, Role.CAPTION):
            continue
        key = " ".join(_MARK.sub("", unit.text.lower()).split())
        if unit.words < 4 or not key:
            continue
        if key not in seen:
            seen[key] = index
            continue
        first = seen[key]
        roles[index] = Role.REPEAT
        between = [i for i in range(first + 1, index) if found[i].form not in (Form.FURNITURE, Form.CAPTION)]
        if not between and unit.words <= 90 and roles[first] in (Role.HEADING, Role.BODY):
            roles[first] = Role.CAPTION
