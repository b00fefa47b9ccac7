"""Two small maps, before and after, as drawings (SVG): points coloured by holder, borders of states, names of towns."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from whoholds.exports.map import asset
from whoholds.exports.text import to_html
from whoholds.model import PlaceType, Status
from whoholds.views.actors import actor_name
from whoholds.views.colours import OTHERS, actor_colours
from whoholds.views.states import State

WIDTH, HEIGHT = 340, 260
"""Of one drawing, in its own units."""
EDGE = 26
LEAST_DEGREES = 0.6
"""A map of one town shows this much around it."""
MOST_NAMES = 14
FONT = 'font-size="8.5" font-family="DejaVu Sans, sans-serif" fill="#222"'
LETTER = 5.3
"""Width of a letter of a name, about."""


Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map shows: the middle and the scale of both drawings."""

    lat: float
    lon: float
    scale: float
    """Units for a degree of latitude."""

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Equirectangular about the middle: true enough for a province."""
        x = WIDTH / 2 + (lon - self.lon) * self.scale * math.cos(math.radians(self.lat))
        return x, HEIGHT / 2 - (lat - self.lat) * self.scale


def drawings(before: Sequence[State], after: Sequence[State]) -> tuple[str, str, str] | None:
    """Both maps and their legend, as SVG and HTML; None where no place has a point."""
    placed = [state for state in (*before, *after) if state.place.lat is not None]
    if not placed:
        return None
    frame = _frame(placed)
    colours = actor_colours(h for s in placed if s.spell.status is Status.HELD for h in s.spell.holders[:1])
    return _draw(_all(before, after), frame, colours), _draw(after, frame, colours), _legend(placed, colours)


def _all(before: Sequence[State], after: Sequence[State]) -> list[State]:
    """The places as they were before, and those that were not yet heard of, as not known."""
    there = {state.spell.place_id for state in before}
    later = [state for state in after if state.spell.place_id not in there]
    return [
        *before,
        *(replace(s, spell=replace(s.spell, status=Status.UNKNOWN, holders=(), fighting=False)) for s in later),
    ]


def _frame(states: Sequence[State]) -> Frame:
    points = [(s.place.lat or 0.0, s.place.lon or 0.0) for s in states]
    south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
    west, east = min(lon for _, lon in points), max(lon for _, lon in points)
    lat, lon = (south + north) / 2, (west + east) / 2
    wide = max((east - west) * math.cos(math.radians(lat)), LEAST_DEGREES)
    high = max(north - south, LEAST_DEGREES)
    return Frame(lat, lon, min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high))


def _draw(states: Sequence[State], frame: Frame, colours: dict[str, str]) -> str:
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#f4f1ea"/>',
    ]
    parts += (f'<path d="{line}" fill="none" stroke="#b3aca0" stroke-width="1"/>' for line in _lines(frame))
    placed = [(s, s.place.lat, s.place.lon) for s in sorted(states, key=_rank)]
    shown = [(s, *frame.at(lat, lon)) for s, lat, lon in placed if lat is not None and lon is not None]
    parts += (_point(state, x, y, colours) for state, x, y in shown)
    taken = [(x - 5, y - 5, x + 5, y + 5) for _, x, y in shown]
    for state, x, y in shown[:MOST_NAMES]:
        parts += _name(state.name, x, y, taken)
    return "".join([*parts, "</svg>"])


def _name(name: str, x: float, y: float, taken: list[Box]) -> Iterator[str]:
    """The name right of its point, left of it, above or below: where nothing else is. Else it is left out."""
    width = LETTER * len(name)
    beside = (("start", x + 6, y + 3), ("end", x - 7, y + 3), ("middle", x, y - 9), ("middle", x, y + 15))
    for anchor, at, low in beside:
        left = {"start": at, "end": at - width, "middle": at - width / 2}[anchor]
        box = (left, low - 7, left + width, low + 2)
        inside = left >= 0 and left + width <= WIDTH and low >= 8 and low <= HEIGHT - 2
        if inside and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            yield f'<text x="{at:.1f}" y="{low:.1f}" text-anchor="{anchor}" {FONT}>{to_html(name)}</text>'
            return


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _rank(state: State) -> tuple[bool, float, str, str]:
    """Whose name stands where there is no room for two: a town's before a part's, then the surest."""
    town = state.place.place_type is PlaceType.SETTLEMENT
    return not town, -state.spell.support, state.name, state.spell.place_id


def _point(state: State, x: float, y: float, colours: dict[str, str]) -> str:
    spell = state.spell
    held = spell.status is Status.HELD
    colour = colours.get(spell.holders[0], OTHERS) if held else "none"
    ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6.5" fill="none" stroke="#222" stroke-dasharray="2 1.5"/>'
    point = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}" stroke="#444" stroke-width="0.8"/>'
    return (ring if spell.fighting else "") + point


def _legend(states: Sequence[State], colours: dict[str, str]) -> str:
    shown = sorted(colours, key=actor_name)
    keys = [(colours[actor], actor_name(actor)) for actor in shown]
    keys += [("none", "nobody, or not known")] if any(s.spell.status is not Status.HELD for s in states) else []
    dots = [
        '<li><svg viewBox="0 0 10 10" width="10" height="10">'
        f'<circle cx="5" cy="5" r="4" fill="{colour}" stroke="#444"/></svg> {to_html(name)}</li>'
        for colour, name in keys
    ]
    ring = "<li>dashed ring: fighting</li>" if any(s.spell.fighting for s in states) else ""
    return f'<ul class="legend">{"".join(dots)}{ring}</ul>'


def _lines(frame: Frame) -> Iterator[str]:
    """The borders of states that come into the frame, as paths."""
    for arc in _borders():
        path: list[str] = []
        was_in = False
        for lat, lon in arc:
            x, y = frame.at(lat, lon)
            is_in = -WIDTH < x < 2 * WIDTH and -HEIGHT < y < 2 * HEIGHT
            if is_in:
                path.append(f"{'L' if was_in else 'M'}{x:.1f} {y:.1f}")
            was_in = is_in
        if len(path) > 1:
            yield "".join(path)


@cache
def _borders() -> list[list[tuple[float, float]]]:
    """The map's borders (Natural Earth): arcs of latitudes and longitudes out of TopoJSON, which gives differences."""
    topology = json.loads(asset("borders.json"))
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy, *_ in arc:
            x, y = x + dx, y + dy
            points.append((y * ky + y0, x * kx + x0))
        arcs.append(points)
    return arcs
