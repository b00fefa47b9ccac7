"""All that a report's sentences name, before any claim is read: actors, places, and the words that point at them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Token

from whoholds.annotate.actors import ActorFinder, Names
from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.phrases import PhraseReader
from whoholds.annotate.place_names import ANAPHORS, NOT_PLACES, PUNCTUATION, TITLES, Named, PlaceRef
from whoholds.annotate.places import PlaceReader
from whoholds.annotate.words import lexis
from whoholds.gazetteer import Gazetteer
from whoholds.gazetteer.wordlike import is_wordlike
from whoholds.model import PlaceType, Span

LOCATIVE = lexis()["locative"]
ASIDE = lexis()["aside"]


@dataclass(slots=True)
class Annotation:
    """One report's names and readers, sentence by sentence, and its named places in order."""

    document: Document
    names: list[Names]
    phrases: list[PhraseReader]
    places: list[PlaceReader]
    named: list[Named] = field(default_factory=list)
    place_countries: Counter[str] = field(default_factory=Counter)

    def span_of(self, ref: PlaceRef, sentence: int) -> Span:
        """Report offsets of the words that name a place."""
        s = self.document.sentences[sentence]
        last = min(ref.last, len(s.doc) - 1)
        return s.char_span(min(ref.first, last), last)


def annotate(document: Document, finder: ActorFinder, gazetteer: Gazetteer) -> Annotation:
    """Names, phrase readers and named places of a report."""
    from whoholds.annotate.local_names import local_names
    from whoholds.annotate.local_places import local_places

    local = local_names(document.report.text, finder.lexicon)
    names = [finder.names(s, local) for s in document.sentences]
    countries = frozenset(
        c for n in names for c in (*n.demonyms.values(), *(code for h in n.countries.values() for code in h.ids))
    )
    for s, n in zip(document.sentences, names, strict=True):
        finder.add_surnames(s, n, countries)
        finder.drop_strangers(s, n, countries)
    phrases = [PhraseReader(s, n) for s, n in zip(document.sentences, names, strict=True)]
    persons = _persons(document, gazetteer)

    def country_name(code: str) -> str:
        entry = finder.lexicon.countries.get(code)
        return entry.name if entry else code

    places = [
        PlaceReader(s, n, gazetteer.is_known, persons, country_name)
        for s, n in zip(document.sentences, names, strict=True)
    ]
    used = local_places(places)
    persons = frozenset(p for p in persons - used if not _is_great_city(p, gazetteer, countries))

    def is_known(name: str) -> bool:
        return name.casefold() in used or gazetteer.is_known(name)

    for reader in places:
        reader.persons, reader.is_known = persons, is_known
    out = Annotation(document, names, phrases, places)
    seen: set[str] = set()
    homes = _homes(names, finder)
    for s, n, reader in zip(document.sentences, names, places, strict=True):
        for named in _named(s, n, reader, gazetteer, persons):
            out.named.append(named)
            name = named.ref.name or ""
            if name.casefold() not in seen and named.type is not PlaceType.COUNTRY:
                seen.add(name.casefold())
                _vote(out.place_countries, name, gazetteer, countries, homes)
    return out


def _named(
    s: Sentence, names: Names, reader: PlaceReader, gazetteer: Gazetteer, persons: frozenset[str]
) -> list[Named]:
    found, done = [], -1
    for t in s.doc:
        if t.i <= done or (not t.text[:1].isupper() and not (t.i + 1 < len(s.doc) and s.doc[t.i + 1].text == "-")):
            continue
        if t.i in names.groups or t.lower_ in NOT_PLACES or t.lower_ in ANAPHORS:
            continue
        if t.i in names.demonyms and t.i not in names.countries:
            continue
        if t.pos_ in ("ADP", "DET") and t.text[:1].isupper() and (t.i + 1 >= len(s.doc) or s.doc[t.i + 1].text != "-"):
            continue
        if not reader.starts_name(t) or t.pos_ in ("PRON", "AUX", "CCONJ", "SCONJ", "NUM"):
            continue
        first, last = reader.run(t.i)
        done = max(last, t.i)
        if first == last == 0 and t.tag_ not in ("NNP", "NNPS") and t.pos_ != "PROPN":
            continue
        if any(i in names.groups for i in range(first, last + 1)):
            continue
        head = next((s.doc[i] for i in range(first, last + 1) if not first <= s.doc[i].head.i <= last), s.doc[first])
        text = s.doc[first : last + 1].text
        if not _placelike(s, first, last, head.i, text, reader, persons):
            continue
        refs = reader.named(head)
        if refs and refs[0].name:
            ref = refs[0]
            around = s.doc[max(0, first - 4) : first]
            aside = any(x.lower_ in ASIDE for x in around) and not any(
                x.lower_ in ("town", "city", "village") for x in around
            )
            kind = ref.type or _type(s, first, last, gazetteer, ref.name or "")
            likely = gazetteer.candidates(ref.name or "", 12)
            homes = frozenset(c.country for c in likely if c.country)
            found.append(
                Named(s.index, ref, 0.1 if aside else 1.0, kind, likely[0].population if likely else None, homes)
            )
            over = reader.facility(last)
            if over is not None:
                if over.type is PlaceType.AREA:
                    # "the Kodori gorge" names no Kodori
                    found.pop()
                found.append(Named(s.index, over, 0.9, over.type, None, homes))
    return found


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
    kinds = [c.place_type for c in gazetteer.candidates(name, 6)]
    if PlaceType.SETTLEMENT in kinds and PlaceType.COUNTRY not in kinds[:1]:
        return PlaceType.SETTLEMENT
    return kinds[0] if kinds else None


