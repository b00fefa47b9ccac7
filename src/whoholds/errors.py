"""Faults of the caller: wrong paths, unusable options. Faults of the data are issues (`model.Issue`)."""

from __future__ import annotations


class WhoholdsError(Exception):
    """Base of everything this package raises on purpose. The message says what to do; the exit code is 2."""


class InputError(WhoholdsError):
    """Nothing could be read from what was given."""


class LedgerError(WhoholdsError):
    """The ledger cannot be opened, is of another program or version, or cannot be written."""


class GazetteerError(WhoholdsError):
    """The gazetteer cannot be compiled or opened."""


class WeightsError(WhoholdsError):
    """The parser's weights are missing, damaged or not those of this version."""


class LexiconError(WhoholdsError):
    """A data file of cues, actors or places breaks its own rules; the message names file and entry."""
