"""Sentence splitting by rules, for news text as it comes off the web.

Two questions are asked, each in time linear in the text:

1. Which line breaks end a paragraph, a heading or a list item, and which only wrap a line? (`_lines`)
2. Which full stops, question and exclamation marks end a sentence, and which belong to a rank, an initial, an
   abbreviation or a quotation that goes on? (`_ends_sentence`)

Measured in `tests/annotate/test_sentences.py` on the raw text of the Universal Dependencies treebanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from whoholds.annotate.listing import words
from whoholds.model import Span

LONGEST = 2_000
"""Characters; a longer sentence is cut at white space. No report writes one, some flattened pages seem to."""
_KEPT = 64
"""Sections; most reports have fewer."""
_LONG = 100_000
"""Characters; the sections of longer texts are not kept, since their texts would be."""

# After one of these a full stop never ends a sentence: a name or number follows.
_TITLES = words(
    """lt col gen brig maj sgt cpl capt cmdr cdr comdr adm cpt pvt pfc mr mrs ms dr prof sen rep gov rev hon pres amb
    supt insp det fr v pop msgr messrs mme mlle mt ft vice-adm lieut comm commr spc ssgt msgt ltg bg mg vs e.g i.e
    cf viz approx est ca sq fig figs eq pp vol ed eds trans dept univ ave al-sh op"""
)
# After one of these it ends one only where the next word can hardly be anything but a sentence's first.
_PHRASES = words(
    """inc ltd co corp bros jr sr st dist div regt bn bde batt rd blvd sec art ph.d m.d b.a m.a d.c mass calif conn
    tenn wash ariz fla ga ill ind kan ky la md mich minn miss mo neb nev okla ore pa va vt wis wyo ala ark colo del
    a.k.a a.d b.c b.c.e c.e"""
)
_MONTHS = words("jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed weds thu thur thurs fri sat sun")
_NUMBERED = words("no nos art sec ch p par para paras res")
_CLOCK = frozenset(("a.m", "p.m", "am", "pm"))
_AFTER_CLOCK = words(
    """gmt utc est edt et cst cdt ct pst pdt pt mst bst cet cest eet eest ist msk ast local eastern pacific central
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january february march
    april may june july august september october november december"""
)
_STARTERS = words(
    """the a an this that these those it its he she they we i you his her their our my your in on at by for from with
    but and or so if when while after before as since during although though however meanwhile then there here what
    who why how where which some many most all no not only both each every several earlier later last also according
    yet still now among despite under until once because instead nevertheless nonetheless moreover furthermore
    another other others one two three officials witnesses residents activists between to is are was were do does
    did has have had will would can could please thanks"""
)
_UNFINISHED = words(
    """the a an of in on at by for from with to and or but nor that which who whose as than into onto near over under
    between its his her their our my your is are was were be been has have had will would could should may might not
    no mr mrs ms dr gen col lt brig maj sgt"""
)
"""Words that no paragraph ends in: a line that does goes on in the next."""
_SAID = re.compile(
    r"(?:[A-Z][\w.'’-]{0,30},? ){1,5}(?:(?:has|had|also|then) )?"
    r"(?:said|says|asked|asks|told|tells|added|adds|wrote|writes|shouted|cried|wondered|replied|tweeted)\b"
)

_CLOSERS = "\"'”’»)]}›"
_OPENERS = "\"'“‘«([{‹„"
_STOP = re.compile(
    # stops, closing quotes, footnote marks, then white space …
    rf"(?:[.!?…。؟]+)[{re.escape(_CLOSERS)}]*(?: ?\[\d{{1,3}}\])*(?=\s|$)"
    # … or a sentence that begins without a blank: "They left.The army came"
    r"|(?<=[a-z\d][a-z\d%])[.!?][”’\"]?(?=[A-Z“\"][a-z“’A-Z])"
)
_BULLET = re.compile(r"[ \t]*(?:[-*•·–—▪●◦‣■□➢►]|\(?(?:\d{1,2}|[a-hA-H]|[ivx]{1,4})[.)])[ \t]+(?=\S)")
_LEADING_MARK = re.compile(
    r"(?:[•*▪●◦‣·■□▶►➢➤✅❗✔☑️⃣]|\d\ufe0f?\u20e3|[\u2190-\u2bff\U0001f300-\U0001faff]\ufe0f?)+(?=\s)"
)
"""Bullets, arrows and pictures before a sentence: no part of it."""
_FLASH = re.compile(
    r"#?(?:(?i:breaking|update|just in|urgent|flash|alert|confirmed)(?i: news)?\s?[:|!]|"
    r"(?:BREAKING|UPDATE|JUST IN|URGENT|FLASH|ALERT)(?: NEWS)?(?=[\s–—-]))\s*[–—-]?(?=\s)"
)
"""What an agency or a post calls out before a sentence."""
_INLINE_BULLET = re.compile(r"[ \t][•▪●◦‣■➢►][ \t]+")
_NUMBER_MARK = re.compile(r"(?:^|\n)[ \t]*\(?(?:\d{1,2}|[A-Ha-h]|[ivx]{1,4})$")
_WRAP_WIDTH = range(40, 140)
"""Characters a hard-wrapped line may be wide at most; longer lines are paragraphs."""


def on_one_line(sentence: str) -> str:
    """The sentence with a blank for each line break and tab: inside of it they are layout. Offsets stay."""
    return sentence.replace("\n", " ").replace("\t", " ").replace("\u00a0", " ")


def split(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]` in order, without surrounding white space.

    Give one section of a page at a time. Spans count in `text`. Stretches without a letter or digit are left out.
    """
    return list((_split if len(text) < _LONG else _split.__wrapped__)(text, start, end))


