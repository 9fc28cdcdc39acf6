"""`gongzhi migrate` and `gongzhi check`."""

from collections.abc import Callable, Iterator
from datetime import datetime

from gongzhi.values.now import now

from . import database
from .arguments import Arguments


def migrate(argv: list[str]) -> int:
    """Apply every migration that waits."""
    Arguments("migrate", "建立或更新数据库结构").parse_args(argv)
    database.set_up()
    database.bring_up_to_date()
    print("数据库结构已是最新。")
    return 0


def check(argv: list[str]) -> int:
    """Recompute what must be true and print what is not; 1 where anything was found."""
    Arguments("check", "复核链条、公开日志和数据库约束").parse_args(argv)
    database.set_up()
    database.need_current()
    found, at = 0, now()
    for title, findings in checks().items():
        for sentence in findings(at):
            print(f"{title}：{sentence}")
            found += 1
    print(f"复核完毕，发现 {found} 处问题。" if found else "复核完毕，未发现问题。")
    return 1 if found else 0


def checks() -> dict[str, Callable[[datetime], Iterator[str]]]:
    """Title → what each room finds. Imported here, for the rooms need Django set up."""
    from gongzhi.acts import check as of_acts
    from gongzhi.exits import check as of_exits
    from gongzhi.notices import check as of_notices
    from gongzhi.papers import check as of_papers
    from gongzhi.procedures import check as of_procedures
    from gongzhi.registry import checks as of_registers

    return {
        "办理记录": of_acts.findings,
        "文件文号": of_papers.findings,
        "办理程序": of_procedures.findings,
        "公示": of_notices.findings,
        "退出清算": of_exits.findings,
        "登记簿": lambda at: of_registers.findings(),
    }
