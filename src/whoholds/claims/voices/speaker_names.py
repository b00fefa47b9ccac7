"""Name and role out of the words that name a speaker: "Joint Operations spokesman Brig. Gen. Yahya Rasul"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from whoholds.annotate.actors.find import Names
from whoholds.annotate.document import Sentence
from whoholds.annotate.listing import words
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.voices.speaker_phrase import HYPHENS, INSIDE, PARTICLES, RANKS, SIDES_WITH, Phrase, is_nominal

ROLE_NOUNS = lexis()["role_nouns"]
_SPEAKING = ("speaker_role", "force", "institution", "nonstate_force", "state_force")
"""Classes of nouns that may speak."""
_MOVEMENTS = frozenset(
    ["movement", "group", "alliance", "coalition", "party", "organisation", "organization", "militia"]
)
_COUNTS = words(
    """the a an some many several two three four another one other both local few our their his her its meanwhile but
    and separately however also later"""
)
_ONE_OF = frozenset(["one", "some", "others", "another"])
_NO_NAME_TAGS = frozenset(["NNS", "JJ", "DT", "RB", "CD"])
_LONGEST_NAME = 6
"""Words of a person's name behind a role, at most."""


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
    if chunk and chunk[0].lower_ in _ONE_OF and not any(is_nominal(t) for t in chunk):
        return Named(None, chunk[0].lower_, tuple(chunk))
    said = _uncounted(chunk)
    if not said:
        return None
    if (officer := _behind_rank(s, said)) is not None:
        return officer
    said, core, rest = _divided(said)
    head = core[-1]
    if head.i == 0 and len(said) == 1 and not head.text.isupper() and head.tag_ in _NO_NAME_TAGS:
        return Named(None, head.lower_, tuple(said))  # "Many fear that …", "Partners report that …"
    if (group := _group(s, names, core, rest)) is not None:
        return Named(_clean(_join(s, group)), None, tuple(said), True)
    return _body(s, names, said, core, rest) or _person(s, names, said, core, rest)


def _uncounted(chunk: Sequence[Token]) -> list[Token]:
    """Without articles and numbers, and what is picked out: "one of the commanders", "some of the residents"."""
    said = list(chunk)
    while len(said) > 1 and said[0].lower_ in _COUNTS:
        said = said[1:]
    if len(said) > 1 and said[0].lower_ == "of":
        said = [w for w in said[1:] if w.lower_ != "the" and w.tag_ != "PRP$"]
    return said


def _inside(said: Sequence[Token]) -> int:
    """Where "of P", "for the army" begins."""
    return next((k for k, t in enumerate(said) if t.pos_ == "ADP" and k and t.lower_ in INSIDE), len(said))


def _behind_rank(s: Sentence, said: list[Token]) -> Named | None:
    """ "the commander in Tigray Lt. Gen. Abebaw Tadesse"; not "spokesman for General X of the Interior Ministry"."""
    ranked = next((k for k, t in reversed(list(enumerate(said))) if t.lower_.strip(".") in RANKS), len(said))
    name = [t for t in said[ranked + 1 :] if t.text != "."]
    if _inside(said) >= ranked or not name or not all(map(_capital, name)):
        return None
    if lexis().has("institution", name[-1].lower_):
        return None
    return Named(_clean(_join(s, name)), _clean(_join(s, said[: ranked + 1])), tuple(said))


def _divided(said: list[Token]) -> tuple[list[Token], list[Token], list[Token]]:
    """The words of a speaker, of them those before "of P" or "for the army", and those from there on."""
    cut = _inside(said)
    core, rest = said[:cut], said[cut:]
    if len(core) > 1 and core[-1].lower_ in SIDES_WITH:
        core = core[:-1]  # "a source [close] to the army"
    owner = next((k for k, t in enumerate(core) if t.tag_ == "POS"), len(core))
    if owner + 2 < len(core) and core[0].text.islower() and all(_capital(t) for t in core[owner + 1 :]):
        core = core[owner + 1 :]  # "the military's Joint Operations Command": the body has a name of its own
        said = [*core, *rest]
    while len(core) > 3 and core[1].text in HYPHENS and core[2].text.islower() and core[-1].text[:1].isupper():
        core = core[3:]  # "the Britain-based Observatory"
        said = [*core, *rest]
    return said, core, rest


def _body(s: Sentence, names: Names, said: list[Token], core: list[Token], rest: list[Token]) -> Named | None:
    """ "residents", "the army", "the Syrian Observatory for Human Rights"."""
    lex, head = lexis(), core[-1]
    kinds = _SPEAKING[:3] if head.text[:1].isupper() and len(core) > 1 else _SPEAKING
    speaks = any(lex.has(group, s.lemma(head), head.lower_) for group in kinds)
    # "Residents of P": a capital that only the sentence's start gives
    opens = head.i == 0 and (len(said) == 1 or lex.has("person_role", s.lemma(head)) or head.tag_ == "NNS")
    if speaks and (opens or not head.text[:1].isupper()):
        # "residents", "the army", "a police officer in Gao"
        text = _clean(_join(s, said))
        first = next((k for k, t in enumerate(core) if _capital(t) and t.tag_ != "POS"), None)
        if lex.has("media", s.lemma(head)) and first is not None and all(_capital(t) for t in core[first:-1]):
            # "the pro-rebel TamilNet website"
            return Named(_clean(_join(s, core[first:])), None, tuple(said), True)
        own = lex.has("institution", s.lemma(head), head.lower_)
        return Named(text, None, tuple(said), True) if own else Named(None, text, tuple(said))
    of_something = bool(rest) and rest[0].lower_ == "of" and lex.has("institution", s.lemma(core[0]))
    if (speaks or of_something) and all(_capital(t) for t in core):
        # "the Syrian Observatory for Human Rights", "Ukraine's General Staff"
        return Named(_clean(_join(s, said)), None, tuple(said), True)
    hit = names.groups.get(head.i)
    if hit is not None and hit.first <= core[0].i and head.i <= hit.last:
        return Named(_clean(_join(s, said)), None, tuple(said), True)
    return None


def _person(s: Sentence, names: Names, said: list[Token], core: list[Token], rest: list[Token]) -> Named | None:
    """ "Joint Operations spokesman Brig. Gen. Yahya Rasul", "a local commander"."""
    tail = _tail(core)
    about = [t for t in tail if t.i in names.groups or t.i in names.countries or t.i in names.demonyms]
    if len(tail) > 1 and len(about) == 1 and about[0] is tail[-1]:
        about = []  # "Zabihullah Mujahid", "Michael Georgia": a first name before it makes it a person's
    if tail and not about and not (core[0] is not tail[0] and len(tail) > _LONGEST_NAME):
        role = [t for t in core if t.i < tail[0].i]
        of_role = _clean(" ".join(filter(None, (_join(s, role), _join(s, rest)))))
        return Named(_clean(_join(s, tail)), of_role or None, tuple(said))
    if tail and len(tail) == len(core):
        return Named(_clean(_join(s, core)), None, tuple(said), True)
    known = any(lexis().has(group, s.lemma(t), t.lower_) for t in core for group in _SPEAKING)
    return Named(None, _clean(_join(s, said)), tuple(said)) if known or about else None


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
