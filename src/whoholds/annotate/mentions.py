"""All that a report's sentences name, before any claim is read: actors, places, and the words that point at them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from whoholds.annotate.actors.find import ActorFinder, Names
from whoholds.annotate.actors.phrases import PhraseReader
from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.places.find import PlaceReader
from whoholds.annotate.places.name_runs import NOT_PLACES, TITLES
from whoholds.annotate.places.names import ANAPHORS, PUNCTUATION, Named, PlaceRef
from whoholds.annotate.places.persons import full_names
from whoholds.annotate.places.persons import persons as find_persons
from whoholds.annotate.places.seats import is_by_speaker, is_seat
from whoholds.annotate.places.whereabouts import homes_of, states, vote, without_venues
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.annotate.words import lexis
from whoholds.gazetteer import Gazetteer
from whoholds.gazetteer.wordlike import is_wordlike
from whoholds.model import PlaceType, Span

LOCATIVE = lexis()["locative"]
ASIDE = lexis()["aside"]
NEWS = frozenset(["media", "news", "propaganda", "press"])
"""What a name before them is of: those who publish, and no place."""
BODY_LINKS = frozenset(["of", "for", "and", "&", "in"])
BESIDE, SEAT = 0.1, -1.2
"""How much a place stands in front that only says where another lies, and one where somebody sits who speaks."""


@dataclass(slots=True)
class Annotation:
    """One report's names and readers, sentence by sentence, and its named places in order."""

    document: Document
    names: list[Names]
    phrases: list[PhraseReader]
    places: list[PlaceReader]
    named: list[Named] = field(default_factory=list)
    passing: list[Named] = field(default_factory=list)
    """Named only in passing (`in_passing`): mentions, and evidence of where the report is, but nothing to claim of."""
    place_countries: Counter[str] = field(default_factory=Counter)
    """How many places of the report point to each country (alpha-3)."""
    theatres: Counter[str] = field(default_factory=Counter)
    """The same without countries where talks are held: where the report's war is."""

    def span_of(self, ref: PlaceRef, sentence: int) -> Span:
        """Report offsets of the words that name a place."""
        s = self.document.sentences[sentence]
        last = min(ref.last, len(s.doc) - 1)
        return s.char_span(min(ref.first, last), last)


def annotate(document: Document, finder: ActorFinder, gazetteer: Gazetteer) -> Annotation:
    """Names, phrase readers and named places of a report."""
    from whoholds.annotate.actors.agencies import drop_agencies
    from whoholds.annotate.actors.local_leaders import local_leaders
    from whoholds.annotate.actors.local_names import local_names
    from whoholds.annotate.in_passing import named_in_passing
    from whoholds.annotate.places.local_places import local_places

    local = local_names(document.report.text, finder.lexicon)
    names = [finder.names(s, local) for s in document.sentences]
    for s, n in zip(document.sentences, names, strict=True):
        _drop_inside(s, n, gazetteer)
    drop_agencies(document, names)
    countries = states(names)
    leaders = local_leaders(document.sentences, names)
    hits = [(s.doc[h.first], h) for s, n in zip(document.sentences, names, strict=True) for h in n.groups.values()]
    sure = [h for t, h in hits if len(h.ids) == 1 and not t.text[:1].isdigit()]
    entries = (finder.lexicon.entry(h.ids[0]) for h in sure)
    at_home = countries | {e.countries[0] for e in entries if e is not None and e.countries}
    for s, n in zip(document.sentences, names, strict=True):
        finder.add_surnames(s, n, at_home, leaders)
        finder.drop_strangers(s, n, countries, at_home)
    phrases = [PhraseReader(s, n) for s, n in zip(document.sentences, names, strict=True)]
    persons = find_persons(document, names, gazetteer)

    def country_name(code: str) -> str:
        entry = finder.lexicon.countries.get(code)
        return entry.name if entry else code

    places = [
        PlaceReader(s, n, gazetteer.is_known, persons, country_name)
        for s, n in zip(document.sentences, names, strict=True)
    ]
    used = local_places(places, persons)
    persons |= full_names(document, gazetteer, used)
    named_so = {word for name in used if all(w in persons for w in name.split()) for word in name.split()}
    persons = frozenset(p for p in persons - used - named_so if not _is_great_city(p, gazetteer, countries))

    def is_known(name: str) -> bool:
        return name.casefold() in used or gazetteer.is_known(name)

    for reader in places:
        reader.learn(persons, is_known, partial(is_great, gazetteer), partial(is_region, gazetteer))
    out = Annotation(document, names, phrases, places)
    seen: set[str] = set()
    homes = homes_of(names, finder)
    for s, n, reader in zip(document.sentences, names, places, strict=True):
        for named in _named(s, n, reader, gazetteer, persons):
            out.named.append(named)
            name = named.ref.name or ""
            if name.casefold() not in seen and named.type is not PlaceType.COUNTRY:
                seen.add(name.casefold())
                vote(out.place_countries, name, gazetteer, countries, homes)
    out.theatres = without_venues(out.place_countries, gazetteer)
    out.passing = list(named_in_passing(out, gazetteer))
    return out


