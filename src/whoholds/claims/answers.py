"""Answers that leave out what was asked: "Who controls P? The rebels, since May." """

from __future__ import annotations

from whoholds.claims.draft import Context, Draft
from whoholds.claims.fill import Filler
from whoholds.claims.forms import Frame
from whoholds.claims.frames import find_frames
from whoholds.claims.members import Named
from whoholds.claims.roles import Slots
from whoholds.model import Kind

ASKED = (Kind.HOLDS, Kind.GAINS)
GOES_ON = frozenset([",", ".", ";", "–", "—", "since", "from", "for", "now", "again", "as", "and"])
"""What may follow the side that is the answer; a verb makes a sentence of it."""
LONGEST = 25
"""Words of a question, at most."""


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
