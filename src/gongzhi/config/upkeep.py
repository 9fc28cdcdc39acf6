"""`gongzhi migrate` and `gongzhi check`."""

from collections.abc import Callable, Iterator

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
    found = 0
    for title, findings in checks().items():
        for sentence in findings():
            print(f"{title}：{sentence}")
            found += 1
    print(f"复核完毕，发现 {found} 处问题。" if found else "复核完毕，未发现问题。")
    return 1 if found else 0


def checks() -> dict[str, Callable[[], Iterator[str]]]:
    """Title → what each room finds. Imported here, for the rooms need Django set up."""
    from gongzhi.acts import append_only, chains, log
    from gongzhi.acts.models import Chain

    def unguarded() -> Iterator[str]:
        return (f"缺少触发器 {name}" for name in append_only.missing())

    def broken_chains() -> Iterator[str]:
        for chain in Chain.objects.order_by("id").iterator():
            yield from chains.broken_links(chain)

    return {"只增表": unguarded, "办理记录": broken_chains, "公开日志": log.findings}
