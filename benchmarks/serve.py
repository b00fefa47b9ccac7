"""How fast the application answers over a large ledger: the first view, a click to the evidence, search and review.

    python benchmarks/control.py --claims 1000000 --places 20000 --ledger big.db     (makes one)
    python benchmarks/serve.py big.db [--index FOLDER]

A real server on a free port, asked over HTTP as the page asks it. The first view is all that the page waits for until
places can be drawn: itself, what is served, the spell of each place, the histogram. Seconds and milliseconds are of the
clock on the wall; building the index, which is done once, is told apart.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import random
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from whoholds.web.app import create_app
from whoholds.web.server import Address, listen
from whoholds.web.settings import Settings

API = "/api/v1"
CLICKS = 60


class Asker:
    """One connection, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def get(self, path: str, **params: str | int) -> tuple[float, bytes]:
        """Seconds until the last byte, and the answer, unpacked."""
        begun = time.perf_counter()
        query = f"?{urlencode(params)}" if params else ""
        self._connection.request("GET", path + query, headers={"Accept-Encoding": "gzip"})
        answer = self._connection.getresponse()
        body = answer.read()
        took = time.perf_counter() - begun
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {body[:300]!r}")
        return took, gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body


def measured(port: int) -> dict[str, float]:
    ask = Asker(port)
    _, body = ask.get(f"{API}/index")
    while not json.loads(body)["ready"]:
        time.sleep(0.2)
        _, body = ask.get(f"{API}/index")
    first = [ask.get(f"{API}/{path}")[0] for path in ("about", "map?course=at", "histogram?by=month")]
    again = [ask.get(f"{API}/{path}")[0] for path in ("about", "map?course=at", "histogram?by=month")]
    map_bytes = len(ask.get(f"{API}/map?course=at")[1])
    day, _ = ask.get(f"{API}/map", course="at", day="2016-06-01")
    found: list[str] = []
    cursor = {}
    while len(found) < CLICKS:
        page = json.loads(ask.get(f"{API}/tables/places", limit=200, sort="place", **cursor)[1])
        found += [row["place_id"] for row in page["rows"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    chosen = random.Random(1).sample(found, min(CLICKS, len(found)))
    clicks = sorted(ask.get(f"{API}/place", id=place_id)[0] for place_id in chosen)
    whys = sorted(ask.get(f"{API}/place/why", id=place_id)[0] for place_id in chosen[:20])
    return {
        "first_view_cold_s": round(sum(first), 3),
        "first_view_warm_s": round(sum(again), 3),
        "map_mb": round(map_bytes / 1e6, 1),
        "map_of_a_day_s": round(day, 3),
        "click_median_ms": round(1000 * clicks[len(clicks) // 2], 1),
        "click_p95_ms": round(1000 * clicks[int(len(clicks) * 0.95)], 1),
        "why_median_ms": round(1000 * whys[len(whys) // 2], 1),
        "search_ms": round(1000 * ask.get(f"{API}/search", q="town 12")[0], 1),
        "claims_page_ms": round(1000 * ask.get(f"{API}/tables/claims", q="town withdraws", sort="-confidence")[0], 1),
        "queue_ms": round(1000 * ask.get(f"{API}/review/queue", by="ann")[0], 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--index", type=Path)
    asked = parser.parse_args()
    begun = time.perf_counter()
    app = create_app(Settings(asked.ledger), asked.index)
    with listen(Address(port=0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        while not (server.started and app.state.desk.index.progress.ready):
            time.sleep(0.01)
        ready = time.perf_counter() - begun
        print(json.dumps({"ready_s": round(ready, 2), **measured(listening.getsockname()[1])}))
        server.should_exit = True
        thread.join(20)


if __name__ == "__main__":
    main()
