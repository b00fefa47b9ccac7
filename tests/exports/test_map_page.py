"""The map's page as text: what it may load, what becomes of hostile data, and how it is written and built."""

from __future__ import annotations

import base64
import errno
import hashlib
import importlib.util
import itertools
import json
import os
import stat
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from whoholds.errors import WhoholdsError
from whoholds.exports import map as map_module
from whoholds.exports.map import Tiles, render_map, write_map
from whoholds.views.colours import OTHERS, PALETTE, actor_colours
from whoholds.views.mapshape import MapData

ROOT = Path(__file__).resolve().parents[2]
EVIL = '</script><img src=x onerror="alert(1)"><!--slot:script-->\u2028\u2029&amp;<!--'


def data(text: str = "Harbour Town") -> MapData:
    return {
        "title": text,
        "disclaimer": text,
        "made": {"program": "whoholds 0.0", "asked": {"on": "2031-02-01", "known": None}},
        "actors": {"a": {"name": text, "colour": "#0072b2"}},
        "places": [
            {
                "id": "p", "name": text, "type": "settlement", "lat": 1.5, "lon": 2.5, "radius_km": None,
                "country": "CIV", "basis": "gazetteer",
                "spells": [
                    {
                        "start": "2031-01-01", "end": None, "status": "held", "holders": ["a"], "support": 0.5,
                        "fighting": False, "disputed": False, "divided": False, "claims": ["c"], "against": [],
                    }
                ],
            }
        ],
        "unplaced": [],
        "claims": {
            "c": {
                "kind": "holds", "actor": "a", "against": None, "mode": "asserted", "stance": "plain", "extent": None,
                "start": "2031-01-01", "end": None, "voices": [], "report": "r", "context": text, "quote": (0, 3),
                "marks": [(0, 3, "cue")],
            }
        },
        "reports": {"r": {"label": text, "title": None, "outlet": text, "url": text, "published": None}},
    }  # fmt: skip


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text of scripts and styles, as a browser would cut them."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self.texts.append("")
        self.open = True

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        self.open = False

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[-1] += data

    def text(self, tag: str, **wanted: str | None) -> str:
        (found,) = [
            text
            for (name, attributes), text in zip(self.found, self.texts, strict=True)
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]
        return found


@pytest.fixture(scope="module")
def hatch_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_assets_are_those_of_the_front_end_as_it_is(hatch_build: ModuleType) -> None:
    assert hatch_build.is_built(ROOT), "the map's assets are out of date: run python hatch_build.py"


def test_hostile_text_stays_inside_its_block_and_comes_out_whole() -> None:
    plain, evil = Elements(render_map(data())), Elements(render_map(data(EVIL)))
    assert [tag for tag, _ in evil.found] == [tag for tag, _ in plain.found]
    block = evil.text("script", id="data")
    assert not set(block) & set("<>&\u2028\u2029")
    assert json.loads(block) == json.loads(json.dumps(data(EVIL)))


def test_only_the_script_and_style_that_were_built_may_run() -> None:
    page = Elements(render_map(data(EVIL)))
    policy = next(a["content"] for t, a in page.found if t == "meta" and a.get("http-equiv"))
    assert policy
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    def digest(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    assert rules["script-src"] == digest(page.text("script", id=None, type=None))
    assert rules["style-src"] == digest(page.text("style"))
    assert rules["default-src"] == "'none'"
    assert rules["worker-src"] == rules["connect-src"] == "blob:"
    # The policy must stand before all that it is to hold for.
    tags = [tag for tag, _ in page.found]
    assert tags.index("meta") + 1 < tags.index("style")


def test_tiles_of_the_users_choice_open_the_policy_to_their_host_alone() -> None:
    page = Elements(render_map(data(EVIL), Tiles("https://tiles.example:8443/{z}/{x}/{y}.png", EVIL)))
    policy = next(a["content"] for t, a in page.found if t == "meta" and a.get("http-equiv")) or ""
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["img-src"] == "data: blob: https://tiles.example:8443"
    assert rules["connect-src"] == "blob: https://tiles.example:8443"
    assert json.loads(page.text("script", id="tiles"))["attribution"] == EVIL
    assert json.loads(Elements(render_map(data())).text("script", id="tiles")) is None


@pytest.mark.parametrize(
    "url",
    [
        "javascript:{z}{x}{y}",
        "https://{z}.example/{x}/{y}",
        "https://a.example/tiles",
        "https://a;script-src *//{z}{x}{y}",
    ],
)
def test_what_is_no_address_of_tiles_is_refused(url: str) -> None:
    with pytest.raises(WhoholdsError, match="is not an address of map tiles"):
        Tiles(url)


def test_the_page_names_nothing_to_load() -> None:
    page = Elements(render_map(data()))
    for tag, attributes in page.found:
        assert "src" not in attributes, tag
        assert not any(name.startswith("on") for name in attributes), tag
        assert (attributes.get("href") or "data:").startswith("data:"), tag
    style = page.text("style")
    assert "@import" not in style
    assert all(part.lstrip("\"'").startswith("data:") for part in style.split("url(")[1:])


def test_the_same_data_gives_the_same_page_of_reasonable_size() -> None:
    page = render_map(data())
    assert page == render_map(data())
    assert len(page.encode()) < 3_000_000


def test_a_lone_surrogate_is_replaced_one_for_one() -> None:
    block = json.loads(Elements(render_map(data("a\ud800b"))).text("script", id="data"))
    assert block["claims"]["c"]["context"] == "a\ufffdb"


def test_a_number_that_is_none_is_refused() -> None:
    asked = data()
    asked["places"][0]["lat"] = float("nan")
    with pytest.raises(ValueError, match="JSON"):
        render_map(asked)


def test_without_the_built_front_end_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_module, "files", lambda _: tmp_path)
    with pytest.raises(WhoholdsError, match=r"hatch_build\.py"):
        render_map(data())


