"""Lines that say when, who or what a picture shows: date lines, bylines, captions, and datelines inside a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable

from whoholds.sources.wordlists import words as word_set

MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\.?"
)
WEEKDAYS = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
_YEAR = r"(?:19|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
# A day of a month, with or without its year, in the orders that English-language outlets use.
DATE = re.compile(
    rf"\b(?:{_DAY}\s+(?:of\s+)?{MONTHS}(?:,?\s*{_YEAR})?|{MONTHS}\s+{_DAY}\b(?:\s*[,(]?\s*{_YEAR}\)?)?|"
    rf"{_YEAR}\s+{MONTHS}\s+{_DAY}\b|{_YEAR}[-/.]\d\d?[-/.]\d\d?|\d\d?[-/.]\d\d?[-/.](?:{_YEAR}|\d\d\b))",
    re.I,
)
_DAY_OF_MONTH = rf"(?:{_DAY}\s+(?:of\s+)?{MONTHS}|{MONTHS}\s+{_DAY})"
_DAY_FIRST = re.compile(
    rf"\W{{0,4}}(?:(?:on|in|by|early|late|mid)[\s-]+){{0,2}}(?:{_DAY_OF_MONTH}|{MONTHS}(?=[\s,:]))(?!,?\s*{_YEAR})",
    re.I,
)
_DAY_ALONE = re.compile(rf"(?:{WEEKDAYS},?\s+)?{_DAY_OF_MONTH}\s?[:.]?", re.I)
_TIME = re.compile(
    r"\b\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?|\b\d{4}\s*(?:hrs|hours|gmt)\b|"
    r"\b(?:gmt|utc|bst|est|edt|et|cet|cest|eet|eest|msk|eat|ist|pkt|local time)\b(?:\s*[+-]\d{1,2}(?::\d\d)?)?",
    re.I,
)
_STAMP = re.compile(r"[\[(]?\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:GMT|UTC|BST|ET|EST|EDT)?[\])]?", re.I)
_AGE = re.compile(
    r"\b(?:\d+|an?)\s*(?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?)\s+(?:ago|read)\b|\b\d+ min(?:ute)? read",
    re.I,
)
_WEEKDAY = re.compile(rf"\b{WEEKDAYS}", re.I)
_YEAR_ALONE = re.compile(rf"\b{_YEAR}\b")
_PRINTED_AFTER = 3
"""Days by which a paper is printed after the day of a report in it."""
_PUBLISHED = re.compile(
    r"\b(?:published|posted|updated?|modified|created|issued|released?|filed|uploaded|dated|as of)\b", re.I
)
_SMALL = word_set(
    "published posted updated update updates last modified first on at in by of the and from with for to as uploaded "
    "created issued released issue filed dated date time edition online news our own correspondent correspondents "
    "staff agencies agency report reporter reporters min read ago hours hour local covered period no all times "
    "forwarded message collected compiled file share copy link print comments verification team"
)
# Words that make a line with a date the name of a report ("Situation report, 3 May 2022").
_REPORT_WORDS = re.compile(
    r"\b(?:assessment|update|brief(?:ing|s)?|summary|situation|events|bulletin|sitrep|note|campaign|operation|thread|diary|"
    r"minutes|statement|offensive)\b|\b(?:no|nr|issue|part)\.?\s?\d",
    re.I,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")

_BY = re.compile(
    r"[(*–—-]*\s*(?:written |story |text |words |(?:live )?reporting |report |analysis )?by:?\s+(?=\S)", re.I
)
_CREDITS = re.compile(
    r"[(\[*_–—-]*\s*(?:additional )?(?:reporting|writing|editing|edited|written|compiled|translated|translation|"
    r"reported|contributions?|with (?:additional )?(?:reporting|contributions?|reports?|files|inputs?))"
    r"(?:[^.;]{0,60}?)\b(?:by|from)\b|[(\[*]*\s*(?:editors?|reporters?|authors?|writers?|correspondents?)\s*:|"
    r"(?:from|by) (?:our|a) (?:own |staff |special )?(?:correspondents?|reporters?|staff)\b|"
    r".{0,60}\b(?:contributed (?:to this (?:report|story|article)|reporting)|reported from (?-i:[A-Z]))|"
    r"(?:staff )?(?:writers?|reporters?|agencies)\s*$|.{0,40}\b(?:with|and) (?:news )?agencies\s*$",
    re.I,
)
_INITIALS = re.compile(
    r"[A-Z]\.(?:\s?[A-Z]\.)*\s?[A-Z][\w'’-]+(?:\s*[/&,]\s*[A-Z]\.(?:\s?[A-Z]\.)*\s?[A-Z][\w'’-]+)*\.?"
)
_LINKS = word_set(
    "and in of de del la las le los el al bin ibn van von der den da di du dos y e for the with at ul abu"
)

_CAPTION_START = re.compile(
    r"[\[(]?\s*(?:file |ap |reuters |afp )?(?:photo|photograph|picture|image|map|chart|graphic|infographic|figure|fig|"
    r"video|caption|illustration|satellite image)s?(?:\s+\d{1,2})?\s*[:\].–—-]\s*\S",
    re.I,
)
# A picture's credit at the end of a line, by the forms in which agencies print it.
_CREDIT_END = re.compile(
    r"(?:[\[(][^\[\]()]{0,40}[A-Z][^\[\]()]{0,30}/[^\[\]()]{2,40}[\])]"  # [Name/AFP]
    r"|(?:\b[A-Z]{2,}|(?<=[.!?”\"’)]\s)[A-Z][A-Za-z]+)/[A-Z][\w.]*(?:\s[A-Z][\w.-]+){0,2}"  # REUTERS/A. Name
    r"|(?<=[.!?”\"’)])\s?/\s?[A-Z][\w. &-]{1,40}"  # … on Friday. / The Outlet
    r"|\b(?i:photo(?:graph)?s?|pictures?|images?)\s*(?:\bby\b|(?i:credit)?\s*:)\s?(?:\b[A-Z]\.|[^.]){2,60}"
    r"|\b(?i:courtesy(?: of|:)|credit:)\s?[^.]{2,60}|\b(?i:getty(?: images)?|handout|file photo|file picture)"
    r"|©\s?[^.]{2,40}"
    r"|[(\[][^()\[\]]{0,40}\b(?i:photos?|picture|image|file|handout)\b[^()\[\]]{0,30}[)\]])[\])]?\.?\s*$"
)


def has_date(line: str) -> bool:
    return bool(DATE.search(line[:400]))


def is_stamp(line: str) -> bool:
    """A time of day alone on its line, as live pages print it."""
    return len(line) <= 24 and bool(_STAMP.fullmatch(line.strip()))


def is_dateline(line: str) -> bool:
    """True for a line that states when (and where, and for whom) a report was written, and nothing else."""
    if len(line) > 220:
        return False
    parts = [part for part in re.split(r"\s{2,}|[|·]", line) if part.strip()]
    others = [part for part in parts if not (_YEAR_ALONE.search(part) and DATE.search(part))]
    if len(others) < len(parts) > 1 and all(len(part.split()) <= 3 or is_byline(part) for part in others):
        return all(is_dateline(part) for part in parts if part not in others)
    line = re.sub(r"[@#][\w.]+|https?://\S+", " ", line)
    bare, dates = DATE.subn(" ", line)
    dates += len(re.findall(r"\b\d+\s+(?:hours?|minutes?|days?) ago\b", line, re.I))
    if not dates and not (_PUBLISHED.search(line[:30]) and (_WEEKDAY.search(line) or _TIME.search(line))):
        return False
    for pattern in (_AGE, _TIME, _WEEKDAY, _YEAR_ALONE):
        bare = pattern.sub(" ", bare)
    words = [word for word in _WORD.findall(bare) if word.lower().strip(".") not in _SMALL]
    if any(word[0].islower() for word in words if len(word) > 1 and word.lower() not in _LINKS) or len(words) > 14:
        return False
    if _PUBLISHED.search(line[:40]):
        return True
    return not (len(words) >= 2 and _REPORT_WORDS.search(bare))


def opens_with_day(line: str) -> bool:
    """True for a line whose first words are a day of a month, or a month, without its year: "On 12 March they …"."""
    return bool(_DAY_FIRST.match(line[:60]))


def is_day_alone(line: str) -> bool:
    """True for a day of a month without its year, and nothing else ("14 May", "Tuesday, May 14:")."""
    return len(line) <= 40 and bool(_DAY_ALONE.fullmatch(line.strip()))


def is_mostly_date(line: str) -> bool:
    """True for a day with its year beside at most three words ("Evening information, 11 November 2022")."""
    rest = DATE.sub(" ", line[:300])
    return len(line) <= 120 and bool(_YEAR_ALONE.search(line)) and rest != line and len(_WORD.findall(rest)) <= 3


def is_of_a_post(line: str) -> bool:
    """True for a date line inside the body that is of what is quoted there.

    A post's own day ("@name, 17 March"), or a day without its year beside other words ("LGAs (17 March)").
    """
    if "@" in line:
        return True
    bare = DATE.sub(" ", line)
    words = [word for word in _WORD.findall(_WEEKDAY.sub(" ", bare)) if word.lower() not in _SMALL]
    return bool(words) and not _YEAR_ALONE.search(line) and not _WEEKDAY.search(bare) and not _PUBLISHED.search(line)


def is_of_issue(masthead: str, below: Iterable[str]) -> bool:
    """ "KATHMANDU, NOVEMBER 17, 2002" above "Nov 16": the day of the paper, for a line that leaves out its year.

    A date above the title says when the page was looked at, where the line below it gives a year of its own.
    """
    of, days = _month_and_day(masthead), [_month_and_day(line) for line in below if not _YEAR_ALONE.search(line)]
    printed = of is not None and bool(_YEAR_ALONE.search(masthead))
    return printed and any(of and day and of[0] == day[0] and 0 <= of[1] - day[1] <= _PRINTED_AFTER for day in days)


def _month_and_day(line: str) -> tuple[str, int] | None:
    """The month, by three letters, and the day of the first date of a line."""
    found = DATE.search(line[:400])
    month, day = (re.search(pattern, found[0], re.I) if found else None for pattern in (MONTHS, r"\b\d{1,2}(?!\d)"))
    return (month[0][:3].lower(), int(day[0])) if month and day else None


def says_published(line: str) -> bool:
    return bool(_PUBLISHED.search(line[:60]))


def is_byline(line: str) -> bool:
    """True for a line that says who wrote or edited the report ("By A. B. in Goma", "(Editing by C. D.)")."""
    if len(line) > 250:
        return False
    line = line.strip()
    if _CREDITS.match(line) or _INITIALS.fullmatch(line):
        return True
    match = _BY.match(line)
    if not match or not line[match.end() : match.end() + 1].isalpha():
        return False
    words = _WORD.findall(line[match.end() :])
    small = sum(word[0].islower() and word.lower() not in _LINKS | _SMALL for word in words)
    return len(words) <= 16 and small <= 2 and not line[:3].islower()


def is_name(line: str) -> bool:
    """True for nothing but names of people, offices and places ("Ana Lim in Beirut and B. Osman")."""
    line = line.rstrip("|· ")
    words = _WORD.findall(line)
    if not 2 <= len(words) <= 12 or any(ch.isdigit() or ch in '?!:"“;|' for ch in line) or line.isupper():
        return False
    return all(word[0].isupper() or word.lower() in _LINKS for word in words) and (
        len(words) <= 3 or bool(re.search(r"\b(?:and|in|of)\b|[,/&]|\b[A-Z]\.", line))
    )


def is_caption(line: str, words: int) -> bool:
    """True for words that go with a picture: marked as such at their start, or with a picture's credit at their end."""
    if words > 80:
        return False
    if _CAPTION_START.match(line) or (line.startswith("© ") and not _YEAR_ALONE.search(line)):
        return True
    return words >= 5 and bool(_CREDIT_END.search(line[-90:]))


