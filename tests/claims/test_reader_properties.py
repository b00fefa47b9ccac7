"""What holds of the reader for every report: it never raises, all spans are real, the same report gives the same
claims, and the work grows with the length of a text and no faster."""

from __future__ import annotations

import cProfile
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from short_reports import body

from whoholds.exports.records import claim_record
from whoholds.model import Report
from whoholds.pipeline import Reader, Reading
from whoholds.sources import lay_out, reports

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def check_spans(reading: Reading) -> None:
    """Every claim and mention opens to words of the text."""
    text = reading.report.text
    for claim in reading.claims:
        assert 0 <= claim.quote.start < claim.quote.end <= len(text)
        assert claim.quote_text == text[claim.quote.start : claim.quote.end]
        anchors = claim.anchors
        for span in (anchors.cue, anchors.place, anchors.actor, anchors.against, anchors.time, anchors.speaker):
            if span is not None:
                assert 0 <= span.start < span.end <= len(text)
                assert span.of(text).strip()
        assert claim.place.name
        assert claim.report_id == reading.report.id
        assert claim.when.start is None or claim.when.end is None or claim.when.start <= claim.when.end
        assert claim.share is None or 0 <= claim.share <= 1
        assert 0 <= claim.confidence <= 1
    for mention in reading.mentions:
        assert mention.text == mention.span.of(text) != ""
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels took Bor. The convoy was African",
        "First",
        "Rebels took Bor.\n\nFirst\n\nThey left.",
    ],
)
def test_a_text_may_end_after_any_word(reader: Reader, text: str) -> None:
    check_spans(reader.read(body(text)))


# ------------------------------------------------------------------------------------------------------- any text
PIECES = st.sampled_from(
    [
        *(
            "captured",
            "withdrew from",
            "holds",
            "was driven out of",
            "the siege of",
            "clashes",
            "-held",
            "fell to",
            "retook",
        ),
        *("under the control of", "in the hands of", "advanced on", "repelled an attack on", "left", "cut the road to"),
        *(
            "Rutba",
            "Deir ez-Zor",
            "the town",
            "it",
            "both villages",
            "Ghnayman",
            "40 km north of",
            "areas east of",
            "Iraq",
        ),
        *("ISIS", "the rebels", "Iraqi troops", "the army", "they", "nobody", "Wagner", "M23", "10% of", "half of"),
        *(
            "said",
            "he told AFP",
            "“",
            "”",
            '"',
            "not",
            "may have",
            "plans to",
            "tried to",
            "denied that",
            "if",
            "on Sunday",
        ),
        *(
            "in 2014",
            "since March",
            "yesterday",
            "and",
            "or",
            "by",
            "from",
            "to",
            ",",
            ".",
            "?",
            "-",
            "—",
            "(",
            ")",
            ";",
        ),
        *("\n", "\n\n", "\t", "\u00a0", "\u200b", "\ufeff", "é", "الرمادي", "Ґ", "😀", "'s", "’s", "1/2", "0", "\x00"),
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map(" ".join),
    st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=25).map("".join),
    st.text(max_size=200),
)


@settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=TEXTS)
def test_any_text_is_read_without_a_fault_and_with_real_spans(reader: Reader, text: str) -> None:
    check_spans(reader.read(Report("any.txt", text, lay_out(text))))
    if text:
        check_spans(reader.read(body(text)))


def test_the_samples_open_to_their_words(reader: Reader) -> None:
    number = 0
    for report in reports([str(EXAMPLES)], lambda _: None):
        reading = reader.read(report)
        check_spans(reading)
        number += len(reading.claims)
    assert number > 200


# ---------------------------------------------------------------------------------------------------- determinism
SCRIPT = """
import json, sys
from whoholds.exports.records import claim_record
from whoholds.pipeline import Reader
from whoholds.sources import reports

reader, found = Reader(), {}
for report in reversed(list(reports(sys.argv[1:], lambda issue: None))):
    found[report.label] = [claim_record(claim) for claim in reader.read(report).claims]
print(json.dumps(found))
"""


