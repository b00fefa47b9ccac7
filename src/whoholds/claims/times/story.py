"""Where the telling of a report stands: the day that it has reached, and what is told of in passing.

The *story's date* is the last date of a main clause in the past. A date in the background ("which had fallen in
2014", "since May") does not move it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from whoholds.annotate.document import Sentence
from whoholds.model import Role, When

NEAR = 4
"""Days before the report for which the story's date holds beyond its paragraph."""
YEAR = timedelta(days=366)
SHORT = timedelta(days=62)
"""A period that may be told of in passing and yet is when the story goes on."""


@dataclass(frozen=True, slots=True)
class Story:
    """Where the telling stands before a sentence."""

    when: When
    section: int
    frame: bool = False
    """A heading, or a date by itself ("24 Dec."), set it: what follows happened then, however long ago."""
    heading: bool = False
    live: bool = False
    """The stamp of a live report set it ("14:20 The army says …"): for its paragraph, what has just happened too."""


class Telling:
    """What the sentences so far have told of time. `published`: the report's day; without it, `year` of the story."""

    def __init__(self, published: When | None, year: When | None) -> None:
        self.published, self.year = published, year
        self.story: Story | None = Story(year, -1) if year else None
        self.above: Story | None = None
        """The story that the sentence which is being read stands under."""
        self.previous: When | None = year
        """The date told last."""
        self.background = False
        """Whether that was told in an aside."""
        self.told_in = -1
        """The section that told it."""
        self.chapter: When | None = None
        """The year, or the month of a year, that the last heading gives."""
        self.since: When | None = None
        """The period of a year after which something is told to have been so: "since the summer of 2014"."""
        self.year_of_sentence: int | None = None
        """The year that the sentence names by itself: "Throughout 1998 …"."""

    def enter(self, s: Sentence, *, stamped: bool) -> None:
        """The next sentence. `stamped`: its paragraph opens with a time by the clock, of the report's day."""
        above = self.story
        if above and above.section != s.section and (above.live or not self._reaches(above)):
            above = None
        if above and above.frame and not above.heading and s.role is Role.HEADING and self.published is not None:
            above = self.story = None  # "- 11 May: P falls." ends with the list
        if stamped and self.published is not None:
            above = self.story = Story(self.published, s.section, frame=True, live=True)
        self.above, self.year_of_sentence = above, None
        if s.role is Role.HEADING and not s.times:
            self.chapter = None
            self._leave_background()

    def move(self, s: Sentence, when: When, told: When, *, alone: bool) -> None:
        """The sentence moves the story to a date, and tells `told` last. `alone`: by the date itself ("24 Dec.")."""
        self.previous, self.background = told, False
        story = self.above
        # "6 June. Fighting goes on all night. They hold Q": still under the date of the entry
        under = not alone and story is not None and story.frame and _night_of(story.when, when)
        if story is None or not under:
            self.story = story = Story(when, s.section, alone, s.role is Role.HEADING)
        if story.heading and story.frame and when.precision in ("year", "month"):
            self.chapter = when

    def goes_on(self, when: When) -> bool:
        """True for a date in passing within a year after the story's: "the war of early May … the next month"."""
        before = self.previous.start if self.previous else None
        if before is None or when.start is None or when.end is None:
            return self.previous is None
        return timedelta(0) <= when.start - before <= YEAR and when.end - when.start <= SHORT

    def _reaches(self, story: Story) -> bool:
        """True where a date still holds in the next paragraph: in undated texts, under a heading, in the last days."""
        if self.published is None or self.published.end is None or story.heading:
            return True
        start = story.when.start or story.when.end
        return start is not None and (self.published.end - start).days <= NEAR

    def _leave_background(self) -> None:
        """A heading ends the background of an undated text: what comes next is of the time in its title again."""
        year, told = self.year, self.previous
        in_title = year is not None and "title" in year.basis
        if year and in_title and year.start and told and told.end and told.end < year.start:
            self.previous, self.background = year, False
            self.story = Story(year, -1)


def _night_of(day: When, when: When) -> bool:
    """Whether a time is of a day, up to the next morning."""
    if day.precision != "day" or not (day.start and when.start and when.end):
        return False
    return when.start == day.start and when.end - day.start <= timedelta(days=1)