BULLETS = ("-", "–", "—", "*", "•", "▪", "·", "►", "◦")
"""What opens an entry of a list, and no dateline: "* Sake: M23 in control"."""
_SEPARATOR = re.compile(r"\s*(?:--|[-–—])\s+|:\s+|\.\s+|(?<=\))\s+")
_SPEAKER = re.compile(
    r"\b(?:question|answer|q|a|secretary|minister|president|mr|mrs|ms|spokes\w+|summary|update|note|photos?|images?|"
    r"pictures?|source|video|credit|caption)\b",
    re.I,
)
_INITIAL = re.compile(r"(?:^|[\s.])[A-Z]$")
"""What stands before the last full stop of "U.S." and of a name's initials."""
_AGENCY = re.compile(r"\([^()]{2,40}\)")


def inline_dateline(paragraph: str, *, first: bool) -> int:
    """How many characters at the start of a paragraph are its dateline ("ARBIL, Iraq, June 12 (CP) - "), else 0.

    `first`: it is the first paragraph of the body, where a bare "Kabul: " is a dateline as well. Further down such a
    word names what the paragraph is about.
    """
    head, end = paragraph[:140], 0
    for match in _SEPARATOR.finditer(head):
        prefix, mark = head[: match.start()], match.group().strip()
        if match.start() < 2 or prefix.startswith(BULLETS):
            continue
        rest = paragraph[match.end() : match.end() + 2]
        if not rest or rest[0].islower() or not _may_be_dateline(prefix, mark, first=first):
            continue
        end = match.end()
    return end


