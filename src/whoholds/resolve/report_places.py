"""Every place a report names, resolved together: each helps to tell which of its namesakes the others are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from whoholds.annotate.mentions import Annotation
from whoholds.annotate.place_names import Named, PlaceRef
from whoholds.gazetteer import Gazetteer
from whoholds.model import Place, PlaceType
from whoholds.resolve.places import PlaceQuery, resolve_places

WIDE = (PlaceType.PROVINCE, PlaceType.COUNTRY)
_ALSO = frozenset([",", "and", "or", "&", "/"])


def resolve_report(
    annotation: Annotation, refs: Iterable[PlaceRef], countries: Mapping[str, float], gazetteer: Gazetteer
) -> dict[PlaceRef, Place]:
    """The place of every reference: those named in the report and `refs`, the ones that claims were read about."""
    parents = dict(_after_comma(annotation, gazetteer))
    beside = _beside(annotation)
    wanted: dict[PlaceRef, PlaceQuery] = {}
    for ref in [n.ref for n in (*annotation.named, *annotation.passing)] + list(refs):
        if ref.name:
            parent = ref.parent or parents.get(ref.name)
            query = PlaceQuery(ref.name, ref.type, parent=parent, beside=beside.get(ref.name, frozenset()))
            wanted.setdefault(ref, query)
    distinct = list(dict.fromkeys(wanted.values()))
    found = dict(zip(distinct, resolve_places(distinct, gazetteer, countries=countries), strict=True))
    return {ref: found[query] for ref, query in wanted.items()}


def _beside(annotation: Annotation) -> dict[str, frozenset[str]]:
    """The countries named in the sentences that name a place, or in those right before them, by the place's name."""
    codes = [
        {*its.demonyms.values(), *(code for hit in its.countries.values() for code in hit.ids)}
        for its in annotation.names
    ]
    found: dict[str, set[str]] = {}
    for n in (*annotation.named, *annotation.passing):
        if n.ref.name:
            here = codes[n.sentence] | (codes[n.sentence - 1] if n.sentence else set())
            found.setdefault(n.ref.name, set()).update(here)
    return {name: frozenset(its) for name, its in found.items()}


def _after_comma(annotation: Annotation, gazetteer: Gazetteer) -> Iterator[tuple[str, str]]:
    """Places and what they lie in: "Springfield, Illinois", "Dabiq, Syria"; not the next of a list."""
    named = sorted((*annotation.named, *annotation.passing), key=lambda n: (n.sentence, n.ref.first))
    starts = {(n.sentence, n.ref.first) for n in named}
    for one, two in pairwise(named):
        doc = annotation.document.sentences[one.sentence].doc
        if one.sentence != two.sentence or two.ref.first != one.ref.last + 2 or doc[one.ref.last + 1].text != ",":
            continue
        end = two.ref.last + 1
        listed = end < len(doc) and doc[end].text in _ALSO and (two.sentence, end + 1) in starts
        if not listed and one.ref.name and two.ref.name and not _is_wide(one, gazetteer) and _is_wide(two, gazetteer):
            yield one.ref.name, two.ref.name


def _is_wide(named: Named, gazetteer: Gazetteer) -> bool:
    """Whether the name can be a country's or a province's."""
    if named.ref.type in WIDE:
        return True
    if named.ref.type is not None:
        return False
    likely = gazetteer.candidates(named.ref.name or "", 12)
    return any(c.place_type in WIDE and c.match in ("exact", "alias") for c in likely)
