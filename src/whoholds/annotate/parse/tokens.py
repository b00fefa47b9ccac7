"""Tokens as the treebanks have them, with the names and compounds of war reports.

spaCy's English rules, less two habits (they leave "U.S.-backed" whole, and cut prefixes such as "pro-" off), applied
to text whose white space is flattened, so that a line break in a hard-wrapped sentence is no token.
"""

from __future__ import annotations

import re
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from whoholds.annotate.listing import words

PREFIXES = sorted(words("anti co counter ex mid mop mopping multi non pick post pre pro pull re semi take ultra vice"))
"""Kept in one token with what follows the hyphen ("pro-government"), as in the treebanks; "mopping-up" is one noun,
and so are "pull-out" and "pick-up"."""
LONGEST_WORD = 100
"""Characters; a longer run without white space is one token, unexamined: affix rules are slow on such runs."""

_SPACE = re.compile(r"\s")


def prepare(nlp: Language) -> None:
    """Adapt the pipeline's tokenizer in place."""
    hyphens = "-–—‑"
    old = [p for p in nlp.Defaults.infixes or [] if isinstance(p, str) and "-|–" not in p]
    guard = "".join(rf"(?<!\b{p})(?<!\b{p.capitalize()})" for p in PREFIXES)
    infixes = [*old, r"(?<=[\w.'’)])(?:--+|[–—])(?=\w)", rf"{guard}(?<=[^\W\d_])[{hyphens}](?=\w)",
               rf"(?<=[A-Za-z]\.)[{hyphens}](?=\w)", rf"(?<=\d)[{hyphens}](?=[^\W\d_])", r"(?<=\d)[-–](?=\d)",
               r"(?<=[^\W\d_])/(?=\w)", r"(?<=[^\W\d_]{2}[.!?])[\"”’](?=\w)"]  # fmt: skip
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def tokenise(nlp: Language, text: str) -> Doc:
    """A document of the sentence's tokens. Its text is `text` with every white space a plain blank, so that
    `token.idx` counts in `text`; a blank beyond the first of a run is a token of its own (`is_space`)."""
    flat = _SPACE.sub(" ", text)
    if max(map(len, flat.split(" ")), default=0) <= LONGEST_WORD:
        return nlp.tokenizer(flat)
    texts: list[str] = []
    spaces: list[bool] = []
    for word in re.findall(r"[^ ]+| +", flat):
        if word[0] == " ":
            if spaces and not texts[-1].isspace():
                spaces[-1], word = True, word[1:]
            if word:
                texts.append(word)
                spaces.append(False)
        elif len(word) > LONGEST_WORD:
            texts.append(word)
            spaces.append(False)
        else:
            for token in nlp.tokenizer(word):
                texts.append(token.text)
                spaces.append(False)
    return Doc(nlp.vocab, words=texts, spaces=spaces)


def familiar(word: str) -> str:
    """The form under which the parser knows a word: straight apostrophes, "retook" for "re-took".

    "Mopping-up" it knows under no form; a search is as much a noun.
    """
    if "’" in word or "‘" in word:
        word = word.replace("’", "'").replace("‘", "'")
    if "-" not in word:
        return word
    if word.lower() in ("pick-up", "pick-ups"):
        return "trucks" if word[-1] == "s" else "truck"
    if word.lower() in ("mopping-up", "mop-up"):
        return "Search" if word[0] == "M" else "search"
    return word[:2] + word[3:] if word[:3].lower() == "re-" and word[3:].isalpha() else word
