"""The phrases of a page's frame (`data/furniture.yml`), and whether a line is one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from whoholds import cache as store

MAX_WORDS_PLAIN = 20
"""In a longer line one plain word of the frame ("newsletter") is a word like others."""
MAX_WORDS_CONTAINS = 45
"""A line longer than this, in words, is furniture only where two phrases of the frame are inside it; past twice
as many words it is not."""

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_WORD = re.compile(r"[\w'&-]+")
_FIRST = re.compile(r"[^\W_]+")
_TO_READER = re.compile(
    r"\b(you|your|our|us|we|please|here|website|site|page|article|newsletter|rights|reserved|copyright|comments?|"
    r"publications?|bulletin|views|e-?mail|online|links?|readers?|document)\b|©|@"
)


@dataclass(frozen=True, slots=True)
class Phrases:
    opens_list: re.Pattern[str]
    closes_page: re.Pattern[str]
    starts: dict[str, tuple[str, ...]]
    """By the first word, so that a line is compared with a few only."""
    contains: tuple[str, ...]
    menu_words: frozenset[str]
    keeps: frozenset[str]


@cache
def phrases() -> Phrases:
    raw = files("whoholds.data").joinpath("furniture.yml").read_bytes()
    data = store.kept("furniture.json", raw, lambda: _parse(raw))
    return Phrases(
        opens_list=_pattern(data["opens_list"]),
        closes_page=_pattern(data["closes_page"]),
        starts=_by_first_word(data["starts"]),
        contains=tuple(data["contains"]),
        menu_words=frozenset(data["menu_words"]),
        keeps=frozenset(data["keeps"]),
    )


def _parse(raw: bytes) -> object:
    import yaml

    return yaml.load(raw, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _pattern(entries: list[str]) -> re.Pattern[str]:
    """One expression for whole lines; `*` is one to four words of at most thirty characters."""
    several = r"\S{1,30}(?: \S{1,30}){0,3}"
    return re.compile(
        "|".join(re.escape(entry).replace(r"\*", several) for entry in sorted(entries, key=len, reverse=True))
    )


def _by_first_word(entries: list[str]) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = {}
    for entry in entries:
        grouped.setdefault(_first_word(entry), []).append(entry)
    return {word: tuple(several) for word, several in grouped.items()}


def _first_word(text: str) -> str:
    """Letters and digits before anything else; where a text starts with a sign, that sign."""
    match = _FIRST.match(text)
    return match[0] if match else text[:1]


def fold(line: str) -> str:
    """Lower case, straight quotes, single spaces, nothing but words at the ends: how phrases are compared."""
    line = line[:2000].lower().replace("’", "'").replace("‘", "'").replace("`", "'")
    return _EDGES.sub("", " ".join(line.split()))


def opens_list(line: str) -> bool:
    """True for a heading over other stories ("More from World", "READ ALSO")."""
    return len(line) <= 80 and bool(phrases().opens_list.fullmatch(_EDGES.sub("", re.sub(r"[\d()]+", "", fold(line)))))


def lists_inline(line: str) -> bool:
    """True for a list of other stories with its heading on the same line ("See also: …")."""
    head, colon, rest = line[:100].partition(":")
    return bool(colon and rest.strip() and 0 < len(head) <= 40 and opens_list(head) and not keeps(head))


def closes_page(line: str) -> bool:
    """True for a line after which only readers speak ("Comments (12)", "Leave a reply")."""
    if len(line) > 120:
        return False
    bare = _EDGES.sub("", re.sub(r"\(.{0,60}\)|\d[\d,.]*", "", fold(line)))
    return bool(phrases().closes_page.fullmatch(" ".join(bare.split())))


def keeps(line: str) -> bool:
    """True for the heading of a part of the report itself ("Key takeaways")."""
    bare = fold(line)
    return bare in phrases().keeps or any(bare.startswith(phrase + " ") for phrase in phrases().keeps if " " in phrase)


def is_furniture(line: str, words: int) -> bool:
    """True where the line holds a phrase of the page's frame, or is a menu."""
    known = phrases()
    bare = fold(line)
    if not any(ch.isalpha() for ch in bare):  # counters of shares, rules, page numbers
        return True
    low = " ".join(line[:200].lower().replace("’", "'").split())
    if words <= MAX_WORDS_CONTAINS:
        candidates = [(text, known.starts.get(_first_word(text), ())) for text in (bare, low)]
        starts = any(_starts(text, phrase, words) for text, several in candidates for phrase in several)
        if starts and _plausible(line, words):
            return True
    needed = 1 if words <= MAX_WORDS_CONTAINS else 2
    held = (phrase for phrase in known.contains if " " in phrase or words <= MAX_WORDS_PLAIN)
    if words <= 2 * MAX_WORDS_CONTAINS and sum(phrase in bare for phrase in held) >= needed:
        return True
    return is_menu(line)


def _starts(line: str, phrase: str, words: int) -> bool:
    """Starts with the phrase. One plain word ("search", "tags") counts only where little or a colon follows it."""
    after = line[len(phrase) : len(phrase) + 1]
    if not line.startswith(phrase) or (after.isalnum() and phrase[-1].isalnum()):
        return False
    return (
        words <= 3 or " " in phrase.strip() or not phrase.isalpha() or line[len(phrase) :].lstrip()[:1] in tuple(":|-")
    )


def _plausible(line: str, words: int) -> bool:
    """A sentence of the body may start like furniture ("Sign in Kidal says"): then it does not address the reader."""
    ends = line.rstrip().endswith((".", '."', ".”"))
    return not ends or words <= 3 or bool(_TO_READER.search(line.lower()))


def has_menu_word(line: str) -> bool:
    return any(word in phrases().menu_words for word in _WORD.findall(line[:300].lower()))


def is_menu(line: str) -> bool:
    """True for words beside each other that make no sentence: sections of the site, languages, share buttons."""
    if len(line) > 400:
        return False
    text = line.strip()
    known = phrases().menu_words
    words = _WORD.findall(text.lower())
    if words and len(words) <= 14 and sum(word in known for word in words) >= 0.75 * len(words):
        return len(words) > 1 or words[0] not in phrases().keeps
    parts = [part for part in re.split(r"\s*[|·•»>▸▶/\\\]\[]+\s*|\s{2,}|\t|\s[-–—.*~]\s", text) if part.strip()]
    if len(parts) < 2 or text.endswith((".", '."', "?")) or re.match(r"[-•*▪◦>]\s", text):
        return False
    lengths = [len(part.split()) for part in parts]
    hits = sum(any(word in known for word in _WORD.findall(part.lower())) for part in parts)
    if len(parts) == 2:
        return max(lengths) <= 3 and hits == 2
    figures = sum(any(ch.isdigit() for ch in part) for part in parts)
    return max(lengths) <= 5 and sum(lengths) <= 3 * len(parts) and figures * 2 < len(parts)
