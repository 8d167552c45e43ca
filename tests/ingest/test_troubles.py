"""Every reason that a feed can give for its failure is one plain line with its remedy, and stands in docs/troubles.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reader.ingest
from reader.ingest import document, feed, fetch, pool, worker

ROOM = Path(reader.ingest.__file__).parent
ROOT = Path(__file__).parents[2]
MODULES = ["document", "feed", "fetch", "jsonfeed", "pipeline", "sitemap", "states", "worker"]
DAMAGED = ("a damaged answer", "an answer in a form that was not asked for")
DIED = ("took too long to read", "is too broken to read")
SAID_THERE = {"{KEPT}": (worker.KEPT,), "{error}": DAMAGED, "{death}": DIED}
"""What stands for a part that another error says."""

REMEDIES = (
    "check", "asked again", "look for", "open the site", "add its feed", "save it", "set kind", "set local", "remove it",
    "retry it",
)  # fmt: skip
JARGON = (
    "exception",
    "errno",
    "http error",
    "none",
    "null",
    "parse",
    "timeout",
    "ssl",
    "dns",
    "xml",
    "traceback",
    "invalid",
)


def texts(node: ast.AST) -> Iterator[str]:
    """The strings that an expression may give; `{name}` for a part that is filled in."""
    match node:
        case ast.Constant(value=str(value)):
            yield value
        case ast.JoinedStr(values=parts):
            yield "".join(
                part.value if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}" for part in parts
            )
        case ast.IfExp(body=one, orelse=other):
            yield from texts(one)
            yield from texts(other)


def said(module: str) -> Iterator[str]:
    """The reasons in a module: second argument of Failure, argument of a RefusedError, what `explain` gives, and `reason = …`."""
    for node in ast.walk(ast.parse((ROOM / f"{module}.py").read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="Failure"), args=[_, reason, *_]):
                yield from texts(reason)
            case ast.Call(func=ast.Name(id="RefusedError") | ast.Attribute(attr="RefusedError"), args=[reason]):
                yield from texts(reason)
            case ast.Dict(keys=[ast.Constant(value="refused")], values=[reason]):
                yield from texts(reason)
            case ast.FunctionDef(name="explain"):
                yield from (
                    text
                    for one in ast.walk(node)
                    if isinstance(one, ast.Return) and one.value
                    for text in texts(one.value)
                )
            case ast.Assign(targets=[ast.Name(id="reason")], value=value):
                yield from texts(value)
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                found = (
                    v
                    for name, v in zip(names, values, strict=True)
                    if isinstance(name, ast.Name) and name.id == "reason"
                )
                yield from (text for value in found for text in texts(value))


def all_reasons() -> list[str]:
    found = {reason for module in MODULES for reason in said(module)}
    found |= {*feed.NOT_A_FEED.values(), feed.UNREADABLE, document._ENTITIES, fetch.PROXY_REFUSES}
    for name, fillings in SAID_THERE.items():
        found |= {reason.replace(name, filling) for reason in found for filling in fillings if name in reason}
        found = {reason for reason in found if name not in reason}
    return sorted(found)


REASONS = all_reasons()


def test_all_are_found() -> None:
    assert len(REASONS) > 35
    assert set(DIED) <= set(re.findall('"([a-z ]+)"', Path(pool.__file__).read_text("utf-8")))


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_is_a_plain_line_with_its_remedy(reason: str) -> None:
    shown = re.sub(r"\{[^}]*\}", "12", reason)
    what, _, remedy = shown.partition(": ")
    assert what
    assert any(words in remedy for words in REMEDIES)
    assert "\n" not in shown
    assert len(shown) <= 120
    assert not any(
        re.search(rf"\b{word}", shown.casefold())
        for word in JARGON
        if word != "none" or what != feed.UNREADABLE.partition(": ")[0]
    )


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_stands_in_the_docs(reason: str) -> None:
    listed = re.findall(r"^\| `([^`]+)", (ROOT / "docs" / "troubles.md").read_text("utf-8"), re.MULTILINE)
    shown = (
        re.sub(r"\([^()]*\{[^}]*\}\)", "(N)", reason)
        if "certificate" not in reason
        else re.sub(r"\(.*\)", "(…)", reason)
    )
    shown = re.sub(r"\{[^}]*\}", "N", shown).partition("`")[0].rstrip("`").strip()
    assert any(line.rstrip("… ").strip() == shown or line == shown for line in listed)
