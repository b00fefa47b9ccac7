"""HTML pages → text, hints, metadata. All pages are made up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.model import Role
from whoholds.sources.html import HtmlError, declared_encoding, read_html
from whoholds.sources.layout import lay_out

BODY = (
    "<p>Government troops on Sunday retook the river town of <a href='/orsa'>Orsa</a> from the rebels, officials said, "
    "two weeks after it was lost.</p><p>“We control <b>all</b> of Orsa,” said the colonel who commands the troops.</p>"
    "<p>The rebels said that they had left the town to spare its people and still held Mell, 12 km away.</p>"
)


def roles(markup: str) -> dict[str, str]:
    page = read_html(markup)
    return {s.span.of(page.text): s.role.value for s in lay_out(page.text, page.hints, title=page.title)}


def test_a_page_with_its_markup() -> None:
    found = roles(f"""<!doctype html><html><head><title>Army retakes Orsa - Courier</title>
      <style>p {{}}</style></head><body>
      <header class="site-header"><a href="/">The Courier</a><nav><ul><li>Home<li>World</ul></nav></header>
      <div class="breadcrumbs">Home &gt; World</div>
      <main><article><h1>Army retakes Orsa as rebels fall back</h1>
      <p class="author">By Jana Rook</p>
      <time datetime="2020-05-03T18:00">3 May 2020</time>
      <figure><img src="x.jpg" alt="soldiers"><figcaption>Soldiers on the bridge of Orsa</figcaption></figure>
      {BODY}<h2>What next</h2><p>The army wants to take Mell next, the colonel said, but the road there is mined.</p>
      <ul><li>Orsa: army</li><li>Mell: rebels</li></ul>
      <table><tr><th>Town<th>Control<tr><td>Kalm<td>contested</table></article>
      <div class="related-stories"><h3>Rebels seize Tull</h3>
      <p>The rebels seized the town of Tull in the night, officials said.</p></div>
      </main><aside><p>Army abandons Kalm, and nobody knows why it did so, officials said.</p></aside>
      <div id="comments"><p>I do not believe that the army holds Orsa, and neither does anyone else.</p></div>
      <form><label>Your name</label><input value="x"></form><footer>© 2020 The Courier</footer>
      <script>document.write("Rebels take everything.")</script></body></html>""")
    assert found["Army retakes Orsa as rebels fall back"] == "title"
    assert found["By Jana Rook"] == "byline"
    assert found["3 May 2020"] == "dateline"
    assert found["Soldiers on the bridge of Orsa"] == "caption"
    assert found["“We control all of Orsa,” said the colonel who commands the troops."] == "body"
    assert found["What next"] == "heading"
    assert found["• Orsa: army"] == found["Kalm | contested"] == "body"
    for part in ("Rebels seize Tull", "Home", "Home > World", "© 2020 The Courier",
                 "The rebels seized the town of Tull in the night, officials said.",
                 "Army abandons Kalm, and nobody knows why it did so, officials said.",
                 "I do not believe that the army holds Orsa, and neither does anyone else."):  # fmt: skip
        assert found[part] == "furniture", part
    assert not any("everything" in words or "p {" in words for words in found)


def test_metadata_of_the_head() -> None:
    page = read_html(f"""<html><head><meta property="og:site_name" content=" The  Courier "><title>x</title>
      <meta property="article:published_time" content="2020-05-03T18:42:00+02:00">
      <meta property="og:title" content="Army &amp; Orsa">
      <link rel="canonical" href="https://courier.example/orsa"></head><body>{BODY}</body></html>""")
    assert (page.date, page.outlet, page.title) == ("2020-05-03T18:42:00+02:00", "The Courier", "Army & Orsa")
    assert page.url == "https://courier.example/orsa"


def test_metadata_in_linked_data() -> None:
    page = read_html(f"""<html><head><script type="application/ld+json">
      {{"@graph": [{{"@type": "NewsArticle", "datePublished": "2020-05-03",
      "headline": "Army retakes Orsa", "publisher": {{"name": "The Courier"}}}}]}}</script>
      <script type="application/ld+json">{{broken</script></head><body>{BODY}</body></html>""")
    assert (page.date, page.outlet, page.title) == ("2020-05-03", "The Courier", "Army retakes Orsa")


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "//x", "data:text/html,x", "ftp://x.example/"]
)
def test_only_web_addresses_are_taken(address: str) -> None:
    page = read_html(f"<html><head><link rel=canonical href='{address}'></head><body>{BODY}</body></html>")
    assert page.url is None


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("12/20/2023", "12/20/2023"),
        ("20.12.2023 18:05", "20.12.2023 18:05"),
        ("20231220", "20231220"),
        ("Wed, 20 Dec 2023 22:00:00 -0500", "2023-12-20"),
        ("20 décembre 2023", "2023-12-20"),
        ("1703059200", "1703059200"),
        ("٢٠ ديسمبر ٢٠٢٣", "٢٠ ديسمبر ٢٠٢٣"),
        ("{{ date }}", "{{ date }}"),
        (" ", None),
    ],
)
def test_what_a_head_states_as_its_day_is_given_on_whatever_it_is(stated: str, date: str | None) -> None:
    head = f'<meta property="article:published_time" content="{stated}"><meta name="revisit-after" content="7 days">'
    assert read_html(f"<html><head>{head}</head><body>{BODY}</body></html>").date == date


def test_of_several_dates_in_a_head_one_that_is_a_date_is_taken() -> None:
    head = '<meta property="article:published_time" content="1703059200"><meta name="date" content="12/20/2023">'
    assert read_html(f"<html><head>{head}</head><body>{BODY}</body></html>").date == "12/20/2023"


def test_no_date_is_guessed_from_the_words() -> None:
    page = read_html(
        f"<html><head><title>x</title></head><body><p>In 2014 the town had 7,000 people.</p>{BODY}</body></html>"
    )
    assert page.date is None


def test_a_form_around_the_whole_page_is_no_furniture() -> None:
    found = roles(f"<html><body><form><h1>Army retakes Orsa from the rebels</h1>{BODY}</form></body></html>")
    assert sum(role == "body" for role in found.values()) == 3


def test_layout_tables_of_old_pages() -> None:
    found = roles(
        f"<html><body><table><tr><td><h1>Army retakes Orsa from the rebels</h1>{BODY}</td></tr></table></body></html>"
    )
    assert sum(role == "body" for role in found.values()) == 3


def test_paragraphs_by_line_breaks() -> None:
    text = BODY.replace("<p>", "").replace("</p>", "<br><br>")
    found = roles(f"<html><body><div>{text}</div></body></html>")
    assert sum(role == "body" for role in found.values()) == 3


def test_hidden_words_are_dropped() -> None:
    page = read_html(
        f"<body>{BODY}<p hidden>Tull</p><p style='display: none'>Kalm</p><p aria-hidden=true>Vash</p></body>"
    )
    assert not any(word in page.text for word in ("Tull", "Kalm", "Vash"))


def test_words_split_by_tags_stay_whole_and_blocks_apart() -> None:
    assert read_html("<p>Or<b>sa</b> fell</p><p>Mell did not</p>").text == "Orsa fell\n\nMell did not"


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body>" + "<div>" * 10_000 + BODY + "</div>" * 10_000,
        "<html><body>" + "<b>" * 5_000 + BODY,
        f"<html><head><base href='http://x.example/'><meta http-equiv=refresh content='0;url=http://x.example/'></head>{BODY}",
        f"<p>open <div <b>bold</p></i>{BODY}<<<>>&bogus;&#99999999;",
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
        f"<html><body><p>&b;</p>{BODY}</body></html>",
        f"<html><body><img src='http://x.example/a.png'><iframe src='http://x.example/'></iframe>{BODY}</body></html>",
        f"<!-- {'-' * 5_000} -->{BODY}",
    ],
    ids=["deep blocks", "deep inline", "base and refresh", "broken", "entities", "resources", "comment"],
)
def test_hostile_markup_is_harmless(markup: str) -> None:
    page = read_html(markup)
    assert "Government troops on Sunday retook the river town of Orsa from the rebels" in page.text
    assert len(page.text) < 2_000


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (b"<html><head><meta charset=windows-1251>", "cp1251"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252"),
        (b'<?xml version="1.0" encoding="koi8-r"?><html>', "koi8-r"),
        (b"<html><head><meta charset=nonsense-9>", None),
        (b"<html>", None),
    ],
)
def test_declared_encodings(raw: bytes, encoding: str | None) -> None:
    assert declared_encoding(raw) == encoding


PARTS = [
    "<p>", "</p>", "</div>", "<br>", "<h1>", "<li>", "<td>", "<tr>", "<table>", "&amp;", "<", ">", "<!--", "<script>",
    "\x00", "<div class=related>", "A sentence of the army on Sunday.",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_any_markup_gives_text_and_hints_at_its_lines(parts: list[str]) -> None:
    try:
        page = read_html("".join(parts))
    except HtmlError:
        return
    starts = {0} | {at + 1 for at, ch in enumerate(page.text) if ch == "\n"}
    assert set(page.hints) <= starts
    assert all(section.role in Role for section in lay_out(page.text, page.hints))
