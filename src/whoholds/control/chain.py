"""A hidden Markov chain in days, forward and backward, for many places at once.

Between two days on which something is said nothing changes but the days themselves, so a stretch of n days is the n-th
power of one day's matrix: the same numbers as day by day, in the logarithm of the time (Rabiner, "A tutorial on hidden
Markov models", 1989, with scaling). Places with equally many states go through together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from whoholds.control.track import Floats, Ints, Track

BATCH_NUMBERS = 4_000_000
"""Numbers in one array of a batch: 32 MB."""


def posteriors(tracks: Sequence[Track]) -> list[Floats]:
    """For each track K × S: the chance of each state at the end of the first day of each stretch, by all evidence.

    The order of the tracks makes no difference to their figures, beyond the last digits of a double.
    """
    result: list[Floats] = [np.empty(0)] * len(tracks)
    for batch in _batches(tracks):
        for number, found in zip(batch, _together([tracks[n] for n in batch]), strict=True):
            result[number] = found
    return result


def later(track: Track, found: Floats, days: int) -> Floats:
    """S: the chances `days` after the last stretch's day, with nothing more said. `found`: the track's posteriors."""
    chances: Floats = found[-1] @ np.linalg.matrix_power(_calm(track), days)
    return _scaled(chances)


def _calm(track: Track) -> Floats:
    # The last stretch is the day after the last words: nothing is said on it.
    calm: Floats = track.moves[-1]
    return calm


def _batches(tracks: Sequence[Track]) -> Iterable[list[int]]:
    """Numbers of tracks of one size that fit together, those with like many stretches side by side."""
    order = sorted(range(len(tracks)), key=lambda n: (len(tracks[n].states), len(tracks[n].starts)))
    batch: list[int] = []
    for number in order:
        size, count = len(tracks[number].states), len(tracks[number].starts)
        if batch and (
            len(tracks[batch[0]].states) != size
            or (len(batch) + 1) * count * size * size > BATCH_NUMBERS
            or count > 2 * len(tracks[batch[0]].starts) + 8
        ):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _together(tracks: Sequence[Track]) -> list[Floats]:
    size = len(tracks[0].states)
    counts = [len(track.starts) for track in tracks]
    most = max(counts)
    day = np.broadcast_to(np.eye(size), (most, len(tracks), size, size)).copy()
    lengths = np.ones((most, len(tracks)), dtype=np.int64)
    for n, track in enumerate(tracks):
        shifted = track.evidence - track.evidence.max(axis=1, keepdims=True)
        day[: counts[n], n] = track.moves * np.exp(shifted)[:, None, :]
        lengths[: counts[n], n] = track.lengths
    rest = _powers(day.reshape(-1, size, size), lengths.reshape(-1) - 1).reshape(day.shape)
    forward = np.empty((most, len(tracks), size))
    now = np.array([track.first for track in tracks])
    for k in range(most):
        now = _scaled(np.einsum("ns,nst->nt", now, day[k]))
        forward[k] = now
        now = _scaled(np.einsum("ns,nst->nt", now, rest[k]))
    backward = np.empty_like(forward)
    after = np.ones((len(tracks), size))
    for k in reversed(range(most)):
        after = _scaled(np.einsum("nst,nt->ns", rest[k], after))
        backward[k] = after
        after = _scaled(np.einsum("nst,nt->ns", day[k], after))
    both = _scaled(forward * backward)
    return [both[: counts[n], n] for n in range(len(tracks))]


def _scaled(values: Floats) -> Floats:
    scaled: Floats = values / values.sum(axis=-1, keepdims=True)
    return scaled


def _powers(matrices: Floats, exponents: Ints) -> Floats:
    """Each matrix to its power, scaled so that its largest number is 1."""
    result = np.broadcast_to(np.eye(matrices.shape[-1]), matrices.shape).copy()
    active = np.flatnonzero(exponents > 0)
    base, left = matrices[active], exponents[active].copy()
    while len(active):
        odd = (left & 1).astype(bool)
        result[active[odd]] = _peak(result[active[odd]] @ base[odd])
        left >>= 1
        going = left > 0
        active, left, base = active[going], left[going], base[going]
        if len(active):
            base = _peak(base @ base)
    return result


def _peak(matrices: Floats) -> Floats:
    peaks: Floats = matrices.max(axis=(-2, -1), keepdims=True) if len(matrices) else np.ones(1)
    return matrices / peaks
