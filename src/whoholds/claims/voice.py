"""Who says it: attributions of a sentence, and how far they reach."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest

from spacy.tokens import Token

from whoholds.annotate.actors import ActorRef, Names
from whoholds.annotate.document import Sentence
from whoholds.annotate.phrases import PhraseReader
from whoholds.annotate.words import lexis
from whoholds.claims.speaker_names import QUOTES, RANKS, after_rank, apposed_name, headed, subject_before
from whoholds.model import Span, Voice

ROLE_NOUNS = lexis()["role_nouns"]
DIRECT = re.compile(r"[\"“”«»]")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement in one sentence: who, by which verb, and the words that name the speaker."""

    verb: int
    """Token of the verb of saying, or of the speaker after "according to"."""
    lemma: str
    voices: tuple[Voice, ...]
    span: Span
    actor: ActorRef | None
    pronoun: bool = False
    whole: bool = True
    """It covers the whole sentence, not only what hangs under its verb."""


def attributions(s: Sentence, names: Names, phrases: PhraseReader) -> list[Attribution]:
    """All attributions of the sentence, from left to right."""
    lex, found = lexis(), []
    for clause in s.clauses:
        verb = s.doc[clause.verb]
        if clause.lemma not in lex["say"] or (clause.negated and clause.lemma not in ("comment",)):
            continue
        agents = [i for i in clause.agents if not lex.has("told_through", s.lemma(i))]
        # "confirmed by text message" is no passive by the message
        subjects = clause.subjects if clause.voice == "active" or (clause.agents and not agents) else agents
        heads = [s.doc[i] for i in subjects if i != clause.verb]
        if verb.dep_ in ("xcomp", "acl", "conj") and (near := _trailing(s, clause.verb)):
            heads = [near]
        if heads and any(x.text in QUOTES for x in s.doc[heads[-1].i + 1 : clause.verb]):
            # A closing quote between them: the subject was read out of what is quoted.
            heads = [near] if (near := subject_before(s, clause.verb)) else heads
        if not heads and clause.voice == "active" and (near := subject_before(s, clause.verb)):
            heads = [near]
        reach = len(s.doc) if clause.lemma == "tell" else clause.verb + 6
        that = any(x.lower_ == "that" for x in s.doc[clause.verb : reach])
        # "assured on Monday that …": the parser may hang what is said on the day
        has_content = (
            any(c.dep_ in ("ccomp", "parataxis", "xcomp", "obj", "advcl") for c in verb.children)
            or verb.dep_ in ("parataxis", "conj", "advcl", "ccomp")
            or DIRECT.search(s.text)
            or that
        )
        if not heads or not has_content:
            continue
        if (
            clause.lemma in lexis()["say_only_with_content"]
            and not any(c.dep_ in ("ccomp", "parataxis", "xcomp") for c in verb.children)
            and verb.dep_ != "parataxis"
            and not that
            and not DIRECT.search(s.text)
        ):
            continue
        made = _make(s, names, phrases, heads, clause.verb, clause.lemma)
        if made:
            found.append(made)
    for t in s.doc:
        if t.lower_ == "according" and t.i + 2 < len(s.doc) and s.doc[t.i + 1].lower_ == "to":
            head = t.head if t.head.pos_ in ("NOUN", "PROPN", "PRON") and t.head.i > t.i else _noun_after(s, t.i + 2)
            if head is not None:
                made = _make(s, names, phrases, [head], head.i, "say")
                if made:
                    found.append(made)
    if not found and (before := headed(s)):
        made = _make(s, names, phrases, [before[0]], before[1], "say")
        found += [made] if made else []
    return found


def _trailing(s: Sentence, verb: int) -> Token | None:
    """The subject of "…, state radio reported", which the parser joins to what is reported."""
    near = subject_before(s, verb)
    return near if near is not None and lexis().has("speaker_role", s.lemma(near), near.lower_) else None


def _behind_document(s: Sentence, t: Token) -> tuple[Token, str | None]:
    """ "the evening summary of the General Staff": who speaks, and through what."""
    if t.pos_ != "NOUN" or not lexis().has("told_through", s.lemma(t)):
        return t, None
    by = [c for c in t.children if c.dep_ == "nmod" and any(g.lower_ in ("of", "by", "from") for g in c.children)]
    return (by[0], s.lemma(t)) if by else (t, None)


def _noun_after(s: Sentence, i: int) -> Token | None:
    for t in s.doc[i : i + 8]:
        if t.pos_ in ("NOUN", "PROPN") and (
            t.head.i < i or t.head.i == t.i or t.dep_ in ("nmod", "obl", "obj", "pobj", "root")
        ):
            return t
    return None


