"""The format of the cue files: what is wrong in one is refused with the file, the sense and the rule that it breaks."""

from __future__ import annotations

import re

import pytest

from whoholds.claims.cues import Cues, load, parse
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
    assert len(cues.senses) >= 60
    assert {cue.kind for cue in cues.senses} == set(Kind)
    assert re.fullmatch(r"[0-9a-f]{12}", cues.hash)
