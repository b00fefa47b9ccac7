"""New processes of Python that know nothing of the script that asked for them."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_ONE = threading.Lock()


@contextmanager
def without_script() -> Iterator[None]:
    """Processes that are spawned in the block do not run the caller's script.

    Python would run it once more in each, for functions that it may define; where it does not say
    `if __name__ == "__main__":`, all its work would begin anew there. Ours need functions of modules alone.
    """
    with _ONE:
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script