# Writing


def test_writing_replaces_the_file_and_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text("before")
    path.chmod(0o640)
    write_map(path, data())
    assert path.read_text(encoding="utf-8") == render_map(data())
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_gets_the_usual_mode(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_map(tmp_path / "map.html", data())
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "map.html").stat().st_mode) == 0o640


def test_a_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "map.html"
    path.write_text("before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WhoholdsError, match="No space left"):
        write_map(path, data())
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["no/such/folder/map.html", "."])
def test_a_path_that_cannot_be_written_is_a_clear_error(tmp_path: Path, name: str) -> None:
    with pytest.raises(WhoholdsError, match="Cannot write the map to"):
        write_map(tmp_path / name, data())


def test_a_link_is_followed_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    link = tmp_path / "map.html"
    link.symlink_to(tmp_path / "there" / "real.html")
    write_map(link, data())
    assert link.is_symlink()
    assert (tmp_path / "there" / "real.html").stat().st_size > 1000


# Colours


def test_colours_go_by_number_of_places_then_by_id() -> None:
    colours = actor_colours(["b", "a", "c", "c"])
    assert colours == {"c": PALETTE[0], "a": PALETTE[1], "b": PALETTE[2]}
    assert actor_colours(reversed(["b", "a", "c", "c"])) == colours


def test_actors_past_the_palette_are_grey() -> None:
    colours = list(actor_colours(f"{n:02}" for n in range(15)).values())
    assert colours[:12] == list(PALETTE)
    assert colours[12:] == [OTHERS] * 3


# Colour blindness as simulated by Machado, Oliveira and Fernandes (2009), severity 1.0, on linear sRGB.
SIGHTS: dict[str, Any] = {
    "normal": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]
    ],
}  # fmt: skip


def lab(colour: str, sight: str) -> Any:
    """CIELAB (D65) of an sRGB colour as seen with `sight`."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(SIGHTS[sight]) @ linear, 0, 1)
    to_xyz = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175],
                       [0.0193339, 0.119192, 0.9503041]])  # fmt: skip
    xyz = to_xyz @ seen / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", SIGHTS)
def test_colours_stay_apart_for_colour_blind_eyes(sight: str) -> None:
    def nearest(colours: tuple[str, ...]) -> float:
        return min(float(np.linalg.norm(lab(a, sight) - lab(b, sight))) for a, b in itertools.combinations(colours, 2))

    assert nearest(PALETTE[:7]) > 16
    assert nearest((*PALETTE, OTHERS)) > 13


# Building


@pytest.fixture
def checkout(tmp_path: Path, hatch_build: ModuleType) -> Path:
    """A working copy with a front end and no assets."""
    (tmp_path / "frontend" / "src").mkdir(parents=True)
    for name in ("package.json", "package-lock.json", "build.mjs", "src/main.ts"):
        (tmp_path / "frontend" / name).write_text(name)
    assert not hatch_build.is_built(tmp_path)
    return tmp_path


def built(root: Path, hatch_build: ModuleType) -> None:
    assets = root / hatch_build.PACKAGE
    for name in hatch_build.NAMES:
        (assets / name).parent.mkdir(parents=True, exist_ok=True)
        (assets / name).write_text("")
    (assets / hatch_build.STAMP).write_text(hatch_build.source_stamp(root) + "\n")


def test_without_npm_the_build_says_what_is_missing(
    checkout: Path, hatch_build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hatch_build.shutil, "which", lambda name: "/bin/node" if name == "node" else None)
    with pytest.raises(hatch_build.BuildError, match=r"needs Node\.js.*not found: npm$"):
        hatch_build.ensure_assets(checkout)


def test_assets_that_fit_need_no_npm(checkout: Path, hatch_build: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    built(checkout, hatch_build)
    monkeypatch.setattr(hatch_build.shutil, "which", lambda _: None)
    assert hatch_build.ensure_assets(checkout) is False
    os.utime(checkout / "frontend" / "build.mjs")  # a newer date alone, as after unpacking, changes nothing
    assert hatch_build.ensure_assets(checkout) is False


@pytest.mark.parametrize("change", ["edit", "add", "asset"])
def test_assets_that_no_longer_fit_are_built_again(checkout: Path, hatch_build: ModuleType, change: str) -> None:
    built(checkout, hatch_build)
    if change == "edit":
        (checkout / "frontend" / "package-lock.json").write_text("other")
    elif change == "add":
        (checkout / "frontend" / "src" / "more.css").write_text("")
    else:
        (checkout / hatch_build.PACKAGE / "web/assets/app.js").unlink()
    assert not hatch_build.is_built(checkout)


def test_a_failing_step_shows_what_it_said(
    checkout: Path, hatch_build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = checkout / "npm"
    tool.write_text("#!/bin/sh\necho 'no such package' >&2\nexit 3\n")
    tool.chmod(0o755)
    monkeypatch.setattr(hatch_build.shutil, "which", lambda _: str(tool))
    with pytest.raises(hatch_build.BuildError, match=r"(?s)`npm ci` failed with exit code 3.*no such package"):
        hatch_build.ensure_assets(checkout)
    assert not hatch_build.is_built(checkout)


def test_the_lock_file_pins_by_hash_and_names_no_host() -> None:
    text = (ROOT / "frontend" / "package-lock.json").read_text()
    packages = json.loads(text)["packages"]
    assert '"resolved"' not in text
    assert all("integrity" in package for name, package in packages.items() if name)
