"""Mending of tags: verb forms that the tagger takes for nouns, and nouns of war that it takes for verbs.

Only forms that are (nearly) always the one or the other are listed, so that the lists need no context. The tree is
mended with a tag where the wrong tag came with a wrong label; `annotate.repair` does the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.annotate.listing import words

PAST = words(
    """retook overran withdrew recaptured captured seized liberated besieged encircled surrounded stormed regained
    reclaimed reoccupied occupied repelled repulsed foiled thwarted expelled ousted dislodged routed abandoned ceded
    evacuated vacated attacked invaded conquered reached entered retreated advanced fled surrendered redeployed
    fought took drove fell lost held left gained cleared secured controlled shelled bombed killed pushed launched
    handed pulled recovered re-took freed defended raided ambushed blockaded clashed annexed"""
)
"""Past tenses, and mostly past participles too."""
ONLY_PAST = words("retook overran withdrew fell took drove fought fled went came began retreated advanced")
"""Forms that are no passive participle: past tenses apart from their participle, and verbs without a passive."""
_ALSO_ADJECTIVES = frozenset(("left", "advanced", "fell", "lost", "held"))
_PRESENT = words(
    """retake retakes liberate liberates besiege besieges encircle encircles seize seizes withdraws flee flees repel
    repels expel expels oust ousts evict evicts dislodge reclaim reclaims regain regains invade invades occupy
    occupies abandon abandons evacuate evacuates cede cedes"""
)
_NOUNS = words(
    """army fighter fighters troops militants rebels insurgents soldiers villages jihadists militiamen gunmen
    separatists guerrillas commandos paramilitaries peacekeepers loyalists districts"""
)
"""Never verbs in reports of war."""
_ACTIONS = words("shelling fighting bombing clashes bombardment")
"""Nouns after an article or adjective, and at the start of a sentence before "between", "in", "at", "over"."""


@dataclass(slots=True)
class Table:
    """A parse as parallel lists, to be changed in place; `words` in lower case, `heads` as indices (roots: itself)."""

    words: list[str]
    tags: list[str]
    pos: list[str]
    morphs: list[str]
    heads: list[int]
    deps: list[str]

    def children(self, i: int) -> list[int]:
        return [k for k, h in enumerate(self.heads) if h == i and k != i]

    def under(self, i: int, top: int) -> bool:
        """True where `top` is `i` or above it."""
        while i != top and self.heads[i] != i:
            i = self.heads[i]
        return i == top


def mend(t: Table) -> None:
    """Correct tags, parts of speech, features, and labels that followed from wrong tags."""
    for i, word in enumerate(t.words):
        if word in _NOUNS or (word in _ACTIONS and _noun_here(t, i)):
            if t.pos[i] == "VERB" or t.tags[i].startswith("VB") or t.deps[i] in ("advcl", "xcomp", "ccomp", "csubj"):
                _make_noun(t, i)
            loose = t.deps[i] in ("conj", "appos", "dep", "parataxis")
            if loose and not any(t.deps[c] == "cc" for c in t.children(i)):
                _join_name_before(t, i)
        elif t.pos[i] in ("NOUN", "PROPN"):
            if word in PAST and not (word in _ALSO_ADJECTIVES and t.pos[i] == "PROPN"):
                t.tags[i], t.pos[i], t.morphs[i] = "VBD", "VERB", "Mood=Ind|Tense=Past|VerbForm=Fin"
            elif word in _PRESENT:
                t.tags[i], t.pos[i] = ("VBZ" if word.endswith("s") else "VBP"), "VERB"
                t.morphs[i] = "Mood=Ind|Tense=Pres|VerbForm=Fin"


def _noun_here(t: Table, i: int) -> bool:
    if i > 0:
        return t.pos[i - 1] in ("ADJ", "DET") or t.tags[i - 1] == "POS"
    return len(t.words) > 1 and t.words[1] in ("between", "in", "at", "over", "around", "near", "continued", "erupted")


def _join_name_before(t: Table, i: int) -> None:
    """ "lost the town to Karen fighters": where the name alone was taken for the phrase, it modifies the noun."""
    name = i - 1
    if name < 0 or t.pos[name] != "PROPN" or t.deps[name] not in ("nmod", "obl") or t.under(t.heads[name], i):
        return
    t.heads[i], t.deps[i] = t.heads[name], t.deps[name]
    for c in t.children(name):
        t.heads[c] = i
    t.heads[name], t.deps[name] = i, "compound"


def _make_noun(t: Table, i: int) -> None:
    """Turn the verb at `i` into a noun and give its wrong arguments to the verb above."""
    plural = t.words[i].endswith("s")
    t.tags[i], t.pos[i], t.morphs[i] = ("NNS", "NOUN", "Number=Plur") if plural else ("NN", "NOUN", "Number=Sing")
    head, dep = t.heads[i], t.deps[i]
    for c in t.children(i):
        if t.deps[c] == "mark":
            t.deps[c] = "case"
        elif t.deps[c] == "obl" and c < i and t.pos[c] == "ADJ":
            # "after heavy shelling": the adjective is no phrase of its own, its preposition is the noun's.
            t.deps[c] = "amod"
            for g in t.children(c):
                if t.deps[g] == "case":
                    t.heads[g] = i
        elif t.deps[c] == "obj" and i < c < head:
            t.heads[c], t.deps[c] = head, "nsubj"
        elif t.deps[c] == "nsubj" and head != i:
            t.heads[c], t.deps[c] = head, dep
            _join_name_before(t, i)
    if t.deps[i] in ("advcl", "csubj", "xcomp", "ccomp", "acl"):
        cased = any(t.deps[c] == "case" for c in t.children(i))
        nominal = t.pos[t.heads[i]] in ("NOUN", "PROPN", "PRON")
        t.deps[i] = ("nmod" if nominal else "obl") if cased else ("nsubj" if t.deps[i] == "csubj" else "obj")
