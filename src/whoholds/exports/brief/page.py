"""The brief as one page without scripts (HTML), and as a PDF of it. All text from reports is escaped."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

from whoholds.errors import WhoholdsError
from whoholds.exports.brief.facts import Facts
from whoholds.exports.brief.maps import drawings
from whoholds.exports.brief.notes import Note
from whoholds.exports.brief.sections import Section, Sentence
from whoholds.exports.text import to_html
from whoholds.views.event_words import day_words, span
from whoholds.views.mapdata import DISCLAIMER
from whoholds.whole import written_whole

STYLE = """
@page { size: A4; margin: 15mm 16mm; @bottom-right { content: counter(page) " / " counter(pages); font-size: 8pt } }
body { font: 9.6pt/1.4 "Source Serif 4", Charter, "DejaVu Serif", Georgia, serif; color: #1c1c1c; max-width: 48rem;
       margin: 1.2rem auto; padding: 0 1rem; overflow-wrap: anywhere }
h1 { font-size: 17pt; line-height: 1.15; margin: 0 0 .2rem }
h2 { font-size: 10.5pt; margin: .8rem 0 .15rem; break-after: avoid }
p { margin: .12rem 0 } section { break-inside: avoid } p > span { white-space: nowrap }
.made, .disclaimer { color: #555; font-size: 8.4pt }
.disclaimer { border-block: 1px solid #ccc; padding: .2rem 0; margin: .35rem 0 .5rem }
.maps { display: flex; gap: 1rem; margin: .6rem 0 .2rem; break-inside: avoid }
figure { flex: 1; margin: 0; min-width: 0 } figcaption { font-size: 8.4pt; color: #555 }
figure > svg { width: 100%; height: auto; border: 1px solid #ccc }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .1rem .9rem; padding: 0; margin: .1rem 0;
          font-size: 8.4pt }
sup { font-size: 6.8pt; line-height: 0; white-space: nowrap } sup a { color: #1f5f8b; text-decoration: none }
.notes { font-size: 7.8pt; line-height: 1.3; padding-left: 1.6rem; margin: .2rem 0; columns: 2; column-gap: 1.4rem }
.notes li { break-inside: avoid; margin-bottom: .1rem } q { font-style: italic; quotes: "“" "”" }
@media screen and (max-width: 40rem) { .maps { display: block } .notes { columns: 1 } }
@media print { body { margin: 0; padding: 0; max-width: none } }
"""


def render(told: Facts, sections: Sequence[Section], notes: Sequence[Note]) -> str:
    """The page. The same facts give the same page, to the byte."""
    title = f"{to_html(told.area)}, {span(told.first, told.last)}"
    known = f"as known on {day_words(told.question.known)}" if told.question.known else "in hindsight, by all reports"
    made = f"Brief of whoholds {version('whoholds')} from {told.reports} reports, {known}."
    return "".join(
        [
            '<!doctype html><html lang="en"><meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title><style>{STYLE}</style>",
            f'<h1>{title}</h1><p class="made">{to_html(made)}</p><p class="disclaimer">{to_html(DISCLAIMER)}</p>',
            _section(sections[0]) if sections else "",
            _maps(told),
            *map(_section, sections[1:]),
            _notes(notes),
            "</html>\n",
        ]
    )


def write(path: Path, page: str) -> None:
    """The page into a file, whole or not at all; a name that ends in .pdf makes it a PDF.

    Raises WhoholdsError where it cannot be written, or WeasyPrint is missing.
    """
    content = _pdf(page) if path.suffix.casefold() == ".pdf" else page.encode()
    try:
        with written_whole(path) as part:
            part.write_bytes(content)
    except OSError as error:
        raise WhoholdsError(f"Cannot write {path}: {error.strerror or error}. Name another file with -o.") from error


def _pdf(page: str) -> bytes:
    try:
        import weasyprint
    except (ImportError, OSError):  # OSError: without the library Pango it cannot be imported
        raise WhoholdsError(
            "A PDF needs WeasyPrint: pip install 'whoholds[brief]' (and Pango: apt-get install libpango-1.0-0"
            " libpangoft2-1.0-0). Or name a file that ends in .html and print it from a browser."
        ) from None

    def refuse(url: str, *_: object, **__: object) -> None:
        raise ValueError(f"a brief fetches nothing: {url}")

    made = weasyprint.HTML(string=page, url_fetcher=refuse).write_pdf()
    return bytes(made)


def _section(section: Section) -> str:
    return f"<section><h2>{to_html(section.title)}</h2>{''.join(map(_sentence, section.sentences))}</section>"


def _sentence(sentence: Sentence) -> str:
    numbers = ",".join(f'<a href="#n{number}">{number}</a>' for number in sentence.notes)
    # The numbers never stand on a line of their own.
    text, gap, last = to_html(sentence.text).rpartition(" ")
    return f"<p>{text}{gap}<span>{last}<sup>{numbers}</sup></span></p>"


def _maps(told: Facts) -> str:
    drawn = drawings(told.before, told.after)
    if drawn is None:
        return ""
    before, after, legend = drawn
    days = (told.first - timedelta(days=1), told.last)
    figures = "".join(
        f"<figure>{drawing}<figcaption>{day_words(day)}</figcaption></figure>"
        for drawing, day in zip((before, after), days, strict=True)
    )
    return f'<div class="maps">{figures}</div>{legend}'


def _notes(notes: Sequence[Note]) -> str:
    return f'<h2>Sources</h2><ol class="notes">{"".join(map(_note, notes))}</ol>'


def _note(note: Note) -> str:
    quote = f"<q>{to_html(note.quote)}</q> – " if note.quote else ""
    link = f' <a href="{html.escape(note.link)}">page</a>' if note.link else ""
    return f'<li id="n{note.number}" value="{note.number}">{quote}{to_html(note.says)}{link}</li>'
