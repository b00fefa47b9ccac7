"""What each condition of the reader is worth: the reports read again with that one condition taken for false.

    python eval/ablate.py OUT.tsv [--most N] [--held-out | --rest]

A rule is written because it mends a report, and it stays though it spoils others. Here every condition of the modules
that read claims (an `if`, a filter of a comprehension, what a function of type bool returns) is switched off in turn,
and the reports in which it had ever held are read again. A line of OUT.tsv is one condition that matters: by how many
claims those that are right and those too many differ without it (core ring), in how many reports, where it stands and
what it says. `--held-out` counts the reports nobody looks at, `--rest` the others: a condition without which both read
better is no rule of English. But whoever chooses by these sums has used them up: `fresh` is left out, so that something
is left to measure the choice by (docs/accuracy.md). Only sums are written, and no text of a report.

`--most`: conditions that held in more reports are left out (60 unless told): they are the grammar, and take longest.
About half an hour for the held-out reports on one core; how far it is goes to standard error.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import gc
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import pickle
import pkgutil
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

PACKAGES = ("whoholds.claims", "whoholds.annotate", "whoholds.resolve")
AS_THEY_ARE = frozenset(
    f"whoholds.{name}"
    for name in (
        "annotate.parse.parser",
        "annotate.words",
        "annotate.trees.tree",
        "annotate.trees.table",
        "annotate.lexicon.lexicon",
        "claims.cues.cues",
    )
)
"""Modules that load or hold, and decide nothing."""
ASK = "_ablate_ask"
LIMIT = 90
"""Seconds for one condition: without it a loop may have no end."""
STEP = 50
"""Conditions between two words of how far it is."""


@dataclass(frozen=True, slots=True)
class Point:
    """One condition."""

    module: str
    line: int
    column: int
    says: str


class Switch:
    """Asks a condition, notes whether it held, and takes the one that is off for false."""

    def __init__(self) -> None:
        self.points: list[Point] = []
        self.held: set[int] = set()
        self.off = -1

    def ask(self, number: int, value: object) -> object:
        if number == self.off:
            return False
        if value:
            self.held.add(number)
        return value


class _Instrument(ast.NodeTransformer):
    """Puts each condition of a module through the switch."""

    def __init__(self, module: str, switch: Switch) -> None:
        self.module, self.switch = module, switch
        self.tells: list[bool] = [False]

    def _asked(self, node: ast.expr) -> ast.expr:
        self.switch.points.append(Point(self.module, node.lineno, node.col_offset, ast.unparse(node)))
        number = ast.Constant(len(self.switch.points) - 1)
        return ast.copy_location(ast.Call(ast.Name(ASK, ast.Load()), [number, self.visit(node)], []), node)

    def visit_If(self, node: ast.If) -> ast.AST:
        asked = self._asked(node.test)
        node.test = ast.Constant(False)
        self.generic_visit(node)
        node.test = asked
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        asked, node.ifs = [self._asked(x) for x in node.ifs], []
        self.generic_visit(node)
        node.ifs = asked
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.tells.append(isinstance(node.returns, ast.Name) and node.returns.id == "bool")
        node.body = [self.visit(x) for x in node.body]
        self.tells.pop()
        return node

    def visit_Return(self, node: ast.Return) -> ast.AST:
        if node.value is not None:
            node.value = self._asked(node.value) if self.tells[-1] else self.visit(node.value)
        return node


def instrumented(source: str, module: str, switch: Switch) -> ast.Module:
    """The module with the conditions within its functions and classes asked through `switch`."""
    tree = ast.parse(source)
    transform = _Instrument(module, switch)
    tree.body = [transform.visit(x) if isinstance(x, ast.FunctionDef | ast.ClassDef) else x for x in tree.body]
    return ast.fix_missing_locations(tree)


class _Loader(importlib.machinery.SourceFileLoader):
    switch: Switch

    def get_code(self, fullname: str) -> CodeType:
        source = Path(self.path).read_text(encoding="utf-8")
        return compile(instrumented(source, fullname, self.switch), self.path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, switch: Switch) -> None:
        self.switch = switch

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not fullname.startswith(tuple(f"{p}." for p in PACKAGES)) or fullname in AS_THEY_ARE:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if spec is None or spec.origin is None or spec.submodule_search_locations:
            return None
        loader = _Loader(fullname, spec.origin)
        loader.switch = self.switch
        spec.loader = loader
        return spec


def install(switch: Switch) -> None:
    """Read the claims' modules through `switch`; to be called before any of them is imported."""
    setattr(builtins, ASK, switch.ask)
    sys.meta_path.insert(0, _Finder(switch))
    for package in map(importlib.import_module, PACKAGES):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