GREAT = 100_000
"""Inhabitants of a town whose name in capitals is no abbreviation, and that is meant inside other names."""


SIDES = frozenset(["north", "south", "east", "west", "lower", "upper", "middle", "central"])
"""What opens the names of regions that no gazetteer has: "North Wollo"."""


def is_great(gazetteer: Gazetteer, name: str) -> bool:
    """Whether a name is that of a country, a province, a part of the world or a large town, and no abbreviation."""
    for c in gazetteer.candidates(name, 8):
        if not c.is_named_so:
            break
        if not c.country or c.place_type in (PlaceType.PROVINCE, PlaceType.COUNTRY):
            return True
        if c.match == "exact" and c.population >= GREAT and len(name) > 3:
            return True
    return False


def is_region(gazetteer: Gazetteer, name: str) -> bool:
    """Whether a name is that of a province or a region, and of no large town: "Borno", and not "Kandahar"."""
    found = [c for c in gazetteer.candidates(name, 8) if c.is_named_so]
    if not found:
        return " " in name and name.split()[0].lower() in SIDES
    wide = any(c.place_type in (PlaceType.PROVINCE, PlaceType.COUNTRY, PlaceType.AREA) for c in found)
    towns = (c for c in found if c.place_type is PlaceType.SETTLEMENT and c.match == "exact")
    return wide and not any(c.population >= GREAT for c in towns)


def _drop_inside(s: Sentence, names: Names, gazetteer: Gazetteer) -> None:
    """The country in "New Mexico", the adjective in "Indian Ocean": part of the name of another place."""
    for i in sorted(names.countries.keys() | names.demonyms.keys()):
        hit = names.countries.get(i)
        low, high = (hit.first, hit.last) if hit else (i, i)
        for first, last in ((low - 1, high + 1), (low - 1, high), (low, high + 1), (low, high + 2)):
            words = s.doc[max(0, first) : last + 1]
            if first < 0 or last >= len(s.doc) or not all(t.text[:1].isupper() and t.is_alpha for t in words):
                continue
            if i in names.groups or any(j in names.groups for j in range(first, last + 1)):
                continue
            if _is_another(text_of(words), gazetteer):
                for j in range(low, high + 1):
                    names.countries.pop(j, None)
                    names.demonyms.pop(j, None)
                break


def _is_another(name: str, gazetteer: Gazetteer) -> bool:
    best = next(iter(gazetteer.candidates(name, 1)), None)
    if best is None or not best.is_named_so or best.place_type is PlaceType.COUNTRY:
        return False
    return best.place_type is not PlaceType.SETTLEMENT or best.population >= GREAT


def _named(
    s: Sentence, names: Names, reader: PlaceReader, gazetteer: Gazetteer, persons: frozenset[str]
) -> list[Named]:
    found, done = [], -1
    for t in s.doc:
        if t.i <= done or (not t.text[:1].isupper() and not (t.i + 1 < len(s.doc) and s.doc[t.i + 1].text == "-")):
            continue
        if t.i in names.groups or t.lower_ in ANAPHORS or (t.lower_ in NOT_PLACES and not reader.leads(t)):
            continue
        if reader.is_acronym(t):
            continue
        if t.i in names.demonyms and t.i not in names.countries:
            continue
        if t.pos_ in ("ADP", "DET") and t.text[:1].isupper() and (t.i + 1 >= len(s.doc) or s.doc[t.i + 1].text != "-"):
            continue
        if not reader.starts_name(t) or t.pos_ in ("PRON", "AUX", "CCONJ", "SCONJ", "NUM"):
            continue
        first, last = reader.run(t.i)
        done = max(last, t.i)
        if first == last == 0 and t.tag_ not in ("NNP", "NNPS") and t.pos_ != "PROPN" and not _is_town(t, reader):
            continue
        if any(i in names.groups for i in range(first, last + 1)):
            continue
        head = next((s.doc[i] for i in range(first, last + 1) if not first <= s.doc[i].head.i <= last), s.doc[first])
        text = text_of(s.doc[first : last + 1])
        if not _placelike(s, first, last, head.i, text, reader, persons):
            continue
        refs = reader.named(head)
        if refs and refs[0].name:
            ref = refs[0]
            around = list(s.doc[max(0, first - 4) : first])
            if commas := [k for k, x in enumerate(around) if x.text == ","]:
                around = around[commas[-1] + 1 :]  # "In the north, P is calm"
            aside = any(x.lower_ in ASIDE for x in around) and not any(
                x.lower_ in ("town", "city", "village") for x in around
            )
            seated = head.i in names.seats or is_seat(s, first, last, head)
            weight = SEAT if seated else BESIDE if aside or is_by_speaker(s, head) else 1.0
            said = _said_to_be(head)
            kind = ref.type or _type(s, first, last, gazetteer, ref.name or "")
            if said and kind is not PlaceType.SETTLEMENT:
                kind = PlaceType.FACILITY
            likely = gazetteer.candidates(ref.name or "", 12)
            homes = frozenset(c.country for c in likely if c.country and c.is_named_so)
            found.append(Named(s.index, ref, weight, kind, likely[0].population if likely else None, homes, said))
            over = reader.facility(last)
            if over is not None:
                if over.type is PlaceType.AREA:
                    # "the Kodori gorge" names no Kodori
                    found.pop()
                found.append(Named(s.index, over, 0.9, over.type, None, homes))
    return found


