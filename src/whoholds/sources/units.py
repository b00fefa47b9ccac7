"""Page text → units (a paragraph, a heading, a list item, a row), each with what its form says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from whoholds.sources import marks, phrases


class Form(StrEnum):
    """What a unit looks like by itself."""

    PROSE = "prose"
    """A paragraph: a long sentence, or several."""
    SENTENCE = "sentence"
    """A short sentence."""
    BULLET = "bullet"
    ROW = "row"
    """A line of a table, or "Name: what holds of it"."""
    SHORT = "short"
    """A heading, a headline, a name: words that do not end as a sentence."""
    STAMP = "stamp"
    DATE = "date"
    BYLINE = "byline"
    CAPTION = "caption"
    LIST_HEAD = "list head"
    CLOSER = "closer"
    FURNITURE = "furniture"


@dataclass(slots=True)
class Unit:
    """`start` and `end` are offsets into the page text; `block` numbers runs of lines without a blank one."""

    start: int
    end: int
    text: str
    block: int
    hint: str = ""
    form: Form = Form.SHORT
    words: int = 0
    bullet: bool = False
    ends: bool = False
    """It ends as a sentence does, with a full stop."""
    closed: bool = False
    """It ends with a full stop, a question mark or an exclamation mark."""
    lower: float = 0.0
    """Share of its words that begin with a small letter."""


BULLET = re.compile(r"(?:[-–—*•·▪◦‣●○■□▸▹►»>→✔✅🔴]\ufe0f?|\d{1,2}[.)]|\d\ufe0f?\u20e3|\(\d{1,2}\))\s+(?=\S)")
_ENDS = re.compile(r"[.!?…][\"'”’»)\]*]*\s*$")
# A full stop, with what may follow it: quotes, note marks ("[4]"), the writer's initials.
_STOPS = re.compile(r"(?:(?<!\.)\.|[.!?][\"'”’»)])[\"'”’»)\]*]*(?:\[\d{1,3}\])*(?:\s[(\[]?[A-Z]{2,3}[)\]]?)?\s*$")
_ELLIPSIS = re.compile(
    r"(?:…|\.\.\.|\[\.\.\.\]|\[…\])[\"'”’)\]]*\s*$|\b(?:read more|continue reading|full story)\W*$", re.I
)
_WORDS = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
_MARKDOWN = re.compile(r"#{1,6}\s")
"""A heading in Markdown: with a date it is a chapter of the story, not the day of the report."""
YEAR = re.compile(r"(?:19|20)\d\d[:.]?")
"""Where more than one stands by itself, or one above days without their year, the chapters of a chronology."""
_TURN = re.compile(r"(?:Q|A|Question|Answer|QUESTION|ANSWER)\s?[:.]\s")
_LABEL = re.compile(r"[^\W\d_a-z][\w'’ /().-]{0,40}:\s+\S|.{2,60}?\s?\.{4,}\s?\S")
_PUNCTUATION = re.compile(r"[,;)]|\.\s")
_JOINS = re.compile(
    r"(?:\b(?:the|of|in|at|near|from|to|by|and|for|with|on|a|an|that|between|towards|its|their)|[,(“–—-])$"
)


def units(text: str, hints: Mapping[int, str] | None = None) -> list[Unit]:
    """The units of a page text in order. `hints` maps the offset at which a line starts to what its markup was."""
    found = [_describe(unit) for unit in _join(list(_lines(text, hints or {})), text)]
    _rows(found)
    chapters = [
        index
        for index, unit in enumerate(found)
        if YEAR.fullmatch(unit.text) and unit.form is Form.FURNITURE and not unit.hint
    ]
    for index in chapters:
        if len(chapters) > 1 or _tells_days(found[index + 1 : index + 2]):
            found[index].form = Form.SHORT
    return found


def _tells_days(below: list[Unit]) -> bool:
    """True where what stands below a year alone tells of its days: "2014", and then "On 12 March they …"."""
    return any(u.form in (Form.PROSE, Form.SENTENCE, Form.BULLET) and marks.opens_with_day(u.text) for u in below)


def _lines(text: str, hints: Mapping[int, str]) -> Iterator[Unit]:
    at, block = 0, 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = at + len(line) - len(line.lstrip())
            yield Unit(start, start + len(bare), bare, block, hints.get(at, ""))
        else:
            block += 1
        at += len(line) + 1


def _join(lines: list[Unit], text: str) -> Iterator[Unit]:
    """Put together what was one paragraph: text wrapped at a width, and sentences broken at their links."""
    width = _wrap_width(lines)
    current: Unit | None = None
    for line in lines:
        if current is not None and _belongs(current, line, width, text):
            current.end = line.end
            continue
        if current is not None:
            yield _whole(current, text)
        current = line
    if current is not None:
        yield _whole(current, text)


def _whole(unit: Unit, text: str) -> Unit:
    """The unit with the words of all of its lines."""
    unit.text = " ".join(line.strip() for line in text[unit.start : unit.end].split("\n"))
    return unit


def _belongs(unit: Unit, line: Unit, width: int, text: str) -> bool:
    if line.block != unit.block or line.hint or unit.hint or BULLET.match(line.text) or marks.is_stamp(unit.text):
        return False
    last = text[max(unit.start, text.rfind("\n", unit.start, unit.end) + 1) : unit.end].strip()
    first_word = line.text.split(None, 1)[0]
    if width and len(last) + 1 + len(first_word) > width and not re.search(r"\s{3,}|[|]", line.text):
        return True
    begun = unit.end - unit.start > 20  # a sentence may be under way; shorter lines are headings and menu items
    goes_on = (
        (line.text[0].islower() and begun)
        or bool(_PUNCTUATION.match(line.text))
        or bool(begun and _JOINS.search(last[-20:]))
    )
    if (
        not goes_on
        or marks.is_dateline(last)
        or _ENDS.search(last[-20:])
        or _columns(last) > 1
        or _columns(line.text) > 1
    ):
        return False
    return not (phrases.is_furniture(last, len(last.split())) or phrases.opens_list(last) or phrases.closes_page(last))


def _wrap_width(lines: list[Unit]) -> int:
    """The width in characters at which a text was wrapped by hand or by a mailer, or 0 where it was not.

    It was where its longest lines are of one common width and most long lines break off within a sentence.
    """
    followed = [a for a, b in pairwise(lines) if a.block == b.block]
    longest = max((len(line.text) for line in lines), default=0)
    full = [line for line in followed if len(line.text) >= 0.75 * longest]
    if longest > 110 or longest < 40 or len(full) < 3:
        return 0
    broken = sum(not _ENDS.search(line.text) for line in full)
    near = sum(len(line.text) >= 0.75 * longest for line in followed)
    return longest if broken >= 0.6 * len(full) and near >= 0.5 * len(followed) else 0


ADDRESSES = ("http://", "https://", "www.", "pic.twitter.com/", "t.co/")
"""How addresses of the web begin."""
_LINKS = re.compile(rf"(?:\s+[(\[]?(?:{'|'.join(map(re.escape, ADDRESSES))})\S+)+$")
"""Addresses at the end of a line."""


def _describe(unit: Unit) -> Unit:
    """Fill in the features and the form of a unit."""
    match = BULLET.match(unit.text)
    unit.bullet = bool(match)
    line = unit.text[match.end() :] if match else unit.text
    bare = _LINKS.sub("", line) or line
    tokens = _WORDS.findall(bare)
    letters = [token for token in tokens if token[0].isalpha()]
    unit.words = len(tokens)
    unit.lower = sum(token[0].islower() for token in letters) / max(1, len(letters))
    # A post says its sentence and ends in links, with a stop before them or without one.
    linked = bare != line and unit.words >= 4
    stops = bool(_STOPS.search(bare[-20:])) and not _ELLIPSIS.search(bare[-20:]) and not bare.endswith("?")
    unit.ends = linked or stops
    unit.closed = unit.ends or bool(_ENDS.search(bare[-20:]))
    unit.form = _form(unit, bare)
    return unit


def is_teaser(unit: Unit) -> bool:
    """A paragraph that breaks off to be clicked on ("… officials said [...]")."""
    return bool(_ELLIPSIS.search(unit.text[-24:])) and unit.words < 70


def _form(unit: Unit, bare: str) -> Form:
    line, words = unit.text, unit.words
    if unit.hint == "furniture":
        return Form.FURNITURE
    if unit.hint == "caption":
        return Form.CAPTION
    if words <= 14 and unit.hint not in ("h1", "title"):
        if phrases.closes_page(line):
            return Form.CLOSER
        if phrases.opens_list(bare) and not phrases.keeps(bare):
            return Form.LIST_HEAD
    if phrases.lists_inline(line) and not (unit.ends and words > 30):
        return Form.FURNITURE
    if marks.is_stamp(line):
        return Form.STAMP
    if words <= 40 and marks.is_dateline(bare) and not _MARKDOWN.match(line):
        return Form.DATE
    if words <= 40 and marks.is_byline(line):
        return Form.BYLINE
    if marks.is_caption(line, words) and not unit.bullet:
        return Form.CAPTION
    if phrases.is_furniture(line, words) and unit.hint not in ("h1", "h2", "title", "row"):
        return Form.FURNITURE
    if unit.hint == "row":
        return Form.ROW
    if unit.hint == "outside":
        return Form.FURNITURE
    sentence = unit.ends and words >= 4 and unit.lower >= 0.3
    if (sentence and words >= 12) or (words >= 25 and unit.lower >= 0.45):
        return Form.PROSE
    if unit.bullet:
        return Form.BULLET
    if _TURN.match(bare):
        return Form.SENTENCE
    return Form.SENTENCE if sentence or (unit.ends and words >= 3 and unit.lower > 0.2) else Form.SHORT


def _rows(found: list[Unit]) -> None:
    """Mark tables: three or more neighbouring lines with as many columns, or with a label and what holds of it."""
    for is_row, alike in ((_has_columns, True), (_has_label, False)):
        run: list[Unit] = []
        for unit in [*found, None]:
            if unit is not None and is_row(unit) and (not run or unit.block == run[-1].block):
                run.append(unit)
                continue
            barred = all(row.text[:1] == row.text[-1:] == "|" for row in run)
            if len(run) >= 3 and (barred or not alike or len({_columns(row.text) for row in run}) <= 2):
                for row in run:
                    row.form = Form.ROW
            run = [unit] if unit is not None and is_row(unit) else []


def _has_columns(unit: Unit) -> bool:
    forms = (Form.SHORT, Form.SENTENCE, Form.FURNITURE, Form.DATE)
    menu = unit.form is Form.FURNITURE and phrases.has_menu_word(unit.text)
    return unit.form in forms and not menu and not unit.hint and len(unit.text) <= 300 and _columns(unit.text) >= 2


def _has_label(unit: Unit) -> bool:
    short = unit.form in (Form.SHORT, Form.SENTENCE) and len(unit.text) <= 300
    return short and not unit.hint and not unit.bullet and bool(_LABEL.match(unit.text))


def _columns(line: str) -> int:
    return len([part for part in re.split(r"\s*\|\s*|\s{2,}|\t", line) if part.strip()])
