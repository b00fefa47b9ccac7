"""Every place a report names, resolved together: each helps to tell which of its namesakes the others are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from whoholds.annotate.mentions import Annotation
from whoholds.annotate.places.names import PlaceRef
from whoholds.gazetteer import Gazetteer
from whoholds.model import Place
from whoholds.resolve.context import Neighbours, linked, listed_with, told_by_words
from whoholds.resolve.places import PlaceQuery, resolve_places

HOME = 2.0
"""So many times the weight of the next a country must have to be the one a report is about."""


def resolve_report(
    annotation: Annotation, refs: Iterable[tuple[PlaceRef, int]], countries: Mapping[str, float], gazetteer: Gazetteer
) -> dict[PlaceRef, Place]:
    """The place of every reference: those named in the report and `refs`, the ones that claims were read about, with
    the sentences that they stand in."""
    claimed = list(dict.fromkeys(refs))
    around = Neighbours(annotation, claimed)
    parents, beside = dict(around.parents(gazetteer)), around.beside()
    wanted: dict[PlaceRef, PlaceQuery] = {}
    for ref in [n.ref for n in (*annotation.named, *annotation.passing)] + [ref for ref, _ in claimed]:
        if ref.name:
            parent = ref.parent or parents.get(ref.name)
            query = PlaceQuery(ref.name, ref.type, parent=parent, beside=beside.get(ref.name, frozenset()))
            wanted.setdefault(ref, query)
    distinct = list(dict.fromkeys(wanted.values()))
    distances = list(dict.fromkeys(around.distances()))
    found = dict(
        zip(
            distinct,
            resolve_places(distinct, gazetteer, countries=countries, stated_distances=distances),
            strict=True,
        )
    )
    by_name = {query.name: place for query, place in found.items()}
    placed = listed_with(around.lists(), by_name) | told_by_words(distances, around.near(), by_name)
    home = _home(countries)
    return {
        ref: linked(placed[query.name] if query.name in placed and found[query].lat is None else found[query], home)
        for ref, query in wanted.items()
    }


def _home(countries: Mapping[str, float]) -> str | None:
    """The one country that a report is about."""
    ranked = sorted(countries.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] < HOME * ranked[1][1]):
        return None
    return ranked[0][0]
