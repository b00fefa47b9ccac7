"""Faults of ours that one page or report brought out, as issues: the others go on."""

from __future__ import annotations

import traceback
from pathlib import Path

from whoholds.model import Issue, Severity


def failure(source: str, error: Exception, what: str = "report") -> Issue:
    """To be listed: what it was, what broke, and where in the program."""
    frames = traceback.extract_tb(error.__traceback__)
    package = str(Path(__file__).resolve().parent)
    ours = [frame for frame in frames if frame.filename.startswith(package)] or frames
    at = f" in {Path(ours[-1].filename).stem}, line {ours[-1].lineno}" if ours else ""
    message = (
        f"the {what} could not be read ({type(error).__name__}{at}: {str(error)[:200]}); the others are not affected. "
        "Please send it to the project as a bug"
    )
    return Issue("reader-failed", message, source, severity=Severity.ERROR)
