"""The gazetteer: names of places and where they are, compiled once to SQLite in the user's cache folder.

Its parts are imported when they are first used: the spelling of names (`fold`, `key`) is needed in every question to a
ledger, the compiler and the look-up only where a report is read.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from whoholds.gazetteer.names import fold, key

if TYPE_CHECKING:
    from whoholds.cache import cache_folder
    from whoholds.gazetteer.gazetteer import Division, Gazetteer
    from whoholds.gazetteer.search import Candidate

__all__ = ["Candidate", "Division", "Gazetteer", "cache_folder", "fold", "key"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "whoholds.cache" if name == "cache_folder" else "whoholds.gazetteer.gazetteer"
    return getattr(import_module(module), name)
