"""Answers that leave out what was asked: "Who controls P? The rebels, since May", "Does X hold P? Yes." """

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from whoholds.annotate.trees.tree import Doc
from whoholds.claims.context.members import Named
from whoholds.claims.draft import Context, Draft
from whoholds.claims.fill import Filler
from whoholds.claims.frames.find import find_frames
from whoholds.claims.frames.forms import Frame
from whoholds.claims.frames.slots import Slots
from whoholds.model import Kind, Mode

ASKED = (Kind.HOLDS, Kind.GAINS)
GOES_ON = frozenset([",", ".", ";", "–", "—", "since", "from", "for", "now", "again", "as", "and"])
"""What may follow the side that is the answer; a verb makes a sentence of it."""
LONGEST = 25
"""Words of a question, at most."""
WHETHER = frozenset(["does", "do", "did", "is", "are", "was", "were", "has", "have", "had"])
"""First words of a question that "yes" or "no" answers with what is so; "could it fall?" asks something else."""
REPLIES = {"yes": Mode.ASSERTED, "no": Mode.DENIED}
SHORT = 9
"""Words of an answer without a verb, at most."""
IT_HAS = re.compile(
    r"(?:it|they|he|we) (?:does|do|did|is|are|was|were|has|have|had)(?: ?n't| not)?(?: indeed| now| again)?"
)
DENIES = re.compile(r"n't|\bnot\b")
_IT = r"(?: of (?:it|them|the \w+))?"
_WHOLE = rf"(?:all|the whole|the entire|every part){_IT}"
_HOW_FAR = "(?: yet| quite| entirely| fully| completely| really| exactly| so| any more| any longer)?"
NOT_YET = re.compile(rf"(?:not|never){_HOW_FAR}(?: {_WHOLE})?")
NOT_WHOLE = re.compile(rf"quite|entirely|fully|completely|{_WHOLE}")
_PART = r"(?:only |just )?(?:about |roughly )?(?:half|part|parts|some|a third|two thirds|a quarter)"
_MOST = r"(?:mostly|largely|near enough|(?:nearly|almost) all|most)"
SHARES = (
    (re.compile(rf"{_PART}{_IT}|(?:only )?(?:in part|partly|partially)"), "part"),
    (re.compile(rf"{_MOST}{_IT}(?: yes)?"), "most"),
)
"""How much of it, as an answer says it."""


def answered(context: Context, n: int) -> list[Draft]:
    """The claims of a sentence that says no more than who, after a question that names the place."""
    asked = context.document.sentences[n - 1] if n else None
    if asked is None or not asked.text.endswith("?") or len(asked.doc) > LONGEST or asked.doc[0].lower_ != "who":
        return []
    s = context.document.sentences[n]
    refs = (context.phrases[n].actor(t.i) for t in s.doc[:4])
    side = next((ref for ref in refs if ref is not None and ref.ids), None)
    if side is None or side.first > 1:
        return []
    after = side.last + 1
    if after >= len(s.doc) or s.doc[after].lower_ not in GOES_ON:
        return []
    for frame in find_frames(asked, context.cues):
        if frame.cue.kind not in ASKED or frame.cue.form == "noun" or 0 not in frame.slots.get("subj"):
            continue
        listed = [ref for ref, _ in Filler(context, n - 1, frame).places() if ref.name and ref.known]
        slots = Slots()
        slots.add("subj", side.head)
        if listed:
            frame = Frame(frame.cue, side.head, (after,), slots)
            return Named(context, n, frame, listed, n - 1).fill()
    return []


def affirmed(context: Context, n: int, drafts: Sequence[Draft]) -> list[Draft]:
    """The claims of a question, asserted or denied as the next sentence answers: "Yes", "Not yet", "Half of it"."""
    rows = context.document.sentences
    if n + 1 >= len(rows) or not rows[n].text.endswith("?") or rows[n].doc[0].lower_ not in WHETHER:
        return list(drafts)
    reply = _reply(rows[n + 1].doc)
    if reply is None:
        return list(drafts)
    mode, extent = reply
    return [replace(d, mode=mode, extent=extent or d.extent) if d.mode is Mode.POSSIBLE else d for d in drafts]


def _reply(doc: Doc) -> tuple[Mode, str | None] | None:
    """What an answer says of what was asked, and of how much of it; None where it says something of its own."""
    first = doc[0].lower_
    if first in REPLIES:  # not "No soldiers are left", "Yes and no"
        return (REPLIES[first], None) if len(doc) == 1 or doc[1].pos_ == "PUNCT" else None
    words = [t.lower_ for t in doc if t.pos_ != "PUNCT"]
    said = " ".join(words)
    if IT_HAS.fullmatch(said):
        return (Mode.DENIED if DENIES.search(said) else Mode.ASSERTED), None
    if len(words) > SHORT or any(t.pos_ == "VERB" for t in doc):
        return None
    if NOT_YET.fullmatch(said):
        return Mode.DENIED, "whole" if NOT_WHOLE.search(said) else None
    share = next((extent for pattern, extent in SHARES if pattern.fullmatch(said)), None)
    return (Mode.ASSERTED, share) if share else None
