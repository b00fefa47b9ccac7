"""How well an actor fits a word that points back: "they", "the attackers", "the two forces"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.document import Sentence
from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.annotate.words import lexis
from whoholds.claims.sides.census import STATELIKE
from whoholds.claims.sides.ground import COMES, Ground, Setting

ROVING = frozenset(["column", "convoy", "force", "group", "unit"])
"""Of these "the same" are those who came for a place before."""
FURTHEST = 4
"""Sentences that are looked back over."""
TROOPS = lexis()["formal_forces"] | {"army", "forces", "troops", "brigade", "brigades", "battalions"}
BYSTANDER = 0.5
"""What it counts against peacekeepers that somebody comes for a place."""
RAIDS = 1.0
"""What it counts against a state's men that they are "the attackers", "the raiders"."""
NO_TROOPS = 0.5
"""What it counts against a group whose men the press calls no troops that "the forces" or "two battalions" do it."""
NOT_OURS = 0.6
"""What it counts against a state that a place is "theirs": so is said of those who fight it."""
FOE = 0.6
"""What counts for an enemy of whoever says "they" of others than his own."""
IN_ONE_BREATH, BEFORE = 0.6, 0.3
"""What it counts that an actor fits the claims read so far, where the sentence itself names one before, and else.

"A drove B out of P, which they had held since May" is B, but "The rebels came over the border. They attacked P" is
still the rebels.
"""
BY_NAME, BY_WORD = 2.0, 0.6
"""What counts for an actor whose name has the word: as a name ("the Front"), and as a common noun."""
ATTACKER, THE_SAME = 2.0, 1.5
"""What counts for who came for a place before, where the word speaks of attackers; of "the same column"."""


class Demands:
    """What one word that points back asks of whoever it means."""

    def __init__(
        self,
        ref: ActorRef,
        sentence: Sentence,
        setting: Setting,
        lexicon: Lexicon,
        ground: Ground,
        seen: Mapping[str, Sequence[tuple[int, int]]],
        apart: frozenset[str],
        declared: Callable[[str, str], bool],
    ) -> None:
        lex, noun = lexis(), sentence.doc[ref.head]
        self.setting, self.lexicon, self.ground, self.apart = setting, lexicon, ground, apart
        self._n, self._declared = sentence.index, declared
        again = ref.cls == "again"
        self.group_only = again and lex.has("group_again", ref.word) and ref.word not in ("force", "forces")
        """Only a group can be meant, no state."""
        self.named = _called(ref, lexicon, seen) if again and lex.has("in_names", ref.word) else []
        """Those whose name has the word, most named first."""
        self.by_name = noun.text[:1].isupper() or ref.word in ("coalition", "alliance", "union")
        """The word stands as their name does."""
        self._comers = lex.has("attackers", ref.word)
        same = any(c.lower_ == "same" for c in noun.children)
        spoken_of = self._comers and any(c.lower_ in ("the", "these", "those") for c in noun.children)
        defends = lex.has("defenders", ref.word)
        self.part = THE_SAME * (same and ref.word in ROVING) or ATTACKER * (spoken_of - defends)
        """What it counts to have come for a place before; less than nothing for its defenders."""
        self._formal = again and lex.has("formal_forces", ref.word) and noun.tag_ == "NNS"
        held = noun.head if noun.lower_ == "their" else noun
        self._theirs = ref.word == "theirs" or (held.i != noun.i and any(c.dep_ == "cop" for c in held.children))

    def allow(self, actor: str) -> bool:
        """Can it be the actor at all?"""
        if actor in self.apart:
            return False
        if not self.group_only or actor in self.named:
            return True
        return not (actor.startswith((*STATELIKE, "vigilantes:")) or self.lexicon.keeps_peace(actor))

    def fit(self, actor: str, history: float) -> float:
        """How well the actor fits, `history` being what it counts to fit the claims read so far."""
        setting, state = self.setting, actor.startswith("gov:")
        fits = history * self.ground.speaks_for(actor, setting)
        if setting.kind in COMES and self.lexicon.keeps_peace(actor):
            fits -= BYSTANDER
        if setting.speaker in setting.apart and self._declared(setting.speaker, actor):
            fits += FOE
        if self._comers and state:
            fits -= RAIDS
        if self._theirs and state:
            fits -= NOT_OURS
        if self._formal and not has_troops(actor, self.lexicon):
            fits -= NO_TROOPS
        if self.part:
            fits += self.part * self.ground.comes(actor, self._n, FURTHEST)
        return fits + (BY_NAME if self.by_name else BY_WORD) * (actor in self.named)


def has_troops(actor: str, lexicon: Lexicon) -> bool:
    """A state, or a group whose men are called as a state's are."""
    entry = lexicon.entry(actor)
    if entry is None:
        return not actor.startswith(("rebels:", "tribal:", "vigilantes:"))
    words = {w for phrase in (entry.name, *entry.described_as) for w in phrase.casefold().split()}
    return not TROOPS.isdisjoint(words)


def _called(ref: ActorRef, lexicon: Lexicon, seen: Mapping[str, Sequence[tuple[int, int]]]) -> list[str]:
    """ "the Front", "the coalition": whose name has the word, most named first."""
    found = []
    for actor in seen:
        entry = lexicon.entry(actor)
        names = " ".join((actor, entry.name, *entry.aliases, *entry.described_as) if entry else (actor,))
        if ref.word in names.casefold():
            found.append(actor)
    return sorted(found, key=lambda a: (-len(seen[a]), seen[a][0]))
