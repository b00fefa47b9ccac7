"""Answers to questions, shared by the command line, the map and the exports."""

from whoholds.views.nothing import why_nothing
from whoholds.views.places import PlaceError, find_place
from whoholds.views.states import Evidence, State, Timeline, timeline, who

__all__ = ["Evidence", "PlaceError", "State", "Timeline", "find_place", "timeline", "who", "why_nothing"]
