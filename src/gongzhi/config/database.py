"""Starting Django for a command, and saying in one sentence why its database cannot be used."""

import gc
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection

from .environment import stop


def set_up() -> None:
    """Load the settings and the rooms."""
    django.setup()


def reach() -> None:
    """Make sure that the database answers; the folder of an embedded one is made where it is missing."""
    try:
        if connection.vendor == "sqlite":
            Path(settings.DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        connection.ensure_connection()
    except OSError as broken:
        stop(
            f"无法建立数据目录 {broken.filename}（{broken.strerror}），请检查配置项 GONGZHI_DATA 和目录权限。"
        )
    except OperationalError as broken:
        reason = str(broken).strip().splitlines()[0]
        stop(f"连不上数据库（{reason}），请检查配置项 GONGZHI_DATABASE_URL 或 GONGZHI_DATA 后再运行。")


def bring_up_to_date() -> None:
    """Reach the database and apply every migration."""
    reach()
    call_command("migrate", interactive=False, verbosity=0)


def is_up_to_date() -> bool:
    """Whether no migration waits."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def need_current() -> None:
    """Reach the database, and stop where its structure is older than the program."""
    reach()
    if not is_up_to_date():
        stop("数据库结构不是最新，请先备份，再运行 gongzhi migrate。")


def settle() -> None:
    """Read the law ahead, before processes part, and spare the garbage collector whatever stays: it would look it all
    over again in the middle of an act."""
    from gongzhi.law.queries import book

    book()
    connection.close()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