def test_the_same_claims_in_any_order_in_any_process(reader: Reader) -> None:
    paths = [str(path) for path in sorted(EXAMPLES.glob("*.txt"))[:7]]
    given_reports = list(reports(paths, lambda _: None))
    random.Random(5).shuffle(given_reports)
    first = {r.label: [claim_record(c) for c in reader.read(r).claims] for r in given_reports}
    again = {r.label: [claim_record(c) for c in reader.read(r).claims] for r in reversed(given_reports)}
    assert first == again
    assert sum(map(len, first.values())) > 40
    # Another process has another seed of its hashes: sets and dictionaries in another order.
    done = subprocess.run([sys.executable, "-c", SCRIPT, *paths], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == json.loads(json.dumps(first))


# ------------------------------------------------------------------------------------------------- long and hostile
def calls_of(act: Callable[[], object]) -> int:
    """How many functions are called, of Python and of C: a measure of work that no busy machine disturbs."""
    profile = cProfile.Profile()
    profile.runcall(act)
    return sum(entry.callcount for entry in profile.getstats())


PROSE = (
    "Government troops in Libya recaptured the town of Zuwara from the rebels on Monday, a spokesman said. The rebels "
    "still held Surman, and fighting went on around Sabratha. “We will retake it,” their commander told reporters.\n\n"
)
HOSTILE = {
    "prose": PROSE,
    "one list": "Zuwara, Surman, Sabratha and Nalut, ",
    "one sentence": "the rebels who took the town that the army had left ",
    "brackets": "(“[",
    "quotes": "“he said ",
    "of": "the town of ",
    "lower case": "a",
    "capitals": "Al-",
    "numbers": "1,000 ",
    "blank lines": "\n\n.",
    "dates": "on Sunday 3 May 2020 ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_the_work_grows_with_the_length_and_no_faster(reader: Reader, piece: str) -> None:
    work = []
    for size in (2_000, 4_000, 8_000):
        report = body((piece * (size // len(piece) + 1))[:size])
        work.append(calls_of(lambda: reader.read(report)))  # noqa: B023
    assert work[2] <= 2.5 * work[1] + 20_000
    assert work[2] <= 6 * work[0] + 20_000


CPU_SECONDS = 10
"""Far above what any of these texts takes on a slow machine, far below what it takes a pattern that backtracks."""
LIMITED = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from short_reports import body
from whoholds.pipeline import Reader

reader = Reader()
reader.read(body("Rebels in Libya took Zuwara."))
used = int(sum(resource.getrusage(resource.RUSAGE_SELF)[:2]))
resource.setrlimit(resource.RLIMIT_CPU, (used + int(sys.argv[2]), used + int(sys.argv[2])))
for piece in sys.argv[3:]:
    reader.read(body((piece * (40_000 // len(piece) + 1))[:40_000]))
print("done")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="limits of processor time are asked of Linux alone")
@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param(["a", "(", "“[", "A.B.", "&#", "- ", "1.", "É", "   \n", "\t", "x@y.", "http://a.b/"], id="marks"),
        pytest.param(["A", "Al-", "ISIS-"], id="long words"),
    ],
)
def test_no_pattern_backtracks_without_end(pieces: list[str]) -> None:
    """Work inside one call of a regular expression is not seen by counting calls; its processor time is bounded."""
    command = [sys.executable, "-c", LIMITED, str(Path(__file__).parent), str(CPU_SECONDS), *pieces]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "done"), done.stderr[-500:]


MEGABYTE = """
import re, sys
sys.path.insert(0, sys.argv[1])
from short_reports import body
from whoholds.annotate.trees.tree import Doc
from whoholds.pipeline import Reader

reader = Reader(sift=False)
reader.read(body("Rebels in Libya took Zuwara."))
parser, known = reader.parser, {}
parse = parser.parse

def again(d):
    fields = {"tags": "tag_", "pos": "pos_", "lemmas": "lemma_", "deps": "dep_"}
    columns = {name: [getattr(t, its) for t in d] for name, its in fields.items()}
    return Doc([t.text for t in d], [bool(t.whitespace_) for t in d], heads=[t.head.i for t in d], **columns)

def remembering(sentences, names=None):
    # The parser's time grows with the length and its memory is that of one batch: each sentence is parsed once.
    new = [s for s in dict.fromkeys(sentences) if s not in known]
    known.update(zip(new, parse(new, names)))
    return [again(known[s]) for s in sentences]

parser.parse = remembering
text = ("the market was open and people went about their day, as they do every day of the week. " * 12 + chr(10) * 2)
reading = reader.read(body((text * 1000)[:1_000_000] + "\\n\\nRebels in Libya took Zuwara."))
status = open("/proc/self/status").read()
print(len(reading.claims), int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the most memory a process held is read from /proc")
def test_a_megabyte_is_read_in_bounded_memory() -> None:
    command = [sys.executable, "-c", MEGABYTE, str(Path(__file__).parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    claims, megabytes = map(int, done.stdout.split())
    assert claims == 1, "the last sentence of a long text is read too"
    assert megabytes < 600
