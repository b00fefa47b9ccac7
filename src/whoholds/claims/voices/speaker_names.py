"""Name and role out of the words that name a speaker: "Joint Operations spokesman Brig. Gen. Yahya Rasul"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from whoholds.annotate.actors.find import Names
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.voices.speaker_phrase import HYPHENS, INSIDE, PARTICLES, RANKS, SIDES_WITH, Phrase, is_nominal

ROLE_NOUNS = lexis()["role_nouns"]
_SPEAKING = ("speaker_role", "force", "institution", "nonstate_force", "state_force")
"""Classes of nouns that may speak."""
_MOVEMENTS = frozenset(
    ["movement", "group", "alliance", "coalition", "party", "organisation", "organization", "militia"]
)
_COUNTS = frozenset(
    [
        "the",
        "a",
        "an",
        "some",
        "many",
        "several",
        "two",
        "three",
        "four",
        "another",
        "one",
        "other",
        "both",
        "local",
        "few",
        "our",
        "their",
        "his",
        "her",
        "its",
        "meanwhile",
        "but",
        "and",
        "separately",
        "however",
        "also",
        "later",
    ]
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a phrase says of one speaker."""

    name: str | None
    role: str | None
    words: tuple[Token, ...]
    proper: bool = False
    """The name is an organisation's, not a person's."""


def read(s: Sentence, names: Names, phrase: Phrase) -> Named | None:
    """Name and role out of all the chunks of a phrase."""
    found = [part for chunk in phrase.chunks if (part := _read_chunk(s, names, chunk)) is not None]
    if not found:
        return None
    name = next((p.name for p in found if p.name and not p.proper), None)
    if name is None:
        first = found[0]
        if first.name is None and (body := next((p for p in found[1:] if p.name), None)) is not None:
            return Named(body.name, first.role, phrase.words, True)  # "the main rebel group, the CNDD-FDD, said"
        return Named(first.name, first.role, phrase.words, first.proper)
    roles = [p.role for p in found if p.role] + [p.name for p in found if p.proper and p.name]
    return Named(name, ", ".join(dict.fromkeys(roles)) or None, phrase.words)


def _read_chunk(s: Sentence, names: Names, chunk: Sequence[Token]) -> Named | None:
    lex = lexis()
    words = list(chunk)
    if words and words[0].lower_ in ("one", "some", "others", "another") and not any(is_nominal(t) for t in words):
        return Named(None, words[0].lower_, tuple(words))
    while words and words[0].lower_ in _COUNTS and (len(words) > 1):
        words = words[1:]
    if words and words[0].lower_ == "of" and len(words) > 1:
        # "one of the commanders", "some of the residents"
        words = [w for w in words[1:] if w.lower_ != "the" and w.tag_ != "PRP$"]
    if not words:
        return None
    ranked = next((k for k, t in reversed(list(enumerate(words))) if t.lower_.strip(".") in RANKS), len(words))
    cut = next((k for k, t in enumerate(words) if t.pos_ == "ADP" and k and t.lower_ in INSIDE), len(words))
    after_rank = [t for t in words[ranked + 1 :] if t.text != "."]
    office = bool(after_rank) and lex.has("institution", after_rank[-1].lower_)  # "spokesman for the Interior Ministry"
    if cut < ranked and after_rank and all(map(_capital, after_rank)) and not office:
        # "the commander in Tigray Lt. Gen. Abebaw Tadesse"
        return Named(_clean(_join(s, after_rank)), _clean(_join(s, words[: ranked + 1])), tuple(words))
    core, rest = words[:cut], words[cut:]
    if len(core) > 1 and core[-1].lower_ in SIDES_WITH:
        core = core[:-1]  # "a source [close] to the army"
    head = core[-1]
    # "Residents of P": a capital that only the sentence's start gives
    opens = head.i == 0 and (len(words) == 1 or lex.has("person_role", s.lemma(head)) or head.tag_ == "NNS")
    owner = next((k for k, t in enumerate(core) if t.tag_ == "POS"), len(core))
    if owner + 2 < len(core) and core[0].text.islower() and all(_capital(t) for t in core[owner + 1 :]):
        core = core[owner + 1 :]  # "the military's Joint Operations Command": the body has a name of its own
        words = [*core, *rest]
    while len(core) > 3 and core[1].text in HYPHENS and core[2].text.islower() and core[-1].text[:1].isupper():
        core = core[3:]  # "the Britain-based Observatory"
        words = [*core, *rest]
    named = head.text[:1].isupper() and len(core) > 1
    kinds = _SPEAKING[:3] if named else _SPEAKING
    if head.i == 0 and len(words) == 1 and not head.text.isupper() and head.tag_ in ("NNS", "JJ", "DT", "RB", "CD"):
        return Named(None, head.lower_, tuple(words))  # "Many fear that …", "Partners report that …"
    if (group := _group(s, names, core, rest)) is not None:
        return Named(_clean(_join(s, group)), None, tuple(words), True)
    body = any(lex.has(group, s.lemma(head), head.lower_) for group in kinds)
    if body and (opens or not head.text[:1].isupper()):
        # "residents", "the army", "a police officer in Gao"
        text = _clean(_join(s, words))
        first = next((k for k, t in enumerate(core) if _capital(t) and t.tag_ != "POS"), None)
        if lex.has("media", s.lemma(head)) and first is not None and all(_capital(t) for t in core[first:-1]):
            # "the pro-rebel TamilNet website"
            return Named(_clean(_join(s, core[first:])), None, tuple(words), True)
        own = lex.has("institution", s.lemma(head), head.lower_)
        return Named(text, None, tuple(words), True) if own else Named(None, text, tuple(words))
    body = body or (bool(rest) and rest[0].lower_ == "of" and lex.has("institution", s.lemma(core[0])))
    if body and all(_capital(t) for t in core):
        # "the Syrian Observatory for Human Rights", "Ukraine's General Staff"
        return Named(_clean(_join(s, words)), None, tuple(words), True)
    hit = names.groups.get(head.i)
    if hit is not None and hit.first <= core[0].i and head.i <= hit.last:
        return Named(_clean(_join(s, words)), None, tuple(words), True)
    tail = _tail(core)
    about = [t for t in tail if t.i in names.groups or t.i in names.countries or t.i in names.demonyms]
    if len(tail) > 1 and len(about) == 1 and about[0] is tail[-1]:
        about = []  # "Zabihullah Mujahid", "Michael Georgia": a first name before it makes it a person's
    if tail and not about and not (core[0] is not tail[0] and len(tail) > 6):
        role = [t for t in core if t.i < tail[0].i]
        said = _clean(" ".join(filter(None, (_join(s, role), _join(s, rest)))))
        return Named(_clean(_join(s, tail)), said or None, tuple(words))
    if tail and len(tail) == len(core):
        return Named(_clean(_join(s, core)), None, tuple(words), True)
    known = any(lex.has(group, s.lemma(t), t.lower_) for t in core for group in _SPEAKING)
    if known or about:
        return Named(None, _clean(_join(s, words)), tuple(words))
    return None


