"""Scenes for the tests of the room's pages: the cast in a browser, and what stands on a page."""

import re
from datetime import datetime
from html import unescape
from io import BytesIO
from typing import Any

from django.test import Client
from openpyxl import load_workbook

from gongzhi.desk.tests.looking import browser_of, plain, read
from gongzhi.exits.tests.play import Play

__all__ = ["addresses", "look", "numbers_in", "plain", "read", "rows_in", "see", "sheet_in", "sheets_in"]


def look(play: Play, name: str) -> Client:
    """A browser of one of the cast."""
    return browser_of(play.cast, name, play.now)


def see(play: Play, name: str, path: str) -> str:
    """A page as one of the cast sees it."""
    return read(look(play, name), path)


def rows_in(text: str, caption: str = "") -> list[list[str]]:
    """The rows of the table with that caption (of the first one): each cell's words, blanks made one."""
    tables = re.findall(r"<table.*?</table>", text, re.DOTALL)
    table = next(one for one in tables if caption in one)
    body = re.findall(r"<tbody.*?</tbody>", table, re.DOTALL)
    rows = [row for part in body for row in re.findall(r"<tr.*?</tr>", part, re.DOTALL)]
    return [
        [unescape(plain(cell)).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in rows
    ]


def sheets_in(client: Client, path: str) -> dict[str, list[list[str]]]:
    """The sheets of a spreadsheet, by title: each cell's words; none of them is run."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert "attachment" in answer["Content-Disposition"]
    book = load_workbook(BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
    return {
        sheet.title: [[_words(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book
    }


def _words(value: Any) -> str:
    """A cell as a program shows it: a day without its midnight."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}".removesuffix(" 00:00")
    return str(value) if value is not None else ""


def sheet_in(client: Client, path: str) -> list[dict[str, str]]:
    """The rows of the only sheet, by column."""
    ((heads, *rows),) = sheets_in(client, path).values()
    return [dict(zip(heads, row, strict=True)) for row in rows]


def numbers_in(words: str) -> list[int]:
    """The whole numbers in a text."""
    return [int(one) for one in re.findall(r"\d+", words)]


def addresses(text: str, words: str) -> list[str]:
    """Where the links go whose words contain these."""
    links: list[Any] = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', text, re.DOTALL)
    return [unescape(href) for href, inside in links if words in plain(inside)]
