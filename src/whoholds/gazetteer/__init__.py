"""The gazetteer: names of places and where they are, compiled once to SQLite in the user's cache folder."""

from whoholds.gazetteer.gazetteer import Candidate, Division, Gazetteer, cache_folder
from whoholds.gazetteer.names import fold, key

__all__ = ["Candidate", "Division", "Gazetteer", "cache_folder", "fold", "key"]
