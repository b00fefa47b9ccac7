"""A verb that is said once for two: "A took P, and B the town of Q", "P fell to A and Q to B"."""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate.actors.phrases import PhraseReader
from whoholds.annotate.document import Sentence
from whoholds.annotate.places.find import PlaceReader
from whoholds.annotate.trees.tree import Token
from whoholds.claims.frames.forms import Frame
from whoholds.claims.frames.slots import Slots

LONGEST = 6
"""Words of a side, or of a place, at the most."""
SIDES = ("named", "state", "nonstate", "people", "tribal")
BEGINS = frozenset([",", ";", "and", "while", "but"])


class Gaps:
    """Finds the second half of such a sentence and makes a frame of it."""

    def __init__(self, s: Sentence, phrases: PhraseReader, places: PlaceReader) -> None:
        self.s, self.phrases, self.places = s, phrases, places

    def split(self, frame: Frame) -> list[Frame]:
        """The frame, cut off where another side goes on with its verb, and one frame for each that does."""
        cue = frame.cue
        if cue.form != "verb":
            return [frame]
        if "to" in cue.actor and "subj" not in cue.actor and cue.place[:1] == ("subj",):
            link = "to"
        elif "subj" in cue.actor and cue.place[:1] == ("obj",):
            link = "by" if frame.passive else ""
        else:
            return [frame]
        found = self._pairs(frame, link)
        if not found:
            return [frame]
        cut = Slots({name: [i for i in heads if i < found[0][0]] for name, heads in frame.slots.heads.items()})
        out = [replace(frame, slots=cut, end=found[0][0])]
        ends: list[int | None] = [start for start, _, _ in found[1:]]
        for (start, side, places), end in zip(found, [*ends, None], strict=True):
            slots = Slots({"subj": places, "to": [side]} if link == "to" else {"subj": [side], "obj": places})
            out.append(replace(frame, slots=slots, end=end, begin=start))
        return out

    def _pairs(self, frame: Frame, link: str) -> list[tuple[int, int, list[int]]]:
        """(where it begins, head of the side, heads of the places), from left to right."""
        doc, out = self.s.doc, list[tuple[int, int, list[int]]]()
        after = doc[frame.token + 1 :]
        for t in after:
            if t.tag_ in ("VBD", "VBZ", "MD") or (t.pos_ == "AUX" and t.i > frame.token + 2):
                break
            if t.lower_ not in BEGINS or (out and t.i <= out[-1][2][-1]) or t.i + 1 >= len(doc):
                continue
            start = t.i + 1 + (doc[t.i + 1].lower_ in BEGINS)
            pair = self._linked(start, link) if link else self._bare(start)
            if pair is not None:
                out.append((start, *pair))
        return out

    def _bare(self, start: int) -> tuple[int, list[int]] | None:
        """ "the army the town of Q", "rebels Q"."""
        side = self._side(start)
        if side is None or side + 1 >= len(self.s.doc):
            return None
        after = self.s.doc[side + 1]
        if after.pos_ not in ("DET", "PROPN") or after.text[:1] == ",":
            return None
        found = self._place(side + 1, unnamed=after.pos_ == "DET")
        return (side, [found[0]]) if found and not self._verb(found[1] + 1) else None

    def _linked(self, start: int, link: str) -> tuple[int, list[int]] | None:
        """ "Q to the army", "Q by the army", "Q and R to the army"."""
        doc, places = self.s.doc, list[int]()
        found = self._place(start, unknown=True)
        while found is not None and found[1] + 2 < len(doc):
            places.append(found[0])
            after = doc[found[1] + 1].lower_
            if after == link:
                vouched = any(ref.known for i in places for ref in self.places.places(i))
                side = self._side(found[1] + 2) if vouched else None
                return (side, places) if side is not None else None
            found = self._place(found[1] + 2, unknown=True) if after in (",", "and") else None
        return None

    def _side(self, start: int) -> int | None:
        """The head of the side that begins at a token; the longest reading."""
        best = None
        for t in self.s.doc[start : start + LONGEST]:
            if t.pos_ in ("ADP", "VERB", "AUX", "CCONJ") or t.text in ",;:":
                break
            ref = self.phrases.actor(t.i)
            if ref is not None and ref.cls in SIDES and ref.head == t.i and self._opens(start, ref.first):
                best = ref.last
        return best

    def _opens(self, start: int, first: int) -> bool:
        return all(x.pos_ in ("DET", "ADJ", "NUM", "PROPN", "NOUN") for x in self.s.doc[start:first])

    def _place(self, start: int, *, unnamed: bool = False, unknown: bool = False) -> tuple[int, int] | None:
        """Head and last token of the place that begins at a token."""
        for t in self.s.doc[start : start + LONGEST]:
            if t.pos_ in ("VERB", "AUX", "CCONJ") or t.text in ",;:":
                return None
            for ref in self.places.places(t.i):
                if (
                    ref.first <= t.i
                    and start <= ref.first
                    and (ref.known or (not ref.name and unnamed) or (ref.name and unknown))
                ):
                    return t.i, max(ref.last, t.i)
        return None

    def _verb(self, i: int) -> bool:
        doc = self.s.doc
        return i < len(doc) and _finite(doc[i])


def _finite(t: Token) -> bool:
    return t.pos_ == "AUX" or t.tag_ in ("VBD", "VBZ", "VBP", "MD")
