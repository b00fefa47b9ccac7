"""Adapt gold trees to reports of conflict: same tree, other words.

Two changes, both of which leave a correct tree correct:
  * words are swapped for words of the same tag and valency (`vocabulary.yml`);
  * some sentences are turned into headlines: articles, passive auxiliaries and the full stop go.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from treebank import Sentence

VERB_TAGS = {"VB": 0, "VBP": 0, "VBZ": 1, "VBD": 2, "VBN": 3, "VBG": 4}
# A verb with one of these has a valency that a plain transitive verb does not share.
OTHER_VALENCY = {"iobj", "xcomp", "ccomp", "compound:prt", "csubj", "expl", "csubj:pass"}
INTRANSITIVE_SITES = {"ROOT", "conj", "acl:relcl", "ccomp", "advcl"}
_NOT_NAMES = """January February March April May June July August September October November December Monday Tuesday
Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun Mr. Mrs. Ms. Dr. God Internet"""
NOT_NAMES = set(_NOT_NAMES.split())
"""Words tagged as names for which no place or group may stand in."""


class Vocabulary:
    """The words of `vocabulary.yml`, by key."""

    def __init__(self, path: Path) -> None:
        self.raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))

    def words(self, key: str) -> list[str]:
        return str(self.raw[key]).split()

    @cached_property
    def transitive(self) -> list[list[str]]:
        return [row.split() for row in self.raw["transitive"]]

    @cached_property
    def intransitive(self) -> list[list[str]]:
        return [row.split() for row in self.raw["intransitive"]]


def like(model: str, word: str) -> str:
    """`word` with the capitals of `model`."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if model[:1].isupper() else word


class Augmenter:
    """Makes changed copies of trees; the same random generator and order give the same copies."""

    def __init__(self, vocabulary: Vocabulary, rng: random.Random) -> None:
        self.v, self.rng = vocabulary, rng

    def swap(self, original: Sentence) -> Sentence | None:
        """The sentence with words of conflict, or None where nothing could be swapped."""
        s, kids, rng = original.copy(), original.children(), self.rng
        subjects: set[int] = set()
        objects: set[int] = set()
        for i, tag in enumerate(s.xpos):
            if s.upos[i] == "VERB" and tag in VERB_TAGS:
                self._swap_verb(s, kids, i, subjects, objects)
        if not subjects and not objects:
            return None
        for i in sorted(subjects | objects):
            if rng.random() < 0.75:
                self._swap_noun(s, kids, i, i in subjects)
        for i in range(len(s)):
            self._swap_name(s, kids, i, i in objects)
        return s

    def _swap_verb(self, s: Sentence, kids: list[list[int]], i: int, subjects: set[int], objects: set[int]) -> None:
        deps = {s.deps[k] for k in kids[i]}
        if deps & OTHER_VALENCY:
            return
        passive = bool({"nsubj:pass", "aux:pass"} & deps) or (s.xpos[i] == "VBN" and s.deps[i] == "acl")
        if (passive or "obj" in deps) and self.rng.random() < 0.75:
            forms = self.rng.choice(self.v.transitive)
        elif "obl" in deps and not passive and s.deps[i] in INTRANSITIVE_SITES and self.rng.random() < 0.4:
            forms = self.rng.choice(self.v.intransitive)
        else:
            return
        s.words[i] = like(s.words[i], forms[VERB_TAGS[s.xpos[i]]])
        s.lemmas[i] = forms[0]
        subjects |= {k for k in kids[i] if s.deps[k] in ("nsubj", "obl:agent")}
        objects |= {k for k in kids[i] if s.deps[k] in ("obj", "nsubj:pass")}

    def _swap_noun(self, s: Sentence, kids: list[list[int]], i: int, subject: bool) -> None:
        if s.xpos[i] == "NNS":
            noun = self.rng.choice(self.v.words("plural_nouns" if subject else "objects_plural"))
        elif s.xpos[i] == "NN":
            noun = self.rng.choice(self.v.words("singular_nouns" if subject else "objects"))
        else:
            return
        s.words[i] = like(s.words[i], noun)
        s.lemmas[i] = noun
        for k in kids[i]:
            if subject and s.deps[k] == "amod" and s.xpos[k] == "JJ" and self.rng.random() < 0.5:
                s.words[k] = s.lemmas[k] = self.rng.choice(self.v.words("adjectives"))

    def _swap_name(self, s: Sentence, kids: list[list[int]], i: int, is_object: bool) -> None:
        if s.upos[i] != "PROPN" or s.xpos[i] != "NNP" or s.words[i] in NOT_NAMES:
            return
        if s.deps[i] in ("flat", "compound", "nmod:desc"):
            return
        parts = [k for k in kids[i] if s.deps[k] in ("flat", "compound")]
        if len(parts) == 1 and parts[0] == i + 1 and s.deps[i + 1] == "flat":
            if self.rng.random() < 0.4:
                s.words[i], s.words[i + 1] = self.rng.choice(self.v.raw["two_word_places"]).split()
        elif not parts and self.rng.random() < 0.6:
            place = is_object or any(s.deps[k] == "case" for k in kids[i]) or self.rng.random() < 0.4
            s.words[i] = s.lemmas[i] = self.rng.choice(self.v.words("places" if place else "groups"))

    def headline(self, s: Sentence) -> Sentence:
        """Without articles, passive auxiliaries and the full stop; sometimes with capitals on every word."""
        kids = s.children()
        drop = {i for i in range(len(s)) if not kids[i] and s.words[i].lower() in ("the", "a", "an")}
        drop |= {i for i in range(len(s)) if not kids[i] and s.deps[i] == "aux:pass" and self.rng.random() < 0.7}
        last = len(s) - 1
        if s.words[last] in ".!" and not kids[last]:
            drop.add(last)
        short = s.without(drop)
        if self.rng.random() < 0.3:
            words = [w[0].upper() + w[1:] if u not in ("ADP", "CCONJ") else w
                     for w, u in zip(short.words, short.upos, strict=True)]  # fmt: skip
        else:
            words = [short.words[0][0].upper() + short.words[0][1:], *short.words[1:]]
        return replace(short, words=words)


def augmented(sentences: Iterable[Sentence], vocabulary: Path, seed: int) -> Iterator[Sentence]:
    """For each sentence of 5 to 45 words that takes words of conflict one copy, and for one in eight a headline."""
    work = Augmenter(Vocabulary(vocabulary), random.Random(seed))
    for s in sentences:
        if 5 <= len(s) <= 45:
            swapped = work.swap(s)
            if swapped is not None:
                yield swapped
            if len(s) <= 22 and work.rng.random() < 0.125:
                yield work.headline(swapped or s)
