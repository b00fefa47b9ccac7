"""The format of the cue files: what is wrong in one is refused with the file, the sense and the rule that it breaks."""

from __future__ import annotations

import re

import pytest

from whoholds.claims.cues.cues import Cues, load, parse
from whoholds.errors import LexiconError, WhoholdsError
from whoholds.model import Kind

GOOD = """\
- id: grab
  form: verb
  words: [grab]
  kind: gains
  actor: subj
  place: obj into_hands_of
  examples:
    - "Rebels grabbed Bria. => gains rebels:CAF Bria"
  not:
    - "She grabbed her coat."
"""


def test_a_sense_that_keeps_the_rules_is_read() -> None:
    (cue,) = parse(GOOD, "test.yml")
    assert (cue.id, cue.form, cue.words, cue.kind) == ("grab", "verb", ("grab",), Kind.GAINS)
    assert cue.actor == ("subj",)
    assert cue.place == ("obj", "into_hands_of")
    assert cue.examples == ("Rebels grabbed Bria. => gains rebels:CAF Bria",)
    assert cue.counter == ("She grabbed her coat.",)
    assert not cue.weak


@pytest.mark.parametrize(
    ("text", "sense", "rule"),
    [
        pytest.param(GOOD + "  colour: red\n", "grab", "unknown field 'colour'", id="unknown-field"),
        pytest.param(GOOD.replace("- id: grab\n  form", "- form"), "1", "'id' is missing", id="no-id"),
        pytest.param(GOOD.replace("  form: verb\n", ""), "grab", "'form' is missing", id="no-form"),
        pytest.param(GOOD.replace("  words: [grab]\n", ""), "grab", "'words' is missing", id="no-words"),
        pytest.param(GOOD.replace("  kind: gains\n", ""), "grab", "'kind' is missing", id="no-kind"),
        pytest.param(GOOD.replace("kind: gains", "kind: wins"), "grab", "kind 'wins' is none of", id="bad-kind"),
        pytest.param(GOOD.replace("form: verb", "form: adverb"), "grab", "form must be one of", id="bad-form"),
        pytest.param(GOOD + GOOD, "grab", "is there twice", id="twice"),
        pytest.param(GOOD + "- just words\n", "2", "expected fields", id="no-fields"),
    ],
)
def test_a_broken_rule_is_told_with_file_and_sense(text: str, sense: str, rule: str) -> None:
    with pytest.raises(LexiconError) as caught:
        parse(text, "cues/test.yml")
    message = str(caught.value)
    assert message.startswith("cues/test.yml")
    assert re.search(rf"sense '?{re.escape(sense)}'?\b", message), message
    assert rule in message


def test_a_sense_takes_over_what_it_does_not_say_otherwise() -> None:
    snatch = "- id: snatch\n  like: grab\n  words: [snatch]\n  extent: part\n"
    grab, cue = parse(GOOD + snatch, "test.yml")
    assert (cue.words, cue.kind, cue.place, cue.extent) == (("snatch",), grab.kind, grab.place, "part")
    assert cue.examples == cue.counter == ()
    with pytest.raises(LexiconError, match="no sense above it"):
        parse(snatch + GOOD, "test.yml")


def test_a_verb_with_its_particle_is_found_by_the_verb() -> None:
    (cue,) = parse(GOOD.replace("[grab]", '["give up", "hand over"]'), "test.yml")
    assert Cues([cue], "").of("verb", "give") == [cue]
    assert cue.particles["hand"] == {"over"}
    with pytest.raises(LexiconError, match="two senses"):
        parse(GOOD.replace("[grab]", '["give up", leave]'), "test.yml")


def test_nouns_that_must_stand_in_a_slot() -> None:
    (cue,) = parse(GOOD + "  with: {subj: [flag, banner]}\n", "test.yml")
    assert cue.company == {"subj": {"flag", "banner"}}
    with pytest.raises(LexiconError, match="slots"):
        parse(GOOD + "  with: [flag]\n", "test.yml")


def test_what_rules_out_and_what_asks_for_more_is_tried_first() -> None:
    plain = GOOD
    idiom = GOOD.replace("id: grab", "id: idiom").replace("kind: gains", "kind: none")
    fuller = GOOD.replace("id: grab", "id: fuller") + "  object: [control]\n"
    cues = Cues(parse(plain + fuller + idiom, "test.yml"), "")
    assert [cue.id for cue in cues.of("verb", "grab")] == ["idiom", "fuller", "grab"]


@pytest.mark.parametrize("text", ["", "grab: {}\n", "just words\n", "- id: [\n"])
def test_a_file_that_is_no_list_of_senses_is_refused_by_name(text: str) -> None:
    with pytest.raises(LexiconError, match=r"^cues/test\.yml: "):
        parse(text, "cues/test.yml")


def test_a_broken_lexicon_is_a_fault_the_command_line_reports() -> None:
    assert issubclass(LexiconError, WhoholdsError)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("words: [grab]", "words: grab"),
        ("words: [grab]", "words: [on]"),
        ("actor: subj", "actor: subj\n  particle: [off]"),
    ],
    ids=["no-list", "word-read-as-truth", "particle-read-as-truth"],
)
def test_words_are_a_list_of_words(good: str, bad: str) -> None:
    with pytest.raises(LexiconError, match="grab"):
        parse(GOOD.replace(good, bad), "test.yml")


def test_data_cannot_make_objects() -> None:
    """YAML tags that build Python objects are refused: people share lexicons."""
    with pytest.raises(LexiconError, match="not YAML"):
        parse(GOOD + "- !!python/object/apply:os.getcwd []\n", "test.yml")


def test_senses_are_found_by_form_and_word() -> None:
    phrase = GOOD.replace("id: grab", "id: hands").replace("verb", "phrase").replace("[grab]", "[into the hands]")
    cues = Cues(parse(GOOD + phrase, "test.yml"), "")
    assert [cue.id for cue in cues.of("verb", "grab")] == ["grab"]
    assert [cue.id for cue in cues.of("phrase", "hands")] == ["hands"], "phrases are found by their last word"
    assert cues.of("noun", "grab") == []
    assert cues.of("verb", "let") == []


def test_the_packaged_lexicon_is_read_and_named_by_its_content() -> None:
    cues = load("en")
    assert len(cues.senses) >= 220
    assert {cue.kind for cue in cues.senses} == {*Kind, None}
    assert re.fullmatch(r"[0-9a-f]{12}", cues.hash)