def _is_town(t: Token, reader: PlaceReader) -> bool:
    """ "Pikit town was calm", "Pikit: calm": the first word, read as an adjective or a noun; not "Border towns"."""
    after = t.doc[t.i + 1 : t.i + 2]
    typed = len(after) > 0 and (lexis().has("settlement", after[0].lower_) or after[0].text == ":")
    named = typed and not is_wordlike(t.text) and not t.text.isupper()
    return named and reader.is_known(t.text)


def _said_to_be(name: Token) -> str:
    """ "Wadi al-Deif, the largest army base in the province": what "the base" means from there on."""
    beside = [c.lemma_.lower() for c in name.rights if c.dep_ == "appos" and c.pos_ == "NOUN"]
    return next((word for word in beside if lexis().has("facility", word)), "")


def _type(s: Sentence, first: int, last: int, gazetteer: Gazetteer, name: str) -> PlaceType | None:
    lex = lexis()
    for x in s.doc[max(0, first - 2) : first]:
        if lex.has("settlement", x.lower_):
            return PlaceType.SETTLEMENT
        if lex.has("province", x.lower_):
            return PlaceType.PROVINCE
    after = s.doc[last + 1].lower_ if last + 1 < len(s.doc) else ""
    if lex.has("province", after):
        return PlaceType.PROVINCE
    over = s.doc[last]
    while over.dep_ in ("compound", "flat", "conj") and over.head.i != over.i and over.i <= last + 6:
        over = over.head
    if over.i > last and over.tag_ == "NNS" and lex.has("settlement", s.lemma(over)):
        return PlaceType.SETTLEMENT  # "A and B towns"
    if lex.has("quarters", after) or (over.i > last and lex.has("quarters", over.lower_)):
        # "the A quarter", "the A and B neighbourhoods"
        return PlaceType.PART
    found = gazetteer.candidates(name, 6)
    # "Karabakh" is the region, though some town is spelt a little alike.
    same = [c for c in found if c.is_named_so] or found
    kinds = [c.place_type for c in same]
    if PlaceType.SETTLEMENT in kinds and PlaceType.COUNTRY not in kinds[:1]:
        return PlaceType.SETTLEMENT
    return kinds[0] if kinds else None


def _is_great_city(word: str, gazetteer: Gazetteer, countries: frozenset[str]) -> bool:
    """A word that is known as a city of the report's countries is no surname there."""
    near = [c for c in gazetteer.candidates(word.title(), 6) if c.match == "exact" and c.country in countries]
    return any((c.population or 0) > 100_000 for c in near)


def _placelike(
    s: Sentence, first: int, last: int, head: int, text: str, reader: PlaceReader, persons: frozenset[str]
) -> bool:
    """Is a run of capitals a place? Known ones are, unless syntax says a person or a plain word; others need a slot."""
    doc, lex = s.doc, lexis()
    before = doc[first - 1].lower_ if first else ""
    after = doc[last + 1].lower_ if last + 1 < len(doc) else ""
    if before in TITLES or before.strip(".") in TITLES:
        return False
    if all(doc[i].lower_ in persons for i in range(first, last + 1) if doc[i].text not in PUNCTUATION):
        return False
    known = reader.is_known(text)
    if (after in NEWS or lex.has("media", after)) and (before in ("its", "their") or not known):
        return False  # "through its Furqan media arm", "the Amaq news agency"
    if before in BODY_LINKS and first >= 2 and _is_body(doc[first - 2]) and (is_wordlike(text) or not known):
        return False  # "Ministry of Justice", "Department of Transportation"; not "University of Mosul"
    if after == "of" and is_wordlike(text):
        return False  # "University of Michigan"
    typed = (
        lex.has("settlement", before)
        or lex.has("settlement", after)
        or lex.has("province", after)
        or lex.has("district", after)
        or lex.has("facility", after)
        or (last > first and lex.has("before_a_village", doc[first].lower_))
    )
    of = (
        before == "of"
        and first >= 2
        and any(
            lex.has(c, s.lemma(first - 2))
            for c in ("settlement", "province", "district", "area", "part_of", "facility")
        )
    )
    if typed or of:
        return True
    if known and not is_wordlike(text):
        return not (doc[head].dep_ in ("nsubj",) and lex.has("say", s.lemma(doc[head].head)) and False)
    if before in LOCATIVE and doc[head].pos_ == "PROPN":
        return known or before in (
            "in",
            "at",
            "near",
            "from",
            "into",
            "towards",
            "toward",
            "around",
            "outside",
            "inside",
        )
    return (
        known and doc[head].dep_ in ("obj", "obl", "nmod", "conj", "nsubj:pass", "appos") and doc[head].pos_ == "PROPN"
    )


def _is_body(t: Token) -> bool:
    return t.text[:1].isupper() and lexis().has("bodies", t.lower_)
