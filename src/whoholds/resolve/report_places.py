"""Every place a report names, resolved together: each helps to tell which of its namesakes the others are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from whoholds.annotate.mentions import Annotation
from whoholds.annotate.place_names import PlaceRef
from whoholds.gazetteer import Gazetteer
from whoholds.model import Place
from whoholds.resolve.places import PlaceQuery, resolve_places


def resolve_report(
    annotation: Annotation, refs: Iterable[PlaceRef], countries: Mapping[str, float], gazetteer: Gazetteer
) -> dict[PlaceRef, Place]:
    """The place of every reference: those named in the report and `refs`, the ones that claims were read about."""
    wanted: dict[PlaceRef, PlaceQuery] = {}
    for ref in [n.ref for n in annotation.named] + list(refs):
        if ref.name:
            wanted.setdefault(ref, PlaceQuery(ref.name, ref.type, parent=ref.parent))
    distinct = list(dict.fromkeys(wanted.values()))
    found = dict(zip(distinct, resolve_places(distinct, gazetteer, countries=countries), strict=True))
    return {ref: found[query] for ref, query in wanted.items()}
