"""HTML page → its text, with what the markup says of each line, and its metadata. Nothing is fetched or executed."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import lxml.html
from lxml import etree

from whoholds.sources.metadata import metadata
from whoholds.sources.wordlists import words

DEPTH = 200
"""Elements nested deeper than this are read as text of the one above them."""

DROPPED = words(
    "script style template svg math canvas object embed applet iframe frame frameset map audio video input select "
    "button textarea option datalist head link meta base dialog"
)
FURNITURE = words("nav footer aside form menu")
HEADINGS = words("h1 h2 h3 h4 h5 h6")
INLINE = words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter nobr output progress q "
    "s samp small span strike strong sub sup time tt u var wbr"
)
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|related|recommend\w*|share|sharing|social|comments?|disqus|"
    r"sidebar|newsletter|subscribe|subscription|cookies?|consent|promo|advert\w*|ads?|banner|sponsored|taboola|outbrain|"
    r"tags?|taglist|most-?read|mostread|popular|trending|footer|masthead|widget|more-?stories|read-?also|readmore|"
    r"skip|teasers?|toolbar|login|paywall|gallery-?nav|pagination|pager)(?:$|[\s_-])",
    re.I,
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:wp-)?(?:caption|figcaption|photo-?credit|image-?credit|media-?credit)(?:$|[\s_-]|\w*)", re.I
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_WRAPPERS = re.compile(
    r"</?(?:div|section|article|main|center|blockquote|ul|ol|li|dl|dd|table|tbody|tr|td|p)\b[^<>]{0,2000}>", re.I
)
_INLINE_TAGS = re.compile(r"</?(?:span|font|b|i|u|em|strong|small|big|a|sub|sup)\b[^<>]{0,2000}>", re.I)


class HtmlError(Exception):
    """The markup could not be parsed at all."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text, one block a line, blocks apart by a blank line; `hints` maps offsets of lines to their markup."""

    text: str
    hints: dict[int, str] = field(default_factory=dict)
    title: str | None = None
    date: str | None = None
    """Day of publication from metadata, ISO, as written."""
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class _Block:
    text: str
    hint: str
    in_article: bool = False


def declared_encoding(raw: bytes) -> str | None:
    """The encoding that the page's own head names, where Python knows it."""
    match = _XML_ENCODING.match(raw[:500].lstrip()) or _CHARSET.search(raw[:4096])
    if not match:
        return None
    name = match[1].decode("ascii", "replace")
    try:
        name = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    # What calls itself Latin-1 on the web is Windows-1252 (WHATWG Encoding Standard).
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def read_html(markup: str) -> Page:
    """Text, hints and metadata of a page. Raises `HtmlError` where nothing can be parsed."""
    tree = _parse(markup)
    blocks = [block for block in _blocks(tree) if block.text]
    blocks = _keep_large(blocks)
    main = _main_text(markup, tree)
    parts: list[str] = []
    hints: dict[int, str] = {}
    at = 0
    for before, block in zip([None, *blocks], blocks, strict=False):
        near = before is not None and before.hint == block.hint and block.hint in ("row", "li")
        gap = "" if before is None else "\n" if near else "\n\n"
        text = ("• " + block.text) if block.hint == "li" and not block.text.startswith("•") else block.text
        parts += [gap, text]
        at += len(gap)
        hint = _second_opinion(block, main)
        if hint:
            hints[at] = hint
        at += len(text)
    return Page("".join(parts), hints, **metadata(tree, markup, shallow=_is_shallow(markup, tree)))


def _parse(markup: str) -> Any:
    """The page's tree. What is nested deeper than the parser goes (it would drop it) is read without its wrappers."""
    tree, cut = _tree(markup)
    return _tree(_WRAPPERS.sub("<br>", _INLINE_TAGS.sub("", markup)))[0] if cut else tree


def _tree(markup: str) -> tuple[Any, bool]:
    # `huge_tree` lifts the depth to 2,048 elements. Entities that a page defines itself are not expanded in HTML.
    parser = lxml.html.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        tree = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise HtmlError(str(error)[:200] or type(error).__name__) from None
    return tree, any("depth" in entry.message for entry in parser.error_log)


