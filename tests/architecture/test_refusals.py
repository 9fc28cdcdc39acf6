"""A refusal is one Chinese sentence."""

import ast
import re

import pytest

from architecture.reading import PACKAGE, called, findings, product_files
from gongzhi.values import refusals

REFUSALS = {
    name
    for name, value in vars(refusals).items()
    if isinstance(value, type) and issubclass(value, refusals.Refusal)
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def bad_sentences(tree: ast.AST) -> list[str]:
    """Refusals made with a text that is not exactly one Chinese sentence. What is made elsewhere is not judged."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node).split(".")[-1] in REFUSALS:
            text = _written(node.args[0]) if node.args else ""
            if text is not None and not is_one_sentence(text):
                found.append(f"{node.lineno} {text!r}")
    return found


def _written(node: ast.expr) -> str | None:
    """The text of a literal, `…` for what is filled in; None where it is no literal."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return None


def is_one_sentence(text: str) -> bool:
    """Chinese, with one full stop, at the end; a part filled in at the end may bring the stop."""
    return bool(CHINESE.search(text)) and text.count("。") <= 1 and text.endswith(("。", "…"))


def test_every_refusal_is_one_chinese_sentence():
    files = [path for path in product_files() if path != PACKAGE / "values/refusals.py"]
    assert findings(bad_sentences, files) == []


@pytest.mark.parametrize(
    "bad",
    [
        "raise NotAllowed('not you')",
        "raise NotPossible('请先登录')",
        "raise refusals.RuleBroken('不行。请改。', citations=[c])",
        "raise Invalid()",
        "raise Conflict(f'{who} was first')",
    ],
)
def test_a_refusal_that_is_no_sentence_is_found(bad):
    assert bad_sentences(ast.parse(bad))


@pytest.mark.parametrize(
    "good", ["NotAllowed('请先登录再上传文件。')", "Conflict(f'{who}已于{when}办理。')", "NotFound(x)"]
)
def test_a_sentence_is_let_be(good):
    assert bad_sentences(ast.parse(good)) == []
