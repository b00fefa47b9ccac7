"""Nouns with what belongs to them: coordination and prepositions (`noun_args` has what nouns of action take).

Works on documents of `annotate.parse.parser`. Indices are token indices in the document.
"""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.annotate.listing import words
from whoholds.annotate.times.numbers import ORDINALS
from whoholds.annotate.trees.appositions import is_member
from whoholds.annotate.trees.negation import not_but
from whoholds.annotate.trees.table import SUBJECT
from whoholds.annotate.trees.tree import Doc, Token
from whoholds.annotate.words import lexis

NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "SYM", "X"))
NMOD = frozenset(("nmod", "nmod:desc", "nmod:unmarked"))
OBL = frozenset(("obl", "obl:agent", "obl:unmarked", "obl:tmod", "obl:npmod"))
TIME = words(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn winter
    today tomorrow yesterday tonight morning afternoon evening night noon midday midnight dawn dusk daybreak
    nightfall sunrise sunset weekend week month year decade century day hour minute moment time end beginning start
    date ramadan eid christmas mid-january mid-february mid-march mid-april mid-may mid-june mid-july mid-august
    mid-september mid-october mid-november mid-december late early now then p.m. a.m. o'clock fall"""
)
"""Lemmas, lower case, of nouns that name a time."""
MANNER = words(
    """force road air sea land foot surprise storm mistake accident way means vote default law phone telephone email
    radio nature hand helicopter plane boat truck bus car train percent % km kilometre kilometer mile metre meter
    number margin chance side"""
)
"""Nouns that after "by", without adjective or article, say how or how much, not who."""
FRONTS = words("direction axis sector front frontline")
"""Nouns of a stretch of the front: what lies near a place there says more."""
LENGTHS = words("km kilometre kilometer mile metre meter yard step block")
"""Nouns that say how far."""
_BEFORE_OF = lexis()["compass"] | words("out ahead outside inside because instead short")
"""Words that with "of" form one preposition: "out of", "ahead of", "north of"."""
_AND = ("and", "or", "&")


def is_nominal(token: Token) -> bool:
    """True for nouns, names, pronouns, numbers, and for adjectives and determiners that stand as nouns
    ("the wounded", "both")."""
    return token.pos_ in NOMINAL or (token.pos_ in ("ADJ", "DET") and token.dep_ in
                                     ("nsubj", "nsubj:pass", "obj", "obl", "obl:agent", "nmod", "conj"))  # fmt: skip


def is_time(token: Token) -> bool:
    """True where the noun names a time ("Sunday", "dawn", "the end of May", "2014", "5 p.m.")."""
    low = token.lemma_.lower().rstrip(".")
    if low in TIME or token.lower_ in TIME:
        return True
    if low == "light":
        return any(c.lower_ in ("first", "last") for c in token.children)
    if low[-2:] in ("st", "nd", "rd", "th") and (low[:-2].isdigit() or low in ORDINALS):
        # "on the 11th", "by the fifteenth of August"
        return _stands_for_a_day(token)
    if low[:4].isdigit():
        return len(low) == 4 or low[4:] in ("s", "'s", "’s") or any(c.lower_ in TIME for c in token.children)
    return False


def _stands_for_a_day(ordinal: Token) -> bool:
    """No part of another phrase: "the 11th", "the fifth of May", not "the 11th Brigade", "a fifth of the towns"."""
    if ordinal.dep_ not in ("obl", "obl:agent", "nmod", "obj") or not any(c.dep_ == "det" for c in ordinal.lefts):
        return False
    return all(c.lower_ in TIME for c in ordinal.rights if c.dep_ == "nmod") and not any(
        c.dep_ in ("amod", "flat") for c in ordinal.children
    )


def is_measure(token: Token) -> bool:
    """True of a length: in "advanced 20 km to take the town" nobody tells the kilometres to take it."""
    return token.lemma_.lower() in LENGTHS


