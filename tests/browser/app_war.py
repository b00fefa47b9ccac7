"""A made-up war in a ledger for the application's tests: rivals, copies, plans, and reports that mean harm."""

from __future__ import annotations

from typing import Any

from whoholds.ledger import Ledger
from whoholds.model import Anchors, Place, Report, Span, Voice

FORD = Place("Tanout Ford", place_id="test:ford", lat=16.27, lon=-0.04, country="MLI", basis="gazetteer")
WELLS = Place("Gossi Wells", place_id="test:wells", lat=15.82, lon=-1.3, country="MLI", basis="gazetteer")
LOST = Place("the old fort", place_id="name:the-old-fort")

ATTACKS = (
    "</script><script>alert('html')</script><img src=x onerror=alert('img')><svg onload=alert('svg')>",
    "\"'`;alert('js');//${alert('template')}{{constructor.constructor('alert(1)')()}}",
    "red;}*{background:url(http://127.0.0.1:9/css)}@import 'http://127.0.0.1:9/import';",
    "javascript:alert('url')",
    "=HYPERLINK(\"http://127.0.0.1:9/csv\",\"click\")",
    "@SUM(1+1)*cmd|' /C calc'!A0\u202egnp.exe\x1b[31m",
)  # fmt: skip
ATTACK = " ".join(ATTACKS[:3])


def fill(ledger: Ledger, factory: Any) -> None:
    """Thirteen claims in eight reports, and two reports whose every field attacks."""
    town = "The Guard walked into Tanout Ford at dawn on 14 March, its spokesman said. Shops stayed shut all day."
    first = factory.report(
        town, "dawn.txt", "2031-03-14", title="Guard back", outlet="Dawn", url="https://example.org/dawn"
    )
    copy = factory.report(
        f"{town} More soon.", "courier.txt", "2031-03-16", title="Guard at the ford", outlet="The Courier"
    )
    bane = Voice("Idrissa Bane", "spokesman", side="guard")

    def gains(of: Report) -> Any:
        return factory.claim(
            "gains", "guard", FORD, "2031-03-14", of=of, quote="The Guard walked into Tanout Ford", voice=bane,
            against="front", origin="person:bane/gains/guard/ford/2031-03-14", anchors=anchors(of.text),
        )  # fmt: skip

    factory.store(ledger, gains(first), gains(copy))
    for kind, actor, place, when, published, more in (
        ("holds", "front", FORD, "2031-01-20", "2031-01-21", {}),
        ("repels", "front", FORD, "2031-03-14", "2031-03-15", {"voice": Voice("Sira Kone", "commander", side="front")}),
        ("gains", "league", FORD, ("2031-05-01", None), "2031-04-01", {"mode": "planned"}),
        ("gains", "shura", WELLS, "2031-02-05", "2031-02-06", {}),
        ("contests", "league", WELLS, "2031-04-10", "2031-04-11", {"against": "shura", "confidence": 0.3}),
        ("holds", "front", LOST, "2031-03-02", "2031-03-03", {}),
    ):
        claim = factory.claim(kind, actor, place, when, published=published, label=f"{actor}-{when}.txt", **more)
        factory.store(ledger, claim)
    for n, attack in enumerate((ATTACK, *ATTACKS)):
        _attack(ledger, factory, attack, n)


def anchors(text: str) -> Anchors:
    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    return Anchors(cue=at("walked into"), place=at("Tanout Ford"), actor=at("Guard"), time=at("at dawn on 14 March"))


def _attack(ledger: Ledger, factory: Any, attack: str, n: int) -> None:
    """A report whose every field is the attack; one claim about a place of its own, one about the ford."""
    of = factory.report(
        f"{attack} was taken by {attack}.", f"{attack}{n}", "2031-03-15", title=attack, outlet=attack,
        url="javascript:alert('url')",
    )  # fmt: skip
    fields = {
        "against": attack, "part": attack, "destination": attack, "jointly_with": (attack,), "extent": "part",
        "voice": Voice(attack, attack, False, attack, attack), "of": of, "quote": attack, "origin": attack,
        "wire": attack,
    }  # fmt: skip
    own = Place(attack, place_id=f"name:{attack}{n}", lat=17.0 + n / 10, lon=1.0, country="MLI", basis=attack)
    for place in (own, FORD):
        factory.store(ledger, factory.claim("gains", attack, place, "2031-03-15", **fields))
