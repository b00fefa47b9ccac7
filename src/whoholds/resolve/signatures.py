"""A report's signature: what tells near copies, however they were cut and trimmed.

MinHash (Broder, "On the resemblance and containment of documents", 1997) over runs of five words of what is the
report's own: titles, furniture and bylines differ between papers that print one agency's story. Near copies are found
so and never by meaning: "X took Hit" and "Y took Hit from X" are close in meaning, and opposite.
"""

from __future__ import annotations

import re

from whoholds.model import Report, Role

PERMUTATIONS = 64
SEED = 20260313
SHINGLE = 5
"""Words in a run."""
SHORTEST = 25
"""Words; what is shorter is too short to be told from another's words for the same."""
BYTES = PERMUTATIONS * 4

_WORD = re.compile(r"\w+")
_OWN = (Role.BODY, Role.CAPTION, Role.HEADING)


def signature(report: Report) -> bytes | None:
    """64 numbers of 32 bits, little end first; None for a report too short to have one. The same on any machine."""
    from rensa import RMinHash

    own = (section.span.of(report.text).casefold() for section in report.sections if section.role in _OWN)
    words = [word for text in own for word in _WORD.findall(text)]
    if len(words) < SHORTEST:
        return None
    runs = sorted({" ".join(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)})
    hashed = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    hashed.update(runs)
    return b"".join(int(number).to_bytes(4, "little") for number in hashed.digest())
