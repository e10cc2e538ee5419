"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, TypeVar

import pytest

import executor.errors
import storage.errors
from executor.errors import ExecutorError, Refused
from storage.errors import StoreError
from storage.tasks import ErrorCode
from tests.architecture.source import PACKAGES, ROOT, comments, modules, shown, tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

Error = TypeVar("Error", bound=Exception)

LONGEST = 400
NAMELESS = re.compile(r"_*(utils?|helpers?|commons?|managers?|misc|base_service)(_.*|s)?")
SQL = re.compile(
    r"\s*(--.*\n\s*)*"
    r"(SELECT|INSERT\s+(OR|INTO)|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|WITH|VALUES"
    r"|(CREATE|ALTER|DROP)\s+(TEMP|UNIQUE|TABLE|INDEX|VIEW|TRIGGER))\s",
)
# The stand-in may not import storage; its event log is three statements beside `journal.sql`.
OWN_SQL = {"executor/sandbox/journal.py"}
SLEEPS = {"sleep", "wait_for_timeout"}
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
EXEMPTION = re.compile(r"#\s*(noqa|type:\s*ignore|pyright:|pragma:|ruff:)", re.IGNORECASE)
REASONED = re.compile(
    r"# (noqa: [A-Z]+\d+(, ?[A-Z]+\d+)* - \S.*"
    r"|type: ignore\[[a-z-]+(, ?[a-z-]+)*\]  # (?!noqa).*[a-z].*)"
)

NOT_AN_EXCEPTION = {
    ErrorCode.ATTEMPTS_EXHAUSTED: "executor/outcome.py gives it after the last try",
    ErrorCode.CANCELLED: "the store gives it to a task that was withdrawn",
}


def subclasses_in(module: ModuleType, root: type[Error]) -> set[type[Error]]:
    found = (each for each in vars(module).values() if isinstance(each, type))
    return {each for each in found if issubclass(each, root)}


def error_classes() -> set[type[ExecutorError]]:
    return subclasses_in(executor.errors, ExecutorError)


def docstrings(module: ast.Module) -> set[ast.expr]:
    """Return the nodes of plain strings that stand alone: documentation, not data."""
    return {node.value for node in ast.walk(module) if isinstance(node, ast.Expr)}


def strings(path: Path) -> Iterator[ast.Constant]:
    documentation = docstrings(tree(path))
    for node in ast.walk(tree(path)):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and node not in documentation:
            assert isinstance(node, ast.Constant)
            yield node


