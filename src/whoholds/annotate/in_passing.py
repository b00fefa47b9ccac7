"""Places that are named only in passing: by an adjective ("Syrian troops"), inside another name ("Jos University").

They tell what a report is about, and no claim is about them: so they are mentions, and no places of `Annotation.named`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from whoholds.annotate.actors.find import Names
from whoholds.annotate.mentions import Annotation
from whoholds.annotate.places.find import PlaceReader
from whoholds.annotate.places.names import Named, PlaceRef
from whoholds.annotate.places.persons import given_names
from whoholds.annotate.trees.tree import text_of
from whoholds.gazetteer import Gazetteer
from whoholds.gazetteer.sources import regions
from whoholds.gazetteer.wordlike import is_wordlike
from whoholds.model import Mention, MentionType, Place, PlaceType


@cache
def _of_regions() -> dict[str, str]:
    """Parts of the world by the adjectives made of their names, in lower case."""
    return {adjective.casefold(): region.name for region in regions() for adjective in region.adjectives}


def adjectives(a: Annotation, gazetteer: Gazetteer) -> Iterator[Mention]:
    """A mention for each adjective of a country or a part of the world; for its people ("three Syrians") none."""
    text = a.document.report.text
    for s, its in zip(a.document.sentences, a.names, strict=True):
        done = -1
        for t in s.doc:
            if t.i <= done or not t.text[:1].isupper() or t.tag_ in ("NNS", "NNPS") or t.i in its.countries:
                continue
            two = s.doc[t.i : t.i + 2]
            found, last = _of_regions().get(text_of(two).casefold()), t.i + len(two) - 1
            if found is None:
                found, last = _of_regions().get(t.text.casefold()), t.i
            if t.i in its.demonyms:
                found = its.demonyms[t.i]
                while last + 1 < len(s.doc) and its.demonyms.get(last + 1) == found:
                    last += 1
            if found is None or (s.doc[last].pos_ != "ADJ" and s.doc[last].head.i <= last):
                continue
            done = last
            if (place := _place(found, gazetteer)) is not None:
                span = s.char_span(t.i, last)
                yield Mention(MentionType.PLACE, span, span.of(text), place, place.basis)


def _place(name: str, gazetteer: Gazetteer) -> Place | None:
    """The country of a code, or the region of a name."""
    if len(name) == 3 and name.isupper():
        found = gazetteer.place(f"country:{name}")
    else:
        found = next((c for c in gazetteer.candidates(name, 40) if c.place_id.startswith("region:")), None)
    if found is None:
        return None
    at = (found.lat, found.lon, found.radius_km, found.country or None)
    reason = f"the adjective of {found.name}"
    return Place(found.name, found.place_type, found.place_id, *at, "gazetteer", reason=reason)


def named_in_passing(a: Annotation, gazetteer: Gazetteer) -> Iterator[Named]:
    """Countries that no rule took for a place ("US officials"), and places inside other names ("Dubai Police")."""
    taken: dict[int, set[int]] = {}
    for n in a.named:
        taken.setdefault(n.sentence, set()).update(range(n.ref.first, n.ref.last + 1))
    for s, its, reader in zip(a.document.sentences, a.names, a.places, strict=True):
        done = taken.get(s.index, set())
        for hit in {id(h): h for h in (*its.countries.values(), *its.groups.values())}.values():
            name = s.text[s.doc[hit.first].idx : s.doc[hit.last].idx + len(s.doc[hit.last])]
            # "US" is a state's name as well as that of its forces
            if done.isdisjoint(range(hit.first, hit.last + 1)) and hit.ids[0] in _codes(gazetteer.country(name)):
                ref = PlaceRef(hit.first, hit.last, hit.last, name, PlaceType.COUNTRY, known=True)
                done.update(range(hit.first, hit.last + 1))
                yield Named(s.index, ref, 0.0, PlaceType.COUNTRY)
        last = -1
        for t in s.doc:
            if t.i <= last or not t.text[:1].isupper() or t.pos_ != "PROPN" or t.i in done:
                continue
            first, last = reader.run(t.i)
            inside = _inside(first, last, reader, its) if done.isdisjoint(range(first, last + 1)) else None
            if inside is not None:
                yield Named(s.index, inside, 0.0, None)


def _codes(country: str | None) -> tuple[str, ...]:
    return (country, f"gov:{country}") if country else ()


def _inside(first: int, last: int, reader: PlaceReader, its: Names) -> PlaceRef | None:
    """The place that a longer name begins with."""
    doc = reader.s.doc
    if doc[first].lower_ in given_names() or any(i in its.groups or i in its.leaders for i in range(first, last + 1)):
        return None
    for end in range(min(first + 2, last - 1), first - 1, -1):
        name = text_of(doc[first : end + 1])
        if is_wordlike(name) or all(t.lower_ in reader.persons for t in doc[first : end + 1]):
            continue
        if reader.is_great(name):
            return PlaceRef(first, end, end, name, known=True)
    return None
