"""A made-up war for the page's tests: invented actors, towns and sentences, and one report that means harm."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from whoholds.views.colours import actor_colours
from whoholds.views.mapshape import MapClaim, MapData, MapPlace, MapSpell, MapUnplaced

ACTORS = {
    "guard": "Republican Guard",
    "front": "Northern Front",
    "league": "River League",
    "shura": "Shura of the Hills",
    "militia": "Salt Road Militia",
}

HOSTILE = "</script><img src=x onerror=\"document.title='broken'\"><b>Ras</b>"


def claim(text: str, **fields: Any) -> MapClaim:
    """A claim whose quote and marks are written into `text`: "[[ … ]]" is the quote, "{cue:took}" a mark."""
    context = ""
    marks: list[tuple[int, int, Any]] = []
    quote = [0, 0]
    rest = text
    while rest:
        if rest.startswith("[["):
            quote[0], rest = len(context), rest[2:]
        elif rest.startswith("]]"):
            quote[1], rest = len(context), rest[2:]
        elif rest.startswith("{"):
            role, _, after = rest[1:].partition(":")
            words, _, rest = after.partition("}")
            marks.append((len(context), len(context) + len(words), role))
            context += words
        else:
            context, rest = context + rest[0], rest[1:]
    made: MapClaim = {
        "kind": "holds", "actor": None, "against": None, "mode": "asserted", "stance": "plain", "extent": None,
        "start": None, "end": None, "voices": [], "report": "r1", "context": context,
        "quote": (quote[0], quote[1]), "marks": marks,
    }  # fmt: skip
    made.update(fields)  # type: ignore[typeddict-item]
    return made


def spell(start: str | None, end: str | None, holders: list[str], support: float = 0.9, **fields: Any) -> MapSpell:
    made: MapSpell = {
        "start": start, "end": end, "status": "held" if holders else "unknown", "holders": holders, "support": support,
        "fighting": False, "disputed": False, "divided": False, "claims": [], "against": [],
        "evidence": [told(CLAIMS[name]) for name in fields.get("claims", ()) if name in CLAIMS],
    }  # fmt: skip
    made.update(fields)  # type: ignore[typeddict-item]
    return made


def told(said: MapClaim) -> str:
    """The time for which a claim is evidence, as a spell has it."""
    return f"{said['start']}/{said['end']}" if said["end"] else str(said["start"])


def place(name: str, lat: float, lon: float, spells: list[MapSpell], **fields: Any) -> MapPlace:
    made: MapPlace = {
        "id": f"name:{name.lower().replace(' ', '-')}", "name": name, "type": "settlement", "lat": lat, "lon": lon,
        "radius_km": None, "country": "MLI", "basis": "gazetteer", "spells": spells,
    }  # fmt: skip
    made.update(fields)  # type: ignore[typeddict-item]
    return made


CLAIMS: dict[str, MapClaim] = {
    "c1": claim(
        "Officers said [[the {actor:Guard} {cue:walked into} {place:Tanout Ford} {time:at dawn on 14 March}]], a day "
        "after the Front had packed up its checkpoints.",
        kind="gains", actor="guard", against="front", start="2031-03-14", end="2031-03-14", extent="most",
        voices=[{"name": "Maj. Idrissa Bane", "role": "Guard spokesman", "anonymous": False, "told": "Plains Radio"}],
    ),
    "c2": claim(
        "A trader who left that night said [[the {actor:Front} {cue:still had} the {place:market quarter}]].",
        actor="front", start="2031-03-14", end="2031-03-14", stance="unverified", extent="part", report="r2",
        voices=[{"name": None, "role": "trader", "anonymous": True, "told": "by telephone"}],
    ),
    "c3": claim(
        "🛑🛑 The town has been [[{cue:in the hands of} {actor:the Front} {time:since January}]].",
        actor="front", start="2031-01-20", end="2031-03-02", report="r2",
    ),
    "c4": claim(
        "[[{actor:The League} {cue:plans to retake} {place:Gossi Wells}]] before the rains, its council announced.",
        kind="gains", actor="league", mode="planned", start="2031-05-01", end=None, stance="claimed", report="r3",
    ),
    "c5": claim(
        "[[{cue:Clashes} went on in {place:Gossi Wells}]] for a third day.",
        kind="contests", actor=None, against="shura", start="2031-04-10", end="2031-04-12", report="r3",
    ),
    "c6": claim(
        "[[{place:قرية الملح}, {cue:held by} the {actor:militia}]], was quiet.",
        actor="militia", start="2031-02-11", end="2031-02-11", report="r3",
    ),
    "hostile": claim(
        f"Nobody says so: {HOSTILE} [[was {{cue:taken}} by <script>document.title='broken'</script>]] \u202eyadretsey",
        kind="gains", actor="front", start="2031-02-01", end="2031-02-01", report="bad", stance="<i>plain</i>",
        voices=[{"name": HOSTILE, "role": "<u>role</u>", "anonymous": False, "told": "&lt;b&gt;"}],
    ),
}  # fmt: skip


ABOUT = {
    "c1": "name:tanout-ford", "c2": "name:tanout-ford", "c3": "name:tanout-ford", "c4": "name:gossi-wells",
    "c5": "name:gossi-wells", "c6": "name:قرية-الملح", "hostile": "bad:<place>",
}  # fmt: skip


def sample() -> MapData:
    """Thirty-odd places over five months of 2031."""
    places = [
        place("Tanout Ford", 16.27, -0.04, [
            spell("2031-01-20", "2031-03-12", ["front"], 0.84, claims=["c3"]),
            spell("2031-03-13", "2031-03-13", [], 0.3, status="vacated", claims=["c1"]),
            spell("2031-03-14", None, ["guard"], 0.72, disputed=True, claims=["c1"], against=["c2"]),
        ]),
        place("Gossi Wells", 15.82, -1.3, [
            spell("2031-01-05", "2031-04-09", ["shura"], 0.95, claims=["c3"]),
            spell("2031-04-10", "2031-05-20", ["shura"], 0.66, fighting=True, claims=["c5"], against=["c4"]),
            spell("2031-05-21", None, ["league"], 0.58, fighting=True, disputed=True, claims=["c4"]),
        ]),
        place("قرية الملح", 17.2, -1.9, [spell("2031-02-11", None, ["militia"], 0.8, claims=["c6"])]),
        place("Twin Bridges", 16.6, 1.1, [
            spell("2031-02-01", "2031-04-01", ["guard", "league"], 0.8, claims=["c1"]),
            spell("2031-04-02", None, ["guard", "front"], 0.7, divided=True, claims=["c1", "c2"]),
        ]),
        place("Upper Valley", 18.1, 0.7, [spell("2031-01-15", None, ["shura"], 0.55, claims=["c3"])], type="district"),
        place("areas east of Tanout Ford", 16.3, 0.35, [spell("2031-03-01", None, ["front"], 0.45, claims=["c2"])],
              type="area", radius_km=14.0, basis="offset"),
        place(HOSTILE, 15.1, 0.9, [spell("2031-02-01", None, ["front"], 0.5, claims=["hostile"])], id="bad:<place>"),
    ]  # fmt: skip
    holders = ["guard", "guard", "front", "league", "shura", "guard", "militia", "front", "league"]
    names = "Adar Bou Char Dira Egla Fafa Goun Hamba Ikar Jenn Kidi Lere Mopi Nara Ouan Para Sarm Tess Wagad Yelim"
    for n, town in enumerate(names.split()):
        first, turn = date(2031, 1, 3) + timedelta(days=n * 5), date(2031, 3, 1) + timedelta(days=n * 4)
        before, after = holders[n % 9], holders[(n * 4 + 2) % 9]
        places.append(
            place(town, 14.4 + (n * 37 % 41) / 10, -3.6 + (n * 53 % 67) / 10, [
                spell(first.isoformat(), turn.isoformat(), [before], 0.4 + (n % 6) / 10, claims=["c3"]),
                spell((turn + timedelta(days=1)).isoformat(), None, [after] if n % 5 else [], 0.5 + (n % 5) / 10,
                      fighting=n % 7 == 3, disputed=n % 6 == 1, claims=["c1"] if n % 5 else []),
            ])
        )  # fmt: skip
    lost: MapUnplaced = {
        "id": "name:old-fort", "name": "the old fort", "type": "facility", "radius_km": 40.0, "country": None,
        "basis": "unresolved", "spells": [spell("2031-03-02", None, ["front"], 0.4, claims=["c2"])],
    }  # fmt: skip
    colours = actor_colours(holder for p in places for s in p["spells"] for holder in s["holders"])
    return {
        "title": "Who holds which town: the Salt Road war",
        "disclaimer": "A record of public reports. Not for targeting, for clearing movements or for judging persons.",
        "made": {"program": "whoholds 0.1.0", "asked": {"on": "2031-06-01", "known": None}},
        "actors": {actor: {"name": ACTORS[actor], "colour": colour} for actor, colour in colours.items()},
        "places": places,
        "unplaced": [lost],
        "claims": {key: {**made, "place": ABOUT[key]} for key, made in CLAIMS.items()},
        "countries": {"MLI": "Mali"},
        "reports": {
            "r1": {"label": "a.html", "title": "Guard back at the ford", "outlet": "Plains Radio",
                   "url": "https://example.org/guard?a=1&b=2", "published": "2031-03-15"},
            "r2": {"label": "b.txt", "title": None, "outlet": "The Courier", "url": None, "published": "2031-03-15"},
            "r3": {"label": "c.txt", "title": "Third day of fighting at the wells", "outlet": None, "url": None,
                   "published": None},
            "bad": {"label": "d.txt", "title": HOSTILE, "outlet": HOSTILE,
                    "url": "javascript:document.title='broken'", "published": "2031-02-02"},
        },
    }  # fmt: skip


def empty() -> MapData:
    data = sample()
    data.update(places=[], unplaced=[], claims={}, reports={}, actors={})
    data["made"]["asked"]["on"] = None
    return data