def is_doer(token: Token) -> bool:
    """False for what "by" introduces without naming who did it: times ("by Sunday"), manners ("by force", "street by
    street")."""
    bare = all(c.dep_ in ("case", "punct", "nummod", "cc") or _is_manner(c) for c in token.children)
    told = lexis().has("accounts", token.lemma_.lower())  # "by Kyiv's account"
    by_and_by = token.i > 1 and token.nbor(-1).lower_ == "by" and token.nbor(-2).lower_ == token.lower_
    return not (is_time(token) or told or by_and_by or (bare and _is_manner(token)))


def _is_manner(token: Token) -> bool:
    """ "by land and sea": how, and not who."""
    return token.lemma_.lower() in MANNER


def preposition(token: Token) -> str:
    """The preposition before a noun, words of it joined ("out of", "ahead of"), lower case; "" where it has none."""
    if token.case is None:
        token.case = _preposition(token)
    return token.case


def _preposition(token: Token) -> str:
    doc = token.doc
    marks = [c for c in token.lefts if c.dep_ == "case" and c.tag_ != "POS"]
    if not marks and token.pos_ == "PROPN":
        # "advanced from P to Bint Jbeil", with the name for a verb
        marks = [c for c in token.lefts if c.dep_ == "mark" and c.tag_ == "IN" and c.lower_ in ("to", "from", "near")]
    if not marks:
        # The parser hung it on the first word of the name: "of Port Sudan".
        names = [c for c in token.lefts if c.dep_ in ("compound", "flat") or c.tag_ == "NNP"]
        return preposition(names[0]) if names and token.pos_ == "PROPN" else ""
    first, last = marks[0], marks[-1]
    words: list[str] = []
    before = doc[first.i - 1] if first.i else None
    if before is not None and before.dep_ not in ("case", "obj", "nmod") and _forms_one(before.lower_, first.lower_):
        words.append(before.lower_)
    if any(t.lower_ == "and" for t in doc[first.i : last.i]):
        # "in and around P"
        last = first
    for t in doc[first.i : last.i + 1]:
        if t in marks or t.dep_ == "fixed":
            words.append(t.lower_)
    # "because of", "instead of": the second word hangs on the first as "fixed".
    words += [c.lower_ for c in last.children if c.dep_ == "fixed" and c.i > last.i]
    if words[:2] in (["to", "within"], ["to", "near"]):
        # "brought to within ten miles of P", "advanced to near P"
        del words[0]
    return " ".join(words)


def led_to(name: Token) -> Token:
    """ "50 km northeast of P": the word that says where from P, or how far, for P; any other word itself."""
    way = name.head
    if way.i > name.i or way.lower_ not in _BEFORE_OF or not preposition(name).endswith("of"):
        return name
    return way.head if way.dep_ == "advmod" and way.head.i < way.i and way.head.pos_ == "NOUN" else way


def at_which(name: Token) -> Token:
    """ "the refinery at P, where a garrison is cut off": the refinery; any other name itself."""
    above = name.head
    placed = name.dep_ == "nmod" and above.i < name.i and preposition(name) in ("at", "of", "in")
    return above if placed and lexis().has("own_place", above.lower_) else name


def _forms_one(adverb: str, word: str) -> bool:
    if word == "of":
        return adverb in _BEFORE_OF
    if word == "from":
        return adverb == "away"
    if word == "to":
        return adverb in ("on", "close", "near", "next", "prior", "due", "up", "according")
    return (adverb, word) in {("along", "with"), ("together", "with")}


