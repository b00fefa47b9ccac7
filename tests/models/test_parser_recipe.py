"""The recipe of the parser: reading trees, adapting them, packing a pipeline, and what the packed weights reach."""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.tokens import DocBin

ROOT = Path(__file__).resolve().parents[2]
UD = ROOT / "../shared/ud"
RECIPE = ROOT / "models/parser"
sys.path.insert(0, str(RECIPE))

import arguments  # noqa: E402
import evaluate  # noqa: E402
import pack  # noqa: E402
import projective  # noqa: E402
from augment import Augmenter, Vocabulary, augmented, like  # noqa: E402
from treebank import Sentence, as_doc, read, write  # noqa: E402
from whoholds.annotate.parse import weights  # noqa: E402

needs_treebanks = pytest.mark.skipif(not UD.is_dir(), reason="needs the treebanks in ../shared/ud")

CONLLU = """\
# text = The boys' mother didn't see Rome.
1	The	the	DET	DT	Definite=Def	2	det	_	_
2-3	boys'	_	_	_	_	_	_	_	_
2	boys	boy	NOUN	NNS	Number=Plur	4	nmod:poss	_	_
3	'	's	PART	POS	_	2	case	_	_
4	mother	mother	NOUN	NN	Number=Sing	7	nsubj	_	_
5	did	do	AUX	VBD	Tense=Past|Person=3	7	aux	_	SpaceAfter=No
6	n't	not	PART	RB	_	7	advmod	_	_
7	see	see	VERB	VB	VerbForm=Inf	0	root	_	_
7.1	ghost	ghost	NOUN	NN	_	_	_	_	_
8	Rome	Rome	PROPN	NNP	Number=Sing	7	obj	_	SpaceAfter=No
9	.	.	PUNCT	.	_	7	punct	_	_

"""


@pytest.fixture
def tree(tmp_path: Path) -> Sentence:
    path = tmp_path / "tiny.conllu"
    path.write_text(CONLLU, encoding="utf-8")
    (sentence,) = read(path)
    return sentence


def test_reading_keeps_spacing_and_drops_empty_nodes(tree: Sentence) -> None:
    doc = as_doc(spacy.blank("en").vocab, tree)
    assert doc.text == "The boys' mother didn't see Rome. "
    assert [t.head.text for t in doc][:4] == ["boys", "mother", "boys", "see"]
    assert doc[6].dep_ == "ROOT"
    assert tree.morphs[4] == "Tense=Past"
    assert tree.source == "tiny"


def test_writing_gives_training_documents(tree: Sentence, tmp_path: Path) -> None:
    vocab = spacy.blank("en").vocab
    assert write(tmp_path / "new" / "x.spacy", vocab, [tree, tree]) == 2
    docs = list(DocBin().from_disk(tmp_path / "new" / "x.spacy").get_docs(vocab))
    assert [[t.lemma_ for t in d] for d in docs] == [tree.lemmas] * 2


def test_without_moves_the_heads(tree: Sentence) -> None:
    short = tree.without({0, 8})
    assert short.words == tree.words[1:8]
    assert [short.words[h] for h in short.heads][:2] == ["mother", "boys"]


def test_like_copies_capitals() -> None:
    assert (like("Word", "town"), like("WORD", "town"), like("word", "Bama")) == ("Town", "TOWN", "Bama")


def test_adapted_trees_are_the_same_trees(tree: Sentence) -> None:
    words = set()
    for seed in range(30):
        copy = Augmenter(Vocabulary(RECIPE / "vocabulary.yml"), random.Random(seed)).swap(tree)
        if copy is not None:
            assert (copy.heads, copy.deps, copy.xpos) == (tree.heads, tree.deps, tree.xpos)
            assert copy.words[8] == "."
            words.add(copy.words[6])
    assert len(words) > 3
    assert tree.words[6] == "see"


def test_headlines_lose_articles_and_the_full_stop(tree: Sentence) -> None:
    headline = Augmenter(Vocabulary(RECIPE / "vocabulary.yml"), random.Random(3)).headline(tree)
    assert headline.words[0] == "Boys"
    assert "." not in headline.words
    assert len(headline.heads) == len(headline.words) == len(tree) - 2


def test_adapting_is_reproducible(tree: Sentence) -> None:
    runs = [[s.words for s in augmented([tree] * 20, RECIPE / "vocabulary.yml", seed=5)] for _ in range(2)]
    assert runs[0] == runs[1] != []


def test_packing_packed_weights_gives_the_same_file() -> None:
    """Half precision is exact on what is half precision already, and the bytes are the same every time."""
    nlp, _ = weights.load(weights.PACKAGED)
    assert pack.pack(nlp) == weights.PACKAGED.read_bytes()


@needs_treebanks
@pytest.mark.parametrize(
    ("name", "upos", "uas", "las"),
    [("EWT test", 96.0, 86.0, 82.0), ("GUM test", 95.5, 87.0, 84.4), ("PUD", 95.5, 84.5, 81.2)],
)
def test_accuracy_on_200_sentences(name: str, upos: float, uas: float, las: float) -> None:
    nlp, _ = weights.load(weights.PACKAGED)
    s = evaluate.score(nlp, list(read(UD / evaluate.TESTS[name]))[:200])
    assert s.upos >= upos
    assert s.uas >= uas
    assert s.las >= las
    assert sum(n for n, _ in s.by_label.values()) == s.tokens


@needs_treebanks
def test_rules_alone_on_gold_trees() -> None:
    """Subjects, objects and agents by rule against enhanced dependencies, all verbs of PUD's first 300 sentences."""
    r = arguments.measure(UD / "pud_test.conllu", gold_trees=True, all_verbs=True, limit=300)
    assert min(r.precision["subject"], r.recall["subject"], r.precision["object"], r.recall["object"]) >= 94.0


@needs_treebanks
def test_arguments_as_parsed_beat_the_bare_parse() -> None:
    bare = arguments.measure(UD / "ewt_test.conllu", all_verbs=True, repairs=False, limit=600)
    mended = arguments.measure(UD / "ewt_test.conllu", all_verbs=True, limit=600)
    assert mended.all_right >= bare.all_right + 10
    assert mended.recall["subject"] >= 86.0
    assert mended.recall["object"] >= 83.0


def _projective_trees(n: int) -> list[list[int]]:
    candidates = map(list, itertools.product(range(n), repeat=n))
    return [heads for heads in candidates if projective.is_tree(heads) and projective.is_projective(heads)]


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_no_projective_tree_scores_better_than_the_one_found(n: int) -> None:
    trees = _projective_trees(n)
    for seed in range(20):
        scores = np.random.default_rng(seed).normal(size=(n, n + 1))
        scores[np.arange(n), np.arange(1, n + 1)] = -1e4

        def total(heads: list[int], scores: np.ndarray = scores) -> float:
            return float(sum(scores[i, 0 if head == i else head + 1] for i, head in enumerate(heads)))

        assert projective.eisner(scores) == max(trees, key=total)
        assert projective.best(scores) == max(trees, key=total)


def test_trees_are_told_from_other_heads() -> None:
    assert projective.is_tree([1, 1, 1])
    assert not projective.is_tree([1, 0, 2]), "a circle beside the root"
    assert not projective.is_tree([0, 1, 1]), "two roots"
    assert not projective.is_projective([2, 3, 2, 2]), "an arc over the root"
    assert not projective.is_projective([2, 3, 4, 4, 4]), "arcs that cross"
