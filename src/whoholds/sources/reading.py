"""A page's units read together: which are the report, and as what, and which are the page around it."""

from __future__ import annotations

import re
from itertools import pairwise

from whoholds.model import Role
from whoholds.sources import marks, phrases
from whoholds.sources.chronology import entry_days
from whoholds.sources.title import find_title, headline_runs, lead_of, overlap, stems
from whoholds.sources.units import YEAR, Form, Unit, is_teaser

CLOSES_AFTER = 25
"""Words of body that must stand before "Comments" for it to close the page; above that it is a button."""

_PLAIN = {Form.DATE: Role.DATELINE, Form.STAMP: Role.DATELINE, Form.BYLINE: Role.BYLINE, Form.CAPTION: Role.CAPTION}


class Reading:
    """One reading of a page's units."""

    def __init__(self, found: list[Unit], title: str | None) -> None:
        self.found, self.stated = found, title
        self.furniture = {
            i for i, unit in enumerate(found) if unit.form in (Form.FURNITURE, Form.LIST_HEAD, Form.CLOSER)
        }
        self.end = self._closed_at()
        self.furniture.update(range(self.end, len(found)))
        self._mark_doubles()
        frame = set(self.furniture)
        self._close_lists()
        if not self._says_anything():
            self.furniture = frame
        self._drop_teasers()

    def roles(self) -> list[Role]:
        found = self.found
        first, last = self._body()
        roles = [Role.FURNITURE] * len(found)
        if first is None or last is None:
            self._without_prose(roles)
            return roles
        title = find_title(found, first, self.furniture, self.stated)
        self._above(roles, first, title)
        self._inside(roles, first, last)
        self._below(roles, last)
        for index in entry_days(found):
            roles[index] = Role.HEADING if roles[index] is Role.DATELINE else roles[index]
        return roles

    def _closed_at(self) -> int:
        """Index of the line after which only readers speak; the number of units where there is none."""
        words = 0
        for index, unit in enumerate(self.found):
            if unit.form is Form.CLOSER and words >= CLOSES_AFTER:
                return index
            words += unit.words * (unit.form in (Form.PROSE, Form.SENTENCE, Form.BULLET, Form.ROW))
        return len(self.found)

    def _mark_doubles(self) -> None:
        """A line printed twice in a row is the caption of a picture, unless there is nothing else for a title."""
        for upper, lower in pairwise(self.found):
            same = upper.text == lower.text and upper.hint not in ("h1", "title") and lower.hint not in ("h1", "title")
            if same and upper.words >= 4 and upper.form in (Form.SHORT, Form.SENTENCE, Form.PROSE):
                upper.form = lower.form = Form.CAPTION

    def _close_lists(self) -> None:
        """What stands under a heading such as "Related" is furniture until the body goes on."""
        index = 0
        while index < self.end:
            if self.found[index].form is Form.LIST_HEAD and self.found[index].hint != "furniture":
                stop = self._list_end(index)
                self.furniture.update(range(index, stop))
                index = stop
            else:
                index += 1

    def _says_anything(self) -> bool:
        """False where all sentences stand under a heading such as "Latest news": then they are the report."""
        sentences = [i for i, unit in enumerate(self.found) if unit.form in (Form.PROSE, Form.SENTENCE)]
        return not sentences or any(i not in self.furniture for i in sentences)

    def _list_end(self, head: int) -> int:
        above = not any(unit.form is Form.PROSE for unit in self.found[:head])
        for index in range(head + 1, self.end):
            if not self._goes_on(index, above=above):
                continue
            # The heading over the paragraph with which the body goes on is not one of the list.
            if above and (title := self._title_inside(head, index)) is not None:
                return title
            start = index
            while start - 1 > head + 1 and self._may_head(start - 1, head):
                start -= 1
            return start
        return self.end

    def _title_inside(self, head: int, body: int) -> int | None:
        """Index of the title where a list of other stories runs into it without a blank line: over byline and date.

        None where a title stands above the list already, or where nothing parts the headlines from the body.
        """
        found, lead = self.found, lead_of(self.found, body)
        if any(unit.words >= 4 and overlap(unit, lead) >= 0.34 for unit in found[:head] if unit.form is Form.SHORT):
            return None
        parted = False
        for index in range(body - 1, head, -1):
            unit = found[index]
            if unit.form is Form.SHORT and unit.words >= 4:
                return index if parted or overlap(unit, lead) >= 0.5 else None
            if unit.form in (Form.DATE, Form.BYLINE) or marks.is_name(unit.text):
                parted = True
        return None

    def _goes_on(self, index: int, *, above: bool) -> bool:
        """True where the body goes on at `index`: a paragraph that is no teaser of another story.

        `above`: no prose has been seen yet, so that whatever is prose is the body.
        """
        unit = self.found[index]
        if unit.form is not Form.PROSE or unit.words < 12 or is_teaser(unit):
            return False
        if above or unit.words >= 45 or len(re.findall(r"[.!?][\"”’)]*\s+[\"“‘(]?[^\W\d_a-z]", unit.text[:1000])) >= 2:
            return True
        after = next((u for u in self.found[index + 1 : self.end] if u.form is not Form.CAPTION), None)
        quoted = unit.text[:1] in '"“' and unit.words >= 15
        return quoted or (after is not None and after.form is Form.PROSE and not is_teaser(after) and unit.words >= 18)

    def _may_head(self, index: int, head: int) -> bool:
        unit, before = self.found[index], self.found[index - 1]
        if unit.form in (Form.STAMP, Form.DATE, Form.BYLINE, Form.CAPTION):
            return True
        if unit.form is not Form.SHORT or unit.hint == "furniture":
            return False
        if before.form is Form.STAMP:
            return True
        if unit.block == before.block:
            return False
        listed = self.found[head + 1 : index]
        if unit.hint.startswith("h") and not any(item.hint.startswith("h") for item in listed):
            return True
        together = len({item.block for item in listed}) < len(listed) or (
            len(listed) == 1 and before.block == self.found[head].block
        )
        return together or (unit.text.isupper() and not any(item.text.isupper() for item in listed))

    def _drop_teasers(self) -> None:
        """Two or more paragraphs that break off to be clicked on are other stories, with the headlines over them."""
        teasers = [
            i
            for i in range(self.end)
            if i not in self.furniture and is_teaser(self.found[i]) and self.found[i].form is not Form.CAPTION
        ]
        prose = [
            i for i, unit in enumerate(self.found[: self.end]) if unit.form is Form.PROSE and i not in self.furniture
        ]
        if len(teasers) < 2 or not prose:
            return
        for index in teasers:
            if index > prose[0]:
                self.furniture.add(index)
                if self.found[index - 1].form is Form.SHORT:
                    self.furniture.add(index - 1)

    def _body(self) -> tuple[int | None, int | None]:
        found = self.found
        prose = [i for i in range(self.end) if found[i].form is Form.PROSE and i not in self.furniture]
        if not prose:
            prose = [i for i in range(self.end) if found[i].form is Form.SENTENCE and i not in self.furniture]
        if not prose:
            return None, None
        # Long words without a full stop above the first whole sentence are a caption or a second title.
        first, last = next((i for i in prose if found[i].closed), prose[0]), prose[-1]
        # Short sentences, list items and rows right above and below belong to it.
        while (
            first > 0
            and first - 1 not in self.furniture
            and found[first - 1].form in (Form.SENTENCE, Form.BULLET, Form.ROW, Form.STAMP)
        ):
            first -= 1
        while self._is_asked(first - 1) and found[first - 2].form is Form.SENTENCE and self._is_asked(first - 3):
            first -= 2  # answers of one short sentence, above the first long one
        live = sum(unit.form is Form.STAMP for unit in found[first:last]) >= 3
        framed, said = False, stems(" ".join(unit.text[:1000] for unit in found[first : last + 1])[:20_000])
        for index in range(last + 1, self.end):
            unit = found[index]
            if index in self.furniture:
                if unit.form in (Form.LIST_HEAD, Form.CLOSER) or unit.hint == "furniture":
                    break
                framed = framed or not self._is_button(unit)
                continue
            if framed and not (unit.form is Form.SENTENCE and unit.words >= 6 and overlap(unit, said) >= 0.25):
                break
            if self._goes_below(index, last, live=live):
                last = index
            elif unit.form not in (Form.CAPTION, Form.STAMP) and not (
                unit.form is Form.SHORT and self._heads_more(index)
            ):
                break
        return first, last

    def _is_asked(self, index: int) -> bool:
        """True for a line that is a question, as those of an interview."""
        unit = self.found[index] if index >= 0 and index not in self.furniture else None
        return unit is not None and unit.form is Form.SHORT and unit.text.endswith("?")

    def _goes_below(self, index: int, last: int, *, live: bool) -> bool:
        """True for short pieces below the last paragraph that still belong to the body."""
        unit = self.found[index]
        if unit.form in (Form.SENTENCE, Form.ROW) or (live and unit.form in (Form.STAMP, Form.SHORT)):
            return True
        return unit.form is Form.BULLET and (unit.hint == "li" or self._bullet_goes_on(index, last))

    def _bullet_goes_on(self, index: int, last: int) -> bool:
        if index == last + 1 and self.found[last].bullet:
            return True
        return (
            self.found[index].ends
            or self.found[index - 1].text.endswith(":")
            or phrases.keeps(self.found[index - 1].text)
        )

    def _heads_more(self, index: int) -> bool:
        """True for a heading over a table, or over a short sentence that ends the body."""
        after = self.found[index + 1] if index + 1 < self.end else None
        if after is None or index + 1 in self.furniture:
            return False
        if self.found[index].text.endswith(":") and after.form is Form.BULLET:
            return True
        return (
            after.form is Form.ROW
            or phrases.keeps(self.found[index].text)
            or (after.form is Form.SENTENCE and after.words >= 6)
        )

    @staticmethod
    def _is_button(unit: Unit) -> bool:
        return unit.words <= 4

    def _above(self, roles: list[Role], first: int, title: int | None) -> None:
        found = self.found
        lead = lead_of(found, first)
        runs = headline_runs(found[:first], self.furniture, title)
        below = [u.text for u in found[(title if title is not None else -1) + 1 : first] if u.form is Form.DATE]
        for index in range(first):
            unit = found[index]
            before_title = title is not None and index < title
            if index == title:
                roles[index] = Role.TITLE
            elif index in self.furniture:
                continue
            elif unit.form is Form.DATE and before_title and below and not self._dates_page(unit.text, below):
                continue  # the day on which the page was looked at, in its masthead
            elif unit.form in _PLAIN:
                roles[index] = _PLAIN[unit.form]
            elif before_title:
                if unit.form in (Form.SENTENCE, Form.PROSE) and unit.words >= 8 and overlap(unit, lead) >= 0.3:
                    roles[index] = Role.BODY
                elif unit.form is Form.SHORT and marks.is_mostly_date(unit.text):
                    roles[index] = Role.DATELINE
                elif unit.form is Form.SHORT and unit.words >= 4 and marks.has_date(unit.text) and index not in runs:
                    roles[index] = Role.HEADING
            elif unit.form not in (Form.SHORT, Form.PROSE) or (unit.closed and unit.form is Form.PROSE):
                roles[index] = Role.BODY
            elif index not in runs:
                roles[index] = self._short_above(index, first, title)

    @staticmethod
    def _dates_page(masthead: str, below: list[str]) -> bool:
        return marks.says_published(masthead) or marks.is_of_issue(masthead, below)

    def _short_above(self, index: int, first: int, title: int | None) -> Role:
        """A line between title and body: a second title, a caption, a name, a heading, or a piece of the page."""
        unit = self.found[index]
        if phrases.keeps(unit.text) or unit.hint in ("h2", "h3", "h4", "heading") or YEAR.fullmatch(unit.text):
            return Role.HEADING
        if title is not None and marks.is_name(unit.text) and not unit.text.isupper():
            return Role.BYLINE
        if marks.has_date(unit.text) and unit.lower >= 0.4 and unit.words >= 8:
            return Role.CAPTION
        if unit.form is Form.PROSE:
            return Role.BODY
        if marks.has_date(unit.text) and unit.words <= 8 and title is not None:
            return Role.DATELINE
        if unit.words >= 4 or (index == first - 1 and self.found[first].form is not Form.SENTENCE):
            return Role.HEADING
        return Role.FURNITURE

    def _inside(self, roles: list[Role], first: int, last: int) -> None:
        found = self.found
        framed = any(i in self.furniture for i in range(len(found)))
        runs = headline_runs(found[: last + 1], self.furniture) if framed else set()
        for index in range(first, last + 1):
            unit = found[index]
            if index in self.furniture or (index in runs and not self._is_table_head(index)):
                continue
            quoted = unit.form is Form.DATE and marks.is_of_a_post(unit.text)
            if unit.form in _PLAIN and not quoted:
                roles[index] = _PLAIN[unit.form]
            elif unit.form in (Form.SHORT, Form.DATE) and unit.words < 18:
                roles[index] = Role.HEADING
            else:
                roles[index] = Role.BODY

    def _is_table_head(self, index: int) -> bool:
        return index + 1 < len(self.found) and self.found[index + 1].form is Form.ROW

    def _below(self, roles: list[Role], last: int) -> None:
        found, open_ = self.found, True
        for index in range(last + 1, self.end):
            unit = found[index]
            if index in self.furniture:
                open_ = open_ and unit.form is Form.FURNITURE and self._is_button(unit)
            elif unit.form is Form.BYLINE or (unit.form is Form.DATE and open_ and self._dates_it(roles, unit)):
                roles[index] = _PLAIN[unit.form]
            elif unit.form is Form.CAPTION and open_:
                roles[index] = Role.CAPTION
            elif unit.form is Form.SHORT:
                open_ = False

    def _dates_it(self, roles: list[Role], unit: Unit) -> bool:
        """True for a date below the text that is the report's: it says so, or no other line of the page gives one."""
        if marks.says_published(unit.text):
            return True
        datelines = (u.text for u, role in zip(self.found, roles, strict=True) if role is Role.DATELINE)
        return marks.is_mostly_date(unit.text) and not any(marks.has_date(text) for text in datelines)

    def _without_prose(self, roles: list[Role]) -> None:
        """A page of headlines, rows or one line only: nothing tells body from frame but the known phrases."""
        found = self.found
        rest = [i for i in range(self.end) if i not in self.furniture]
        titles = [i for i in rest if found[i].form is Form.SHORT and found[i].words >= 4]
        for index in rest:
            roles[index] = _PLAIN.get(found[index].form, Role.BODY)
        if titles and titles[0] == rest[0] and len(rest) > 1:
            roles[titles[0]] = Role.TITLE
        if not rest and len(found) == 1:
            roles[0] = Role.BODY