def expand(doc: Doc, i: int) -> tuple[int, ...]:
    """The noun and all nouns coordinated with it, in order of the text.

    Where the parser took members of a list of names for appositions ("A, B and C"), commas and "and" decide.
    """
    found = {i}
    stack = [doc[i]]
    while stack:
        token = stack.pop()
        for child in token.children:
            if child.i in found or not is_nominal(child):
                continue
            # Repair: "troops and peacekeepers" with the first taken for a modifier of the second.
            modifier = (child.dep_ in ("compound", "nmod:poss", "nmod", "nmod:desc") and child.i < token.i
                        and child.tag_ in ("NNS", "NNPS") and doc[child.i + 1].lower_ in _AND)  # fmt: skip
            member = child.dep_ == "appos" and is_member(child)
            if (child.dep_ == "conj" and not _has_clause(child)) or modifier or member:
                found.add(child.i)
                stack.append(child)
    if doc[i].pos_ == "PROPN":
        listed = _name_list(doc, i)
        if listed:
            # Names only: a title or an office before a name is not a member of the list.
            found |= set(listed)
    if len(found) > 1 and not_but(doc[i]):
        found.discard(i)
    return tuple(sorted(found))


def _has_clause(token: Token) -> bool:
    """True where a "noun" is the predicate of a clause of its own."""
    return any(c.dep_ in (*SUBJECT, "cop") for c in token.children)


def _name_list(doc: Doc, i: int) -> list[int]:
    """Heads of the names of a list "A, B and C" in which the name at `i` stands; empty where there is no such list.

    Needs at least two commas or one comma and a conjunction: "Rutba, Anbar" is a town and its province.
    """
    runs = _after_fronted(doc, _runs_around(doc, i), i)
    heads = [_run_head(doc, a, b) for a, b in runs]
    end = runs[-1][1]
    while end < len(doc) and doc[end].text == ",":
        end += 1
    closed = runs[-1][0] > 0 and doc[runs[-1][0] - 1].lower_ in _AND
    if not closed and len(runs) > 1 and end < len(doc) and doc[end].lower_ in _AND:
        # The last member is no bare name: "A, B and the town of C".
        last = noun_from(doc, end + 1)
        closed = last is not None
        heads += [last] if last is not None else []
    return heads if closed and len(heads) > 2 else []


def _after_fronted(doc: Doc, runs: list[tuple[int, int]], i: int) -> list[tuple[int, int]]:
    """ "In A, B and C fell": A says where, and is none of those that fell."""
    first = runs[0][0]
    if first == 0 or doc[first - 1].pos_ != "ADP":
        return runs
    subject = next((k for k, (a, b) in enumerate(runs) if k and doc[_run_head(doc, a, b)].dep_ in SUBJECT), 0)
    return runs[subject:] if subject and i >= runs[subject][0] else runs[:subject] or runs


def _runs_around(doc: Doc, i: int) -> list[tuple[int, int]]:
    """Runs of name tokens joined by commas and conjunctions to the run around `i`."""
    start, end = _run(doc, i)
    runs = [(start, end)]
    while (gap := _gap(doc, runs[-1][1], 1)) is not None:
        runs.append(_run(doc, gap))
        if doc[runs[-1][0] - 1].lower_ in _AND:
            break
    while (gap := _gap(doc, runs[0][0] - 1, -1)) is not None:
        runs.insert(0, _run(doc, gap))
    return runs


def _gap(doc: Doc, at: int, step: int) -> int | None:
    """The index of the name across a comma and/or conjunction from `at`; None where there is none."""
    j = at
    n = len(doc)
    seen = False
    while 0 <= j < n and (doc[j].text == "," or doc[j].lower_ in _AND):
        seen = True
        j += step
    return j if seen and 0 <= j < n and doc[j].pos_ == "PROPN" and not is_time(doc[j]) else None


def noun_from(doc: Doc, i: int) -> int | None:
    """The head of the noun phrase that begins at `i`; None where none does."""
    j = i
    while j < len(doc) and (doc[j].pos_ in ("DET", "ADJ", "NUM") or doc[j].dep_ == "nmod:poss") and j - i < 5:
        j += 1
    if j >= len(doc) or doc[j].pos_ not in ("NOUN", "PROPN"):
        return None
    while j + 1 < len(doc) and doc[j + 1].pos_ in ("NOUN", "PROPN") and "flat" not in (doc[j].dep_, doc[j + 1].dep_):
        j += 1
    return j


