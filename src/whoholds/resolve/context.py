"""What the words around names tell of where they lie: "A, Illinois", "A, 40 km west of B", "A, B and C"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from whoholds.annotate.mentions import Annotation
from whoholds.annotate.places.names import Named, PlaceRef
from whoholds.annotate.trees.tree import text_of
from whoholds.gazetteer import Gazetteer, fold
from whoholds.model import Place, PlaceType, Relation
from whoholds.resolve.choose import StatedDistance
from whoholds.resolve.described import parse_described
from whoholds.resolve.geodesy import distance_km, midpoint, offset

WIDE = (PlaceType.PROVINCE, PlaceType.COUNTRY)
LIST_KM = 60.0
"""Two places of a list this near to one another say where a third of it lies."""
LEAST_KM = 15.0
"""How unsure such a place is at the least."""
_ALSO = frozenset([",", "and", "or", "&", "/"])
NEAR_KM = 20.0
"""What "near" a town is taken for, at the most."""
UNSURE = 0.25
"""Of a stated distance with a direction: distances are rounded and measured along roads."""
_NEAR = re.compile(
    r",?\s*\(?(?:an?\s(?:[a-z-]+\s){0,2}(?:village|town|hamlet|settlement|community)\s)?"
    r"(?:near|close to|just outside|outside|not far from|next to|on the outskirts of)"
    r"(?:\sthe\s(?:[a-z-]+\s){0,2}(?:village|town|city|capital)(?:\sof)?)?"
)
_ABOUT = frozenset(["about", "some", "around"])


class Neighbours:
    """The names of a report in order, and what stands between each and the next."""

    def __init__(self, annotation: Annotation, claimed: Iterable[tuple[PlaceRef, int]] = ()) -> None:
        """`claimed`: references that claims were read about, with their sentences; some name what else would not."""
        self.annotation = annotation
        order = [*annotation.named, *annotation.passing]
        taken = {(n.sentence, n.ref.last) for n in order}
        order += [Named(at, ref, 0.0, ref.type) for ref, at in claimed if (at, ref.last) not in taken]
        self.named = sorted((n for n in order if n.ref.name), key=lambda n: (n.sentence, n.ref.first))
        self._starts = {(n.sentence, n.ref.first) for n in self.named}

    def beside(self) -> dict[str, frozenset[str]]:
        """Countries named in the sentences that name a place, or in those right before them, by the place's name."""
        codes = [
            {*its.demonyms.values(), *(code for hit in its.countries.values() for code in hit.ids)}
            for its in self.annotation.names
        ]
        found: dict[str, set[str]] = {}
        for n in self.named:
            here = codes[n.sentence] | (codes[n.sentence - 1] if n.sentence else set())
            found.setdefault(n.ref.name or "", set()).update(here)
        return {name: frozenset(its) for name, its in found.items()}

    def parents(self, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
        """Places and what they lie in: "Springfield, Illinois", "Dabiq, Syria"; not the next of a list."""
        for one, two in self._pairs():
            doc, end = self.annotation.document.sentences[one.sentence].doc, two.ref.last + 1
            if two.ref.first != one.ref.last + 2 or doc[one.ref.last + 1].text != ",":
                continue
            listed = end < len(doc) and doc[end].text in _ALSO and (two.sentence, end + 1) in self._starts
            if not listed and not _is_wide(one, gazetteer) and _is_wide(two, gazetteer):
                yield one.ref.name or "", two.ref.name or ""

    def distances(self) -> Iterator[StatedDistance]:
        """ "Rawa, 390 km west of Baghdad": what is said of the first name from the second."""
        for one, two in self._pairs():
            doc = self.annotation.document.sentences[one.sentence].doc
            words = text_of(doc[one.ref.last + 1 : two.ref.first]).lstrip(" ,(")
            if not 3 < len(words) < 60 or not (words[0].isdigit() or words.split()[0] in _ABOUT):
                continue
            said = parse_described(f"{words} {two.ref.name}")
            if said is not None and said.km is not None and said.anchors == (two.ref.name,):
                yield StatedDistance(one.ref.name or "", two.ref.name or "", said.km, said.bearing)

    def near(self) -> Iterator[tuple[str, str]]:
        """ "Tarkan, a village near Gao": the first name and the one that it is said to lie near."""
        for one, two in self._pairs():
            doc = self.annotation.document.sentences[one.sentence].doc
            if _NEAR.fullmatch(text_of(doc[one.ref.last + 1 : two.ref.first]).lower()):
                yield one.ref.name or "", two.ref.name or ""

    def lists(self) -> list[list[str]]:
        """Names that stand as one list: "A, B and C"."""
        found: list[list[str]] = []
        last: Named | None = None
        for n in self.named:
            between = ""
            if last is not None and last.sentence == n.sentence:
                between = text_of(self.annotation.document.sentences[n.sentence].doc[last.ref.last + 1 : n.ref.first])
            if between in (",", "and", ", and", "&", "or"):
                found[-1].append(n.ref.name or "")
            else:
                found.append([n.ref.name or ""])
            last = n
        return [names for names in found if len(names) > 2]

    def _pairs(self) -> Iterator[tuple[Named, Named]]:
        return ((one, two) for one, two in pairwise(self.named) if one.sentence == two.sentence)


def _is_wide(named: Named, gazetteer: Gazetteer) -> bool:
    """Whether the name can be a country's or a province's."""
    if named.ref.type in WIDE:
        return True
    if named.ref.type is not None:
        return False
    likely = gazetteer.candidates(named.ref.name or "", 12)
    return any(c.place_type in WIDE and c.is_named_so for c in likely)


def listed_with(lists: Sequence[Sequence[str]], found: Mapping[str, Place]) -> dict[str, Place]:
    """Places that no gazetteer has, put between two of their list that lie close together.

    `found` are the places of the report by name. They keep their name as id and are `parent` by basis: never mixed with
    those that were found, and the radius says how unsure they are.
    """
    placed: dict[str, Place] = {}
    for names in lists:
        near = list(dict.fromkeys(p for n in names if (p := found.get(n)) and _is_town(p)))
        if len(near) < 2:
            continue
        first, second = near[:2]
        assert first.lat is not None and first.lon is not None  # noqa: PT018 - for the type checker
        assert second.lat is not None and second.lon is not None  # noqa: PT018
        apart = distance_km(first.lat, first.lon, second.lat, second.lon)
        if apart > LIST_KM:
            continue
        lat, lon, half = midpoint(first.lat, first.lon, second.lat, second.lon)
        for name in names:
            place = found.get(name)
            if place is None or place.lat is not None or place.place_type is not PlaceType.SETTLEMENT:
                continue
            relation = Relation(f"{first.name} and {second.name}")
            reason = f"not found; named in one list with {first.name} and {second.name}, and placed between them"
            placed.setdefault(
                name,
                dataclasses.replace(
                    place,
                    lat=lat,
                    lon=lon,
                    radius_km=round(max(LEAST_KM, 2 * half), 1),
                    country=first.country if first.country == second.country else None,
                    basis="parent",
                    relation=relation,
                    reason=reason,
                ),
            )
    return placed


def told_by_words(
    distances: Iterable[StatedDistance], near: Iterable[tuple[str, str]], found: Mapping[str, Place]
) -> dict[str, Place]:
    """Places that no gazetteer has, put where the report says that they lie from a town that was found.

    As in `listed_with`; a distance with a direction is an `offset`, "near" and a bare distance only say which town.
    """
    placed: dict[str, Place] = {}
    said = [*distances, *(StatedDistance(name, anchor, NEAR_KM) for name, anchor in near)]
    for one in said:
        place, anchor = found.get(one.name), found.get(one.anchor)
        if place is None or anchor is None or place.lat is not None or not _is_town(anchor) or one.name in placed:
            continue
        if place.place_type is not PlaceType.SETTLEMENT or anchor.lat is None or anchor.lon is None:
            continue
        lat, lon = anchor.lat, anchor.lon
        if one.bearing is not None:
            lat, lon = offset(lat, lon, one.km, one.bearing)
        unsure = UNSURE * one.km if one.bearing is not None else one.km
        placed[one.name] = dataclasses.replace(
            place,
            lat=lat,
            lon=lon,
            radius_km=round(max(LEAST_KM if one.bearing is None else 5.0, unsure), 1),
            country=place.country or anchor.country,
            basis="parent" if one.bearing is None else "offset",
            relation=Relation(anchor.name, one.km if one.km != NEAR_KM else None, one.bearing),
            reason=f"not found; the report says where it lies from {anchor.name}",
        )
    return placed


def _is_town(place: Place) -> bool:
    return place.basis == "gazetteer" and place.lat is not None and place.place_type is PlaceType.SETTLEMENT


def linked(place: Place, home: str | None) -> Place:
    """The place with an id that agrees over reports where name and context do: "name:bol@TCD".

    `home`: the country that the report is about, for a place whose own context gives none.
    """
    country = place.country or home
    if place.place_id != f"name:{fold(place.name)}" or not country:
        return place
    return dataclasses.replace(place, place_id=f"{place.place_id}@{country}")