@lru_cache(maxsize=_KEPT)
def _split(text: str, start: int, end: int | None) -> tuple[Span, ...]:
    """Kept for a while: a report is dated by the sentences that are read for claims afterwards."""
    body = text[start:end]
    spans: list[Span] = []
    for first, last in _lines(body):
        begin = first
        for cut in _cuts(body, first, last):
            spans.extend(_trimmed(body, begin, cut, start))
            begin = cut
        spans.extend(_trimmed(body, begin, last, start))
    return tuple(spans)


def _trimmed(body: str, first: int, last: int, offset: int) -> Iterator[Span]:
    """The stretch without white space at its ends, cut where it is too long; nothing where it has no word."""
    while first < last:
        mark = _LEADING_MARK.match(body, first, last) or _FLASH.match(body, first, last)
        if mark is None and not body[first].isspace():
            break
        first = mark.end() if mark else first + 1
    while last > first and body[last - 1].isspace():
        last -= 1
    while last - first > LONGEST:
        window = body[first : first + LONGEST]
        cut = max(window.rfind("\n"), window.rfind("; "), window.rfind(", "))
        if cut < LONGEST // 2:
            cut = max(window.rfind(" "), cut)
        cut = cut + 1 if cut > 0 else LONGEST
        yield from _trimmed(body, first, first + cut, offset)
        first += cut
        while first < last and body[first].isspace():
            first += 1
    if any(c.isalnum() for c in body[first:last]):
        yield Span(offset + first, offset + last)


def _lines(body: str) -> Iterator[tuple[int, int]]:
    """Stretches between the line breaks that end a paragraph, heading or list item."""
    block: list[tuple[int, int]] = []
    position = 0
    for line in body.splitlines(keepends=True):
        bounds = (position, position + len(line))
        position = bounds[1]
        if line.strip():
            block.append(bounds)
        else:
            yield from _join_wrapped(body, block)
            block = []
    yield from _join_wrapped(body, block)


