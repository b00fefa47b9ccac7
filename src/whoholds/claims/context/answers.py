"""Answers that leave out what was asked: "Who controls P? The rebels, since May", "Does X hold P? Yes." """

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
    """The claims of a question, asserted or denied where the next sentence begins with "Yes" or "No"."""
    rows = context.document.sentences
    if n + 1 >= len(rows) or not rows[n].text.endswith("?") or rows[n].doc[0].lower_ not in WHETHER:
        return list(drafts)
    reply = rows[n + 1].doc
    mode = REPLIES.get(reply[0].lower_)
    if mode is None or (len(reply) > 1 and reply[1].pos_ != "PUNCT"):  # "No soldiers are left", "Yes and no"
        return list(drafts)
    return [replace(d, mode=mode) if d.mode is Mode.POSSIBLE else d for d in drafts]
