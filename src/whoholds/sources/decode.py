"""Bytes → text: encodings, broken bytes, control characters, newlines. Never raises on any bytes."""

from __future__ import annotations

import codecs
import re

from whoholds.model import Issue, OnIssue, Severity

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

KINDS_OF_BINARY = (
    (b"%PDF-", "a PDF; call it .pdf"),
    (b"PK\x03\x04", "a ZIP archive or office document; unpack it, or save it as text"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"RIFF", "a sound, film or picture file (RIFF)"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as text"),
    (b"{\\rtf", "a rich-text (RTF) file; save it as plain text"),
)

# Single-byte encodings that reports in English and their names are met in, likeliest first. Without this list the
# detector takes short texts for rare Mac and DOS code pages.
LIKELY = [
    "cp1252", "cp1251", "cp1250", "cp1254", "cp1256", "koi8_r", "latin_1", "iso8859_2", "iso8859_5", "iso8859_6",
    "iso8859_9", "iso8859_15", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip

_MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
_NEWLINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# C0 and C1 controls but tab and newline, byte-order marks, zero-width and soft hyphens (they split words that are
# whole on the page), and the bidirectional overrides, with which a text can be made to look like another one.
_STRIPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
# What a terminal was told (colours, cursor moves): with the escape character alone gone, "[31m" would stay as text.
_TERMINAL = re.compile("(?:\x1b\\[|\x9b)[0-9;:?]{0,30}[ -/]{0,3}[@-~]|\x1b\\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\\\)")
_SURROGATE = re.compile("[\ud800-\udfff]")
# How letters of Western Europe and typographic quotes look when UTF-8 was read as Windows-1252 or Latin-1.
_MOJIBAKE = re.compile("[ÂÃâÅÐÑØÙ][\u0080-\u00ff\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")


def kind_of_binary(head: bytes) -> str | None:
    """What a file that is not text is, in words, or None where its first bytes look like text."""
    for magic, words in KINDS_OF_BINARY:
        if head.startswith(magic):
            return words
    if any(head.startswith(bom) for bom, _ in BOMS):
        return None
    if wide_encoding(head):
        return None
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    if controls > len(head) * 0.1 or (b"\x00" in head and not _starts_utf8(head)):
        return "a binary file"
    return None


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 without a byte-order mark: every other byte of Latin letters is zero. None where it is not so."""
    for encoding, zeros, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if len(head) >= 8 and zeros.count(0) > 0.9 * len(zeros) and letters.count(0) < 0.02 * len(letters):
            return encoding
    return None


def narrow(raw: bytes) -> bytes:
    """What is in UTF-16 or UTF-32 as UTF-8, and all else as it is: for patterns that look for markup in bytes."""
    for bom, encoding in BOMS:
        if encoding != "utf-8" and raw.startswith(bom):
            return raw[len(bom) :].decode(encoding, "replace").encode("utf-8", "replace")
    wide = wide_encoding(raw[:4096])
    return raw.decode(wide, "replace").encode("utf-8", "replace") if wide else raw


def _starts_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the last character may be cut
    except UnicodeDecodeError:
        return False
    return True


def decode(raw: bytes, source: str, on_issue: OnIssue, *, declared: str | None = None) -> str:
    """The text of `raw`, normalised by `clean`. `declared` is what the page itself says its encoding is.

    Order: byte-order mark; UTF-16 without one; UTF-8; what was declared; UTF-8 with a few broken bytes (each becomes
    U+FFFD); an old encoding as charset-normalizer takes it. Says by an issue whatever it had to assume.
    """
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            return clean(raw[len(bom) :].decode(encoding, "replace"), source, on_issue)
    if wide := wide_encoding(raw[:4096]):
        _note_encoding(wide, "as far as can be told", source, on_issue)
        return clean(raw.decode(wide, "replace"), source, on_issue)
    try:
        return clean(raw.decode("utf-8"), source, on_issue)
    except UnicodeDecodeError as error:
        place, high = f"byte {error.start}", sum(byte > 127 for byte in raw)
    if declared:
        try:
            text = raw.decode(declared)
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
        else:
            _note_encoding(declared, "as the page says", source, on_issue)
            return clean(text, source, on_issue)
    good = sum(len(found) for found in _MULTIBYTE.findall(raw))
    if good and good >= 0.6 * high:
        message = "some bytes are not valid UTF-8 and are shown as \N{REPLACEMENT CHARACTER}"
        on_issue(Issue("bad-utf8", message, source, place, Severity.WARNING))
        return clean(raw.decode("utf-8", "replace"), source, on_issue)
    encoding = _guess(raw, high)
    _note_encoding(encoding, "as far as can be told; save it as UTF-8 if letters look wrong", source, on_issue)
    return clean(raw.decode(encoding, "replace"), source, on_issue)


def clean(text: str, source: str, on_issue: OnIssue) -> str:
    """Newlines become \\n, control characters go, lone surrogates become U+FFFD, doubly encoded lines are repaired.

    Control characters are dropped without a word, but for zero bytes: those are no part of any text.

    No Unicode normalisation: offsets count in what this returns, and letters stay as the report spells them.
    """
    if "\x00" in text:
        message = f"{text.count(chr(0))} zero bytes were left out; the file may be damaged"
        on_issue(Issue("zero-bytes", message, source, severity=Severity.WARNING))
    text = _STRIPPED.sub("", _TERMINAL.sub("", _NEWLINES.sub("\n", repair(text, source, on_issue))))
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def repair(text: str, source: str, on_issue: OnIssue) -> str:
    """Undo UTF-8 that was once read as a single-byte encoding ("MocÃ\xadmboa"), line by line, with a note."""
    if not _MOJIBAKE.search(text):
        return text
    import ftfy

    lines, repaired = text.split("\n"), 0
    for index, line in enumerate(lines):
        if len(line) < 200_000 and _MOJIBAKE.search(line):
            fixed = ftfy.fix_encoding(line)
            if fixed != line:
                lines[index], repaired = fixed, repaired + 1
    if repaired:
        where = f"{repaired} line{'s' if repaired > 1 else ''}"
        message = f"letters that were encoded twice were repaired in {where}"
        on_issue(Issue("mojibake", message, source, severity=Severity.NOTE))
    return "\n".join(lines)


def _guess(raw: bytes, high: int) -> str:
    """The single-byte or East Asian encoding of bytes that are not UTF-8."""
    if high <= 0.08 * len(raw):
        # Mostly ASCII: a Western text with curly quotes or accents. Undefined bytes of Windows-1252 rule it out.
        try:
            raw.decode("cp1252")
        except UnicodeDecodeError:
            pass
        else:
            return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:200_000], cp_isolation=LIKELY).best()
    return best.encoding if best else "latin-1"


def _note_encoding(encoding: str, how: str, source: str, on_issue: OnIssue) -> None:
    name = encoding.replace("_", "-")
    on_issue(Issue("old-encoding", f"not UTF-8; read as {name}, {how}", source, severity=Severity.NOTE))
