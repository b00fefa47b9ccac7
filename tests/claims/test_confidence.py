"""The confidence of claims: what raises and lowers it, and what a damaged file of weights does."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from short_reports import body

from whoholds.claims.confidence import HIGHEST, LOWEST, PACKAGED, Confidence, is_unsure, traits_of
from whoholds.errors import WeightsError
from whoholds.model import Anchors, Claim, Kind, Mode, Place, Report, Span, When
from whoholds.pipeline import Reader, Reading

TEXT = (
    "Rebels of the M23 captured the town of Rutshuru in Congo on Monday. They were said to have gone. "
    "The army said it still held Goma."
)


@pytest.fixture
def reading(reader: Reader) -> Reading:
    return reader.read(body(TEXT))


def weights(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "weights.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_each_claim_is_rated_within_bounds_and_nothing_else_of_it_changes(reading: Reading) -> None:
    rated = Confidence.load().rate(reading.claims, reading.report)
    assert [replace(c, confidence=0.0) for c in rated] == [replace(c, confidence=0.0) for c in reading.claims]
    assert all(LOWEST <= c.confidence <= HIGHEST for c in rated)
    assert rated == reading.claims, "the reader has rated them already, and rating again gives the same"


def test_a_weight_moves_the_claims_that_have_its_trait_and_no_other(tmp_path: Path, reading: Reading) -> None:
    first, *others = reading.claims
    assert others, "the text has more than one claim"
    only = f"kind={first.kind}"
    flat = {"bias": 0.0, "scale": 1.0, "shift": 0.0}
    path = weights(tmp_path, json.dumps({**flat, "weights": {only: 2.0}}))
    for claim in Confidence.load(path).rate(reading.claims, reading.report):
        assert claim.confidence == (0.881 if claim.kind is first.kind else 0.5)


def test_an_actor_who_is_not_named_is_trusted_less(reading: Reading) -> None:
    claim = next(c for c in reading.claims if c.kind is Kind.GAINS)
    assert claim.anchors.actor is not None
    nobody = replace(claim, actor=None, anchors=replace(claim.anchors, actor=None))
    named, unnamed = (Confidence.load().rate([c], reading.report)[0] for c in (claim, nobody))
    assert unnamed.confidence < named.confidence


def test_traits_hold_no_words_of_the_report(reading: Reading) -> None:
    hostile = replace(reading.claims[0], quote_text="<script>", actor="<script>", part="<script>")
    (traits,) = traits_of([hostile], reading.report)
    assert not any("script" in t for t in traits)


@pytest.mark.parametrize(("above", "marked"), [(0.001, False), (-0.001, True)])
def test_claims_that_are_better_left_out_of_a_list_are_marked(reading: Reading, above: float, marked: bool) -> None:
    least = Confidence.load().least
    assert 0 < least < 0.5, "what is more likely right than wrong is never marked"
    assert is_unsure(replace(reading.claims[0], confidence=least + above)) is marked


def test_a_pronoun_for_the_actor_and_claims_against_it_are_traits() -> None:
    text = "Rebels took Bol. They took Mao. The army of Chad took Mao."
    report = Report("x", text)

    def at(words: str, start: int = 0) -> Span:
        begin = text.index(words, start)
        return Span(begin, begin + len(words))

    def claim(actor: str, place: str, start: int, words: str) -> Claim:
        anchors = Anchors(at("took", start), at(place, start), at(words, start))
        return Claim(
            "x", "x", Kind.GAINS, actor, Place(place), When(None, None), Mode.ASSERTED, anchors.cue, "took", anchors
        )

    named, pronoun, other = traits_of(
        [
            claim("rebels:TCD", "Bol", 0, "Rebels"),
            claim("rebels:TCD", "Mao", 17, "They"),
            claim("gov:TCD", "Mao", 32, "The army of Chad"),
        ],
        report,
    )
    assert ["named=name" in t for t in (named, pronoun, other)] == [True, False, True]
    assert "named=pronoun" in pronoun
    assert ["others=1" in t for t in (named, pronoun, other)] == [False, True, True]


def test_no_claims_are_no_trouble() -> None:
    assert Confidence.load().rate([], Report("empty", "", ())) == ()


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"weights": {"a": "b"}, "bias": 0, "scale": 1, "shift": 0}', '{"weights": 3}']
)
def test_damaged_weights_are_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(WeightsError, match=r"weights\.json"):
        Confidence.load(weights(tmp_path, text))


def test_missing_weights_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"nowhere\.json"):
        Confidence.load(tmp_path / "nowhere.json")


def test_the_packaged_figures_keep_what_the_documents_promise() -> None:
    figures = json.loads(PACKAGED.read_text(encoding="utf-8"))["figures"]
    assert figures["calibration error, five folds"] < 0.05
    assert figures["calibration error, held out"] < 0.05