def _may_be_dateline(prefix: str, mark: str, *, first: bool) -> bool:
    bare, dates = DATE.subn(" ", prefix)
    agencies = len(_AGENCY.findall(bare)) if prefix.count("(") <= 2 else 0
    bare = _AGENCY.sub(" ", bare)
    for pattern in (_TIME, _WEEKDAY, _YEAR_ALONE):
        bare = pattern.sub(" ", bare)
    year = bool(_YEAR_ALONE.search(prefix))
    if re.search(r"[\d\"“”?!;:()]", bare) or _SPEAKER.search(prefix):
        return False
    words = [word for word in _WORD.findall(bare) if word.lower() not in _SMALL]
    if any(word[0].islower() and word.lower() not in _LINKS for word in words) or len(words) > 10:
        return False
    caps = bool(words) and all(word.isupper() and len(word) > 1 for word in words[:1])
    opens = prefix.split(None, 1)[0].isupper()
    if mark in ("-", "–", "—", "--"):
        # Further down "20 June 2012 – Rebels took the town" says when that happened, not when the report was written.
        return bool(
            (first and dates and (words or year))
            or agencies
            or (caps and len(words) <= 6)
            or (first and "," in bare and len(words) <= 5)
        )
    if mark == ".":
        dated = first and year and bool(dates) and 0 < len(words) <= 3
        # "Dili, 5 May 1999. Troops …", at the head of the body
        return bool(dates) and (dated or (caps and opens and len(words) <= 6)) and not _INITIAL.search(prefix)
    if mark == ":":
        return first and bool(words) and len(words) <= (4 if caps else 2) and not dates
    return bool(agencies) and prefix.endswith(")") and bool(dates or caps or not words)
