"""The words that name a speaker, read off the surface around a verb of saying: "X, a spokesman for Y, told Z that …".

News says who says something in few forms, and always beside the verb; a parser loses them among quotes, commas and
appositions. So the phrase is cut out by where it stands, and read chunk by chunk between its commas.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

RANKS = lexis()["ranks"]
QUOTES = frozenset('"“”«»')
PARTICLES = frozenset(["al", "bin", "de", "van", "el", "ibn", "von", "ag", "ould", "ul", "da", "dos", "abu", "di"])
HYPHENS = frozenset("-–'’‘/")
INSIDE = frozenset(["of", "for", "in", "at", "from", "with", "to", "on"])
_SOME = frozenset(["one", "some", "several", "many", "two", "three", "most"])
SIDES_WITH = frozenset(["close", "loyal", "sympathetic", "allied"])
_CLOSING = frozenset([",", ")", "–", "—"])
"""Words at a phrase's head that name nobody."""
_NEVER_IN_NAMES = frozenset(["VERB", "AUX", "PRON", "SCONJ", "ADP", "ADV", "CCONJ", "PUNCT"])
ABBREVIATED = 4
"""Letters of a rank before its full stop, at most: "Capt.", "Brig."."""
_OPENS = 3
"""A phrase that begins before this token opens its sentence."""
_LONGEST = 40
"""Tokens of a phrase with its relative clauses, at the most."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A speaker's phrase. Numbers are tokens, both inclusive."""

    first: int
    last: int
    chunks: tuple[tuple[Token, ...], ...]
    """What names the speaker, between its commas, in the order of the text; never empty."""

    @property
    def words(self) -> tuple[Token, ...]:
        return tuple(t for chunk in self.chunks for t in chunk)


def is_nominal(t: Token) -> bool:
    return t.pos_ in ("NOUN", "PROPN")


def _time_tokens(s: Sentence) -> frozenset[int]:
    """Tokens of expressions of time, and the prepositions before them."""
    out: set[int] = set()
    for expr in s.times:
        if (found := s.token_range(expr.span)) is not None:
            first, last = found
            out.update(range(first, last + 1))
            if first and s.doc[first - 1].pos_ == "ADP":
                out.add(first - 1)
    return frozenset(out)


def before(s: Sentence, verb: int) -> Phrase | None:
    """The phrase that ends before the verb: "NP", "NP, NP," or "NP, who …,"."""
    doc, times = s.doc, _time_tokens(s)
    i = verb - 1
    while i >= 0 and (doc[i].pos_ in ("AUX", "ADV") or i in times or doc[i].lower_ in ("not", "both", "there")):
        i -= 1
    last = i
    inner: list[tuple[Token, ...]] = []
    while i > 0 and doc[i].text in _CLOSING:
        opening = next((j for j in range(i - 1, max(-1, verb - _LONGEST), -1) if _opens(doc[i], doc[j])), None)
        if opening is None or opening == i - 1:
            return None
        kind = _kind(s, list(doc[opening + 1 : i]))
        if kind == "other":
            return None
        if kind == "names":
            inner.insert(0, tuple(doc[opening + 1 : i]))
        i = opening - 1
    if i < 0 or not (is_nominal(doc[i]) or doc[i].pos_ in ("NUM", "ADJ") or doc[i].text == "."):
        return None
    i = _of_relative(s, verb, i)
    first = start_of(s, i)
    doing = doc[first - 1] if first > 1 else None
    if doing is not None and doing.tag_ == "VBG" and doing.dep_ == "acl" and doing.head.i == first - 2:
        # "the coalition fighting X announced": not X
        i = doing.head.i
        first = start_of(s, i)
    elif (lives := _live_at(s, first)) is not None:
        i, first = lives, start_of(s, lives)
    elif first > 2 and doc[first - 1].lower_ == "to" and doc[first - 2].lower_ in SIDES_WITH:
        # "a source close to the army"
        first = start_of(s, first - 3)
    if first > 1 and doc[first - 1].lower_ == "and" and _speaks(s, first - 2):
        first = start_of(s, first - 2)
    main = tuple(t for t in doc[first : i + 1] if t.i not in times)
    if not any(is_nominal(t) or t.pos_ in ("NUM", "DET", "ADJ") for t in main):
        return None
    return Phrase(first, last, (main, *inner))


def _of_relative(s: Sentence, verb: int, i: int) -> int:
    """ "The body that watches over the truce said": the body, where the token before the verb is of its clause."""
    subject = next((c for c in s.doc[verb].lefts if c.dep_ == "nsubj" and is_nominal(c)), None)
    if subject is None:
        return i
    clauses = [(c.left_edge, c.right_edge.i) for c in subject.rights if c.dep_ == "acl:relcl"]
    within = any(first.lower_ in ("that", "which", "who") and first.i < i <= last for first, last in clauses)
    return subject.i if within else i


