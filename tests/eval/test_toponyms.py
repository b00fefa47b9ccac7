"""How places read in general news are compared with those marked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

import toponyms
from whoholds.model import Mention, MentionType, Place, Report, Span

PAGE = """<articles><article file="7"><title>T</title><link>http://example.org</link>
<text>Trains from Kassel reach Malian towns and Ghent College, said Ms Holt.</text><toponyms>
{}</toponyms></article></articles>"""
ROW = """<toponym><extractedName>{}</extractedName><type>{}</type><modifierType>{}</modifierType><start>{}</start>
<end>{}</end>{}</toponym>"""
POINT = "<latitude>{}</latitude><longitude>{}</longitude>"


@pytest.fixture
def article(tmp_path: Path) -> toponyms.Article:
    rows = [
        ROW.format("Kassel", "Literal", "", 12, 18, POINT.format(51.3, 9.5)),
        ROW.format("Malian", "Literal_Modifier", "Adjective", 25, 31, POINT.format(18, -2)),
        ROW.format("Ghent College", "Coercion", "", 42, 55, ""),
        ROW.format("Holt", "Homonym", "", 65, 69, ""),
        ROW.format("towns", "Literal_Expression", "", 32, 37, ""),
    ]
    path = tmp_path / "news.xml"
    path.write_text(PAGE.format("".join(rows)), encoding="utf-8")
    (found,) = toponyms.articles(path)
    return found


def mention(start: int, end: int, text: str, lat: float | None, lon: float | None) -> Mention:
    place = Place(text, lat=lat, lon=lon, basis="gazetteer" if lat is not None else "unresolved")
    return Mention(MentionType.PLACE, Span(start, end), text, place)


def test_words_that_are_no_names_are_left_out(article: toponyms.Article) -> None:
    assert [t.text for t in article.toponyms] == ["Kassel", "Malian", "Ghent College", "Holt"]


def test_pairs_misses_and_what_is_too_much(article: toponyms.Article) -> None:
    read = [
        mention(12, 18, "Kassel", 51.32, 9.49),
        mention(42, 47, "Ghent", None, None),
        mention(65, 69, "Holt", 52.0, 1.0),
    ]
    compared = toponyms.compare(article, Report("r", article.text), read)
    assert [t.text for t, _ in compared.pairs] == ["Kassel"]
    assert [t.text for t in compared.missed] == ["Malian"]
    # what nobody gave coordinates is not counted; a word that only looks like a place is
    assert [(m.text, kind) for m, kind in compared.extra] == [("Holt", "Homonym")]
    figures = toponyms.figures([compared])
    assert (figures.pairs, figures.exact, figures.extra, figures.missed) == (1, 1, 1, 1)
    assert (figures.placed, figures.near, figures.within) == (1, 1, 1.0)
    assert figures.f1 == 0.5


def test_offsets_are_those_of_the_article(article: toponyms.Article) -> None:
    stored = article.text.replace("Trains ", "Trains")
    moved = toponyms.shifts(article.text, stored)
    at = stored.index("Kassel")
    assert article.text[moved[at] :].startswith("Kassel")


def test_figures_are_above_their_floors() -> None:
    if not toponyms.CORPUS.is_file():
        pytest.skip("the news articles are in ../shared, which is absent here")
    compared = [toponyms.compare(*row) for row in toponyms.read(toponyms.articles())]
    assert toponyms.gate(toponyms.figures(compared), lift=False) == []