def _persons(document: Document, gazetteer: Gazetteer) -> frozenset[str]:
    """Last and full names of people: after a title or rank, or as the subject of "said"."""
    found: set[str] = set()
    for s in document.sentences:
        for t in s.doc:
            if t.lower_.strip(".") in TITLES and t.i + 1 < len(s.doc) and s.doc[t.i + 1].text[:1].isupper():
                for x in s.doc[t.i + 1 : t.i + 5]:
                    if not (x.text[:1].isupper() or x.text in "-.'’"):
                        break
                    if x.is_alpha:
                        found.add(x.lower_)
            if t.text == "," and t.i >= 2 and s.doc[t.i - 1].pos_ == "PROPN" and s.doc[t.i - 2].pos_ == "PROPN":
                # "Firstname Lastname, the army's spokesman, ..."
                after = s.doc[t.i + 1 : t.i + 8].text.split(",")[0].split()
                name = s.doc[t.i - 2 : t.i].text
                if any(lexis().has("speaker_role", w.lower()) for w in after) and not gazetteer.is_known(name):
                    found |= {s.doc[t.i - 1].lower_, s.doc[t.i - 2].lower_}
        for c in s.clauses:
            if lexis().has("say", c.lemma) and c.voice == "active":
                for i in c.subjects:
                    t = s.doc[i]
                    parts = [
                        x
                        for x in t.subtree
                        if x.dep_ in ("flat", "compound") and x.pos_ == "PROPN" and abs(x.i - i) < 4
                    ]
                    if t.pos_ == "PROPN" and parts:
                        found |= {t.lower_, *(p.lower_ for p in parts)}
                    elif t.pos_ == "PROPN" and t.text.istitle() and not _speaks_for_a_state(t, gazetteer):
                        found.add(t.lower_)
    return frozenset(found)


def _is_great_city(word: str, gazetteer: Gazetteer, countries: frozenset[str]) -> bool:
    """A word that is known as a city of the report's countries is no surname there."""
    near = [c for c in gazetteer.candidates(word.title(), 6) if c.match == "exact" and c.country in countries]
    return any((c.population or 0) > 100_000 for c in near)


def _speaks_for_a_state(t: Token, gazetteer: Gazetteer) -> bool:
    """ "Moscow said" is a state, "Kim said" a person: only countries and large cities speak."""
    if any(x.dep_ == "det" for x in t.children):
        return True
    exact = [c for c in gazetteer.candidates(t.text, 3) if c.match == "exact"]
    return any((c.population or 0) > 200_000 or c.place_type is PlaceType.COUNTRY for c in exact)


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
    typed = (
        lex.has("settlement", before)
        or lex.has("settlement", after)
        or lex.has("province", after)
        or lex.has("district", after)
        or lex.has("facility", after)
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
    known = reader.is_known(text)
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


def _homes(names: list[Names], finder: ActorFinder) -> frozenset[str]:
    """The countries where the groups fight that a report names."""
    ids = {a for n in names for hit in n.groups.values() for a in hit.ids}
    return frozenset(c for a in ids if (entry := finder.lexicon.entry(a)) for c in entry.countries)


def _vote(
    votes: Counter[str], name: str, gazetteer: Gazetteer, mentioned: frozenset[str], homes: frozenset[str]
) -> None:
    """A vote for the country a name points to: one that the report mentions, or where a group that it names fights
    (`homes`), else where most of its bearers live."""
    candidates = gazetteer.candidates(name, 8, countries=mentioned or homes)
    exact = [c for c in candidates if c.match in ("exact", "alias")] or candidates
    here = [c for c in candidates if c.country in mentioned] or [c for c in exact if c.country in homes]
    # Where the report names countries, a hamlet somewhere else says nothing.
    exact = here or [c for c in exact if not mentioned or c.country in gazetteer.war_countries]
    total: Counter[str] = Counter()
    for c in exact:
        if c.country:
            total[c.country] += max(c.population or 0, 2000)
    if total:
        code, people = total.most_common(1)[0]
        if people >= 0.7 * total.total():
            votes[code] += 1