def _blocks(tree: Any) -> Iterator[_Block]:
    """The page's blocks in reading order, each with the hint of its markup. No recursion: markup may nest deeply."""
    text: list[str] = []
    stack: list[str] = [""]
    skipping: Any = None
    articles = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if skipping is not None:
            if event == "end" and element is skipping:
                skipping = None
                text.append(element.tail or "")
            continue
        cell = tag in ("td", "th") and stack[-1] == "row"
        block = tag not in INLINE and tag != "br" and not cell
        articles += (tag == "article") * (1 if event == "start" else -1)
        if event == "start":
            if tag in DROPPED or _is_hidden(element):
                if block:
                    yield _flush(text, stack[-1], articles)
                skipping = element
                continue
            if cell and "".join(text).strip():
                text.append(" | ")
            if tag == "br" or block:
                yield _flush(text, stack[-1], articles)
            if block:
                stack.append(_hint(element, tag, stack[-1]) if len(stack) < DEPTH else stack[-1])
            text.append(element.text or "")
        else:
            if block:
                yield _flush(text, stack[-1], articles)
                if len(stack) > 1:
                    stack.pop()
            if element is not tree:
                text.append(element.tail or "")
    yield _flush(text, "")


def _flush(text: list[str], hint: str, articles: int = 0) -> _Block:
    joined = " ".join("".join(text).split())
    text.clear()
    return _Block(joined, hint, articles > 0)


def _is_hidden(element: Any) -> bool:
    style = element.get("style") or ""
    return (
        element.get("hidden") is not None or element.get("aria-hidden") == "true" or bool(_HIDDEN.search(style[:500]))
    )


def _hint(element: Any, tag: str, above: str) -> str:
    """What the markup says of a block: "furniture", "caption", "h1" … "h6", "li", "row", or "" for nothing."""
    if above == "furniture":
        return above
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:300]
    role = element.get("role") or ""
    if tag in FURNITURE or role in ("navigation", "banner", "contentinfo", "complementary", "search", "form"):
        return "furniture"
    if tag in HEADINGS:
        return tag
    if tag == "figcaption" or (tag not in ("body", "html", "main", "article") and _CAPTION.search(names)):
        return "caption"
    if tag not in ("body", "html", "main", "article") and _FRAME.search(names):
        return "furniture"
    if above in ("caption", *HEADINGS):
        return above
    if tag == "tr":  # a table that holds blocks is there to lay out the page
        return "" if next(element.iter("p", "div", "table", "ul", "h1", "h2", "h3"), None) is not None else "row"
    return "li" if tag == "li" else above if above in ("li", "row") else ""


def _keep_large(blocks: list[_Block]) -> list[_Block]:
    """Where most of the page's sentences stand inside "furniture" (a form or a menu around everything), it is none."""

    def weight(found: list[_Block]) -> int:
        return sum(
            len(block.text) for block in found if len(block.text) > 80 and block.text.rstrip('"”’)').endswith(".")
        )

    inside = [block for block in blocks if block.hint == "furniture"]
    if weight(inside) <= 0.5 * weight(blocks):
        return blocks
    return [replace(block, hint="") if block.hint == "furniture" else block for block in blocks]


def _main_text(markup: str, tree: Any) -> str | None:
    """The main text as trafilatura finds it, folded for comparison: a second opinion. None where it finds little."""
    if not _is_shallow(markup, tree):
        return None
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.extract(markup, include_comments=False, include_tables=True, favor_recall=True)
    except Exception:  # a second opinion may be missing, whatever goes wrong in it
        return None
    folded = _fold(found or "")
    return folded if len(folded) > 300 else None


def _second_opinion(block: _Block, main: str | None) -> str:
    """A short line in no place that marks it, which trafilatura leaves out of the main text, is furniture."""
    if main is None:
        return block.hint
    folded = _fold(block.text)
    if block.hint == "furniture" and len(block.text) > 80 and block.text.rstrip('"”’)').endswith("."):
        return "" if folded in main else "furniture"
    if (block.in_article and block.hint != "li") or block.hint not in ("", "li", "h2", "h3", "h4", "h5", "h6"):
        return block.hint
    unsure = len(folded) < 90 and len(folded) > 3 and not block.text.rstrip('"”’)').endswith(".")
    looks_known = re.search(r"\d{4}|\bby\b", block.text.lower())
    return "outside" if unsure and folded not in main and not looks_known else block.hint


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())


def _is_shallow(markup: str, tree: Any) -> bool:
    """True where trafilatura, which walks the tree by recursion, may be asked."""
    return len(markup) <= 3_000_000 and _depth(tree) <= DEPTH


def _depth(tree: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
