"""To whom or through what something was said: "told AFP", "in a statement on Telegram", "by telephone"."""

from __future__ import annotations

from dataclasses import replace

from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.voices import speaker_names, speaker_phrase
from whoholds.claims.voices.speaker_phrase import Phrase

_WAYS = frozenset(["in", "on", "by", "to", "via", "through", "during", "at", "over"])
_REACH = 9
"""Tokens from the verb or the speaker within which it stands."""
_NAMED_AFTER = frozenset(["on", "to", "in"])


def to_whom(s: Sentence, verb: int) -> str | None:
    """ "told Reuters": what follows the verb of telling, up to what is told."""
    if s.lemma(verb) != "tell" or verb + 1 >= len(s.doc):
        return None
    first = s.doc[verb + 1]
    if first.pos_ in ("PRON", "SCONJ") and first.lower_ not in ("us", "our"):
        return None
    phrase = speaker_phrase.after(s, verb + 1)
    if phrase is not None:
        words = phrase.chunks[0]
        cut = next(
            (k for k, t in enumerate(words) if t.lower_ == "on" and k), len(words)
        )  # "on condition of anonymity"
        phrase = Phrase(phrase.first, phrase.last, (words[:cut],))
    return speaker_names.text_of(s, phrase) if phrase else first.text if first.lower_ == "us" else None


def through(s: Sentence, verb: int, first: int, last: int) -> str | None:
    """The channel named beside the verb, beside the speaker, or at the sentence's head."""
    doc = s.doc
    behind = max(verb, last) + 1
    windows = [
        range(verb + 1, min(len(doc), verb + _REACH)),
        range(behind, min(len(doc), behind + _REACH)),
        range(min(first, verb), max(last, verb)),
        range(min(first, _REACH)),
    ]
    for k, window in enumerate(windows):
        if k == 3 and not (doc[0].pos_ == "ADP" or doc[0].tag_ == "VBG"):
            continue
        for i in window:
            if doc[i].lower_ == "that" or (k < 2 and doc[i].text in speaker_phrase.QUOTES):
                break
            if doc[i].lower_ in _WAYS and (found := _at(s, i)):
                return found
    return None


def _at(s: Sentence, i: int) -> str | None:
    """What the preposition at `i` leads to, where that is a channel, with the name behind it."""
    doc, lex = s.doc, lexis()
    words: list[Token] = []
    for t in doc[i + 1 : i + 8]:
        if t.pos_ == "DET" or t.tag_ == "PRP$":
            if words:
                break
            continue
        if t.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM", "X") and t.tag_ not in ("VBN", "POS") and t.text not in "-–":
            break
        words.append(t)
        if lex.has("told_through", s.lemma(t), t.lower_, t.text) and not _goes_on(s, t.i):
            k = t.i + 1
            while k < len(doc) and doc[k].pos_ == "PROPN" and t.pos_ == "PROPN":
                words.append(doc[k])  # "to Radio Okapi"
                k += 1
            more = _more(s, k)
            return " ".join(x.text for x in words) + (f" {more}" if more else "")
    if words and doc[i].lower_ == "to" and words[0].pos_ == "PROPN" and s.lemma(i - 1) in ("say", "speak", "confirm"):
        return " ".join(x.text for x in words if x.pos_ == "PROPN")
    return None


def _goes_on(s: Sentence, i: int) -> bool:
    """ "television [address]": the noun that counts comes next."""
    return i + 1 < len(s.doc) and lexis().has("told_through", s.lemma(i + 1)) and s.doc[i + 1].pos_ == "NOUN"


def _more(s: Sentence, i: int) -> str | None:
    """ "a statement [on Telegram]", "a video [posted on Facebook]"."""
    doc = s.doc
    if i < len(doc) and doc[i].tag_ == "VBN":
        i += 1
    if i + 1 >= len(doc) or doc[i].lower_ not in _NAMED_AFTER or doc[i + 1].pos_ not in ("PROPN", "NOUN"):
        return None
    known = lexis().has("told_through", doc[i + 1].lower_, s.lemma(i + 1))
    return f"{doc[i].text} {doc[i + 1].text}" if known else None


def behind_document(s: Sentence, phrase: Phrase) -> tuple[Phrase, str | None]:
    """ "the evening summary of the General Staff", "a UNITA communique": who speaks, and through what."""
    main = phrase.chunks[0]
    cut = next((k for k, t in enumerate(main) if t.lower_ in ("of", "by", "from") and k), len(main))
    paper = main[cut - 1]
    if not lexis().has("told_through", s.lemma(paper)) or lexis().has("institution", s.lemma(paper)):
        return phrase, None
    if cut < len(main):
        return replace(phrase, chunks=(main[cut + 1 :], *phrase.chunks[1:])), s.lemma(paper)
    owner = main[: cut - 1]
    while owner and (owner[-1].tag_ == "POS" or owner[-1].pos_ == "ADJ"):
        owner = owner[:-1]
    if any(t.pos_ in ("NOUN", "PROPN") for t in owner):
        return replace(phrase, chunks=(owner, *phrase.chunks[1:])), s.lemma(paper)
    return phrase, None
