"""Writes docs/openapi.json and docs/api.md from the application: `python docs/make_api.py`. A test compares them."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from whoholds.ledger import Ledger
from whoholds.web.app import create_app
from whoholds.web.settings import Settings

PAGE = Path(__file__).with_name("api.md")
DESCRIPTION = Path(__file__).with_name("openapi.json")
HEAD = """\
# The API of `whoholds serve`

<!-- Written by docs/make_api.py; change the application's own words, then run it again. -->

The whole description, with every shape, is [openapi.json](openapi.json); a running server has it at
`/api/v1/openapi.json`. [serve.md](serve.md) tells how to start one.

- **Answers are the command line's.** States, reasons and changes have the fields of `whoholds who`, `why` and `changes`
  with `--format json`; claims those of `whoholds claims`; the map has the shape of the one-file map
  (`views/mapshape.py`).
- **Read-only** unless the server was started with `--write`; else every POST gets 403.
- **Two clocks**: `on` (as things stood on a day) and `known` (by the reports published by a day), and `view`, as on the
  command line.
- **Ids in the query.** Places have ids with signs of their own (`name:deir-hafir@SYR`): they go into `?id=`.
- **The index.** The map, the tables and the search are answered from an index that is built when a ledger is opened for
  the first time and brought up to date as it grows. While it is built they answer 503 with `Retry-After`; ask `/index`
  how far it is. `version` there changes whenever an answer may have changed; answers carry it as `ETag`, and a request
  with `If-None-Match` gets 304.
- **Pages**: `next` of an answer is the `cursor` of the next request; null at the end.
- **Text of reports is data.** Titles, quotes, names and addresses are what reports say: show them as text. `url` is
  http or https, or null.
- **Errors** are problem documents (RFC 9457, `application/problem+json`): `status`, `title`, `detail` in words for
  people, `errors` with each wrong field. Never a trace.
- **Writing** asks for `Content-Type: application/json` (uploads: `multipart/form-data`) and, from a browser, for the
  page's own origin.
- **The page** is `/`, which is `src/whoholds/web/assets/index.html`; the other files of that folder are `/assets/NAME`
  (no folders in it). Any other path without a dot gives the page too, so that a view can have an address of its own.
  Its policy: `default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'self';
  img-src 'self' data: blob:; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none';
  frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default`, and with `--tiles` the tiles'
  origin in `img-src` and `connect-src`. No inline script, no inline style element, no `style=""`.
- **The token** (where one is set) goes once into the address as `?token=`, which sets a cookie and is taken out of the
  address; programs send `Authorization: Bearer TOKEN`.
"""


def description() -> dict[str, Any]:
    """The OpenAPI description, which is the same for every ledger."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        Ledger.open(path).close()
        app = create_app(Settings(path))
        made = app.openapi()
        app.state.desk.close()
    made["info"]["version"] = "1"  # of the API, not of the program: the page need not change with every release
    return made


def as_text(made: dict[str, Any]) -> str:
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


SHAPES: dict[str, Any] = {}


def page(made: dict[str, Any]) -> str:
    """The whole page as Markdown."""
    SHAPES.clear()
    SHAPES.update(made["components"]["schemas"])
    parts = [HEAD]
    subject = ""
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            if operation["tags"][0] != subject:
                subject = operation["tags"][0]
                parts.append(f"## {subject.capitalize()}")
            parts.append(f"### {method.upper()} {path}")
            parts.append(" ".join(operation["description"].split()))
            takes = _body(operation)
            gives = _gives(operation)
            parts.append(f"{f'Takes {takes}. ' if takes else ''}Gives {gives}.")
            rows = [_row(parameter) for parameter in operation.get("parameters", ())]
            if rows:
                parts.append("\n".join(["| parameter | what |", "|---|---|", *rows]))
    parts.append("## Shapes")
    for name, shape in sorted(made["components"]["schemas"].items()):
        if "properties" in shape and not name.startswith(("Body_", "HTTPValidation", "ValidationError")):
            parts.append(f"### {name}")
            if shape.get("description"):
                parts.append(" ".join(shape["description"].split()))
            needed = set(shape.get("required", ()))
            rows = [
                f"| `{field}`{'' if field in needed else ' (may be left out)'} | {_type(its)} | {_says(its)} |"
                for field, its in shape["properties"].items()
            ]
            parts.append("\n".join(["| field | type | |", "|---|---|---|", *rows]))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _row(parameter: dict[str, Any]) -> str:
    needed = ", needed" if parameter.get("required") else ""
    default = parameter["schema"].get("default")
    left_out = f" Left out: `{default}`." if default not in (None, "") else ""
    says = f" {_says(parameter)}" if parameter.get("description") else ""
    return f"| `{parameter['name']}` | {_type(parameter['schema'])}{needed}.{says}{left_out} |"


def _says(its: dict[str, Any]) -> str:
    return " ".join(its.get("description", "").split()).replace("|", "\\|")


def _body(operation: dict[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    return ", ".join(f"`{media}` {_type(its['schema'])}" for media, its in content.items())


def _gives(operation: dict[str, Any]) -> str:
    status, its = next(item for item in operation["responses"].items() if item[0].startswith("2"))
    content = its.get("content", {})
    return f"{status}, " + (_type(content["application/json"]["schema"]) if "application/json" in content else "a file")


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return _ref(schema["$ref"])
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f'`"{schema["const"]}"`'
    kind = schema.get("type", "anything")
    if kind == "array" and "prefixItems" in schema:
        return f"[{', '.join(_type(one) for one in schema['prefixItems'])}]"
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_type(schema['additionalProperties'])} by id"
    return {"string": "day" if schema.get("format") == "date" else "text"}.get(kind, kind)


def _ref(ref: str) -> str:
    name = ref.rsplit("/", 1)[1]
    if "enum" in SHAPES.get(name, {}):
        return _type(SHAPES[name])
    return f"[{name}](#{name.lower()})" if not name.startswith("Body_") else "`files`"


if __name__ == "__main__":
    made = description()
    DESCRIPTION.write_text(as_text(made), encoding="utf-8")
    PAGE.write_text(page(made), encoding="utf-8")
