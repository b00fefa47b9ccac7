"""A reader for the processes of a pool: `conftest.FakeReader` with what a pool asks of one."""

from __future__ import annotations

from conftest import FakeReader


class PartsReader(FakeReader):
    sieve = None

    def __init__(self, *, sift: bool = True) -> None:
        super().__init__()
        self.sift = sift