def _live_at(s: Sentence, first: int) -> int | None:
    """ "People living in P said": the people, not P, which begins at `first`."""
    doc = s.doc
    if first < 3 or doc[first - 1].pos_ != "ADP" or doc[first - 2].tag_ not in ("VBG", "VBN"):
        return None
    who = doc[first - 2].head
    return who.i if doc[first - 2].dep_ == "acl" and who.i == first - 3 and is_nominal(who) else None


def _speaks(s: Sentence, i: int) -> bool:
    """Whether a phrase that ends at `i` may be another speaker's: "the mayor [and a UN official]"."""
    start = start_of(s, i)
    return any(lexis().has("speaker_role", s.lemma(t), t.lower_) or t.lower_ in RANKS for t in s.doc[start : i + 1])


def _opens(closing: Token, t: Token) -> bool:
    if closing.text == ")":
        return t.text == "("
    return t.text == closing.text


def _kind(s: Sentence, tokens: Sequence[Token]) -> str:
    """What stands between two commas behind a noun: "names" it further, "tells" of it, or belongs to something else."""
    first = tokens[0]
    if first.tag_ in ("WP", "WDT", "WP$", "WRB", "VBG", "VBN") or first.pos_ in ("ADP", "NUM", "SCONJ"):
        return "tells"
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in tokens):
        return "other"
    if any(lexis().has("speaker_role", s.lemma(t), t.lower_) or t.lower_ in RANKS for t in tokens):
        return "names"
    named = tokens[1:] if first.lower_ == "the" and len(tokens) > 1 else tokens  # "the main group, the CNDD-FDD, said"
    if all(t.text[:1].isupper() or t.lower_ in PARTICLES or t.text in HYPHENS or t.text == "." for t in named):
        return "names"
    return "tells" if first.pos_ in ("DET", "ADJ", "NOUN") else "other"


def start_of(s: Sentence, end: int) -> int:
    """The first token of the noun phrase that ends at `end`."""
    doc, i = s.doc, end
    while i > 0 and end - i < _LONGEST:
        p = doc[i - 1]
        if (
            p.pos_ in ("NOUN", "PROPN", "ADJ", "NUM")
            or p.tag_ == "POS"
            or _stop_in_name(s, i - 1)
            or (p.text in HYPHENS and i > 1 and not (p.whitespace_ and doc[i - 2].whitespace_))
        ):
            i -= 1
        elif p.pos_ in ("DET", "PRON") and p.tag_ in ("DT", "PRP$", "PDT"):
            i -= 1
            if not _joins(s, i):
                break
        elif (
            (p.tag_ in ("VBN", "VBG") and p.dep_ == "amod")
            or _joins(s, i)
            or (p.lower_ == "and" and _list_of_one_name(s, i - 1))
            or (p.text[:1].isupper() and (p.pos_ not in _NEVER_IN_NAMES or p.tag_.startswith("NNP")))
        ):
            i -= 1
        else:
            break
    while i < end and doc[i].pos_ in ("ADV", "PUNCT", "CCONJ"):
        i += 1
    return i


def _stop_in_name(s: Sentence, i: int) -> bool:
    """The full stop of "Lt." or "J."."""
    if s.doc[i].text != "." or i == 0:
        return False
    word = s.doc[i - 1]
    if word.lower_ in RANKS:
        return len(word.text) <= ABBREVIATED  # "said the commander." ends there
    return len(word.text) == 1 and word.text.isupper()


def _joins(s: Sentence, i: int) -> bool:
    """ "spokesman [for] the army": the preposition before token `i` ties a role or a body to what follows."""
    doc = s.doc
    if i < 2 or doc[i - 1].lower_ not in (*INSIDE, "by") or not is_nominal(doc[i - 2]):
        return False
    owner = doc[i - 2]
    if lexis().has("told_through", s.lemma(owner)):
        return doc[i - 1].lower_ in ("of", "from", "by")
    if i > 2 and doc[i - 1].lower_ in ("of", "from", "at") and owner.pos_ == doc[i - 3].pos_ == "PROPN":
        # "Abdul Karim of the provincial council": a first and a last name
        return owner.head.i == i - 3 or doc[i - 3].head.i == owner.i
    near = any(
        any(lexis().has(group, s.lemma(t), t.lower_) for group in ("speaker_role", "force", "institution"))
        for t in doc[max(0, i - 9) : i - 1]
        if t.is_alpha and t.pos_ != "VERB"
    )
    return near and (doc[i - 1].lower_ not in ("in", "on", "at", "to") or owner.i not in _time_tokens(s))


