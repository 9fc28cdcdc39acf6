"""The command `gongzhi`. Only what works is offered; everything else is answered with one sentence."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from gongzhi.values.refusals import Refusal

from .environment import stop

SETTINGS = "gongzhi.config.settings"


@dataclass(frozen=True, slots=True)
class Command:
    """One word after `gongzhi`: what it does, and the function (`module:name`) that takes the rest."""

    summary: str
    function: str

    def __call__(self, argv: list[str]) -> int:
        """Run it; returns the exit status."""
        module, name = self.function.split(":")
        call: Callable[[list[str]], int] = getattr(import_module(module), name)
        return call(argv)


COMMANDS = {
    "demo": Command(
        "准备演示数据并在本机启动（--no-serve --port --fresh --estates）", "gongzhi.config.demo:demo"
    ),
    "test": Command(
        "在 SQLite 和 PostgreSQL 上运行全部测试（可接 pytest 参数）", "gongzhi.config.suite:test"
    ),
    "serve": Command("启动网站（--host --port --workers），配置取自环境", "gongzhi.config.serving:serve"),
    "work": Command("启动后台，每分钟办理到期事项", "gongzhi.config.worker:work"),
    "rehearse": Command(
        "复制一个小区进行演练：rehearse 小区编号（--serve --with-drafts）", "gongzhi.config.rehearse:rehearse"
    ),
    "tick": Command("立即办理一次到期事项", "gongzhi.config.worker:tick"),
    "migrate": Command("建立或更新数据库结构", "gongzhi.config.upkeep:migrate"),
    "check": Command("复核链条、公开日志和数据库约束，退出状态说明结果", "gongzhi.config.upkeep:check"),
    "administrator": Command(
        "开通第一个系统管理员：administrator 账号 --name 姓名",
        "gongzhi.config.first_administrator:administrator",
    ),
    "import": Command(
        "导入登记表：import divisions|organisations|estates|units|owners|contracts 文件；import template 种类 文件",
        "gongzhi.config.tables:import_",
    ),
    "export": Command("导出登记表：export 种类 文件 --at 代码", "gongzhi.config.tables:export"),
    "screenshots": Command(
        "截取演示系统主要页面的图片（--out --only --at）", "gongzhi.config.screenshots:screenshots"
    ),
    "bench": Command(
        "测量各项指标并与上限对照（due door tick list case import paper memory demo --postgres）",
        "gongzhi.config.bench.command:bench",
    ),
    "law": Command("查询法规：law show | due | coverage | diff | lint", "gongzhi.config.command:law"),
}
#: Named in the reference, not built yet.
PLANNED = ("backup", "restore")
LAW = dict.fromkeys(("show", "due", "coverage", "diff", "lint"), "gongzhi.law.command") | {
    "prove": "gongzhi.config.proving"
}


def main(argv: list[str] | None = None) -> int:
    """Carry out one command; returns the exit status: 0 done, 1 found something wrong, 2 not carried out."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    name, *rest = (sys.argv[1:] if argv is None else argv) or ["--help"]
    try:
        if name in ("--help", "-h", "help"):
            return show_commands()
        return find(name)(rest)
    except Refusal as refused:
        stop(refused.sentence)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def find(name: str) -> Command:
    """The command of that name, or one sentence."""
    if name in PLANNED:
        stop(f"命令 {name} 尚未提供，请用 gongzhi --help 查看现有命令。")
    if name not in COMMANDS:
        stop(f"没有命令 {name}，请用 gongzhi --help 查看现有命令。")
    return COMMANDS[name]


def show_commands() -> int:
    """Print what there is."""
    print("共治 gongzhi，用法：gongzhi 命令 [参数]\n")
    for name, command in COMMANDS.items():
        print(f"  {name:<13} {command.summary}")
    return 0


def law(argv: list[str]) -> int:
    """`law show | due | coverage | diff | lint` of the room `law`, and `law prove`, which runs the tests."""
    if not argv or argv[0] not in LAW:
        stop(
            "请在 law 后写明 show、due 或 coverage（还可用 diff、lint、prove），"
            "例如 gongzhi law show notice.exit_days --at 2206。"
        )
    call: Callable[[list[str]], int] = getattr(import_module(LAW[argv[0]]), argv[0])
    return call(argv[1:])


if __name__ == "__main__":
    sys.exit(main())
