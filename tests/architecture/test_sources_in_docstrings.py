"""A docstring with its article stands where a rule stands; an action is called by keywords."""

import ast
import re
from collections.abc import Iterator

import pytest

from architecture.reading import business_rooms, called, findings, is_furniture, product_files, room_of

ARTICLE = re.compile(
    r"《[^》]+》(.*?第[\d一二三四五六七八九十百、–—-]+[条章项款]|[一二三四五六七八九十]+（|）|.*?\d)|\b(BS|ZJ|SL|JL|YC)-\d{3}"
)
TOLD = ("by", "at", "facts")


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Functions at the top of a module that others may call."""
    return (n for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_"))


def is_action(function: ast.FunctionDef) -> bool:
    """Whether it is decorated with `@action(...)`."""
    return any(called(decorator).split(".")[-1] == "action" for decorator in function.decorator_list)


def without_source(tree: ast.Module) -> list[str]:
    """Public functions whose docstring names no article, `《名称》第N条`, and no provision, `BS-041`."""
    return [
        f"{f.lineno} {f.name}"
        for f in public_functions(tree)
        if not ARTICLE.search(ast.get_docstring(f) or "")
    ]


def without_docstring(tree: ast.Module) -> list[str]:
    """Public functions that do not say what they do."""
    return [f"{f.lineno} {f.name}" for f in public_functions(tree) if not ast.get_docstring(f)]


def not_by_keyword(tree: ast.Module) -> list[str]:
    """Actions that can be called without naming what is given, or are not told by whom, when and what."""
    return [
        f"{f.lineno} {f.name}"
        for f in ast.walk(tree)
        if isinstance(f, ast.FunctionDef)
        and is_action(f)
        and (
            f.args.posonlyargs
            or f.args.args
            or not set(TOLD) <= {argument.arg for argument in f.args.kwonlyargs}
        )
    ]


def test_rules_and_actions_say_what_they_do():
    files = [path for path in product_files() if is_furniture(path, "rules", "actions")]
    assert files
    assert findings(without_docstring, files) == []


def test_rules_and_actions_of_the_citys_business_name_their_article():
    files = [
        p for p in product_files() if room_of(p) in business_rooms() and is_furniture(p, "rules", "actions")
    ]
    assert findings(without_source, files) == []


def test_actions_are_called_by_keyword():
    assert findings(not_by_keyword, product_files()) == []


@pytest.mark.parametrize("text", ["", '"""Whether it may."""', '"""《白山市物业管理条例》."""'])
def test_a_rule_without_its_article_is_found(text):
    assert without_source(ast.parse(f"def may_leave(x):\n    {text or 'return 1'}"))


@pytest.mark.parametrize(
    "text", ["《民法典》第947条", "《办法》第三、四章", "《办法》第13条第3项", "BS-041", "《意见》三（六）"]
)
def test_an_article_is_read_in_each_form(text):
    assert not without_source(ast.parse(f'def may_leave(x):\n    """Whether it may. {text}."""'))


@pytest.mark.parametrize(
    "arguments", ["by, at, facts", "*, by, at", "by, *, at, facts", "facts, /, *, by, at"]
)
def test_an_action_called_by_position_is_found(arguments):
    assert not_by_keyword(ast.parse(f"@action('x', may='y')\ndef leave({arguments}): ..."))
    assert not_by_keyword(ast.parse(f"@door.action('x')\ndef leave({arguments}): ..."))


def test_an_action_by_keyword_is_let_be():
    assert not not_by_keyword(ast.parse("@action('x')\ndef leave(*, by, at, facts): ...\ndef read(x): ..."))


def test_a_function_without_docstring_is_found():
    assert without_docstring(ast.parse("def leave(): ..."))
    assert not without_docstring(ast.parse("def _leave(): ..."))
