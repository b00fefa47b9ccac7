"""The vectors of words that are kept are those of the layers they stand for, whatever was read before."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from spacy.tokens import Doc

from whoholds.annotate.parse import first_layers, weights
from whoholds.annotate.parse.first_layers import keep_words

TEXTS = (
    "Rebels took Bor on Monday .",
    "the rebels left Bor",
    "",
    "Troops of Chad held Bol , Bor and a re-taken camp .",
)


def loaded() -> tuple[Any, list[Doc]]:
    nlp, _ = weights.load(weights.default_path())
    return nlp, [Doc(nlp.vocab, words=text.split()) for text in TEXTS]


def first(nlp: Any, docs: list[Doc]) -> list[Any]:
    found: list[Any] = nlp.get_pipe("tok2vec").model.layers[0].predict(docs)
    return found


def test_as_the_layers_have_them() -> None:
    nlp, docs = loaded()
    before = first(nlp, docs)
    keep_words(nlp)
    for was, now in zip(before, first(nlp, docs), strict=True):
        assert (now.shape, now.dtype) == (was.shape, was.dtype)
        np.testing.assert_allclose(now, was, atol=1e-4)


def test_the_same_to_the_last_bit_in_any_company(monkeypatch: pytest.MonkeyPatch) -> None:
    nlp, docs = loaded()
    keep_words(nlp)
    together = first(nlp, docs)
    monkeypatch.setattr(first_layers, "MOST", 1)  # forgets them again after every document
    for alone, row in zip(reversed(docs), reversed(together), strict=True):
        assert np.array_equal(first(nlp, [alone])[0], row)
