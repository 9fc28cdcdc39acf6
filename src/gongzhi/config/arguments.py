"""Command-line arguments whose mistakes are answered in one Chinese sentence."""

import argparse
from datetime import datetime
from typing import NoReturn

from gongzhi.values.now import ZONE

from .environment import stop


class Arguments(argparse.ArgumentParser):
    """argparse, but a mistake ends with one Chinese sentence and exit status 2, not with a page of usage."""

    def __init__(self, command: str, description: str) -> None:
        super().__init__(prog=f"gongzhi {command}", description=description, allow_abbrev=False)
        self.command = command

    def error(self, message: str) -> NoReturn:
        """Say what was wrong in argparse's own terms and where to look."""
        stop(f"命令参数有误（{message}），请运行 gongzhi {self.command} --help 查看用法。")


def positive(text: str) -> int:
    """A whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} 不是正整数")
    return int(text)


def port(text: str) -> int:
    """A TCP port."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} 不是端口号")
    return int(text)


def instant(text: str) -> datetime:
    """A day or an instant, in Asia/Shanghai unless it carries a zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} 不是时间，要写成 2026-03-02T09:00") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=ZONE)
