"""Spellings of place names: the plain key and the transliteration fold, by which names are looked up.

Reports write one Arabic, Cyrillic or Burmese name in many Latin spellings. `key` removes what is only typography
(case, accents, apostrophes, hyphens); `fold` also removes what transliteration schemes differ in (articles, vowel
quality and length, doubled letters, "kh" for "k"). The fold is wide on purpose: it proposes, the context decides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

MAX_LENGTH = 200
"""Longer names are cut before folding: no place name is longer, and the input is hostile."""

_APOSTROPHES = dict.fromkeys(map(ord, "'`´‘’‛ʼʻʿʾʽˈʹʺ′″\u02bc\u0640\u200c\u200d\u200e\u200f"), None)
_ARABIC = str.maketrans({"ة": "ه", "ى": "ي", "ٱ": "ا", "ک": "ك", "ی": "ي"})
_NOT_WORD = re.compile(r"[\W_]+")

_ARTICLES = "al el ul il ar er as es ash esh at et ath eth ad ed adh edh az ez an en ech ach ul uz us ur"
ARTICLES = frozenset(_ARTICLES.split())
"""The Arabic article as sources write it, assimilated to a following "sun letter" or not."""

_TOKENS = {
    # Generic first elements whose vowels every scheme writes differently.
    **dict.fromkeys(("tall", "tell", "tel", "tal", "tl"), "tal"),
    **dict.fromkeys(("kafr", "kfar", "kafar", "kefar", "kufr", "kfr", "kefr"), "kafr"),
    **dict.fromkeys(("jabal", "jebel", "jabel", "jebal", "gebel", "djebel", "djabal"), "jabal"),
    **dict.fromkeys(("abu", "albu", "bu", "abou", "bou", "abo"), "bu"),
    **dict.fromkeys(("umm", "um", "om", "oum", "omm"), "um"),
    **dict.fromkeys(("qalat", "qalaat", "kalat", "qala"), "kala"),
    **dict.fromkeys(("sheikh", "shaykh", "shaikh", "cheikh", "sheik", "shiekh"), "shik"),
    **dict.fromkeys(("deir", "dayr", "dair", "der", "dir"), "dir"),
    **dict.fromkeys(("wadi", "ouadi", "oued", "uadi"), "wadi"),
    **dict.fromkeys(("bayt", "beit", "bait", "beyt", "bet"), "bit"),
    **dict.fromkeys(("burj", "borj", "bordj", "burg"), "burj"),
    **dict.fromkeys(("qasr", "kasr", "ksar", "gasr"), "kasr"),
}
_GLUED_ARTICLE = re.compile(r"^[ae](?:sh(?=sh)|([rsdtzn])(?=\1))")
_GLUED_ABU = re.compile(r"^al?bo?u(?=[^aeiou]..)")
_MEDIAL_ENDING = re.compile(r"(?<=[^aeiou])[ae][th]?$")
_FINAL_ENDING = re.compile(r"(?:ah|eh|a)$")
_DIGRAPHS = (
    ("sch", "sh"),
    ("dj", "j"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ph", "f"),
    ("ck", "k"),
)
_BETWEEN_VOWELS = re.compile(r"(?<=[aeiou])w(?=[aeiou])")
_LETTERS = str.maketrans({"q": "k", "e": "i", "y": "i", "o": "u", "w": "u", "W": "w"})
_VOWELS = re.compile(r"[aiu]{2,}")
_GLIDE = re.compile(r"a+(?=[iu])")
_DOUBLED = re.compile(r"(.)\1+")


def _latin(name: str) -> str:
    """Latin letters with their accents removed; other scripts lose only their combining marks."""
    if name.isascii():
        return name
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES))
    kept = "".join(ch for ch in plain if not unicodedata.combining(ch)).translate(_ARABIC)
    if kept.isascii():
        return kept
    # Latin letters that do not decompose (ø, ł, ı, ə): anyascii knows them. It would also romanise other scripts,
    # badly (Arabic without vowels), so those stay as they are.
    return "".join(anyascii(ch) if ch < "\u0250" or "\u1e00" <= ch <= "\u1eff" or ch == "ə" else ch for ch in kept)


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """The name without case, accents, apostrophes and punctuation: "Al Qa’im" and "al-Qaim" are both "al qaim"."""
    plain = _latin(name[:MAX_LENGTH]).translate(_APOSTROPHES).casefold()
    return _NOT_WORD.sub(" ", plain).strip()


def slug_of(name: str) -> str:
    """The name as part of an id: "Staraya Russa" is "staraya-russa"."""
    return key(name).replace(" ", "-")


def fold(name: str) -> str:
    """The name without what transliterations differ in: "Deir ez-Zor", "Deir Ezzor" and "Dayr al-Zour" fold alike.

    Returns a string without spaces, of letters and digits; empty where the name has neither. Names in other scripts
    than Latin come back as their `key` without spaces.
    """
    return fold_key(key(name))


@lru_cache(maxsize=4096)
def fold_key(plain: str) -> str:
    """`fold` of a name that is already a `key`."""
    if not plain.isascii():
        return plain.replace(" ", "")
    tokens = plain.split()
    last = len(tokens) - 1
    parts = []
    for number, token in enumerate(tokens):
        if number < last and token in ARTICLES:
            continue
        known = _TOKENS.get(token) if number < last else None
        if known:
            parts.append(known)
            continue
        if number and len(token) > 4:
            token = _GLUED_ARTICLE.sub("", token)
        if not number:
            token = _GLUED_ABU.sub("bu", token)
        if number < last and len(token) > 3:
            token = _MEDIAL_ENDING.sub("", token)
        parts.append(token)
    joined = "".join(parts)
    stem = _FINAL_ENDING.sub("", joined) if len(joined) > 3 else joined
    for old, new in _DIGRAPHS:
        if old in stem:
            stem = stem.replace(old, new)
    # A "w" between vowels is a consonant ("Suwar" is not "Sur"); the capital keeps it through the translation.
    stem = _BETWEEN_VOWELS.sub("W", stem).translate(_LETTERS)
    stem = _DOUBLED.sub(r"\1", _VOWELS.sub(_run, stem))
    if len(stem) >= 3:
        return stem
    # Too little is left to tell names apart ("Rawa" would be "ru"): keep its vowels.
    return _DOUBLED.sub(r"\1", joined.removesuffix("h"))


def _run(match: re.Match[str]) -> str:
    """A run of vowels without length, diphthongs as their second part: "aiu" is "iu", "aa" is "a"."""
    return _DOUBLED.sub(r"\1", _GLIDE.sub("", match.group()))
