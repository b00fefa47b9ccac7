"""Tables, feeds, messages, archives → reports, and what is wrong with them → issues."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest

from whoholds.errors import InputError
from whoholds.model import Issue, Report, Severity
from whoholds.sources import Options, count, reports
from whoholds.sources.formats import mail as formats_mail
from whoholds.sources.formats.pdf import reflow

BODY = "Government troops on Sunday retook the river town of Orsa from the rebels, officials said."
PAGE = f"<html><head><title>Army retakes Orsa</title></head><body><h1>Army retakes Orsa</h1><p>{BODY}</p></body></html>"


def read(path: Path, options: Options | None = None) -> tuple[list[Report], list[Issue]]:
    issues: list[Issue] = []
    return list(reports([str(path)], issues.append, options=options)), issues


def codes(issues: Sequence[Issue]) -> list[str]:
    return [issue.code for issue in issues]


# ------------------------------------------------------------------------------------------------------------- tables
def test_a_csv_finds_its_columns_by_name_and_keeps_the_line_of_each_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'Headline,Full Text,Pub-Date\nArmy retakes Orsa,"{BODY}\nMore.",2020-01-05\nx,,\n', "utf-8")
    (report,), issues = read(path)
    assert (report.title, report.stated_date, report.label) == ("Army retakes Orsa", "2020-01-05", "a.csv:3")
    assert report.text == f"{BODY}\nMore."
    assert [(i.code, i.place) for i in issues] == [("bad-record", "line 4")]


def test_columns_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(f"what\twho\n{BODY}\tOrsa Post\n", "utf-8")
    assert codes(read(path)[1]) == ["bad-table"]
    (report,), issues = read(path, Options({"text": "what", "outlet": "who"}))
    assert (report.text, report.outlet, issues) == (BODY, "Orsa Post", [])
    _, (issue,) = read(path, Options({"text": "nowhere"}))
    assert "nowhere" in issue.message


def test_a_row_that_lost_its_quotation_mark_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"text,title\nTroops, tanks, guns,x\n{BODY},y\n".replace(BODY, f'"{BODY}"'), "utf-8")
    found, issues = read(path)
    assert [r.text for r in found] == [BODY]
    assert [(i.code, i.place) for i in issues] == [("bad-row", "line 2")]


@pytest.mark.parametrize(
    ("behind", "kept", "of"),
    [
        ("Two,Troops left.,2020-01-06\nThree,All quiet.,2020-01-07\n", ["Troops left.", "All quiet."], "2 of the 3"),
        ('Two,"Troops left, all of them.",2020-01-06\n', ["Troops left, all of them."], "1 of the 2"),
        ("Two,Troops, tanks\n", [], "0 of the 2"),
    ],
)
def test_a_quotation_mark_that_is_not_closed_costs_only_its_row(
    tmp_path: Path, behind: str, kept: list[str], of: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'title,text,date\nOne,"{BODY}\nThe rebels left, they said.,2020-01-05\n{behind}', "utf-8")
    found, (issue,) = read(path)
    assert [r.text for r in found] == kept
    assert (issue.code, issue.place, issue.severity) == ("bad-row", "line 2", Severity.ERROR)
    assert of in issue.message


def test_a_last_row_that_is_not_closed_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'title,text\nOne,"{BODY}\nMore ""of"" it."\nTwo,"{BODY}\n', "utf-8")
    (report,), (issue,) = read(path)
    assert (report.text, issue.code, issue.place) == (f'{BODY}\nMore "of" it.', "bad-row", "line 4")


def test_zero_bytes_and_doubled_columns_of_a_table_are_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'text,Text,date\n"{BODY}\0",other,2020-01-05\n\0"{BODY}",,\n', "utf-8")
    found, issues = read(path)
    assert [r.text for r in found] == [BODY, BODY]
    assert [(i.code, i.place) for i in issues] == [("bad-table", "line 1"), ("zero-bytes", "line 2")]


@pytest.mark.parametrize("raw", [b"", b"\n\n", "text\n".encode("utf-16"), b"\x00\xff\xfe,\n"])
def test_tables_that_are_none(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    found, issues = read(path)
    assert found == []
    assert issues


def test_parquet(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"body": [BODY, None, BODY + " More."], "n": [1, 2, 3]}), path)
    found, issues = read(path)
    assert [r.label for r in found] == ["a.parquet:1", "a.parquet:3"]
    assert [(i.code, i.place) for i in issues] == [("bad-record", "row 2")]
    path.write_bytes(b"PAR1 nothing PAR1")
    assert codes(read(path)[1]) == ["bad-table"]


def test_words_of_a_parquet_table_may_be_bytes_and_must_be_words(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    words = f"{BODY} “It is over”, said a général."
    rows = {
        "text": [words.encode("cp1252"), b"\x00\x01\x02\xff" * 9],
        "title": [b"Orsa", b"x"],
        "outlet": [["A"]] * 2,
    }
    parquet.write_table(pyarrow.table(rows), path)
    (report,), issues = read(path)
    assert (report.text, report.title, report.outlet) == (words, "Orsa", None)
    assert [(i.code, i.place) for i in issues] == [
        ("old-encoding", "row 1"), ("bad-field", "row 1"), ("binary", "row 2"), ("bad-field", "row 2"),
        ("bad-record", "row 2"),
    ]  # fmt: skip
    parquet.write_table(pyarrow.table({"text": [1, 2]}), path)
    found, (issue,) = read(path)
    assert (found, issue.code) == ([], "bad-table")
    assert "int64" in issue.message
    parquet.write_table(pyarrow.table({"text": pyarrow.array([BODY]).dictionary_encode()}), path)
    assert [r.text for r in read(path)[0]] == [BODY]


# ----------------------------------------------------------------------------------------------------------- messages
def test_a_message(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_text(
        f"From: desk@example.org\nSubject: Army retakes Orsa\nDate: Sun, 5 Jan 2020 10:00:00 +0000\n\n{BODY}\n", "utf-8"
    )
    (report,), issues = read(path)
    assert (report.title, report.stated_date, issues) == ("Army retakes Orsa", "2020-01-05", [])
    assert report.text.strip() == BODY


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("Wed, 20 Dec 2023 22:00:00 -0500", "2023-12-20"),
        ("20 Dec 23 10:00 EST", "2023-12-20"),
        ("Wed Dec 20 23:00:00 2023", "2023-12-20"),
        ("Wednesday, 20 December 2023", "2023-12-20"),
        ("2023-12-20T23:00:00-05:00", "2023-12-20T23:00:00-05:00"),
        ("December 20, 2023 at 10:00", "December 20, 2023 at 10:00"),
        ("Foo 99 Bar", "Foo 99 Bar"),
        ("2004년 07월 15일 11:02:43", "2004년 07월 15일 11:02:43"),
        ("Wed, 35 Dec 2023 22:00:00 -0500", "Wed, 35 Dec 2023 22:00:00 -0500"),
    ],
)
def test_a_stated_day_is_the_same_by_every_way(tmp_path: Path, stated: str, day: str) -> None:
    (tmp_path / "a.eml").write_text(f"Subject: x\nDate: {stated}\n\n{BODY}\n", "utf-8")
    (tmp_path / "b.rss").write_text(FEED.replace("Sun, 05 Jan 2020 10:00:00 GMT", stated), "utf-8")
    (tmp_path / "c.jsonl").write_text(json.dumps({"text": BODY, "published": stated}), "utf-8")
    found, _ = read(tmp_path)
    assert [report.stated_date for report in found] == [day, day, day]


def mail(words: str, date: str, *inner: EmailMessage) -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["Date"] = "x", date
    made.set_content(words)
    for one in inner:
        made.add_attachment(one)
    return made


def test_a_message_inside_a_message_is_a_report_of_its_own(tmp_path: Path) -> None:
    deep = mail("The rebels – all of them – withdrew to the hills.", "Fri, 3 Jan 2020 10:00:00 +0000")
    deep.replace_header("Subject", "Général à Orsa")
    told = mail(BODY, "Sun, 5 Jan 2020 10:00:00 +0000", deep)
    (tmp_path / "a.eml").write_bytes(mail("See below.", "Mon, 6 Jan 2020 10:00:00 +0000", told).as_bytes())
    # One that is sent on without a word of its own lends the words inside it no date.
    sent = EmailMessage()
    sent["Date"] = "Tue, 7 Jan 2020 10:00:00 +0000"
    sent.add_attachment(mail("All is quiet.", "Sat, 4 Jan 2020 10:00:00 +0000"))
    (tmp_path / "b.eml").write_bytes(sent.as_bytes())
    found, issues = read(tmp_path)
    assert [(r.text.strip(), r.stated_date, r.label) for r in found] == [
        ("See below.", "2020-01-06", "a.eml"),
        (BODY, "2020-01-05", "a.eml:1"),
        ("The rebels – all of them – withdrew to the hills.", "2020-01-03", "a.eml:2"),
        ("All is quiet.", "2020-01-04", "b.eml:1"),
    ]
    assert found[2].title == "Général à Orsa"
    assert issues == []


def test_messages_inside_messages_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats_mail, "MESSAGES", 2)
    day = "Sun, 5 Jan 2020 10:00:00 +0000"
    (tmp_path / "a.eml").write_bytes(mail("x", day, *(mail(f"{n}", day) for n in range(3))).as_bytes())
    found, issues = read(tmp_path)
    assert ([r.text.strip() for r in found], codes(issues)) == (["x", "0", "1"], ["cut-short"])


def test_what_else_a_message_holds_is_named(tmp_path: Path) -> None:
    made = mail(BODY, "Sun, 5 Jan 2020 10:00:00 +0000")
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="bulletin.pdf")
    made.add_attachment("Further words.")
    path = tmp_path / "a.eml"
    path.write_bytes(made.as_bytes())
    (report,), (issue,) = read(path)
    assert report.text.strip() == BODY
    assert (issue.code, issue.severity) == ("attachments", Severity.NOTE)
    assert "bulletin.pdf, text/plain" in issue.message


def test_text_around_a_picture_is_one_text(tmp_path: Path) -> None:
    made = mail(BODY, "Sun, 5 Jan 2020 10:00:00 +0000")
    made.make_mixed()
    made.add_attachment(b"GIF89a", maintype="image", subtype="gif", filename="map.gif", disposition="inline")
    more = EmailMessage()
    more.set_content("On Monday they left.")
    made.attach(more)
    (tmp_path / "a.eml").write_bytes(made.as_bytes())
    (report,), (issue,) = read(tmp_path / "a.eml")
    assert [line for line in report.text.splitlines() if line.strip()] == [BODY, "On Monday they left."]
    assert issue.message.endswith(": map.gif")


@pytest.mark.parametrize("suffix", [".eml", ".mhtml"])
def test_a_message_that_ends_in_the_middle_is_listed(tmp_path: Path, suffix: str) -> None:
    head = "Content-Location: https://example.org/orsa\n" if suffix == ".mhtml" else ""
    path = tmp_path / f"a{suffix}"
    path.write_text(
        f'{head}MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n'
        f"--x\nContent-Type: text/html\n\n{PAGE}\n--x\nContent-Type: image/png\n\nabc",
        "utf-8",
    )
    found, issues = read(path)
    assert len(found) == 1
    assert codes(issues)[0] == "cut-off"


def test_a_saved_page_keeps_its_address_but_not_the_day_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    path.write_bytes(
        b"From: <Saved>\r\nSnapshot-Content-Location: https://example.org/orsa\r\n"
        b"Date: Sun, 5 Jan 2020 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n'
        + PAGE.encode()
        + b"\r\n--x--\r\n"
    )
    (report,), _ = read(path)
    assert (report.url, report.title, report.stated_date) == ("https://example.org/orsa", "Army retakes Orsa", None)


@pytest.mark.parametrize(
    "raw", [b"", b"Subject: x\n\n", b"Content-Type: multipart/mixed; boundary=\n\n--\n", b"\xff" * 99]
)
def test_messages_that_are_none_are_listed(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(raw)
    found, issues = read(path)
    assert len(found) + len(issues) >= 1


# ---------------------------------------------------------------------------------------------------------------- PDF
def test_printed_lines_become_paragraphs() -> None:
    printed = (
        "Army retakes Orsa\nGovernment troops on Sunday retook the river town of Or-\n"
        "sa from the rebels, officials and\n"
        "residents of the town said.\nThe rebels withdrew into the hills to the north and to\nthe east of it.\n\n3\n"
    )
    assert reflow(printed) == (
        "Army retakes Orsa\n\nGovernment troops on Sunday retook the river town of Orsa from the rebels, officials and "
        "residents of the town said.\n\nThe rebels withdrew into the hills to the north and to the east of it."
    )


def test_pdfs_without_text_or_sense_are_listed(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    with (tmp_path / "scan.pdf").open("wb") as file:
        writer.write(file)
    (tmp_path / "lie.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (tmp_path / "empty.pdf").write_bytes(b"")
    found, issues = read(tmp_path)
    assert found == []
    assert sorted(codes(issues)) == ["bad-pdf", "empty", "no-text"]


# -------------------------------------------------------------------------------------------------------------- feeds
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Orsa Post</title>
<item><title>Army retakes Orsa</title><description>{BODY}</description><link>https://example.org/1</link>
<pubDate>Sun, 05 Jan 2020 10:00:00 GMT</pubDate></item><item/></channel></rss>"""