def _in_name(doc: Doc, i: int) -> bool:
    t = doc[i]
    if t.pos_ == "PROPN":
        return True
    return t.tag_ == "HYPH" and 0 < i < len(doc) - 1 and doc[i + 1].pos_ == "PROPN" and not t.whitespace_


def _run(doc: Doc, i: int) -> tuple[int, int]:
    start = end = i
    while start > 0 and _in_name(doc, start - 1):
        start -= 1
    while end < len(doc) and _in_name(doc, end):
        end += 1
    return start, end


def _run_head(doc: Doc, start: int, end: int) -> int:
    for t in doc[start:end]:
        if t.pos_ == "PROPN" and not start <= t.head.i < end:
            return t.i
    return next(t.i for t in doc[start:end] if t.pos_ == "PROPN" and (t.head == t or t.dep_ != "punct"))


def nominal_modifiers(doc: Doc, i: int) -> Iterator[tuple[str, int]]:
    """(preposition, index) of the noun's own prepositional phrases, coordinations expanded."""
    for child in doc[i].children:
        if child.dep_ in NMOD | OBL and child.i > i:
            yield from with_preposition(doc, child.i)


def with_preposition(doc: Doc, i: int) -> Iterator[tuple[str, int]]:
    """The noun at `i` and those coordinated with it, each with its preposition or else that of the one before it."""
    current = preposition(doc[i])
    for j in expand(doc, i):
        current = preposition(doc[j]) or current
        yield from heading(doc, current, j)


def heading(doc: Doc, prep: str, j: int) -> Iterator[tuple[str, int]]:
    """The phrase itself; "in the direction of A and B" is one of "towards", "on the P axis near Q" of "near"."""
    if doc[j].lemma_.lower() not in FRONTS:
        yield prep, j
        return
    inner = [(p, k) for p, k in nominal_modifiers(doc, j) if p in ("of", "near", "at", "around", "outside", "towards")]
    of = [k for p, k in inner if p == "of"]
    beside = [(p, k) for p, k in inner if p != "of"]
    if beside:
        yield from beside
    elif prep in ("in", "from") and of:
        yield from (("towards" if prep == "in" else prep, k) for k in of)
    else:
        yield prep, j


def nested(doc: Doc, i: int) -> Iterator[tuple[str, int]]:
    """Prepositional phrases inside those of the noun at `i`, where no verb stands between: candidates for an
    attachment one step too deep."""
    stack = [c for c in doc[i].children if c.dep_ in NMOD | {"conj", "appos", "flat"} and c.i > i]
    while stack:
        token = stack.pop()
        for child in token.children:
            if child.i < token.i or child.pos_ in ("VERB", "AUX"):
                continue
            if child.dep_ in NMOD | OBL:
                yield from with_preposition(doc, child.i)
            if child.dep_ in NMOD | OBL | {"conj", "appos", "flat"}:
                stack.append(child)


def past_phrases(noun: Token) -> Token | None:
    """The noun that a finite verb after "fighters armed with guns" or "a battalion in the north" belongs to: past the
    phrases and participles at its end. None where there is none."""
    for _ in range(6):
        above = noun.head
        if not preposition(noun):
            return noun
        if is_nominal(above) and above.i < noun.i:
            noun = above
            continue
        doer = next((c for c in above.lefts if c.dep_ == "nsubj"), None)
        if above.i > noun.i or above.tag_ not in ("VBN", "VBG", "JJ") or any(c.dep_ == "aux" for c in above.lefts):
            return None
        if doer is not None:
            return doer
        if above.dep_ not in ("acl", "amod") or not is_nominal(above.head):
            return None
        noun = above.head
    return None
