"""Reading the arguments of `gongzhi law`, and the law they are asked of."""

import argparse
import io
from contextlib import redirect_stderr
from datetime import date, datetime, time
from pathlib import Path
from typing import NoReturn

from gongzhi.values.now import ZONE

from .book import LawBook
from .faults import Fault, read_pack
from .schema import Pack
from .shipped import packaged_book


class Unreadable(Exception):
    """Arguments that cannot be read; the sentence goes to stderr."""


class Parser(argparse.ArgumentParser):
    """argparse that answers in one Chinese sentence."""

    def error(self, message: str) -> NoReturn:
        usage = " ".join(self.format_usage().split()).removeprefix("usage: ")
        raise Unreadable(f"命令写法不对，请按此格式：{usage}")


def the_book() -> LawBook:
    """The law with what this installation has set; as it is shipped where the settings do not let it start."""
    import django
    from django.apps import apps

    try:
        with redirect_stderr(io.StringIO()):
            if not apps.ready:
                django.setup()
    except SystemExit:
        return packaged_book()
    from .queries import available_book

    return available_book()


def read_day(text: str) -> date:
    """A date as `2026-03-02`; raises `Unreadable`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"日期“{text}”读不懂，请写成 2026-03-02 这样的形式。") from None


def read_instant(text: str) -> tuple[datetime, bool]:
    """An instant, local unless it carries a zone, and whether only a day was given."""
    try:
        return datetime.combine(date.fromisoformat(text), time(), ZONE), True
    except ValueError:
        pass
    try:
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=ZONE)).astimezone(ZONE), False
    except (ValueError, OverflowError):
        says = f"时间“{text}”读不懂，请写成 2026-03-02 或 2026-03-02T20:30 这样的形式。"
        raise Unreadable(says) from None


def read_file(text: str) -> tuple[Pack | None, list[Fault]]:
    """A pack file named on the command line, or what keeps it from being one; `Unreadable` if it is not there."""
    path = Path(text)
    if not path.is_file():
        raise Unreadable(f"没有文件“{text}”，请核对路径，例如 packs/2206.yaml。")
    return read_pack(path)