def _make(
    s: Sentence, names: Names, phrases: PhraseReader, heads: list[Token], verb: int, lemma: str
) -> Attribution | None:
    voices, first, last, actor, pronoun = [], heads[0].i, heads[0].i, None, False
    for t in heads:
        if t.pos_ == "PRON":
            if t.lower_ in ("he", "she", "they", "it", "who"):
                pronoun = True
                voices.append(Voice())
            continue
        t, through = _behind_document(s, t)
        voice = _voice(s, names, t)
        if voice is None:
            continue
        voice = replace(voice, told=through) if through else voice
        if voice.name is None and (beside := apposed_name(s, t, verb)):
            rank = _clean(_join(s, beside[1]))
            role = ", ".join(x for x in (voice.role, rank) if x)
            voice = replace(voice, name=_clean(_join(s, beside[0])), role=role)
        voices.append(voice)
        first, last = min(first, t.i), max(last, t.i)
        actor = actor or _speaks_for(s, names, phrases, t)
    if not voices:
        return None
    told = _told(s, verb)
    hidden = any(p in s.text.lower() for p in lexis()["anonymous"])
    voices = [replace(v, told=told or v.told, anonymous=hidden and v.name is None) for v in voices]
    return Attribution(verb, lemma, tuple(voices), s.char_span(first, last), actor, pronoun)


def _phrase(s: Sentence, t: Token) -> list[Token]:
    """The run of words that name a speaker: nouns, names, ranks and what stands before them, without clauses."""
    doc = s.doc
    first = last = t.i
    while first > 0:
        p = doc[first - 1]
        if (
            (p.text == "." and first >= 2 and doc[first - 2].lower_ in RANKS)
            or p.lower_.rstrip(".") in RANKS
            or (
                p.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "PART")
                or p.text in "-–'’"
                or (p.text[:1].isupper() and p.pos_ not in ("VERB", "AUX", "PRON", "SCONJ", "ADP"))
            )
            or (
                p.lower_ in ("in", "of", "for", "at")
                and first >= 2
                and doc[first - 2].pos_ in ("NOUN", "PROPN")
                and doc[first - 2].head.i <= t.i
                and t.pos_ == "PROPN"
                and doc[first - 2].i in {x.i for x in t.subtree}
            )
        ):
            first -= 1
        elif p.pos_ == "DET":
            first -= 1
            break
        else:
            break
    while last + 1 < len(doc):
        n = doc[last + 1]
        if (
            n.pos_ == "PROPN"
            or (n.text in "-–'’" and not n.whitespace_)
            or (n.text == "." and doc[last].lower_ in RANKS)
        ):
            last += 1
        elif (
            n.lower_ in ("of", "for", "in", "with", "from", "at")
            and last + 2 < len(doc)
            and n.head.i <= last + 4
            and doc[last + 2].pos_ in ("NOUN", "PROPN", "DET", "ADJ")
            and last - t.i < 8
        ):
            # "spokesman for the army", but not "said in a statement"
            inner = next((x for x in doc[last + 2 : last + 6] if x.pos_ in ("NOUN", "PROPN")), None)
            if inner is None or inner.i not in {x.i for x in t.subtree}:
                break
            last = inner.i
        else:
            break
    return [x for x in doc[first : last + 1] if not (x.i == first and x.pos_ == "PART")]


def _voice(s: Sentence, names: Names, t: Token) -> Voice | None:
    """Name and role out of a phrase such as "Joint Operations spokesman Brig. Gen. Yahya Rasul"."""
    lex = lexis()
    run = _phrase(s, t)
    words = [
        x
        for x in run
        if x.lower_ not in ("the", "a", "an", "'s", "’s", "some", "many", "several", "two", "three", "another", "one")
        or x.i == t.i
    ]
    if not words:
        return None
    small = ("of", "for", "and", "on", "the", "in", "-", "'s", "’s")
    opens = t.i == 0 or not any(x.is_alpha and x.pos_ != "DET" for x in s.doc[: t.i])
    plain = opens and lex.has("speaker_role", s.lemma(t)) and not lex.has("institution", s.lemma(t))
    # "Residents said": a capital that only the start of the sentence gives
    capital = not plain and all(x.text[:1].isupper() or x.lower_ in small for x in words) and t.text[:1].isupper()
    if capital and (lex.has("speaker_role", s.lemma(t)) or lex.has("force", s.lemma(t))):
        # "the Syrian Observatory for Human Rights", "the Defence Ministry": the whole of it is the name
        return Voice(name=_clean(_join(s, words)))
    behind = next((k for k, x in enumerate(words) if x.i > t.i and x.pos_ == "ADP"), None)
    after: list[Token] = []
    if behind is not None and t.pos_ == "PROPN":
        # "General Firstname Lastname of the border guard"
        words, after = words[:behind], words[behind:]
    role_words = [x for x in words if lex.has("speaker_role", s.lemma(x), x.lower_)]
    appositions = [c for c in t.children if c.dep_ == "appos"]
    # A person: capitals after the last word of role or rank.
    capitals = [x for x in words if x.text[:1].isupper() and (x.pos_ == "PROPN" or x.i != 0)]
    tail: list[Token] = []
    for x in reversed(words):
        if plain and x.i == t.i:
            break
        if (
            (x.text[:1].isupper() and x.lower_.strip(".") not in RANKS and x.lower_ not in ROLE_NOUNS and x.text != ".")
            or (tail and x.text in "-–'’")
            or (tail and x.lower_ in ("al", "bin", "de", "van", "el", "ibn", "von"))
        ):
            tail.insert(0, x)
        elif x.text == "." and tail:
            break
        else:
            break
    if t.pos_ == "NOUN" and tail and any(x.pos_ == "ADP" and t.i < x.i < tail[0].i for x in words):
        # "the mayor of Mariupol" has no name
        tail = []
    organisation = bool(tail) and any(
        x.i in names.groups or x.i in names.countries or x.i in names.demonyms or lex.has("speaker_role", x.lower_)
        for x in tail
    )
    for a in appositions:
        if a.pos_ == "PROPN" and not tail and role_words:
            rank, name = after_rank(_phrase(s, a))
            said = " ".join(x.text for x in name)
            return Voice(name=_clean(said), role=_clean(f"{_join(s, words)} {_join(s, rank)}"))
    if tail and not organisation and len(tail) <= 6:
        role_part = [x for x in words if x.i < tail[0].i] + after
        role = _clean(_join(s, role_part)) if role_part else None
        if role is None and appositions:
            role = _clean(_join(s, [x for x in _phrase(s, appositions[0]) if x.lower_ not in ("the", "a", "an")]))
        return Voice(name=_clean(_join(s, tail)), role=role)
    if organisation and tail and tail[-1].i == words[-1].i and len(tail) == len(words):
        return Voice(name=_clean(_join(s, words)))
    if (
        not plain
        and capitals
        and len(capitals) == len([x for x in words if x.is_alpha and x.lower_ not in ("of", "for", "and", "on", "in")])
    ):
        return Voice(name=_clean(_join(s, words)))
    if (
        role_words
        or organisation
        or lex.has("force", s.lemma(t))
        or lex.has("nonstate_force", s.lemma(t))
        or lex.has("state_force", s.lemma(t))
    ):
        said = _clean(_join(s, words))
        # An institution speaks under its name; "rebels" and "residents" have none.
        return Voice(name=said) if lex.has("institution", s.lemma(t), t.lower_) else Voice(role=said)
    return None


