"""Whose voice a report is that speaks of "our troops" and "the enemy" without naming a speaker.

So do bulletins of a general staff, a ministry or a movement, and channels that follow their own side's war.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from whoholds.annotate.actors.find import ActorRef, Names
from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.trees.table import SUBJECT
from whoholds.annotate.words import lexis
from whoholds.claims.voices.speaker_phrase import QUOTES
from whoholds.model import Role
from whoholds.sources.outlets import publisher

CHEERS = re.compile(r"\W*(long live|glory to|hail)\b", re.IGNORECASE)
SCORN, SURE = 2, 2
"""What an abusive or a fond word counts, where a deed counts one; and how much of that makes a side the enemy."""


def in_its_own_voice(document: Document) -> Iterator[Sentence]:
    """The sentences of the body in which nobody is quoted."""
    return (s for s in document.sentences if s.role is Role.BODY and not QUOTES & set(s.text))


def narrator(
    document: Document,
    refs: Sequence[Sequence[tuple[int, ActorRef]]],
    names: Sequence[Names],
    choose: Callable[[tuple[str, ...]], str],
    other: Callable[[str], str | None],
    country: str | None,
    issued_by: str | None,
) -> str | None:
    """The side that the report's own voice is of; where nothing tells, the state of the country it is about.

    `choose`: the actor of several ids of one name; `other`: the one side that fights another here; `issued_by`: whose
    bulletin it is (`issuer`).
    """
    side = publisher(document.report).side or issued_by or _cheered(document, refs, choose)
    if side:
        return side
    named: Counter[str] = Counter()
    foes: Counter[str] = Counter()
    for s in in_its_own_voice(document):
        n = s.index
        for i, ref in refs[n]:
            if ref.cls not in ("named", "state") or not ref.ids:
                continue
            actor = choose(ref.ids)
            named[actor] += 1
            # "the Houthi enemy", "the Russian invaders"
            if lexis().has("hostile", s.lemma(i)):
                foes[actor] += 1
        for t in s.doc:
            if lexis().has("hostile", s.lemma(t)):
                before = [names[n].demonyms[j] for j in (t.i - 1, t.i - 2) if j in names[n].demonyms]
                foes.update(f"gov:{code}" for code in before[:1])
    if foes and (own := other(foes.most_common(1)[0][0])):
        return own
    if (foe := _beaten(document, refs, names, choose)) and (own := other(foe)):
        return own
    states = [a for a in named if a.startswith("gov:")]
    home = f"gov:{country}" if country else None
    if home in states and len(states) > 1:
        # Two states at war: one's own is called "ours", the other by its name.
        foreign = max((a for a in states if a != home), key=lambda a: named[a])
        if home is not None and other(foreign) == home and named[home] > 2 * named[foreign] + 2:
            return foreign
    return home


def _beaten(
    document: Document,
    refs: Sequence[Sequence[tuple[int, ActorRef]]],
    names: Sequence[Names],
    choose: Callable[[tuple[str, ...]], str],
) -> str | None:
    """The side that is spoken of as one speaks of an enemy: it attacks, flees and is called names, and never wins."""
    lex = lexis()
    score: Counter[str] = Counter()
    for s in in_its_own_voice(document):
        for i, ref in refs[s.index]:
            if ref.cls not in ("named", "state") or not (ref.ids or ref.country):
                continue
            t = s.doc[i]
            side = choose(ref.ids) if ref.ids else f"gov:{ref.country}"
            words = {s.lemma(x) for x in s.doc[ref.first : ref.last + 1]} | {s.lemma(t)}
            a_people = i in names[s.index].demonyms and t.tag_.endswith("S")  # "the Ukrainians"
            score[side] += SCORN * (bool(words & lex["scorned"]) + a_people - bool(words & lex["praised"]))
            for verb in (s.lemma(x) for x in (t.head, *t.head.conjuncts) if t.dep_ in SUBJECT):
                if t.dep_ == "nsubj":
                    score[side] += lex.has("done_by_foes", verb) - lex.has("done_by_ours", verb)
                else:
                    score[side] += lex.has("done_to_foes", verb)
    (foe, most), (_, next_to_it) = [*score.most_common(2), ("", 0), ("", 0)][:2]
    return foe if most >= max(0, next_to_it) + SURE else None


def _cheered(
    document: Document, refs: Sequence[Sequence[tuple[int, ActorRef]]], choose: Callable[[tuple[str, ...]], str]
) -> str | None:
    """The one side that only its own call so: "the heroic Army of X", "Long live X!"."""
    found: set[str] = set()
    for s in (s for s in document.sentences if not QUOTES & set(s.text)):
        for _, ref in refs[s.index]:
            if ref.cls == "named" and ref.ids:
                before = (t.lower_ for t in s.doc[max(0, ref.first - 1) : ref.first])
                if CHEERS.match(s.text) or any(lexis().has("cheered", word) for word in before):
                    found.add(choose(ref.ids))
    return found.pop() if len(found) == 1 else None
