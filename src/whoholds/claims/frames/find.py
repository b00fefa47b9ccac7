"""From cues to frames: each place in a sentence where the words of a sense stand, with the tokens of its slots.

Nothing is resolved here. A frame says: this verb (or noun, or phrase) is a cue of that sense, these tokens head its
actor, its place, its other side. `claims.build` turns frames into claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import is_time
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.cues.cues import Cues
from whoholds.claims.frames.absence import ARGUMENT, none_frames
from whoholds.claims.frames.compounds import compound_frame, hyphened
from whoholds.claims.frames.forms import Frame, adjective_frame, attributive_frame, in_company, standing
from whoholds.claims.frames.nouns import noun_frames
from whoholds.claims.frames.phrases import phrase_frame
from whoholds.claims.frames.verbs import BEFORE_NOUNS, verb_frames

NAME = 5
"""Words of a group's name, about, between its first and its last."""
FINITE = frozenset(["VBD", "VBZ", "VBP"])


def find_frames(s: Sentence, cues: Cues) -> Iterator[Frame]:
    """All frames of one sentence, in the order of their words; of one verb what asks for more words first."""
    if caption := standing(s, cues):
        yield caption
    nobody = [frame for t in s.doc if t.dep_ in ARGUMENT for frame in none_frames(s, t, cues)]
    yield from nobody
    # "there is no rebel left in P": nobody left it
    said = {i for frame in nobody for i in frame.words}
    for t in s.doc:
        clause = s.clause_of.get(t.i) if t.i not in said else None
        lower, lemma = t.lower_, s.lemma(t)
        if not cues.knows(lower, lemma, clause.lemma if clause else lemma) or _in_name(t):
            continue
        if clause is not None and not hyphened(s, t):
            yield from verb_frames(s, clause, cues)
        if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ") and (clause is None or t.pos_ == "NOUN" or t.tag_ == "VBG"):
            yield from noun_frames(s, t, cues)
        for word in dict.fromkeys((lower, lemma) if not _is_finite(t) else ()):
            yield from _claims(s, (phrase_frame(s, t, cue) for cue in cues.of("phrase", word)))
        yield from _claims(s, (adjective_frame(s, t, cue) for cue in cues.of("adjective", lower)))
        yield from _claims(s, (compound_frame(s, t, cue) for cue in cues.of("compound", lower)))
        if t.dep_ in ("amod", "compound") and t.head.i > t.i:
            yield from _claims(s, (attributive_frame(t, cue) for cue in cues.of("attributive", lower)))


def _is_finite(t: Token) -> bool:
    """ "Rebels in the north control P": no phrase "in control". After "the" a word is no verb, whatever its tag."""
    return t.tag_ in FINITE and (t.i == 0 or t.doc[t.i - 1].tag_ not in BEFORE_NOUNS)


def _in_name(t: Token) -> bool:
    """ "Liberation" in "the River Liberation Front"."""
    head = t.head
    inside = t.text[:1].isupper() and head.text[:1].isupper() and 0 < head.i - t.i < NAME
    return inside and t.dep_ in ("compound", "amod", "nmod", "flat") and lexis().has("own_masters", head.lower_)


def _claims(s: Sentence, frames: Iterable[Frame | None]) -> Iterator[Frame]:
    """The frames of one word's senses, up to a sense that says: these words are no claim."""
    for frame in frames:
        if frame is None or not in_company(s, frame.cue, frame.slots):
            continue
        if any(not is_time(s.doc[i]) for slot in frame.cue.unless for i in frame.slots.get(slot)):
            continue
        if frame.cue.kind is None:
            return
        yield frame