def runtime_imports(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Return what is imported when the code runs, wherever the statement stands."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            for other in child.orelse:
                yield from runtime_imports(other)
        elif isinstance(child, ast.Import):
            yield from ((child.lineno, alias.name) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield child.lineno, child.module or ""
        else:
            yield from runtime_imports(child)


def each_test(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[:5] == "test_":
            yield node


def test_no_module_is_too_long() -> None:
    """Over 400 lines, a module has more than one duty."""
    lengths = {
        shown(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules(*PACKAGES, "tests")
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_module_is_nameless() -> None:
    """A module is named for its duty; `utils` and the like name none."""
    paths = modules(*PACKAGES, "tests")

    assert [shown(path) for path in paths if NAMELESS.fullmatch(path.stem)] == []
    assert [shown(path) for path in paths if NAMELESS.fullmatch(path.parent.name)] == []


def test_sql_stands_in_sql_files() -> None:
    """Statements on data are files; Python holds at most what steers a connection."""
    found = [
        f"{shown(path)}:{node.lineno}: {str(node.value).strip()[:50]}"
        for path in modules(*PACKAGES)
        if shown(path) not in OWN_SQL
        for node in strings(path)
        if SQL.match(str(node.value))
    ]

    assert found == [], "\n".join(found)


def test_sql_files_belong_to_the_store() -> None:
    """Only the store, and the sandbox's own log, keep SQL."""
    homes = ("storage/sqlite/", "executor/sandbox/journal.sql")
    files = [shown(path) for folder in PACKAGES for path in (ROOT / folder).rglob("*.sql")]

    assert [name for name in files if not name.startswith(homes)] == []


def test_every_test_says_the_behaviour() -> None:
    """Each test has one sentence that says what it expects of the program."""
    silent = [
        f"{shown(path)}:{test.lineno}: {test.name}"
        for path in modules("tests")
        for test in each_test(path)
        if not (ast.get_docstring(test) or "").strip()
    ]

    assert silent == [], "\n".join(silent)


def test_test_names_are_not_hidden_by_others() -> None:
    """No two tests of a file share a name: the second would quietly replace the first."""
    hidden = []
    for path in modules("tests"):
        names = [test.name for test in each_test(path)]
        hidden += [f"{shown(path)}: {name}" for name in set(names) if names.count(name) > 1]

    assert hidden == [], "\n".join(hidden)


def test_no_test_sleeps() -> None:
    """Tests wait for what they expect; `sleep(0)` only lets others run and is no wait."""
    sleeping = [
        f"{shown(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in modules("tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", None)) in SLEEPS
        and [ast.unparse(argument) for argument in node.args] != ["0"]
    ]

    assert sleeping == [], "\n".join(sleeping)


def test_every_exemption_has_a_reason() -> None:
    """A silenced rule says which one, and why."""
    bare = [
        f"{shown(path)}:{line}: {text}"
        for path in modules(*PACKAGES)
        for line, text in comments(path)
        if EXEMPTION.search(text) and not REASONED.match(text)
    ]

    assert bare == [], "\n".join(bare)


def test_playwright_is_loaded_below_the_browser_only() -> None:
    """Whoever else needs Playwright's names needs them for types."""
    loading = [
        f"{shown(path)}:{line}"
        for path in modules(*PACKAGES)
        if not shown(path).startswith("executor/browser/")
        for line, name in runtime_imports(tree(path))
        if name.partition(".")[0] == "playwright"
    ]

    assert loading == [], "\n".join(loading)


def test_browsers_start_in_two_places() -> None:
    """A third that looks for Chromium by itself fails where another of its packages is there."""
    starting = {
        shown(path)
        for path in modules(*PACKAGES, "tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"launch", "launch_persistent_context"}
        and "chromium" in ast.unparse(node.value)
    }

    assert starting == {"executor/browser/launch.py", "tests/chromium.py"}


def test_nothing_is_left_unfinished() -> None:
    """Notes for later are no comments in the code."""
    notes = [
        f"{shown(path)}:{number}: {line.strip()}"
        for path in modules(*PACKAGES, "tests")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]

    assert notes == [], "\n".join(notes)


@pytest.mark.parametrize(
    ("module", "root"),
    [(executor.errors, ExecutorError), (storage.errors, StoreError)],
    ids=["executor", "storage"],
)
def test_every_error_is_drawn(module: ModuleType, root: type[Exception]) -> None:
    """The tree in the module's docstring shows every class, and no other."""
    branches = re.findall(r"── (.+?)(?:  |$)", module.__doc__ or "", re.MULTILINE)
    drawn = {name for branch in branches for name in re.findall(r"\w+", branch)}

    assert drawn | {root.__name__} == {each.__name__ for each in subclasses_in(module, root)}


@pytest.mark.parametrize("error", sorted(error_classes(), key=str))
def test_every_error_explains_itself(error: type[ExecutorError]) -> None:
    """The docstring is the message that clients read: one line that ends in a full stop."""
    assert re.fullmatch(r"[A-Z][^\n]*\.", error.__doc__ or "")


def test_every_code_can_happen() -> None:
    """A documented code is carried by an error, or given elsewhere."""
    carried = {each.code for each in error_classes()}
    accounted = carried | set(NOT_AN_EXCEPTION)

    assert {code.value for code in ErrorCode if code not in accounted} == set()


def test_codes_given_elsewhere_are_no_errors() -> None:
    """Once an error carries a code, it leaves the list of those that no error has."""
    carried = {each.code for each in error_classes()}

    assert (carried & set(NOT_AN_EXCEPTION)) == set()


def test_every_refusal_has_its_own_code() -> None:
    """Clients tell refusals apart by their codes, so no two share one."""
    refusals = [each for each in error_classes() if issubclass(each, Refused)]

    assert len({each.code for each in refusals}) == len(refusals)
