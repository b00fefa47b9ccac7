"""Tables and lists of who holds what: "Town | Held by" with its rows, "Bol: army since May"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.document import Sentence
from whoholds.annotate.listing import words
from whoholds.annotate.places.names import PlaceRef
from whoholds.annotate.trees.nominals import is_time
from whoholds.annotate.words import lexis
from whoholds.claims.cues.cues import Cue
from whoholds.claims.draft import Context
from whoholds.claims.frames.find import find_frames
from whoholds.claims.frames.forms import Frame
from whoholds.claims.frames.slots import Slots
from whoholds.model import Kind
from whoholds.sources.holders import ASKS, tells_who_holds

HOLDER = re.compile(
    r"(?:(?:who\s+)?(?:holds|controls)(?:\s+it)?|(?:held|controlled|occupied|ruled|run)\s+by|in\s+(?:control|the\s+hands\s+of)"
    r"|control(?:ling\s+\w+)?|holder|side|authority|status|in\s+charge)",
    re.I,
)
PLACE = re.compile(
    r".*\b(?:town|city|village|place|location|district|area|locality|settlement|region|township|lga)s?", re.I
)
CONTESTED = re.compile(r"(?:contested|disputed|fighting|clashes|divided|split)\b", re.I)
BREAK = re.compile(r"\s*\|\s*|\t+|\s{2,}")
LABELLED = re.compile(
    r"(?:\d{1,2}[./)]\s+|[\s•▪*·–-])*(?P<place>[^\W\d_][^:.,;]{1,60}?)(?:(?::|\s[-–—])\s+|\s\((?=[^()]{2,60}\)[.,;]?$))(?P<rest>\S.*)",
    re.S,
)
GOES_ON = words(", ; . ( ) since from until for in control stronghold territory camp camps base bases positions")
"""What may follow the side in "Bol: army since May"; a verb makes a sentence of it."""
AMONG = words("since until now also most part parts half all of as the town city in")
"""Words beside the names in "Army: Bor since May and most of Pibor"."""
MOST_SIDES = 8
"""So many lines below what asks who holds what."""
ASIDE = 3
"""So many sentences on, a line goes on with the list: others may stand behind a row."""
FEWEST = 2
"""So many labelled lines make a list."""


class Rosters:
    """Finds the rows of a report's tables and lists, as frames of the plainest cue of holding."""

    def __init__(self, context: Context) -> None:
        self.c = context
        cues = context.cues.named
        self.holds, self.contested = cues.get("control"), cues.get("contested-adjective")

    def frames(self) -> dict[int, list[Frame]]:
        """By sentence; a table's head has none."""
        sentences = self.c.document.sentences
        out: dict[int, list[Frame]] = {}
        columns: tuple[int, int] | None = None
        for n, s in enumerate(sentences):
            cells = list(_cells(s.text))
            head = _columns(s.text, cells)
            columns = (head or columns) if len(cells) > 1 else None
            if head:
                out[n] = []
            elif columns and len(cells) > max(columns) and (row := self._row(n, *(cells[k] for k in columns))):
                out[n] = [row]
        labelled = [(n, m) for n, s in enumerate(sentences) if n not in out and (m := LABELLED.match(s.text))]
        labelled = [(n, m) for n, m in labelled if not lexis().has("labels", *m["place"].casefold().split())]
        labelled = [(n, m) for n, m in labelled if self._place(n, m.span("place")) is not None]
        if len(labelled) >= FEWEST:
            listed = {n for n, _ in labelled}
            for n, m in labelled:
                if self._is_of_holders(n, listed) and (
                    frame := self._row(n, m.span("place"), m.span("rest"), closed=True)
                ):
                    out[n] = [frame, *self._further(n, frame)]
        for n, frame in self._by_side():
            # "Held by the army: Bor, Pibor" says it once
            more = (f for f in find_frames(sentences[n], self.c.cues) if f.token > frame.token)
            out.setdefault(n, [frame, *more])
        return out

    def _further(self, n: int, row: Frame) -> list[Frame]:
        """ "Bor: army; attack by the rebels repulsed on Friday": what the row goes on to tell."""
        s = self.c.document.sentences[n]
        mark = next((t.i for t in s.doc if t.text == ";" and t.i > row.token), None)
        found = [f for f in find_frames(s, self.c.cues) if mark is not None and min(f.words) > mark]
        for f in found:
            said = (s.doc[i] for slot in f.cue.place if slot not in ("comp", "poss") for i in f.slots.get(slot))
            if (
                f.cue.kind is Kind.CONTESTS
                and f.cue.form == "noun"
                and all(is_time(t) or t.pos_ == "NUM" for t in said)
            ):
                f.slots.heads[f.cue.place[0]] = row.slots.get("obj")
        return found

    def _is_of_holders(self, n: int, listed: set[int]) -> bool:
        """The words above the list ask who holds what; "Bor: army" may be of the dead, the teams or the speakers."""
        first, texts = n, [s.text for s in self.c.document.sentences]
        while (before := next((m for m in range(first - 1, first - 1 - ASIDE, -1) if m in listed), None)) is not None:
            first = before
        return tells_who_holds(texts[max(0, first - MOST_SIDES) : first], [texts[m] for m in listed if m >= first])

    def _by_side(self) -> list[tuple[int, Frame]]:
        """ "Government: Bor, Pibor", under a heading that asks who controls what."""
        found, asked = list[tuple[int, Frame]](), -1
        for n, s in enumerate(self.c.document.sentences):
            if ASKS.search(s.text):
                asked = n
            if asked < 0 or n - asked > MOST_SIDES or (m := LABELLED.match(s.text)) is None:
                continue
            label, rest = _tokens(s, m.span("place")), _tokens(s, m.span("rest"))
            side = next((i for i in label if self.c.phrases[n].actor(i)), None)
            places = [r.head for r in self._listed(n, rest)]
            if not places:
                continue
            slots = Slots()
            slots.add("obj" if side is not None else "noun", *places)
            if side is not None:
                slots.add("subj", side)
            cue = self.holds if side is not None else self.contested if CONTESTED.match(s.text) else None
            if cue is not None:
                found.append((n, Frame(cue, rest[0], (rest[0] - 1,), slots)))
        return found if len(found) >= FEWEST else []

    def _listed(self, n: int, rest: list[int]) -> list[PlaceRef]:
        """ "Bor since May, Pibor, and now most of Waat": names, how much of them and since when, up to other words."""
        s, reader, found = self.c.document.sentences[n], self.c.places[n], list[PlaceRef]()
        times = {i for t in s.times if (r := s.token_range(t.span)) for i in range(r[0], r[1] + 1)}
        lies = False
        for i in rest:
            t = s.doc[i]
            lies = t.lower_ == "in" or (lies and t.pos_ == "PROPN")  # "most of Waat in Jonglei State"
            if (found and i <= found[-1].last) or i in times or lies:
                continue
            if reader.starts_name(t) and (refs := [r for r in reader.named(t) if r.name]):
                found += refs
            elif t.pos_ not in ("PROPN", "PUNCT", "CCONJ", "X") and t.lower_ not in AMONG:
                # "and Panlong, which were handed to it in May": what is told of the last of them
                return found if s.doc[i - 1].text in ",;(" else []
        return found

    def _place(self, n: int, cell: tuple[int, int]) -> int | None:
        reader = self.c.places[n]
        for i in _tokens(self.c.document.sentences[n], cell):
            if any(r.name and r.known for r in reader.places(i)):
                return i
        return None

    def _row(self, n: int, where: tuple[int, int], who: tuple[int, int], *, closed: bool = False) -> Frame | None:
        """`closed`: nothing but the side, a time or an aside may stand there."""
        s, reader = self.c.document.sentences[n], self.c.places[n]
        named, _, _ = s.text[slice(*where)].partition("(")  # "Bol (Lac side): army"
        cell = (where[0], where[0] + len(named))
        places = [i for i in _tokens(s, cell) if reader.starts_name(s.doc[i]) and reader.places(i)]
        if not places:
            return None
        tokens = _tokens(s, who)
        if CONTESTED.match(s.text[slice(*who)]) and not closed:
            return _frame(self.contested, tokens[0], tokens[0], {"noun": places}) if tokens else None
        for i in tokens:
            side = self.c.phrases[n].actor(i)
            if side is None:
                if closed and (i > tokens[0] + 3 or self._tells(s, i)):
                    return None
                continue
            side = self._whole(n, side)
            sides, last = [side.head], side.last
            while (more := self._and(n, last)) is not None:
                sides.append(more.head)
                last = more.last
            after = s.doc[last + 1] if last + 1 < len(s.doc) else None
            if closed and after is not None and after.lower_ not in GOES_ON:
                return None
            if closed and any(s.doc[j].lower_ == "between" for j in tokens if j < side.first):
                return None  # "Bambari: clashes between Seleka and the army"
            return _frame(self.holds, i, max(0, side.first - 1), {"subj": sides, "obj": places})
        return None

    def _tells(self, s: Sentence, i: int) -> bool:
        """ "Bor: taken by the army", "Chad: clashes between A and B": what happened, and not who is there."""
        senses = (cue for form in ("verb", "noun") for cue in self.c.cues.of(form, s.lemma(i)))
        return any(cue.kind not in (None, Kind.HOLDS) for cue in senses)

    def _whole(self, n: int, side: ActorRef) -> ActorRef:
        """ "the Russian army", where "Russian" alone names a side, too."""
        doc = self.c.document.sentences[n].doc
        more = self.c.phrases[n].actor(side.last + 1) if side.last + 1 < len(doc) else None
        return more if more is not None and more.first == side.first and more.ids == side.ids else side

    def _and(self, n: int, last: int) -> ActorRef | None:
        """The next side in "Bol: army and gendarmes of Chad"."""
        doc = self.c.document.sentences[n].doc
        if last + 2 >= len(doc) or doc[last + 1].lower_ not in ("and", ","):
            return None
        found = (self.c.phrases[n].actor(t.i) for t in doc[last + 2 : last + 5])
        ref = next((ref for ref in found if ref is not None and ref.first == last + 2), None)
        return self._whole(n, ref) if ref is not None else None


def _frame(cue: Cue | None, token: int, word: int, heads: dict[str, list[int]]) -> Frame | None:
    """`word`: what stands for the cue itself: the mark between the place and the side."""
    slots = Slots()
    for name, found in heads.items():
        slots.add(name, *found)
    return Frame(cue, token, (word,), slots) if cue is not None else None


def _cells(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for m in BREAK.finditer(text):
        if m.start() > start:
            yield start, m.start()
        start = m.end()
    if start < len(text):
        yield start, len(text)


def _columns(text: str, cells: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Which column names the place and which the side, if this row is a table's head."""
    heads = [text[a:b].strip() for a, b in cells]
    side = next((k for k, head in enumerate(heads) if HOLDER.fullmatch(head)), None)
    if side is None:
        return None
    place = next((k for k, head in enumerate(heads) if k != side and PLACE.fullmatch(head)), None)
    return (place, side) if place is not None else None


def _tokens(s: Sentence, cell: tuple[int, int]) -> list[int]:
    return [t.i for t in s.doc if cell[0] <= t.idx and t.idx + len(t) <= cell[1] and not t.is_space]
