"""Areas described from a place ("50 km north of P"), shares of a country, and how much of a place is meant."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from whoholds.annotate.places.name_runs import COMPASS, PARTICLES
from whoholds.annotate.places.names import NameReader, PlaceRef
from whoholds.annotate.times.numbers import NUMBERS
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.model import PlaceType

# What may stand between a noun and the direction that describes it: "villages to the east of X".
BRIDGE = re.compile(
    r"[\s,]*(?:(?:to|in|on|at|just|lying|located|situated|some|about|around|roughly|further|immediately|directly|the|which|lies|lie|is|are)\s+)*",
    re.I,
)
SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent)\s+of\b", re.I)
HALF = 0.5
PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(?:%|per\s?cent)", re.I)
_NUMBERS = {word: n for word, n in NUMBERS.items() if 0 < n <= 12}
_TENS = [word for word, n in NUMBERS.items() if n and n % 10 == 0]
_ONES = [word for word, n in NUMBERS.items() if 0 < n < 10]
IN_WORDS = re.compile(rf"\b({'|'.join(_TENS)})(?:\s?-\s?({'|'.join(_ONES)}))?\s+per\s?cent", re.I)
NEARLY = frozenset(["almost", "nearly", "virtually", "practically"])
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
FRACTION = re.compile(rf"\b(an?|{'|'.join(_NUMBERS)})[\s-]({'|'.join(_PARTS)})s?(?:\s+of\b|$)", re.I)
OUT_OF = re.compile(
    rf"\b(\d{{1,4}}|{'|'.join(_NUMBERS)})\s+(?:out\s+)?of\s+(?:the\s+|its\s+)?(\d{{1,4}}|{'|'.join(_NUMBERS)})\b", re.I
)
_DIRECTION = r"(?:north|south|east|west)(?:[\s-]?(?:east|west))?(?:ern)?"
DESCRIBED = re.compile(
    rf"(?:\d[\d.,]*\s?(?:km|kms|kilomet\w+|miles?)\s+(?:to\s+the\s+)?(?:{_DIRECTION}|from|of|outside)(?:\s+(?:of|from))?"
    rf"|{_DIRECTION}\s+(?:of|from)|overlooking|(?:that|which)\s+overlooks?|surrounding|dominating|spanning|above)\s+",
    re.I,
)

SIDE = re.compile(rf"{_DIRECTION}\s+of\s+", re.I)
THE = re.compile(rf"(?<!\bto\s)(?<!\bfrom\s)(?<!\bon\s)\bthe\s+(?:{_DIRECTION}\s+and\s+)?$", re.I)


def share_said(text: str) -> float | None:
    """The share that words say: "80 per cent", "three quarters of", "nine of the ten districts".

    >>> share_said("two thirds of")
    0.6667
    """
    if (m := PERCENT.search(text)) and float(m[1]) <= 100:
        return float(m[1]) / 100
    if m := IN_WORDS.search(text):
        return (NUMBERS[m[1].lower()] + (NUMBERS[m[2].lower()] if m[2] else 0)) / 100
    if m := FRACTION.search(text):
        share = _NUMBERS.get(m[1].lower(), 1) / _PARTS[m[2].lower()]
        return round(share, 4) if share <= 1 else None
    if m := OUT_OF.search(text):
        some, all_ = (_NUMBERS.get(x.lower()) or int(x) for x in m.groups())
        return round(some / all_, 4) if 0 < some <= all_ else None
    return None


def extent_of(share: float | None, extent: str | None) -> str | None:
    """How much a share is: more than half is most of it."""
    if share is None or extent not in (None, "part"):
        return extent
    return "whole" if share == 1 else "most" if share > 0.5 else "part"


class AreaReader(NameReader):
    """Described areas and extents of one sentence."""

    @cached_property
    def _describes(self) -> bool:
        """Whether any words of the sentence describe an area: few sentences do."""
        return DESCRIBED.search(self.s.text) is not None

    def _described(self, t: Token) -> PlaceRef | None:
        """ "areas east of Ramadi", "50 km north east of Haditha", "north of Hama": the description is the name."""
        if not self._describes:
            return None
        s, doc = self.s, self.s.doc
        start = self._np_start(t)
        end = min(len(doc), t.i + 14)
        origin = doc[start].idx
        window = s.text[origin : doc[end - 1].idx + len(doc[end - 1])]
        after = t.idx + len(t) - origin
        m = next(
            (m for m in DESCRIBED.finditer(window) if m.start() < after or BRIDGE.fullmatch(window[after : m.start()])),
            None,
        )
        if m is None:
            return None
        # the anchor: the name that follows "of"
        anchor_char = origin + m.end()
        anchor = next(
            (x for x in doc[t.i :] if x.idx >= anchor_char and x.lower_ not in ("the", "town", "city", "village")), None
        )
        if anchor is None or anchor.i > t.i + 10:
            return None
        while anchor.lower_ in ("of",) and anchor.i + 1 < len(doc):
            anchor = doc[anchor.i + 1]
        if not self._is_name(anchor) and anchor.lower_ not in PARTICLES:
            return None
        if SIDE.fullmatch(m[0]) and THE.search(s.text[: origin + m.start()]):
            # "took the east of P": a part of P; "to the east of P", "east of P" and "areas east of P" lie outside
            inner = self.named(anchor)
            if inner and inner[0].type not in (PlaceType.COUNTRY, PlaceType.PROVINCE):
                return replace(inner[0], extent="part", part=m[0].split()[0])
        b = self._with_its_kind(self.run(anchor.i)[1])
        head_ok = (
            self._type(s.lemma(t), t) is not None
            or COMPASS.match(t.lower_)
            or t.lower_ in ("km", "kms", "kilometers", "kilometres", "miles", "mile", "kilometer", "kilometre")
        )
        if not head_ok:
            return None
        if t.tag_ != "NNS" and any(
            self._is_name(c) for c in t.children if c.i < anchor.i and c.dep_ in ("nmod", "appos", "compound", "flat")
        ):
            return None
        one = self._type(s.lemma(t), t) is PlaceType.SETTLEMENT and t.tag_ == "NN"
        if one and t.dep_ == "appos" and self._is_name(t.head) and any(x.text == "," for x in doc[t.head.i : t.i]):
            # "P, a town 90 km east of Q that they hold": P
            return None
        definite = any(c.lower_ in ("the", "this", "that") for c in t.lefts)
        if one and definite and doc[t.i + 1].text == ",":
            # "The town, 35 km east of P, was ...": a town that was named before
            return None
        if self.lex.has("dug_in", s.lemma(t)) and t.i + 1 < b:
            # "positions north of P": what is held is the ground there
            start = t.i + 1
        return PlaceRef(start, b, t.i, text_of(doc[start : b + 1]), PlaceType.AREA, known=True)

    def _with_its_kind(self, last: int) -> int:
        """ "south of the Bor reservoir", "east of the A-B highway": the noun after the name belongs to it."""
        for x in self.s.doc[last + 1 : last + 3]:
            if x.tag_ != "NN":
                break
            if self.lex.has("natural", x.lower_) or self._type(x.lower_, x) in (PlaceType.FACILITY, PlaceType.ROAD):
                return x.i
        return last

    def extent_of(self, t: Token) -> tuple[str | None, str | None, float | None]:
        """Extent, part and share that the words before `t` say."""
        s, doc = self.s, self.s.doc
        extent: str | None = None
        part: str | None = None
        share: float | None = None
        first = self._np_start(t)
        for x in doc[first : t.i + 1]:
            lower = x.lower_
            if lower in ("whole", "entire", "all", "every", "full"):
                extent = "whole"
            elif lower in ("most", "much") or (lower in ("larger", "greater") and s.lemma(t) in ("part", "portion")):
                extent = "most"
            elif (
                COMPASS.match(lower)
                or lower
                in (
                    "central",
                    "inner",
                    "outer",
                    "old",
                    "several",
                    "some",
                    "parts",
                    "half",
                )
            ) and not (s.lemma(t) in ("town", "city", "village") and (lower == "central" or COMPASS.match(lower))):
                extent, part = extent or "part", part or lower
        share = share_said(text_of(doc[max(0, first - 3) : t.i + 1]))
        excepted = any(x.lower_ in ("except", "bar", "save") for x in doc[t.i + 1 : t.i + 5])
        if extent == "whole" and (excepted or doc[max(0, first - 1)].lower_ in NEARLY):
            extent = "most"
        return extent_of(share, extent), part, share

    def share_of_country(self) -> PlaceRef | None:
        """The country of which a share is given: "lost 95% of the area it held in Iraq", "about 4% of Iraqi land"."""
        m = SHARE.search(self.s.text)
        if not m or not 0 < float(m.group(1)) <= 100:
            return None
        found: list[int] = []
        for t in self.s.doc:
            if t.idx < m.end() or (found and t.i > found[-1] + 2):
                continue
            if t.idx > m.end() + 120:
                break
            if t.i in self.names.countries or t.i in self.names.demonyms:
                found.append(t.i)
        if not found:
            return None
        names = []
        for i in found:
            hit = self.names.countries.get(i)
            word = self.s.doc[i].text if hit is None else text_of(self.s.doc[hit.first : hit.last + 1])
            code = hit.ids[0] if hit else self.names.demonyms[i]
            names.append(word if hit is not None and i not in self.names.demonyms else self.country_name(code))
        name = " and ".join(dict.fromkeys(names))
        return PlaceRef(
            found[0], found[-1], found[0], name, PlaceType.COUNTRY, "part", None, float(m.group(1)) / 100, known=True
        )

    def share_of_land(self, t: Token, home: str | None) -> PlaceRef | None:
        """The country that the words at `t` name a share of: "half of Chad", "two thirds of the country" (`home`)."""
        land = next((c for c in t.children if c.i > t.i and preposition(c) == "of"), None)
        if land is None:
            return None
        strange = any(c.dep_ == "nmod:poss" or self.lex.has("beside_it", c.lower_) for c in land.children)
        own = land.lower_ in ("country", "nation") and not strange
        whose = next((c for c in land.lefts if c.dep_ == "nmod:poss"), land)  # "half of Syria's territory"
        hit = self.names.countries.get(whose.i if self.lex.has("area", land.lower_) else land.i)
        code = hit.ids[0] if hit else home if own else None
        share = share_said(text_of(self.s.doc[max(t.i - 2, 0) : t.i + 1])) or (HALF if t.lower_ == "half" else None)
        if code is None or share is None:
            return None
        name = text_of(self.s.doc[hit.first : hit.last + 1]) if hit else self.country_name(code)
        return PlaceRef(land.i, land.i, land.i, name, PlaceType.COUNTRY, "part", None, share, known=True)
