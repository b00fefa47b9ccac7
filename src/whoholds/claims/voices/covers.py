"""What a statement covers of the sentence that it stands in: which words are the speaker's, which the report's."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.annotate.document import Sentence
from whoholds.claims.voices.speaker_phrase import QUOTES
from whoholds.claims.voices.voice import Attribution


def covering(s: Sentence, group: Sequence[Attribution], i: int) -> Attribution | None:
    """Of the attributions of a sentence the one that covers token `i`; None where the report itself says it."""
    group = [a for a in group if not _beside(s, a, i)]
    if not group:
        return None
    inside = [a for a in group if a.first <= i <= a.last and a.verb != i]
    if inside:
        # "The rebels, who took P in May, say …": the report tells this of the speaker
        others = [a for a in group if a not in inside]
        return others[0] if others and others[0].verb < i else None
    if len(group) == 1:
        return None if _its_own_act(s, group[0], i) else group[0]
    left = [a for a in group if max(a.verb, a.first) < i]
    right = [a for a in group if min(a.verb, a.first) > i]
    if not left or not right:
        return left[-1] if left else right[0] if right else group[0]
    between = s.doc[left[-1].verb : i]
    parted = any(t.text in (";",) or t.lower_ in ("while", "whereas", "but") or t.text in QUOTES for t in between)
    joined = any(t.text == "," and s.doc[t.i + 1].lower_ == "and" for t in between if t.i + 1 < len(s.doc))
    trailing = s.doc[right[0].first - 1].text in (",", *QUOTES) or s.doc[right[0].verb - 1].text in (",", *QUOTES)
    return right[0] if trailing and (parted or joined) else left[-1]


def _its_own_act(s: Sentence, a: Attribution, i: int) -> bool:
    """ "A fought into P and said …": what it did is the report's word."""
    node = s.doc[a.verb]
    while node.dep_ == "conj" and node.head.i != node.i:
        node = node.head
        if node.i == i and a.first < i:
            return True
    return False


def _beside(s: Sentence, a: Attribution, i: int) -> bool:
    """True for words that the statement of the same sentence does not cover.

    "After P fell, the mayor said that …", "Rebels hold P, and a colonel told us that …": what is said comes after the
    verb, so what stands before the speaker is the report's. And so is what stands outside the brackets, the relative
    clause or the participle that a statement is in: "took P (which, X said, …)", "took P, which X confirmed".
    """
    doc, verb = s.doc, s.doc[a.verb]
    if a.first <= i <= a.last or _quoted(s, i):
        return False
    if _bracket(s, a.verb) != _bracket(s, i) and _bracket(s, a.verb):
        return True
    below = any(t.i == a.verb for t in (doc[i], *doc[i].ancestors))
    which = any(t.tag_ in ("WDT", "WP") for t in doc[max(i, a.first - 4) + 1 : a.verb])
    if not below and which and i < a.verb and verb.dep_ == "acl:relcl":
        return True
    if not below and verb.dep_ == "advcl" and verb.tag_ == "VBG" and a.last < a.verb:
        return True
    return i < a.first < a.verb and _says_what_follows(s, a.verb)


def _says_what_follows(s: Sentence, verb: int) -> bool:
    """ "said that …", "said the town had fallen"; not "…, officials said, after a week of fighting"."""
    doc = s.doc
    if any(t.lower_ == "that" and (t.tag_ != "WDT" or t.dep_ == "mark") for t in doc[verb + 1 : verb + 4]):
        return True
    behind = doc[verb + 1] if verb + 1 < len(doc) else None
    plain = behind is not None and behind.pos_ in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")
    return plain and any(c.dep_ == "ccomp" and c.i > verb for c in doc[verb].children)


def _quoted(s: Sentence, i: int) -> bool:
    """True between quotation marks."""
    return sum(t.text in QUOTES for t in s.doc[:i]) % 2 == 1


def _bracket(s: Sentence, i: int) -> int:
    """The token after the bracket that is open at `i`; 0 outside brackets."""
    opened = 0
    for t in s.doc[:i]:
        if t.text == "(":
            opened = t.i + 1
        elif t.text == ")":
            opened = 0
    return opened
