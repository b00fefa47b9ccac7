"""Which language a report's body is in. Only English is read for claims; the others are stored and said so."""

from __future__ import annotations

import re

from whoholds.sources.wordlists import words

SAMPLE = 4000
"""Characters of body text that are looked at."""

LANGUAGES = words(
    "en ar az bg bn bs cs da de el es et fa fi fr ha he hi hr hu hy id it ja ka ko ku lt lv mk ms my nb ne nl no pl ps "
    "pt ro ru si sk sl so sq sr sv sw ta th tl tr uk ur uz vi zh am"
)

_WORD = re.compile(r"[^\W\d_]+")
ENGLISH = words(
    "the of and to in a is that was for on with as by at from it its had have has been were are be said says after "
    "which who this their they he she not but or an into over than last near about against between will would"
)
# Short words that are frequent in one or several other languages and are no English words.
FOREIGN = words(
    "el los las del una por con para que es su se le la les des est et dans une du au aux pour sur il lo gli della "
    "nel che di und der die das den dem ist mit von auf ein eine het een van niet zijn og det ikke som och att inte "
    "ve bir bu için ile da na ya wa kwa ni za od je se w z nie do i ki ku li bi ji yang dan di untuk dengan oo ka iyo "
    "uu ay um uma os em ao mais foi não"
)


def language(text: str) -> str | None:
    """ISO 639-1 code of the body text's language, or None where there is too little to tell.

    English is recognised by its function words before a statistical model (py3langid) is asked: names of places and
    people make such models call short English texts Turkish, Somali or Swahili.
    """
    sample = text[:SAMPLE]
    letters = [ch for ch in sample if ch.isalpha()]
    if not letters:
        return None
    latin = sum(ch < "\u0250" or "\u1e00" <= ch < "\u1f00" for ch in letters) / len(letters)
    tokens = [word.lower() for word in _WORD.findall(sample)]
    if latin < 0.5:
        return _by_model(sample)[0] if len(letters) >= 8 else None
    english = sum(word in ENGLISH for word in tokens) / max(1, len(tokens))
    foreign = sum(word in FOREIGN for word in tokens) / max(1, len(tokens))
    if english >= 0.12 and english >= foreign:
        return "en"
    if len(tokens) < 12 and foreign < 0.2:
        return None
    found, margin = _by_model(sample)
    if found == "en":
        return "en"
    sure = foreign > english or len(tokens) >= 40
    return found if sure and english < 0.12 and margin > 0.5 else None


def _by_model(sample: str) -> tuple[str, float]:
    """Best language, and by how much it beats English (score difference by the square root of the length)."""
    from py3langid import langid

    langid.set_languages(_known(langid))
    ranked = dict(langid.rank(sample))
    best = max(ranked, key=lambda lang: float(ranked[lang]))
    margin = (float(ranked[best]) - float(ranked["en"])) / max(1, len(sample.encode())) ** 0.5
    return str(best), margin


_restricted: list[str] = []


def _known(langid: object) -> list[str]:
    """`LANGUAGES` without those that the installed model does not know, worked out once."""
    if not _restricted:
        langid.set_languages(None)  # type: ignore[attr-defined]
        known = {lang for lang, _ in langid.rank("a b c")}  # type: ignore[attr-defined]
        _restricted.extend(sorted(LANGUAGES & known))
    return _restricted
