"""Names that are people's in a report: after a title, before a verb of saying, after a given name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from importlib.resources import files
from itertools import takewhile

from whoholds.annotate.actors.find import Names
from whoholds.annotate.document import Document
from whoholds.annotate.places.name_runs import NOT_PLACES, TITLES
from whoholds.annotate.trees.nominals import is_time
from whoholds.annotate.trees.tree import Doc, Token, text_of
from whoholds.annotate.words import lexis
from whoholds.gazetteer import Gazetteer
from whoholds.model import PlaceType


@cache
def given_names() -> frozenset[str]:
    """Given names in lower case, from data/given_names.txt."""
    text = files("whoholds.data").joinpath("given_names.txt").read_text(encoding="utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


def persons(document: Document, names: list[Names], gazetteer: Gazetteer) -> frozenset[str]:
    """Last and full names of people, in lower case: after a title or rank, or as the subject of "said"."""
    found: set[str] = set()
    for s, its in zip(document.sentences, names, strict=True):
        for t in s.doc:
            titled = t.lower_.strip(".") in TITLES
            if titled and t.i and lexis().has("before_a_name", s.doc[t.i - 1].lower_):
                titled = False  # "Mount Sheikh Barakat"
            first = t.i + 1 + (titled and text_of(s.doc[t.i + 1 : t.i + 2]) == ".")  # "Maj. Surname"
            if titled and first < len(s.doc) and s.doc[first].text[:1].isupper():
                for x in s.doc[first : first + 4]:
                    if not (x.text[:1].isupper() or x.text in "-.'’"):
                        break
                    if x.is_alpha:
                        found.add(x.lower_)
            if t.text == "," and t.i >= 2 and s.doc[t.i - 1].pos_ == "PROPN" and s.doc[t.i - 2].pos_ == "PROPN":
                # "Firstname Lastname, the army's spokesman, ..."
                name = text_of(s.doc[t.i - 2 : t.i])
                if any(lexis().has("speaker_role", x.lower_) for x in _aside(s.doc, t.i)) and not gazetteer.is_known(
                    name
                ):
                    found |= {s.doc[t.i - 1].lower_, s.doc[t.i - 2].lower_}
        for c in s.clauses:
            if lexis().has("say", c.lemma) and c.voice == "active":
                for i in c.subjects:
                    t = s.doc[i]
                    if any(i < j and s.doc[j].dep_ != "conj" for j in c.subjects):
                        continue  # "Bor captured by rebels, residents say": the residents
                    parts = [
                        x
                        for x in t.subtree
                        if x.dep_ in ("flat", "compound") and x.pos_ == "PROPN" and abs(x.i - i) < 4
                    ]
                    if i in its.countries:
                        continue
                    if t.pos_ == "PROPN" and parts:
                        found |= {t.lower_, *(p.lower_ for p in parts)}
                    elif t.pos_ == "PROPN" and t.text.istitle() and not _speaks_for_a_state(t, gazetteer):
                        found.add(t.lower_)
    return frozenset(found)


def _aside(doc: Doc, comma: int) -> list[Token]:
    """What a comma begins, up to the next: nothing where it has a verb ("took Bor, the army says"), or is of a place
    ("took Wadi Bor, an army base", "Wadi Bor, stormed by the group in June, was")."""
    words = list(takewhile(lambda x: x.text != ",", doc[comma + 1 : comma + 8]))
    placed = any(lexis().has(kind, x.lower_) for x in words for kind in ("settlement", "facility", "natural"))
    befell = [x.tag_ for x in words[:1]] == ["VBN"] and any(x.lower_ == "by" for x in words)
    return [] if placed or befell or any(x.tag_ in ("VBZ", "VBD", "VBP", "MD") for x in words) else words


def full_names(document: Document, gazetteer: Gazetteer, places: Collection[str]) -> frozenset[str]:
    """The words of names that begin with a given name ("Karen Holt"), in lower case.

    Not of those that the report uses as `places` (lower case), nor of what the gazetteer has as a whole.
    """
    found: set[str] = set()
    for s in document.sentences:
        for run in _runs(s.doc):
            name = " ".join(t.text for t in run)
            if name.casefold() not in places and not gazetteer.is_known(name):
                found |= {t.lower_ for t in run}
    return frozenset(found)


def _runs(doc: Doc) -> Iterator[list[Token]]:
    """Two or three capitalised words of which the first is a given name and the last no type of place."""
    first = 0
    while first + 1 < len(doc):
        run = []
        begins = doc[first]
        capital = begins.text[:1].isupper() and not begins.text.isupper()
        if capital and begins.lower_ in given_names() and not _is_month(begins):
            run = [begins]
            for t in doc[first + 1 : first + 3]:
                if not t.text[:1].isupper() or not t.is_alpha or t.lower_ in NOT_PLACES or t.pos_ == "PRON":
                    break
                run.append(t)
        first += max(1, len(run))
        typed = len(run) > 1 and any(
            lexis().has(kind, run[-1].lower_)
            for kind in ("settlement", "province", "district", "facility", "natural", "road")
        )
        if len(run) > 1 and not typed:
            yield run


def _is_month(t: Token) -> bool:
    """ "in April Bor fell": no woman of that name."""
    return is_time(t) and t.i > 0 and t.nbor(-1).pos_ in ("ADP", "CCONJ", "PUNCT")


def _speaks_for_a_state(t: Token, gazetteer: Gazetteer) -> bool:
    """ "Moscow said" is a state, "Kim said" a person: only countries and large cities speak."""
    if any(x.dep_ == "det" for x in t.children):
        return True
    exact = [c for c in gazetteer.candidates(t.text, 3) if c.match == "exact"]
    return any((c.population or 0) > 200_000 or c.place_type in (PlaceType.COUNTRY, PlaceType.PROVINCE) for c in exact)