def test_a_feed_file(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    path.write_text(FEED, "utf-8")
    (report,), issues = read(path)
    assert (report.title, report.outlet, report.stated_date) == ("Army retakes Orsa", "Orsa Post", "2020-01-05")
    assert report.url == "https://example.org/1"
    assert [(i.code, i.place) for i in issues] == [("empty", "entry 2")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_feed_that_ends_in_the_middle_is_listed(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.rss"
    feed = FEED.replace("<item/>", "<item><title>Gone</title><description>The ar</description></item>")
    feed = feed.replace('"1.0"', f'"1.0" encoding="{encoding.removesuffix("-sig")}"')
    path.write_bytes(feed.encode(encoding))
    assert codes(read(path)[1]) == []
    path.write_bytes(feed.partition("ar</desc")[0].encode(encoding))
    found, issues = read(path)
    assert [r.title for r in found] == ["Army retakes Orsa", "Gone"]
    assert [(i.code, i.place) for i in issues] == [("cut-off", "after entry 2")]


def test_an_ampersand_that_begins_nothing_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.rss"
    address = "<link><![CDATA[https://example.org/?a=1&b=2]]></link>"
    feed = FEED.replace("Army retakes", "P&T and R&amp;D at").replace("<link>https://example.org/1</link>", address)
    path.write_text(feed.replace("<item/>", ""), "utf-8")
    (report,), issues = read(path)
    assert (report.title, report.url, issues) == ("P&T and R&D at Orsa", "https://example.org/?a=1&b=2", [])


def test_a_feed_that_is_a_bomb_of_entities_stays_small(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    path = tmp_path / "a.xml"
    path.write_text(f'<!DOCTYPE r [<!ENTITY e0 "boom">{levels}]>' + FEED.replace(BODY, "&e11;"), "utf-8")
    found, _ = read(path)
    assert sum(len(r.text) for r in found) < 10_000


# ----------------------------------------------------------------------------------------------------------- Telegram
def test_a_channel_export(tmp_path: Path) -> None:
    messages = [
        {"id": 1, "type": "service", "date": "2020-01-05T10:00:00"},
        {
            "id": 2,
            "type": "message",
            "date": "2020-01-05T11:00:00",
            "text": ["Troops ", {"type": "bold", "text": BODY}],
        },
        {"id": 3, "type": "message", "date": "2020-01-05T12:00:00", "text": ""},
    ]
    path = tmp_path / "result.json"
    path.write_text(json.dumps({"name": "Orsa front", "type": "public_channel", "messages": messages}), "utf-8")
    (report,), issues = read(path)
    assert (report.label, report.outlet, report.stated_date) == ("Orsa front/2", "Orsa front", "2020-01-05")
    assert report.text == f"Troops {BODY}"
    assert codes(issues) == ["archive"]
    assert "2 without" in issues[0].message


def test_a_chat_without_a_name_is_not_the_channel_before_it(tmp_path: Path) -> None:
    def chat(words: str, **more: object) -> dict[str, object]:
        return {**more, "messages": [{"id": 1, "type": "message", "date": "2020-01-05T11:00:00", "text": words}]}

    chats = [chat("Ours.", name="Orsa front"), chat("Kept.", type="saved_messages"), chat("Gone.", name=None)]
    path = tmp_path / "result.json"
    left = {"list": [chat("Left.", name="Tabra front")]}
    path.write_text(json.dumps({"chats": {"list": chats}, "left_chats": left}), "utf-8")
    found, _ = read(path)
    assert [(r.text, r.outlet, r.label) for r in found] == [
        ("Ours.", "Orsa front", "Orsa front/1"),
        ("Kept.", None, "result.json/1"),
        ("Gone.", None, "result.json/1"),
        ("Left.", "Tabra front", "Tabra front/1"),
    ]


def test_what_is_no_message_is_listed_and_counted(tmp_path: Path) -> None:
    good = {"id": 1, "type": "message", "date": 1578222000, "text": BODY}
    messages = ["no object", None, [good], {"type": "message", "text": 5}, good, {"type": "service"}]
    path = tmp_path / "result.json"
    path.write_text("\ufeff" + json.dumps({"name": "Orsa front", "messages": messages}), "utf-8")
    (report,), (*bad, total) = read(path)
    assert (report.text, report.stated_date) == (BODY, "1578222000"), "a date that is none is for the dating to tell"
    assert [(i.code, i.place) for i in bad] == [("bad-record", f"message {n}") for n in (1, 2, 3, 4)]
    assert "6 messages: 1 with words, 1 without (pictures, notices), 4 not readable" in total.message


def test_an_export_that_is_cut_off_is_listed_behind_what_stood_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"messages": [1, {"type": "message"', "utf-8")
    found, issues = read(path)
    assert (found, codes(issues)) == ([], ["bad-record", "bad-json"])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"messages": [{"type": "message"', "[" * 100_000])
def test_json_that_is_no_export_is_listed(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, "utf-8")
    found, issues = read(path)
    assert (found, codes(issues)) == ([], ["bad-json"])


# ----------------------------------------------------------------------------------------------------------- archives
def warc(*records: tuple[str, str, str, bytes], gz: bool = True) -> bytes:
    """Records given as (WARC type, HTTP status, content type, body)."""
    out = []
    for n, (kind, status, mime, body) in enumerate(records):
        block = body
        if kind in ("response", "request"):
            packed = b"Content-Encoding: gzip\r\n" if body[:2] == b"\x1f\x8b" else b""
            first = f"HTTP/1.1 {status}" if kind == "response" else status
            block = f"{first}\r\nContent-Type: {mime}\r\n".encode() + packed + b"\r\n" + body
        head = (
            f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/{n}\r\n"
            f"WARC-Record-ID: <urn:uuid:0000000{n}-0000-4000-8000-000000000000>\r\nWARC-Date: 2024-05-01T10:00:00Z\r\n"
            f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
        ).encode()
        whole = head + block + b"\r\n\r\n"
        out.append(gzip.compress(whole) if gz else whole)
    return b"".join(out)


def page(n: int) -> bytes:
    return PAGE.replace("Sunday", f"day {n}").encode()


MIXED = (
    ("response", "200 OK", "text/html; charset=utf-8", page(1)),
    ("response", "200 OK", "image/png", b"\x89PNG"),
    ("response", "404 Not Found", "text/html", page(2)),
    ("request", "GET / HTTP/1.0", "", b""),
    ("response", "200 OK", "text/html", gzip.compress(page(3))),
    ("response", "200 OK", "text/html", b""),
    ("metadata", "", "", b"x: y"),
    ("response", "200 OK", "text/html; charset=windows-1251", PAGE.replace("rebels", "Войска").encode("cp1251")),
)


@pytest.mark.parametrize("gz", [True, False])
def test_an_archive_gives_its_pages_and_counts_the_rest(tmp_path: Path, gz: bool) -> None:
    path = tmp_path / ("a.warc.gz" if gz else "a.warc")
    path.write_bytes(warc(*MIXED, gz=gz))
    found, issues = read(path)
    assert [r.url for r in found] == [f"https://example.org/{n}" for n in (0, 4, 7)]
    assert all(r.title == "Army retakes Orsa" and r.stated_date is None for r in found)
    assert "Войска" in found[-1].text
    (issue,) = issues
    assert issue.message.startswith("8 records: 3 pages")
    assert sum(int(part.split()[0]) for part in issue.message.partition(": ")[2].split(", ")) == 8


def test_a_packed_page_that_did_not_come_back_whole_is_listed(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    long = gzip.compress(PAGE.replace(BODY, " ".join(f"On day {n} {BODY}" for n in range(500))).encode())
    path.write_bytes(
        warc(
            ("response", "200 OK", "text/html", long[: len(long) // 2]),
            ("response", "200 OK", "text/html", gzip.compress(page(1))),
            gz=False,
        )
    )
    found, (bad, _) = read(path)
    assert [r.url for r in found] == ["https://example.org/1"]
    assert (bad.code, bad.place, "cut off" in bad.message) == ("bad-record", "record 1", True)


def test_a_damaged_archive_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    whole = warc(*[("response", "200 OK", "text/html", page(n)) for n in range(5)])
    path = tmp_path / "a.warc.gz"
    path.write_bytes(whole[: len(whole) * 3 // 5])
    found, issues = read(path)
    assert 2 <= len(found) < 5
    assert "archive" in codes(issues)
    path.write_bytes(b"no archive at all")
    assert set(codes(read(path)[1])) == {"bad-record", "archive"}


def test_a_page_that_is_a_gzip_bomb_is_refused_and_the_next_read(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    path = tmp_path / "a.warc"
    path.write_bytes(
        warc(("response", "200 OK", "text/html", bomb), ("response", "200 OK", "text/html", page(1)), gz=False)
    )
    found, issues = read(path)
    assert len(found) == 1
    assert "bad-record" in codes(issues)


def test_wacz(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc(*MIXED))
        archive.writestr("pages/pages.jsonl", "{}")
    found, issues = read(path)
    assert (len(found), codes(issues)) == (3, ["archive"])
    path.write_bytes(b"PK\x03\x04 no zip")
    assert codes(read(path)[1]) == ["bad-archive"]


def test_how_many_is_not_known_before_an_archive_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, "utf-8")
    assert count([str(tmp_path)]) == 1
    (tmp_path / "a.warc").write_bytes(b"")
    assert count([str(tmp_path)]) is None


def test_an_unknown_kind_says_what_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    with pytest.raises(InputError, match=r"save it as text or PDF"):
        read(tmp_path / "a.docx")
