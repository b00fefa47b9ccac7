"""Answers to questions, shared by the command line, the map and the exports."""

from whoholds.control.selection import View
from whoholds.views.accounts import Account, accounts
from whoholds.views.changes import Change, changes, day_of
from whoholds.views.nothing import why_nothing
from whoholds.views.places import PlaceError, find_place
from whoholds.views.question import Question
from whoholds.views.states import Evidence, State, Timeline, timeline, who
from whoholds.views.why import Reason, Why, why

__all__ = [
    "Account",
    "Change",
    "Evidence",
    "PlaceError",
    "Question",
    "Reason",
    "State",
    "Timeline",
    "View",
    "Why",
    "accounts",
    "changes",
    "day_of",
    "find_place",
    "timeline",
    "who",
    "why",
    "why_nothing",
]
