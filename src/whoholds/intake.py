"""What a user may say of inputs, beside where they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Options:
    """How inputs are to be read."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """For tables: which of our fields is in which column, where its name does not say so."""
    private: bool = False
    """Whether web addresses inside the user's own network may be reached."""
    most: int = 200
    """Pages of one feed or sitemap that are fetched at one time."""
