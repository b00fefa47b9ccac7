"""A made-up war of many places, for what must work at size: twenty thousand towns over two years."""

from __future__ import annotations

import random
from datetime import date, timedelta

from map_sample import claim, place, spell

from whoholds.views.colours import actor_colours
from whoholds.views.mapshape import MapClaim, MapData, MapPlace, MapSpell

SIDES = ("Army of the Plain", "Highland League", "River Guard", "Coast Council", "Fifth Banner", "Salt Company")
FIRST, DAYS = date(2031, 1, 1), 730
TEXT = "The mayor said that [[{actor:%s} {cue:had taken} {place:%s}]] that morning."


def crowd(count: int = 20_000, seed: int = 7, *, light: bool = False) -> MapData:
    """`count` places in three clouds, each with one to five spells and a claim for each; the same for the same seed.

    `light`: without the claims, as the server gives it.
    """
    pick = random.Random(seed)
    sides = [f"side-{n}" for n in range(len(SIDES))]
    claims: dict[str, MapClaim] = {}
    places: list[MapPlace] = []
    for n in range(count):
        name = f"Town {n:05}"
        lat, lon = (pick.choice(((14, 2), (33, 42), (48, 34)))[i] + pick.gauss(0, 3) for i in (0, 1))
        turns = sorted(pick.sample(range(DAYS), pick.randint(1, 5)))
        spells: list[MapSpell] = []
        for turn, after in zip(turns, [*turns[1:], None], strict=True):
            start, end = FIRST + timedelta(turn), None if after is None else FIRST + timedelta(after - 1)
            side = pick.choice(sides)
            key = f"c{len(claims)}"
            day = start.isoformat()
            claims[key] = claim(
                TEXT % (SIDES[sides.index(side)], name), kind="gains", actor=side, start=day, end=day,
                report=f"r{turn}", voices=[{"name": None, "role": "mayor", "anonymous": False, "told": None}],
            )  # fmt: skip
            spells.append(
                spell(
                    day, end.isoformat() if end else None, [side] if pick.random() < 0.9 else [],
                    round(pick.uniform(0.4, 1), 2), fighting=pick.random() < 0.1, disputed=pick.random() < 0.15,
                    evidence=[day], **({} if light else {"claims": [key]}),
                )
            )  # fmt: skip
        places.append(place(name, round(lat, 4), round(lon, 4), spells, id=f"town:{n}"))
    colours = actor_colours(holder for p in places for s in p["spells"] for holder in s["holders"])
    return {
        "title": "Many towns",
        "disclaimer": "Made up, every town of it.",
        "made": {"program": "whoholds 0.0", "asked": {"on": (FIRST + timedelta(DAYS)).isoformat(), "known": None}},
        "actors": {side: {"name": name, "colour": colours[side]} for side, name in zip(sides, SIDES, strict=True)},
        "places": places,
        "unplaced": [],
        "claims": {} if light else claims,
        "reports": {
            f"r{n}": {
                "label": f"day{n}.txt", "title": f"Day {n}", "outlet": "The Daily", "url": None,
                "published": (FIRST + timedelta(n + 1)).isoformat(),
            }
            for n in range(DAYS)
        },
    }  # fmt: skip
