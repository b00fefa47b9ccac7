"""Downloads country files of GeoNames, where a user asks for them. Nothing here is called by anything else."""

from __future__ import annotations

import http.client
import os
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from whoholds.errors import GazetteerError

BASE_URL = "https://download.geonames.org/export/dump/"
"""GeoNames' own server; its data are under CC BY 4.0."""
ENVIRONMENT = "WHOHOLDS_GEONAMES"
"""Environment variable with the address of a mirror in place of it."""
TIMEOUT_S = 60.0
MAX_BYTES = 2 << 30
_BLOCK = 1 << 18
_AGENT = "whoholds (gazetteer fetch)"


def base_url(given: str = "") -> str:
    """The address under which the files lie. Raises GazetteerError where it is not one of http or https."""
    url = given or os.environ.get(ENVIRONMENT, "") or BASE_URL
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise GazetteerError(f"{url!r} is no address to fetch from: it begins with https:// or http://")
    return url.rstrip("/") + "/"


def download(code: str, folder: Path, base: str, progress: Callable[[float, str], None]) -> Path:
    """Fetches the file of one country (alpha-2, or "allCountries") into `folder` and returns its path.

    What an interrupted download left there is gone on with where the server can. Raises GazetteerError where the
    server has no such file, cannot be reached, or sends something else.
    """
    url = f"{base_url(base)}{code}.zip"
    path, part = folder / f"{code}.zip", folder / f"{code}.zip.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        have = part.stat().st_size if part.is_file() else 0
        _receive(url, part, have, lambda share: progress(share, f"fetching {code}.zip"))
        with part.open("rb") as stream:
            if stream.read(4) != b"PK\x03\x04":
                part.unlink()
                raise GazetteerError(f"{url} is no ZIP file: is the address right?")
        part.replace(path)
    except urllib.error.HTTPError as error:
        why = "there is no such file" if error.code == 404 else f"the server answers {error.code} {error.reason}"
        raise GazetteerError(f"{url} cannot be fetched: {why}") from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise GazetteerError(
            f"{url} cannot be fetched ({reason}): try again, what has come so far is kept; or download it yourself and"
            f" `whoholds gazetteer add {code}.zip`"
        ) from error
    return path


def _receive(url: str, part: Path, have: int, progress: Callable[[float], None]) -> None:
    headers = {"User-Agent": _AGENT} | ({"Range": f"bytes={have}-"} if have else {})
    request = urllib.request.Request(url, headers=headers)  # the scheme is checked by `base_url`
    try:
        answer = urllib.request.urlopen(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as error:
        if error.code != 416 or not have:
            raise
        # Nothing is left to send: it was whole, or is another file by now.
        part.unlink()
        return _receive(url, part, 0, progress)
    with answer:
        goes_on = answer.status == 206
        done = have if goes_on else 0
        length = int(answer.headers.get("Content-Length") or 0)
        total = done + length
        with part.open("ab" if goes_on else "wb") as stream:
            while block := answer.read(_BLOCK):
                done += len(block)
                if done > MAX_BYTES:
                    raise GazetteerError(f"{url} is larger than {MAX_BYTES:,} bytes: refused")
                stream.write(block)
                progress(min(1.0, done / max(1, total)))
        if length and done < total:
            raise http.client.IncompleteRead(b"", total - done)
    return None