def _join_wrapped(body: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The paragraphs of a block of lines without a blank line in it."""
    if not block:
        return
    lines = [body[a:b].rstrip() for a, b in block]
    width = max(map(len, lines))
    lower = sum(line.lstrip()[:1].islower() for line in lines[1:])
    full = sum(len(line) >= 0.85 * width for line in lines[:-1])
    alike = len(lines) > 3 and full * 3 >= 2 * (len(lines) - 1)
    wrapped = width in _WRAP_WIDTH and (lower * 3 >= len(lines) - 1 or alike)
    begin = block[0][0]
    for k in range(1, len(block)):
        if _breaks(lines[k - 1], lines[k], width if wrapped else None):
            yield from _at_bullets(body, begin, block[k][0])
            begin = block[k][0]
    yield from _at_bullets(body, begin, block[-1][1])


def _breaks(line: str, following: str, width: int | None) -> bool:
    """True where the break between two lines of a block was meant. `width`: of the block, where it is wrapped."""
    if _BULLET.match(following):
        return True
    first = following.lstrip()
    last = line.split()[-1]
    if first[:1].islower() or line.endswith((",", "(", "“", "‘", " -", " –", " —")):
        return False
    if last.strip(".").lower() in _UNFINISHED:
        return False
    # In wrapped text: the next word would still have fitted, so somebody ended the line on purpose.
    return width is None or len(line) + 1 + len(first.split()[0]) < width - 4


def _at_bullets(body: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    begin = first
    for mark in _INLINE_BULLET.finditer(body, first, last):
        yield begin, mark.start()
        begin = mark.start()
    yield begin, last


def _cuts(body: str, first: int, last: int) -> Iterator[int]:
    """Offsets in a paragraph at which a new sentence begins."""
    for stop in _STOP.finditer(body, first, last):
        if stop.end() < last and _ends_sentence(body, first, stop.start(), stop.end(), last):
            yield stop.end()


def _ends_sentence(body: str, first: int, mark: int, after: int, last: int) -> bool:
    """True where the stop at `mark` (with closing quotes up to `after`) ends a sentence of `body[first:last]`."""
    following = body[after : min(after + 200, last)].lstrip()
    bare = following.lstrip(_OPENERS + "'’ ")
    if not bare:
        return False
    head = bare[0]
    if head.islower():
        return False
    stops = body[mark:after].rstrip(_CLOSERS + "[ 0123456789")
    quoted = len(stops) < after - mark
    word = _word_before(body, first, mark)
    if not body[after].isspace() and re.search(r"[/@#]|www\.", word):
        return False
    if quoted and stops[-1] in "!?" and _SAID.match(bare):
        return False
    if stops != ".":
        return head.isalnum() or following[0] in _OPENERS or head in "@#$£€*•-–—["
    next_word = re.match(r"[^\W_]+(?:['’.-][^\W_]+)*", bare)
    nxt = next_word.group().rstrip(".").lower() if next_word else ""
    return quoted or _abbreviation_ends(word, nxt, head, following, body, first, mark)


def _word_before(body: str, first: int, mark: int) -> str:
    """The run of non-blank characters before the stop, without opening quotes and brackets."""
    chunk = body[max(first, mark - 40) : mark]
    return chunk[max(chunk.rfind(" "), chunk.rfind("\n"), chunk.rfind("\t")) + 1 :].lstrip(_OPENERS + "-–—/")


def _abbreviation_ends(word: str, nxt: str, head: str, following: str, body: str, first: int, mark: int) -> bool:
    """The same for a single full stop after `word` and before the word `nxt`, which begins with `head`."""
    word = word.rpartition("/")[2]  # "Reuters/J. Smith"
    low = word.lower()
    opens = following[0] in '“‘"«('
    starter = nxt in _STARTERS or opens
    if _NUMBER_MARK.search(body, max(0, mark - 20), mark) and mark - first < 8:
        return False
    if low in _TITLES and not (low == "est" and starter) and not (low in ("op", "ed") and starter):
        return False
    if low in _CLOCK:
        return nxt not in _AFTER_CLOCK and not head.isdigit()
    if low in _MONTHS and word[:1].isupper():
        return not head.isdigit() and starter
    if low in _NUMBERED and head.isdigit():
        return False
    if low in _PHRASES:
        return starter
    if len(word) == 1 and word.isalpha() and word.isupper():
        return starter or word == "I"
    if "." in word and re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word):
        return starter
    return True
