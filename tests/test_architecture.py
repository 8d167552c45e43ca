"""The rules of the house that a machine can check: who imports whom, captions, one opener, feed text never read as markup."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reader

PACKAGE = Path(reader.__file__).parent
ROOT = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))

OPENERS = {"webbrowser", "open_url", "xdg-open"}
MARKUP = {"from_markup", "notify", "markup.escape", "escape", "from_ansi"}
"""Calls that read text as markup, or that make it look as if reading it so were safe; `re.escape` and the like are others."""

READ_AS_MARKUP = {"Static", "Label", "Button", "Collapsible", "Checkbox", "RadioButton", "Link"}
"""Widgets that take a string for markup."""

SQL = re.compile(
    r"\s*(SELECT .+ FROM|INSERT (OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|CREATE (TABLE|INDEX)|PRAGMA) ", re.DOTALL
)


@functools.cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def name(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


def named(node: ast.AST) -> str:
    """The last part of what a node names, whatever stands before the point."""
    match node:
        case ast.Name(id=found) | ast.Attribute(attr=found) | ast.alias(name=found):
            return found
        case ast.Constant(value=str(found)):
            return found
    return ""


def calls(module: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(module)) if isinstance(node, ast.Call))


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_a_module_has_a_caption(module: Path) -> None:
    caption = (ast.get_docstring(tree(module)) or "").split("\n")[0]
    assert caption, "a module begins with one line that would serve as its caption"
    assert len(caption) <= 160


@pytest.mark.parametrize("module", [m for m in MODULES if m.name != "opener.py"], ids=name)
def test_links_are_opened_in_one_place(module: Path) -> None:
    code = tree(module)
    documentation = {id(node.value) for node in ast.walk(code) if isinstance(node, ast.Expr)}
    found = {named(node) for node in ast.walk(code) if id(node) not in documentation}
    assert not found & OPENERS


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_feed_text_is_never_read_as_markup(module: Path) -> None:
    for call in calls(module):
        assert ast.unparse(call.func) not in MARKUP, f"line {call.lineno}"
        assert named(call.func) not in MARKUP - {"escape"}, f"line {call.lineno}"


def is_own_text(argument: ast.expr) -> bool:
    """Whether what a widget gets cannot be read as markup: nothing, or Content, Text and the like, or a plain string of ours."""
    if isinstance(argument, ast.JoinedStr):
        return all(
            is_own_text(part.value if isinstance(part, ast.FormattedValue) else part) for part in argument.values
        )
    if isinstance(argument, ast.Constant):
        return argument.value is None or (isinstance(argument.value, str) and "[" not in argument.value)
    return isinstance(argument, ast.Call) and named(argument.func) in {"Content", "Text", "assemble", "styled"}


@pytest.mark.parametrize("module", [m for m in MODULES if "tui" in m.parts], ids=name)
def test_widgets_that_read_markup_get_content(module: Path) -> None:
    """`Static` and `Label` take a string for markup: they are made empty or with Content, and updated with Content."""
    wrong = []
    for call in calls(module):
        is_made = named(call.func) in READ_AS_MARKUP
        no_markup = any(word.arg == "markup" and named(word.value) == "" for word in call.keywords)
        if is_made and not no_markup and not all(map(is_own_text, call.args[:1])):
            wrong.append(f"line {call.lineno}: {ast.unparse(call)}")
    assert wrong == []


@pytest.mark.parametrize("module", [m for m in MODULES if "store" not in m.parts], ids=name)
def test_only_the_store_writes_sql(module: Path) -> None:
    strings = [
        node for node in ast.walk(tree(module)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [f"line {node.lineno}" for node in strings if SQL.match(node.value)] == []


@pytest.mark.parametrize("module", MODULES, ids=name)
def test_no_broad_except_and_no_shell(module: Path) -> None:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            ends = isinstance(node.body[-1], ast.Raise) or "set_exception" in ast.unparse(node.body[-1])
            assert ends or not {"Exception", "BaseException", "everything"} & {caught}, (
                f"line {node.lineno} hides {caught}"
            )
        if isinstance(node, ast.keyword) and node.arg == "shell":
            assert named(node.value) == "", f"line {node.value.lineno} runs a shell"
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in {"os.system", "os.popen"}, f"line {node.lineno} runs a shell"