def _group(s: Sentence, names: Names, core: Sequence[Token], rest: Sequence[Token]) -> list[Token] | None:
    """A group's name behind what is told of it: "Sudan's paramilitary Rapid Support Forces", "the M23 rebel group".

    "M23 rebels" are people.
    """
    hits = [names.groups[t.i] for t in core if t.i in names.groups]
    if not hits:
        return None
    head = core[-1]
    movement = head.tag_ == "NN" and s.lemma(head) in _MOVEMENTS
    if not movement and (head.i > hits[-1].last or not _capital(head)):
        return None
    group = [t for t in (*core, *rest) if hits[-1].first <= t.i <= max(hits[-1].last, head.i)]
    return group if group and _capital(group[0]) else None


def _capital(t: Token) -> bool:
    return t.text[:1].isupper() or t.tag_ == "POS" or t.text in HYPHENS or t.lower_ in PARTICLES


def _tail(core: Sequence[Token]) -> list[Token]:
    """The run of capitals that ends a chunk, back to a rank or a role."""
    tail: list[Token] = []
    for x in reversed(core):
        word = x.lower_.strip(".")
        if (x.text[:1].isupper() and word not in RANKS and word not in ROLE_NOUNS and x.text != ".") or (
            tail and (x.text in HYPHENS or x.lower_ in PARTICLES)
        ):
            tail.insert(0, x)
        elif tail and x.text == "." and len(core) > 1:
            before_stop = next((y for y in core if y.i == x.i - 1), None)
            if before_stop is None or len(before_stop.text) > 1:
                break
            tail.insert(0, x)
        else:
            break
    while tail and (tail[0].text in HYPHENS or tail[0].text == "."):
        tail = tail[1:]
    return tail


def _join(s: Sentence, tokens: Sequence[Token]) -> str:
    """The words of a run as the report has them; where words between them were left out, a space."""
    out = ""
    for x, following in zip_longest(tokens, tokens[1:]):
        # not the token's own text: the parser reads "US" as another name (`document`)
        out += s.text[x.idx : x.idx + len(x)] + x.whitespace_
        if following is not None and following.i > x.i + 1 and not x.whitespace_:
            out += " "
    return out.strip()


def _clean(text: str) -> str:
    words = " ".join(text.split()).strip(" ,;:-–'’\"“”()")[:120].split(" ")
    while len(words) > 1 and words[-1] in INSIDE:
        words.pop()
    return " ".join(words).strip(" ,")


def text_of(s: Sentence, phrase: Phrase) -> str | None:
    """The words of a phrase's first chunk, without an article."""
    words = list(phrase.chunks[0])
    while len(words) > 1 and words[0].pos_ == "DET":
        words = words[1:]
    return _clean(_join(s, words)) or None
