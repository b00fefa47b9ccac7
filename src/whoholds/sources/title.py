"""Which of the lines above the body is the report's title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whoholds.sources import phrases
from whoholds.sources.marks import has_date, is_name
from whoholds.sources.units import YEAR, Form, Unit
from whoholds.sources.wordlists import words

LEAD = 1500
"""Characters from the start of the body that a title is compared with."""
SAID = 20_000
"""Characters of the body that are looked through for what a line above it says."""

_WORD = re.compile(r"[^\W_]{3,}")
_COMMON = words(
    "the and for with from that this its has have had was were are been says said say after over into amid near new "
    "more than who what how why when where will not but you your our his her their all out off one two they"
)
_TICKER = re.compile(r"\s*(?:breaking|headlines?|just in|latest|ticker|alert|trending)\b[^:]{0,15}:", re.I)


def stems(text: str) -> set[str]:
    """The content words of a text, cut to their first five letters so that inflections meet."""
    return {word[:5] for word in (found.lower() for found in _WORD.findall(text)) if word not in _COMMON}


def lead_of(found: Sequence[Unit], first: int) -> set[str]:
    """The content words with which the body opens."""
    return stems(" ".join(unit.text[:LEAD] for unit in found[first : first + 6])[:LEAD])


def overlap(unit: Unit, lead: set[str]) -> float:
    own = stems(unit.text)
    return len(own & lead) / len(own) if own else 0.0


def find_title(found: Sequence[Unit], first: int, taken: set[int], stated: str | None) -> int | None:
    """Index of the title among the units before `first` (where the body begins), or None.

    A title is a line that shares words with the opening of the body, stands alone or over the byline, and is not one
    of a run of headlines. `taken` are units known to be furniture; `stated` is the title that metadata gives.
    """
    lead = lead_of(found, first)
    wanted = stems(stated) if stated else set()
    candidates = [index for index in range(first) if index not in taken and _may_be(found[index])]
    # What stands under a heading of the report's own ("Highlights") is no title where something stands above it.
    chapter = (i for i in range(first) if phrases.keeps(found[i].text) or YEAR.fullmatch(found[i].text))
    own = next(chapter, first)
    candidates = [index for index in candidates if index < own] or candidates
    runs = headline_runs(found[:first], taken)
    # The name of a report with its day is a title where nothing else above speaks of what the body says.
    others = [found[i] for i in candidates if i not in runs and not has_date(found[i].text) and found[i].words >= 4]
    dated = all(overlap(unit, lead) < 0.3 for unit in others)
    scores: dict[int, float] = {}
    for rank, index in enumerate(reversed(candidates)):
        unit = found[index]
        score = 2 * overlap(unit, lead) + min(unit.words, 8) / 16 - 0.12 * rank - 0.8 * (index in runs)
        score += {"h1": 1.5, "title": 1.5, "h2": 0.4}.get(unit.hint, 0.0)
        score += 0.4 * _stands_alone(found, index) + 0.3 * _over_byline(found, index, first)
        score -= 0.5 * unit.ends + 1.0 * bool(_TICKER.match(unit.text)) + 0.5 * (unit.words <= 2)
        score += 0.5 * (dated and has_date(unit.text) and unit.form is Form.SHORT and unit.words >= 4)
        score -= 1.6 * (unit.form is Form.DATE)
        if wanted:
            score += 2 * len(stems(unit.text) & wanted) / len(stems(unit.text) | wanted)
        scores[index] = score
    if not scores:
        return None
    best = max(scores, key=lambda index: (scores[index], -index))
    best = _uppermost(found, best, [index for index in scores if index not in runs], lead, _said(found, first))
    # Printed twice within a few lines (above and below the byline): the upper one is the title.
    same = [index for index in scores if best - 5 <= index < best and found[index].text == found[best].text]
    best = min(same, default=best)
    return best if scores[best] >= 0.7 or same else None


def _said(found: Sequence[Unit], first: int) -> set[str]:
    """The content words of all that is said from the body's beginning on."""
    return stems(" ".join(unit.text[:LEAD] for unit in found[first:])[:SAID])


def _uppermost(found: Sequence[Unit], best: int, fit: Sequence[int], lead: set[str], said: set[str]) -> int:
    """The upper one of several lines that may be the title: the lower often say more of what the body says.

    "LIVE: Rebels say Bor is theirs / Live reporting by A. B.", and "Has Bor fallen?" below the byline of "Bor is gone".
    """
    if found[best].hint in ("h1", "title"):
        return best
    for index in reversed(fit):
        parted = any(found[i].form in (Form.DATE, Form.BYLINE) for i in range(index + 1, best))
        if index >= best or not (index == best - 1 or (parted and found[best].text.endswith("?"))):
            continue
        own = stems(found[index].text)
        near = len(own & lead) >= 2 and overlap(found[index], lead) >= 0.34
        wide = len(own & said) >= 2 and overlap(found[index], said) >= 0.33 and found[index].lower >= 0.5
        if _is_headline(found[index]) and (wide or (near and not parted)):
            best = index
    return best


def headline_runs(found: Sequence[Unit], taken: set[int], title: int | None = None) -> set[int]:
    """Indices of headlines in runs of three or more without a blank line between: lists of other stories.

    Where every line of a page stands between blank lines, these part nothing. Lines under a heading of the report's
    own ("Highlights") are no such run; `title` and the names under it belong to none.
    """
    spread = len({unit.block for unit in found}) > 0.9 * len(found)
    inside: set[int] = set()
    run: list[int] = []
    kept = False
    for index, unit in enumerate(found):
        own = phrases.keeps(unit.text)
        fits = unit.form is Form.SHORT and index not in taken and index != title and not own and not is_name(unit.text)
        parted = not run or run[-1] != index - 1 or not (spread or unit.block == found[run[-1]].block)
        if not fits or unit.hint in ("h1", "h2", "title"):
            kept = own
        elif kept and unit.block == found[index - 1].block:
            continue
        elif parted:
            inside.update(_listed(found, run))
            run, kept = [index], False
        else:
            run.append(index)
    inside.update(_listed(found, run))
    return inside


def _listed(found: Sequence[Unit], run: list[int]) -> list[int]:
    return run if len(run) >= 3 and sum(found[i].words >= 4 for i in run) >= 0.6 * len(run) else []


def _is_headline(unit: Unit) -> bool:
    return unit.words >= 5 and "|" not in unit.text and not _TICKER.match(unit.text)


def _may_be(unit: Unit) -> bool:
    if unit.hint in ("h1", "title"):
        return unit.form not in (Form.CLOSER, Form.LIST_HEAD)
    if unit.bullet or unit.words > 40 or phrases.keeps(unit.text) or unit.form is Form.CAPTION:
        return False
    return (
        unit.form is Form.SHORT
        or (unit.form in (Form.SENTENCE, Form.PROSE) and unit.words <= 25)
        or (unit.form is Form.DATE and unit.words >= 5)
    )


def _stands_alone(found: Sequence[Unit], index: int) -> bool:
    block = found[index].block
    before = index == 0 or found[index - 1].block != block
    return before and (index + 1 == len(found) or found[index + 1].block != block)


def _over_byline(found: Sequence[Unit], index: int, first: int) -> bool:
    below = found[index + 1] if index + 1 < len(found) else None
    return below is not None and (below.form in (Form.DATE, Form.BYLINE, Form.CAPTION) or index + 1 == first)