class _Remembered:
    """spaCy's pipeline, which parses each sentence once."""

    def __init__(self, nlp: Any) -> None:
        self._nlp, self._seen = nlp, dict[tuple[str, ...], Any]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._nlp, name)

    def pipe(self, docs: Any, batch_size: int) -> Any:
        docs = list(docs)
        words = [tuple(t.text for t in doc) for doc in docs]
        if not all(w in self._seen for w in words):
            self._seen.update(zip(words, self._nlp.pipe(docs, batch_size=batch_size), strict=True))
        return iter([self._seen[w] for w in words])


def in_a_child(work: Callable[[], Any], limit: int = 0) -> Any:
    """What `work` gives in a process that keeps nothing; None where it fails or takes over `limit` seconds."""
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of other threads, which hold nothing that a child needs
        child = os.fork()
    if child == 0:
        os.close(read)
        signal.alarm(limit)
        with os.fdopen(write, "wb") as out:
            pickle.dump(work(), out)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        data = answer.read()
    os.waitpid(child, 0)
    return pickle.loads(data) if data else None


def forget() -> None:
    """Empty the caches of what was read: a condition that is off would not be asked."""
    for name, module in list(sys.modules.items()):
        if name.startswith(PACKAGES):
            for value in vars(module).values():
                code = getattr(getattr(value, "__wrapped__", None), "__code__", None)
                if hasattr(value, "cache_clear") and code is not None and code.co_argcount:
                    value.cache_clear()


def ablate(switch: Switch, count: Callable[[int], tuple[int, int]], reports: int, most: int) -> Iterator[str]:
    """A line for each condition without which some of so many reports are read otherwise; `count` reads one."""

    def all_of_them() -> list[tuple[tuple[int, int], set[int]]]:
        found = []
        for number in range(reports):
            switch.held = set()
            found.append((count(number), switch.held))
        return found

    base = in_a_child(all_of_them)
    for off, point in enumerate(switch.points):
        if off % STEP == 0:
            print(f"{off} of {len(switch.points)} conditions", file=sys.stderr)
        on = [number for number in range(reports) if off in base[number][1]]
        if not 0 < len(on) <= most:
            continue

        def without(off: int = off, on: list[int] = on) -> list[tuple[int, int]]:
            switch.off = off
            return [count(number) for number in on]

        after = in_a_child(without, LIMIT)
        if after is None:
            print(f"not measured, no end without it: {point.module}:{point.line}", file=sys.stderr)
            continue
        changes = [(r - base[n][0][0], e - base[n][0][1]) for (r, e), n in zip(after, on, strict=True)]
        if changed := sum(change != (0, 0) for change in changes):
            right, extra = (sum(column) for column in zip(*changes, strict=True))
            yield f"{right:+}\t{extra:+}\t{changed}\t{point.module}:{point.line}:{point.column}\t{point.says}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--most", type=int, default=60, help="reports in which a condition may have held")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--held-out", action="store_true", help="only the reports that nobody looks at")
    which.add_argument("--rest", action="store_true", help="only the others")
    args = parser.parse_args()
    try:
        args.out.touch()
    except OSError as error:
        parser.error(f"{args.out}: cannot be written ({error.strerror}); name a file in a folder that is there")
    switch = Switch()
    install(switch)

    # Only now: what they import is to be read through the switch.
    import corpora
    import score
    from reading import reader
    from whoholds.annotate.document import parse_document
    from whoholds.exports.records import claim_record
    from whoholds.sources import reports

    its = reader()
    its.load()
    its.parser._nlp = _Remembered(its.parser._nlp)  # type: ignore[assignment]
    tasks = []
    for corpus in [*corpora.chosen(), *(c for c in corpora.apart() if c.name != corpora.FRESH)]:
        gold = score.by_report(corpus.claims)
        for report in reports([str(corpus.inputs)], lambda _: None):
            wanted = not (args.held_out or args.rest) or args.held_out == corpora.is_held_out(report.label)
            if report.label in corpus.labels and wanted:
                parse_document(report, its.parser, its.finder.long_names)
                tasks.append((report, gold.get(report.label, [])))
    its.read(tasks[0][0])  # what is loaded with the first report need not be loaded by each child
    forget()
    gc.freeze()

    def count(number: int) -> tuple[int, int]:
        report, gold = tasks[number]
        try:
            rows = [claim_record(claim) for claim in its.read(report).claims]
        except Exception:  # the reader cannot do without the condition
            rows = []
        compared = score.compare("core", gold, rows)
        return compared.right, len(compared.extra)

    with args.out.open("w", encoding="utf-8") as out:
        for line in ablate(switch, count, len(tasks), args.most):
            print(line, file=out, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
