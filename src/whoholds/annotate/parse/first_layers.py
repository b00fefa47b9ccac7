"""What the parser's first layers make of a word, worked out once: it depends on nothing but the word.

The same words come again and again, and these layers take a tenth of the parser's time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

MOST = 1 << 14
"""Words kept, 8 MB about; then they are forgotten, and it begins anew."""
Rows = npt.NDArray[np.float32]


def keep_words(nlp: Language) -> None:
    """Put `FirstLayers` in the place of the layers of a pipeline that they stand for."""
    from thinc.api import Model

    model: Any = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    extract, to_ragged, hashed, mixed, _ = model.layers[0].layers
    mix, norm = mixed.layers[0].layers[0].layers

    def features(docs: list[Doc]) -> Rows:
        found: Rows = hashed.predict(to_ragged.predict(extract.predict(docs))).data
        return found

    words = FirstLayers(features, mix, norm, nlp.vocab)

    def forward(_: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[Rows], None]:
        assert not is_train
        return words(docs), None

    model.layers[0] = Model("first_layers", forward)


class FirstLayers:
    """Vectors of words: their hashed features, mixed by a maxout layer and brought to one scale.

    The last digits of such sums depend on the words that are worked out together. So they are worked out in double
    precision and rounded: a report's parse must not depend on what was read before.
    """

    def __init__(self, features: Callable[[list[Doc]], Rows], mix: Any, norm: Any, vocab: Vocab) -> None:
        self._features, self._vocab = features, vocab
        self._weights, self._bias = mix.get_param("W").astype(np.float64), mix.get_param("b").astype(np.float64)
        self._scale, self._shift = norm.get_param("G").astype(np.float64), norm.get_param("b").astype(np.float64)
        self._kept: dict[int, Rows] = {}

    def __call__(self, docs: Sequence[Doc]) -> list[Rows]:
        """A row for each token of each document."""
        texts = [doc.to_array("ORTH").tolist() for doc in docs]
        kept = self._kept if len(self._kept) < MOST else {}
        new = list({word: None for words in texts for word in words if word not in kept})
        kept |= zip(new, self._worked_out(new), strict=True) if new else ()
        self._kept = kept
        width = len(self._scale)
        return [np.array([kept[word] for word in words], np.float32).reshape(len(words), width) for words in texts]

    def _worked_out(self, words: list[int]) -> Rows:
        from spacy.tokens import Doc

        features = self._features([Doc(self._vocab, words=[self._vocab.strings[word] for word in words])])
        pieces = np.tensordot(features.astype(np.float64), self._weights, (1, 2)) + self._bias
        best = pieces.max(axis=2)
        best -= best.mean(axis=1, keepdims=True)
        best /= np.sqrt(best.var(axis=1, keepdims=True) + 1e-8)
        rows: Rows = (best * self._scale + self._shift).astype(np.float32)
        return rows
