"""The pages that are made from the application are up to date."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_api_s_pages_are_up_to_date() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(DOCS)!r}); import make_api as m; made = m.description();"
        f"from pathlib import Path; d = Path({str(DOCS)!r});"
        "sys.exit((d / 'openapi.json').read_text(encoding='utf-8') != m.as_text(made)"
        " or (d / 'api.md').read_text(encoding='utf-8') != m.page(made))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0, "run: python docs/make_api.py"
