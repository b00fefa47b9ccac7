from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.model import Issue, Severity
from whoholds.sources.decode import clean, decode, kind_of_binary

TEXT = "The mayor of Mocímboa da Praia said: “We hold the café and the bridge – all of it.”\n"


def read(raw: bytes, declared: str | None = None) -> tuple[str, list[Issue]]:
    issues: list[Issue] = []
    return decode(raw, "a.txt", issues.append, declared=declared), issues


def test_utf8_is_silent() -> None:
    assert read(TEXT.encode()) == (TEXT, [])


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_byte_order_marks(bom: bytes, encoding: str) -> None:
    assert read(bom + TEXT.encode(encoding)) == (TEXT, [])


def test_windows_1252_is_said() -> None:
    text, issues = read(TEXT.encode("cp1252"))
    assert text == TEXT
    assert [issue.code for issue in issues] == ["old-encoding"]
    assert "cp1252" in issues[0].message
    assert issues[0].severity is Severity.NOTE


def test_cyrillic_of_an_old_page() -> None:
    russian = "Войска вернули город под свой контроль после двух недель боёв. Жители говорят, что мост открыт. " * 4
    text, issues = read(russian.encode("cp1251"))
    assert text == russian
    assert "1251" in issues[0].message


def test_the_encoding_that_a_page_declares() -> None:
    text, issues = read("Войска".encode("koi8_r"), declared="koi8_r")
    assert text == "Войска"
    assert "koi8-r" in issues[0].message


def test_a_few_broken_bytes_in_utf8() -> None:
    raw = TEXT.encode() + b"The army \xff took \xc3 the town.\n" + TEXT.encode()
    text, issues = read(raw)
    assert text.count("\N{REPLACEMENT CHARACTER}") == 2
    assert text.startswith(TEXT)
    assert issues[0].code == "bad-utf8"
    assert issues[0].place == f"byte {len(TEXT.encode()) + 9}"


def test_twice_encoded_letters_are_repaired_where_they_are() -> None:
    broken = "MocÃ\xadmboa da Praia â€“ taken"
    text, issues = read(f"Ménaka stays as it is\n{broken}\n".encode())
    assert text == "Ménaka stays as it is\nMocímboa da Praia – taken\n"
    assert [issue.code for issue in issues] == ["mojibake"]


def test_newlines_and_control_characters() -> None:
    assert clean("a\r\nb\rc\x0bd\u2028e\x85f", "", print) == "a\nb\nc\nd\ne\nf"
    assert clean("T\x00o\x07w\x1bn\u200b of\tO\u00adrsa\u202e", "", print) == "Town of\tOrsa"
    assert clean("a\ud800b", "", print) == "a\N{REPLACEMENT CHARACTER}b"


def test_what_a_terminal_was_told_goes_as_a_whole() -> None:
    assert clean("\x1b[1;31mTown\x1b[0m of \x9b2JOrsa \x1b]0;title\x07fell", "", print) == "Town of Orsa fell"
    assert clean("\x1b[" + "1" * 50_000, "", print).startswith("[1")


def test_zero_bytes_are_said_and_left_out() -> None:
    raw = TEXT.encode() + b"\x00\x00"
    assert kind_of_binary(raw) is None
    text, issues = read(raw)
    assert text == TEXT
    assert [(issue.code, issue.severity) for issue in issues] == [("zero-bytes", "warning")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_text(encoding: str) -> None:
    raw = "The army retook the town.".encode(encoding)
    assert kind_of_binary(raw) is None
    text, issues = read(raw)
    assert text == "The army retook the town."
    assert [issue.code for issue in issues] == ["old-encoding"]


def test_letters_are_not_normalised() -> None:
    assert clean("e\u0301 é Ḥajin", "", print) == "e\u0301 é Ḥajin"


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"%PDF-1.7 ...", "call it .pdf"),
        (b"PK\x03\x04\x14", "ZIP"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"abc\x00def", "binary"),
        (bytes(range(1, 9)) * 4, "binary"),
    ],
)
def test_binaries_are_named(head: bytes, words: str) -> None:
    assert words in (kind_of_binary(head) or "")


@pytest.mark.parametrize(
    "head", [b"", b"text", TEXT.encode("cp1252"), codecs.BOM_UTF16_LE + "text".encode("utf-16-le")]
)
def test_text_is_no_binary(head: bytes) -> None:
    assert kind_of_binary(head) is None


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda t: t.encode("utf-8", "surrogatepass"))))
def test_decoding_never_raises_and_gives_clean_text(raw: bytes) -> None:
    text, _ = read(raw)
    text.encode("utf-8")
    assert not set(text) & {"\r", "\x00", "\x1b", "\x0b", "\ufeff"}
