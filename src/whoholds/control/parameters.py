"""The eight numbers of the model, from `data/control.json`, which also says what they were fitted on."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

from whoholds.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the chain and its evidence go by. All are positive."""

    decay: float = 0.0008
    """Chance a day that a holder is no longer known to hold, without any word of it."""
    change: float = 0.0002
    """Chance a day that a place passes to one given rival without a report of it."""
    fighting: float = 10.0
    """How many times likelier `decay` and `change` are on a day with fighting or a siege."""
    event: float = 0.5
    """Chance that a change happens on the one day that a well-supported report gives for it."""
    neutral: float = 3.0
    """Log-likelihood ratio of a plain report of a taking by somebody who has no side."""
    self_serving: float = 0.5
    """Factor on it for a side's own good news."""
    self_adverse: float = 1.5
    """Factor on it for a side's own bad news."""
    cap: float = 2.5
    """The most that all witnesses of one side may weigh for one thing within 72 hours, as a log-likelihood ratio; one
    witness who weighs more is heard in full, and nobody beside him."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not value > 0:
                raise ValueError(f"the parameter {field.name} must be above 0, not {value}")
        if max(self.decay, self.change, self.event) >= 1:
            raise ValueError("decay, change and event are chances a day: below 1")


@cache
def load() -> Parameters:
    """The package's parameters. Raises LexiconError where the file breaks its own rules."""
    name = "control.json"
    data: Any = json.loads((files("whoholds.data") / name).read_text(encoding="utf-8"))
    try:
        return Parameters(**{key: float(value) for key, value in data["parameters"].items()})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LexiconError(f"{name}, parameters: {error}. Restore the file.") from error
