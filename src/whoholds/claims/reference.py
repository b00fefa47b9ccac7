"""What "the town", "it", "there" and a headline without a place stand for."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.annotate.document import Document
from whoholds.annotate.places import PlaceRef
from whoholds.model import PlaceType, Role

SETTLEMENT_WORDS = frozenset("city town village capital hamlet settlement township port place it there enclave locality stronghold them hometown municipality community bastion area which where here centre".split())
SMALL = frozenset("village hamlet settlement".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A place named in the text: sentence, first token, name and what is known of it."""

    sentence: int
    ref: PlaceRef
    weight: float
    """1 for an argument of the clause, less for "390 km west of Baghdad" and datelines."""
    type: PlaceType | None


class PlaceMemory:
    """The places of a report in order, and the look back (or ahead, from a headline) for the one that is meant."""

    def __init__(self, document: Document, named: list[Named]) -> None:
        self.document = document
        self.by_sentence: dict[int, list[Named]] = {}
        for n in named:
            self.by_sentence.setdefault(n.sentence, []).append(n)
        self.focus: dict[int, Named] = {}

    def note(self, sentence: int, ref: PlaceRef, named_in: int) -> None:
        """A claim of `sentence` was read about this place: it is what the next sentences speak of."""
        self.focus[sentence] = Named(named_in, ref, 2.0, ref.type)

    def resolve(self, sentence: int, token: int, word: str, type_: PlaceType | None = None) -> Named | None:
        """The place that `word` ("city", "it", "airport", "" for no word) at a token points back to."""
        s = self.document.sentences[sentence]
        if s.role is Role.TITLE:
            return self._ahead(sentence, token, word, type_)
        for back in range(0, 6):
            n = sentence - back
            if n < 0:
                break
            other = self.document.sentences[n]
            if back > 3 and other.section != s.section:
                break
            pool = [p for p in self.by_sentence.get(n, ()) if (n < sentence or p.ref.first < token) and self._fits(p, word, type_)]
            focus = self.focus.get(n)
            if focus and back and (not pool or any(p.ref.name == focus.ref.name for p in pool)) and self._fits(focus, word, type_):
                return focus
            strong = [p for p in pool if p.weight >= 1]
            if strong:
                return strong[-1] if back == 0 else strong[0] if len({p.ref.name for p in strong}) == 1 else self._best(strong)
        for n in range(sentence - 1, -1, -1):
            if self.document.sentences[n].role is Role.TITLE:
                pool = [p for p in self.by_sentence.get(n, ()) if self._fits(p, word, type_)]
                if pool:
                    return pool[0]
        return None

    def _ahead(self, sentence: int, token: int, word: str, type_: PlaceType | None) -> Named | None:
        here = [p for p in self.by_sentence.get(sentence, ()) if p.ref.first != token and self._fits(p, word, type_)]
        if here and word not in ("town", "city", "village", "stronghold", "bastion"):
            return here[0]
        for n in range(sentence + 1, min(sentence + 10, len(self.document.sentences))):
            pool = [p for p in self.by_sentence.get(n, ()) if self._fits(p, word, type_) and p.weight >= 1]
            if pool:
                focus = self.focus.get(n)
                return focus if focus else pool[0]
        return None

    @staticmethod
    def _best(pool: list[Named]) -> Named:
        return max(pool, key=lambda p: (p.weight, p.ref.first))

    @staticmethod
    def _fits(p: Named, word: str, type_: PlaceType | None) -> bool:
        if p.type in (PlaceType.COUNTRY,):
            return word in ("country", "republic", "nation")
        if word in ("province", "region", "governorate", "state", "oblast", "territory"):
            return p.type in (PlaceType.PROVINCE, PlaceType.DISTRICT, PlaceType.AREA, None) and p.type is not None
        if word == "district":
            return p.type in (PlaceType.DISTRICT, PlaceType.SETTLEMENT, None)
        if type_ is PlaceType.FACILITY:
            return p.type is PlaceType.FACILITY and word.split()[-1] in (p.ref.name or "").lower()
        if type_ in (PlaceType.ROAD, PlaceType.BORDER):
            return p.type is type_
        if word in SETTLEMENT_WORDS or word == "":
            return p.type in (PlaceType.SETTLEMENT, None, PlaceType.DISTRICT)
        return p.type is type_ and word in (p.ref.name or "").lower()