def _list_of_one_name(s: Sentence, i: int) -> bool:
    """ "the Defence and Security Council": capitals on both sides of "and", without an article."""
    doc = s.doc
    return (
        0 < i < len(doc) - 1
        and doc[i - 1].text[:1].isupper()
        and (doc[i - 1].pos_ == "PROPN" or not lexis().has("institution", s.lemma(i - 1)))
        and doc[i + 1].text[:1].isupper()
        and lexis().has("institution", *(s.lemma(t) for t in doc[i + 1 : i + 4]))
        and (doc[i + 1].lower_ not in RANKS or lexis().has("institution", *(s.lemma(t) for t in doc[i + 2 : i + 3])))
    )


def after(s: Sentence, start: int) -> Phrase | None:
    """The phrase that begins at `start`, after "said" or "according to", with the appositions behind it."""
    doc, times = s.doc, _time_tokens(s)
    i = start
    while i < len(doc) and _continues(s, i, start, times):
        i += 1
    if i == start:
        return None
    chunks, last = [tuple(doc[start:i])], i - 1
    while i < len(doc) - 1 and doc[i].text in (",", "(") and len(chunks) < 4:
        end = next((j for j in range(i + 1, min(len(doc), i + _LONGEST)) if _ends(s, j)), len(doc))
        tokens = list(doc[i + 1 : end])
        if len(tokens) == 0 or (start < _OPENS and end + 1 >= len(doc)):
            break  # "According to X, what X says": no apposition
        kind = _kind(s, tokens)
        if kind == "tells" and tokens[0].tag_ in ("WP", "WDT", "VBG"):
            last = end - 1
            break
        if kind == "tells" and tokens[0].pos_ == "NUM":
            i, last = end, end - 1
            continue
        if kind == "tells" and tokens[0].lower_ == "of" and doc[i - 1].pos_ == "PROPN":
            kind = "names"  # "said A. Person, of the X movement"
        if kind != "names" or tokens[0].pos_ == "CCONJ":
            break
        stop = next((k for k, t in enumerate(tokens) if t.i in times or _channel(s, t.i)), len(tokens))
        chunks.append(tuple(tokens[:stop]))
        i, last = end, end - 1
    return Phrase(start, last, tuple(c for c in chunks if c))


def _ends(s: Sentence, i: int) -> bool:
    """What an apposition runs up to."""
    text = s.doc[i].text
    return text in (",", ")") or text in QUOTES or (text in (".", ";", ":") and not _stop_in_name(s, i))


def _continues(s: Sentence, i: int, start: int, times: frozenset[int]) -> bool:
    t, doc = s.doc[i], s.doc
    if i in times and not t.text[:1].isupper():
        return False
    if t.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "X") or t.tag_ == "POS" or _stop_in_name(s, i):
        return True
    if t.pos_ == "DET" or t.tag_ == "PRP$":
        return i == start or doc[i - 1].pos_ == "ADP" or doc[i - 1].pos_ == "DET"
    if t.text in HYPHENS:
        return i > start and not t.whitespace_
    if t.lower_ == "and":
        return _list_of_one_name(s, i)
    if t.tag_ in ("VBN", "VBG"):
        return t.dep_ == "amod"
    if t.lower_ == "of" and i > start and doc[i - 1].lower_ in _SOME and i + 1 < len(doc):
        return doc[i + 1].tag_ in ("DT", "PRP$")  # "said one of its coordinators"
    if t.pos_ == "ADP":
        if t.lower_ not in (*INSIDE, "by") or i == start or i in times or i + 1 == len(doc) or _channel(s, i):
            return False
        return (is_nominal(doc[i + 1]) or doc[i + 1].pos_ in ("DET", "ADJ")) and _joins(s, i + 1)
    return t.text[:1].isupper() and (t.pos_ not in _NEVER_IN_NAMES or t.tag_.startswith("NNP"))


def _channel(s: Sentence, i: int) -> bool:
    """ "in a statement": the preposition at `i` leads to what it was told through."""
    ahead = s.doc[i + 1 : i + 5]
    return s.doc[i].pos_ == "ADP" and any(lexis().has("told_through", s.lemma(t)) for t in ahead if is_nominal(t))


def split(s: Sentence, phrase: Phrase) -> Iterator[Phrase]:
    """ "the mayor and a UN official": one phrase for each who speaks."""
    main, rest = phrase.chunks[0], phrase.chunks[1:]
    parts: list[list[Token]] = [[]]
    for t in main:
        if t.lower_ == "and" and not _list_of_one_name(s, t.i):
            parts.append([])
        else:
            parts[-1].append(t)
    full = [tuple(p) for p in parts if p]
    for k, part in enumerate(full):
        yield Phrase(phrase.first, phrase.last, (part, *rest) if k == len(full) - 1 else (part,))
