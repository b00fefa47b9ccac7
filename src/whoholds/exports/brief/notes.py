"""Footnotes: each has its number at its first use, and tells whose words a sentence rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from whoholds.ledger import Ledger
from whoholds.model import Claim
from whoholds.sources.records import web_address
from whoholds.views.actors import actor_name
from whoholds.views.event_words import day_words

MOST = 3
"""Footnotes of one sentence, one for each origin; the strongest claims."""
LONGEST = 240
"""Characters of a quote."""


@dataclass(frozen=True, slots=True)
class Note:
    """One footnote. `quote` and `link` are a report's own: they are text, never markup."""

    number: int
    says: str
    quote: str = ""
    link: str = ""


@dataclass(slots=True)
class Notes:
    """Gives numbers."""

    ledger: Ledger
    made: list[Note] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)

    def of(self, claims: Iterable[Claim]) -> tuple[int, ...]:
        """The numbers for the first few origins among the claims: copies of one statement have one."""
        first: dict[str, Claim] = {}
        for claim in claims:
            first.setdefault(claim.origin or claim.id, claim)
        return tuple(dict.fromkeys(self._number(claim) for claim in list(first.values())[:MOST]))

    def saying(self, words: str) -> int:
        """A footnote in words of our own: how a count was made."""
        if words not in self._numbers:
            self._add(words, Note(len(self.made) + 1, words))
        return self._numbers[words]

    def _number(self, claim: Claim) -> int:
        # One statement about three towns is three claims, and one footnote.
        key = repr((claim.report_id, claim.quote, claim.voices[:1]))
        if key not in self._numbers:
            quote = " ".join(claim.quote_text.split())
            if len(quote) > LONGEST:
                quote = quote[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
            report = self.ledger.report(claim.report_id)
            link = web_address(report.url) or ""
            self._add(key, Note(len(self.made) + 1, source_words(claim, report.title), quote, link))
        return self._numbers[key]

    def _add(self, key: str, note: Note) -> None:
        self.made.append(note)
        self._numbers[key] = note.number


def source_words(claim: Claim, title: str | None) -> str:
    """ "Yahya Rasool (spokesman), for Iraqi government forces; Anbar Courier, “Troops in Rutba”, 14 March 2016"."""
    said = []
    for voice in claim.voices[:1]:
        who = voice.name or voice.role or "somebody unnamed"
        role = f" ({voice.role})" if voice.name and voice.role else ""
        side = f", for {actor_name(voice.side)}" if voice.side else ""
        said.append(f"{who}{role}{side}")
    published = claim.published.end if claim.published else None
    wire = f" (from {claim.wire})" if claim.wire and claim.wire != claim.outlet else ""
    named = f"“{title}”" if title else ""
    # Without an outlet the file's name leads to the report.
    carried = (
        [f"{claim.outlet}{wire}", named] if claim.outlet else [f"{named} ({claim.report})" if named else claim.report]
    )
    said.append(", ".join([*filter(None, carried), day_words(published) if published else "undated"]))
    return "; ".join(said)
