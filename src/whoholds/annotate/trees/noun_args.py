"""The arguments of nouns that stand for actions: "the capture of Hit by the army", "its withdrawal from Rutba"."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.annotate.listing import words
from whoholds.annotate.trees.nominals import OBL, expand, is_doer, nested, nominal_modifiers, with_preposition
from whoholds.annotate.trees.tree import Doc

PEOPLE = words(
    """fighter soldier troop force man woman people person refugee civilian resident militant rebel member student
    commander officer official leader journalist reporter family worker national citizen volunteer recruit mercenary
    delegation convoy unit brigade battalion group migrant"""
)
_TAKES_TO = words(
    """road route way access approach visit return response link highway bridge border key gateway entrance thanks
    damage threat aid support exit solution end answer reference attention loyalty allegiance march trip tunnel
    corridor line opposition resistance challenge blow commitment right"""
)


@dataclass(frozen=True, slots=True)
class NounArgs:
    """What a noun such as "capture", "withdrawal", "control" takes. Every entry is a token index, coordinations
    listed in full; `obliques` holds (preposition, index) for all prepositions, those of the named fields included."""

    of: tuple[int, ...] = ()
    by: tuple[int, ...] = ()
    from_: tuple[int, ...] = ()
    to: tuple[int, ...] = ()
    in_: tuple[int, ...] = ()
    possessor: tuple[int, ...] = ()
    compounds: tuple[int, ...] = ()
    adjectives: tuple[int, ...] = ()
    obliques: tuple[tuple[str, int], ...] = ()

    def after(self, *prepositions: str) -> tuple[int, ...]:
        """The arguments after any of these prepositions."""
        return tuple(i for p, i in self.obliques if p in prepositions)


def may_lift(doc: Doc, prep: str, i: int) -> bool:
    """True where a phrase with this preposition may belong to a verb or action noun above the noun it hangs on."""
    head = doc[i].head
    low = head.lemma_.lower()
    if prep in ("to", "on to", "over to"):
        return low not in _TAKES_TO
    if prep in ("from", "away from", "out of"):
        return low not in PEOPLE
    return prep == "by" and is_doer(doc[i])


def noun_args(doc: Doc, i: int) -> NounArgs:
    """The arguments of the noun at `i`, with attachments mended.

    "the capture of Hit by the army", "its withdrawal from Rutba", "the fall of Mosul to ISIS": phrases with by, from
    and to that the parser hung on the inner noun, or on the verb whose object the noun is, are the noun's.
    """
    token = doc[i]
    phrases = list(nominal_modifiers(doc, i))
    seen = {j for _, j in phrases}
    for prep, j in nested(doc, i):
        if j not in seen and may_lift(doc, prep, j):
            phrases.append((prep, j))
            seen.add(j)
    head = token.head
    if token.dep_ == "obj" and head.pos_ == "VERB":
        for child in head.children:
            if child.dep_ in OBL and child.i > i:
                for prep, j in with_preposition(doc, child.i):
                    if j not in seen and prep in ("by", "from", "to", "out of") and may_lift(doc, prep, j):
                        phrases.append((prep, j))
                        seen.add(j)
    # The first of "the capture and loss of Hit" shares what comes after the last.
    if not phrases:
        for child in token.children:
            if child.dep_ == "conj" and child.pos_ == "NOUN":
                phrases += [p for p in nominal_modifiers(doc, child.i) if p[0] == "of"]
    possessors = [j for c in token.children if c.dep_ == "nmod:poss" for j in expand(doc, c.i)]
    compounds = [j for c in token.lefts if c.dep_ in ("compound", "nmod:desc") for j in expand(doc, c.i)]
    if not possessors and token.dep_ == "conj" and token.head.pos_ == "NOUN":
        possessors = [j for c in token.head.children if c.dep_ == "nmod:poss" for j in expand(doc, c.i)]

    def of(*names: str) -> tuple[int, ...]:
        return tuple(j for p, j in phrases if p in names)

    return NounArgs(
        of=of("of"), by=of("by"),
        from_=of("from", "out of", "away from"), to=of("to"), in_=of("in", "inside", "within"),
        possessor=tuple(possessors), compounds=tuple(compounds),
        adjectives=tuple(c.i for c in token.lefts if c.dep_ == "amod"),
        obliques=tuple(sorted(phrases, key=lambda p: p[1])),
    )  # fmt: skip
