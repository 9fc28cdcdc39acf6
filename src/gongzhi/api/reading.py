"""Reading JSON bodies: what no database stores and no reader expects is refused before anything looks at it."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from gongzhi.values.refusals import Invalid

#: Integers beyond this are not the same everywhere (RFC 8259, section 6).
LARGEST = 2**53
DEEPEST = 32
NOT_JSON = "请求正文不是有效的 JSON，请核对后重新提交。"


class StrictParser(Parser):
    """JSON of objects, lists, finite numbers and storable text."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Read the body; raises `Invalid`."""
        try:
            read = json.loads(request.body)
        except (ValueError, RecursionError):
            raise Invalid(NOT_JSON) from None
        check(read)
        return read


def check(read: Any) -> None:
    """Refuse what cannot be stored: NUL, half characters, numbers without end, endless depth."""
    waiting = [(read, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise Invalid("请求正文的层次太深，请核对后重新提交。")
        if isinstance(value, dict):
            waiting += [(part, depth + 1) for pair in value.items() for part in pair]
        elif isinstance(value, list):
            waiting += [(part, depth + 1) for part in value]
        elif isinstance(value, str):
            check_text(value)
        elif isinstance(value, int | float) and not abs(value) <= LARGEST:
            raise Invalid("数字超出可以计算的范围，请核对后重新提交。")


def check_text(text: str) -> None:
    """Refuse text that is no text."""
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise Invalid("文字中有无法保存的字符，请删去后重新提交。")
