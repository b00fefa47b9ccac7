"""Views: which sources an answer listens to. Rival views are kept apart, and shown beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from whoholds.control.evidence import statements
from whoholds.control.witnesses import Aligned, interest
from whoholds.errors import WhoholdsError
from whoholds.gazetteer.names import fold
from whoholds.model import Claim, Voice

FORMS = "all, side:ACTOR, self-adverse, without:OUTLET, or several with commas between"


class ViewError(WhoholdsError):
    """A view that is not one of the forms."""


@dataclass(frozen=True, slots=True)
class View:
    """All sources, or some of them."""

    side: str | None = None
    """Only voices that speak for this actor."""
    self_adverse: bool = False
    """Only what a side says against its own interest."""
    without: tuple[str, ...] = ()
    """Outlets and agencies that are left out."""

    @classmethod
    def parse(cls, text: View | str) -> View:
        """ "all", "side:gov:IRQ", "self-adverse", "without:The Paper", and several with commas between.

        A view is itself. Raises ViewError where it is none of these.
        """
        if isinstance(text, View):
            return text
        if not isinstance(text, str):
            raise ViewError(f"{text!r} is not a view. Write {FORMS}.")
        side, adverse, without = None, False, []
        for part in (part.strip() for part in text.split(",")):
            word, _, value = part.partition(":")
            if word == "side" and value.strip() and side is None:
                side = value.strip()
            elif word == "without" and value.strip():
                without.append(value.strip())
            elif part == "self-adverse":
                adverse = True
            elif part != "all":
                raise ViewError(f"{part!r} is not a view. Write {FORMS}.")
        return cls(side, adverse, tuple(without))

    def __str__(self) -> str:
        parts = [f"side:{self.side}"] if self.side else []
        parts += ["self-adverse"] if self.self_adverse else []
        return ",".join([*parts, *(f"without:{outlet}" for outlet in self.without)]) or "all"

    def of(self, claims: Iterable[Claim], aligned: Aligned | None = None) -> Iterator[Claim]:
        """The claims that the view listens to, each with those of its voices that it listens to."""
        left_out = {fold(outlet) for outlet in self.without}
        for claim in claims:
            if left_out and left_out & {fold(name) for name in (claim.outlet, claim.wire) if name}:
                continue
            if self.side is None and not self.self_adverse:
                yield claim
            elif voices := tuple(voice for voice in claim.voices if self._hears(voice, claim, aligned)):
                yield claim if voices == claim.voices else replace(claim, voices=voices)

    def _hears(self, voice: Voice, claim: Claim, aligned: Aligned | None) -> bool:
        if voice.side is None or (self.side is not None and voice.side != self.side):
            return False
        if not self.self_adverse:
            return True
        return any(interest(statement, voice.side, aligned=aligned) < 0 for statement in statements([claim]))


ALL = View()
