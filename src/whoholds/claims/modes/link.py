"""One step on the way up from a cue: a word, the word over it, and what the rules of this room say of the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Token
from whoholds.claims.modes.words import own_mode
from whoholds.model import Mode, Stance


@dataclass(frozen=True, slots=True)
class Said:
    """What the word over a claim adds."""

    mode: Mode = Mode.ASSERTED
    stance: Stance = Stance.PLAIN
    further: bool = False
    """Whether what stands over that word may say more."""


NO_MORE = Said()
GO_ON = Said(further=True)
POSSIBLE = Said(Mode.POSSIBLE)
PLANNED = Said(Mode.PLANNED)
ATTEMPTED = Said(Mode.ATTEMPTED)
DENIED = Said(Mode.DENIED)


@dataclass(frozen=True)
class Link:
    """A word and the word that it hangs on."""

    s: Sentence
    word: Token
    over: Token

    @property
    def relation(self) -> str:
        """What the word is to the one over it, in Universal Dependencies."""
        return self.word.dep_

    @cached_property
    def lemma(self) -> str:
        """Of the word over it."""
        return self.s.lemma(self.over)

    @cached_property
    def marks(self) -> frozenset[str]:
        """What opens the word's clause or phrase: "from" in "from taking P", "for" in "for the fall of P"."""
        return frozenset(c.lower_ for c in self.word.children if c.dep_ in ("mark", "case"))

    @cached_property
    def over_denied(self) -> bool:
        """ "has not confirmed", "nobody denies"."""
        return own_mode(self.s, self.over) is Mode.DENIED

    @property
    def infinitive(self) -> bool:
        return any(c.lower_ == "to" and c.dep_ == "mark" for c in self.word.children)


Rule = Callable[[Link], Said | None]
"""None: the rule does not speak of such words."""


def first_said(rules: Iterable[Rule], link: Link) -> Said | None:
    """What the first rule says that speaks of these words."""
    return next((said for rule in rules if (said := rule(link)) is not None), None)