def _join(s: Sentence, tokens: list[Token]) -> str:
    """The words of a run; where words between them were left out, all but a possessive's "'s" is."""
    out = ""
    for x, following in zip_longest(tokens, tokens[1:]):
        out += x.text_with_ws
        if following is not None and following.i > x.i + 1 and not x.whitespace_:
            owner = s.doc[x.i + 1].lower_ in ("'s", "’s")
            out += s.doc[x.i + 1].text + " " if owner else " "
    return out


def _clean(text: str) -> str:
    words = " ".join(text.split()).strip(" ,;:-–'’\"“”")[:120].split(" ")
    while len(words) > 1 and words[-1] in ("in", "of", "for", "at", "by", "on", "from", "with", "to"):
        words.pop()
    return " ".join(words).strip(" ,")


def _speaks_for(s: Sentence, names: Names, phrases: PhraseReader, t: Token) -> ActorRef | None:
    """The side a speaker speaks for: a spokesman of a group or a state. Residents and analysts speak for none."""
    lex = lexis()
    words = [x for x in t.subtree if abs(x.i - t.i) <= 12]
    official = [x for x in words if s.lemma(x) in lexis()["official"]]
    direct = phrases.actor(t.i)
    if direct is not None and direct.cls != "pronoun":
        return direct
    if not official:
        return None
    for x in words:
        if x.i in names.groups:
            hit = names.groups[x.i]
            return ActorRef(hit.first, hit.last, x.i, "named", hit.ids)
    for x in words:
        if x.i in names.demonyms:
            return ActorRef(x.i, x.i, x.i, "state", (f"gov:{names.demonyms[x.i]}",), country=names.demonyms[x.i])
        if x.i in names.countries:
            code = names.countries[x.i].ids[0]
            return ActorRef(x.i, x.i, x.i, "state", (f"gov:{code}",), country=code)
    for x in words:
        if lex.has("nonstate_modifier", x.lower_, s.lemma(x)):
            return ActorRef(x.i, x.i, x.i, "nonstate", word=s.lemma(x))
        if s.lemma(x) in ("military", "army", "security", "defence", "defense", "government", "interior", "regime"):
            return ActorRef(x.i, x.i, x.i, "state", word=s.lemma(x))
    return None


def _told(s: Sentence, verb: int) -> str | None:
    """To whom or through what: "told AFP", "in a statement", "by telephone"."""
    lex = lexis()
    v = s.doc[verb]
    for c in v.children:
        if s.lemma(v) == "tell" and c.dep_ in ("obj", "iobj") and c.i > v.i:
            return _clean(_join(s, _phrase(s, c)))
        if c.dep_ in ("obl", "nmod") and c.i > v.i:
            case = next((x.lower_ for x in c.children if x.dep_ == "case"), "")
            if case in ("in", "on", "by", "to", "via", "through", "during", "at", "over") and (
                lex.has("told_through", s.lemma(c), c.lower_) or (case == "to" and c.pos_ == "PROPN")
            ):
                return _clean(_join(s, [x for x in _phrase(s, c) if x.dep_ not in ("case", "det")]))
    return None
