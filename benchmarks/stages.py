"""Which stage of the reader takes the time: clocks put round the functions where stages begin.

A stage's time is its own, without that of the stages that it calls. Clocks cost about a microsecond a call, which is
why only entries of stages carry one and why rates are measured without them.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import isgeneratorfunction
from typing import Any

STAGES: dict[str, tuple[str, ...]] = {
    "report date": ("whoholds.resolve.dates:report_date",),
    "sentences": ("whoholds.annotate.document:split",),
    "parse": ("whoholds.annotate.parse.parser:Parser.parse",),
    "clauses": ("whoholds.annotate.document:clauses",),
    "times": ("whoholds.annotate.document:find_times",),
    "names": (
        "whoholds.annotate.actors.find:ActorFinder.names",
        "whoholds.annotate.actors.local_names:local_names",
        "whoholds.annotate.actors.phrases:PhraseReader.__init__",
        "whoholds.claims.sides.register:Register.__init__",
    ),
    "places": ("whoholds.annotate.mentions:annotate", "whoholds.annotate.places.find:PlaceReader.places"),
    "gazetteer": (
        "whoholds.gazetteer.gazetteer:Gazetteer.is_known",
        "whoholds.gazetteer.gazetteer:Gazetteer.candidates",
    ),
    "voices": ("whoholds.claims.voices.voice:attributions", "whoholds.claims.voices.speakers:Speakers.__init__"),
    "frames": ("whoholds.claims.build:find_frames",),
    "fill": ("whoholds.claims.build:build", "whoholds.claims.places.reference:PlaceMemory.__init__"),
    "dating": ("whoholds.claims.times.dating:Calendar.__init__", "whoholds.claims.times.dating:Calendar.of"),
    "resolve": ("whoholds.resolve.report_places:resolve_report",),
    "finish": ("whoholds.claims.finish:claim_of", "whoholds.claims.finish:once", "whoholds.claims.finish:mentions_of"),
}
"""Where each stage begins, as "module:name" or "module:Class.method" under the name by which it is called."""
REST = "the rest"


class Clocks:
    """Seconds of processor time by stage, and how often each was entered."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.entered: Counter[str] = Counter()
        self._stack: list[str] = [REST]
        self._since = time.process_time()

    def _turn(self) -> None:
        now = time.process_time()
        self.seconds[self._stack[-1]] += now - self._since  # type: ignore[assignment]
        self._since = now

    @contextmanager
    def of(self, stage: str) -> Iterator[None]:
        """Time spent inside counts for the stage; what counted before goes on after."""
        self._turn()
        self._stack.append(stage)
        self.entered[stage] += 1
        try:
            yield
        finally:
            self._turn()
            self._stack.pop()

    def put_round(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        if isgeneratorfunction(function):
            # The work of a generator is done while it is drained.
            def listed(*args: Any, **named: Any) -> Any:
                with self.of(stage):
                    return iter(list(function(*args, **named)))

            return listed

        def timed(*args: Any, **named: Any) -> Any:
            with self.of(stage):
                return function(*args, **named)

        return timed


@contextmanager
def clocked() -> Iterator[Clocks]:
    """Clocks round all stages while the block runs. A function that is not there any more is told of and left out."""
    clocks, undo = Clocks(), []
    try:
        for stage, targets in STAGES.items():
            for target in targets:
                try:
                    owner, name = find(target)
                except LookupError as error:
                    print(error, file=sys.stderr)
                    continue
                function = getattr(owner, name)
                undo.append((owner, name, function))
                setattr(owner, name, clocks.put_round(stage, function))
        yield clocks
        clocks._turn()
    finally:
        for owner, name, function in reversed(undo):
            setattr(owner, name, function)


def find(target: str) -> tuple[Any, str]:
    """The module or class that holds a function, and its name there. Raises LookupError where there is none."""
    module, _, path = target.partition(":")
    *holders, name = path.split(".")
    try:
        owner: Any = importlib.import_module(module)
        for holder in holders:
            owner = getattr(owner, holder)
        getattr(owner, name)
    except (ImportError, AttributeError) as error:
        raise LookupError(f"benchmarks/stages.py: {target} is not there any more ({error})") from None
    return owner, name
