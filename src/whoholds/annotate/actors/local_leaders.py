"""Leaders whom a report introduces itself: "the River Front (RF), led by Ann Person", "Ann Person, the RF's leader".

Their surname then stands for their side further on, as that of a leader whom the lexicon knows does: "Person's men".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from whoholds.annotate.actors.find import Names
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

LED = lexis()["led"]
ASIDE = frozenset(['"', "'", "“", "”", "."])
NEAR = 4
"""Words between a group's name and what says who leads it: ", which is", "(RF),"."""
LONGEST = 4
"""Words of a person's name."""


def local_leaders(sentences: Sequence[Sentence], names: Sequence[Names]) -> dict[str, tuple[str, ...]]:
    """Surnames in lower case with the ids of the side that each leads; none for a surname that several sides share."""
    found: dict[str, tuple[str, ...]] = {}
    shared: set[str] = set()
    for s, its in zip(sentences, names, strict=True):
        for name, ids in (*_of_groups(s, its), *_known(s, its)):
            surname = name[-1].lower_.removeprefix("al-")
            if found.setdefault(surname, ids) != ids:
                shared.add(surname)
    return {surname: ids for surname, ids in found.items() if surname not in shared}


def _of_groups(s: Sentence, its: Names) -> Iterator[tuple[list[Token], tuple[str, ...]]]:
    doc = s.doc
    for i, hit in its.groups.items():
        if i != hit.last or hit.ids[-1].startswith(("gov:", "coalition:")):
            continue
        after = next((t.i for t in doc[i + 1 : i + 2 + NEAR] if t.lower_ in LED), 0)
        if after and after + 1 < len(doc) and doc[after + 1].lower_ == "by":
            yield from _named(_person(doc[after + 2 : after + 2 + 2 * LONGEST], its), hit.ids)
        # "RF leader Ann Person", "the RF's leader, Ann Person"
        j = i + 1 + (i + 1 < len(doc) and doc[i + 1].tag_ == "POS")
        if j < len(doc) and lexis().has("leads", s.lemma(j)):
            comma = j + 1 < len(doc) and doc[j + 1].text == ","
            yield from _named(_person(doc[j + 1 + comma : j + 1 + comma + LONGEST], its), hit.ids)
        # "Ann Person, the leader of the RF"
        k = hit.first - 1
        while k > 0 and doc[k].pos_ in ("DET", "ADJ"):
            k -= 1
        if k > 1 and doc[k].lower_ == "of" and lexis().has("leads", s.lemma(k - 1)):
            k -= 2
            while k > 0 and (doc[k].pos_ in ("DET", "ADJ") or doc[k].text == ","):
                k -= 1
            if doc[k].pos_ == "PROPN" and doc[k + 1].text == ",":
                yield from _named(_person(doc[max(0, k - 1) : k + 1], its), hit.ids)


def _known(s: Sentence, its: Names) -> Iterator[tuple[list[Token], tuple[str, ...]]]:
    """Leaders of the lexicon whom the report gives with their full name."""
    for i, hit in its.leaders.items():
        if i == hit.last and hit.first < hit.last:
            yield [s.doc[i]], hit.ids


def _named(name: list[Token], ids: tuple[str, ...]) -> Iterator[tuple[list[Token], tuple[str, ...]]]:
    if name and len(name[-1]) > 2:
        yield name, ids


def _person(tokens: Iterable[Token], its: Names) -> list[Token]:
    """The first name among the tokens, past ranks and titles: "the warlord Gen. Ann Person"."""
    run: list[Token] = []
    for t in tokens:
        plain = t.text.replace("-", "").replace("’", "").replace("'", "")
        rank = lexis().has("ranks", t.lower_, t.lower_.rstrip(".")) or lexis().has("leads", t.lower_)
        begins = t.pos_ in ("ADJ", "NOUN") and t.text[:1].isupper()
        if not run and (rank or (t.pos_ in ("DET", "ADJ", "NOUN") and not begins) or t.text in ASIDE):
            continue
        if not plain.isalpha() or t.i in its.groups or t.i in its.countries or t.i in its.demonyms:
            break
        if not (t.text[:1].isupper() or (run and lexis().has("particles", t.lower_)) or "-" in t.text):
            break
        run.append(t)
        if len(run) == LONGEST:
            break
    return run
