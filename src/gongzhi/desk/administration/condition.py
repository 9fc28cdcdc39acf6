"""运行状态: how the system itself is. Figures about work that waits, and nothing of what the work is about."""

import shutil
import sqlite3
import tomllib
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

import gongzhi
from gongzhi.accounts.models import Account
from gongzhi.acts.models import Chain, LogHead
from gongzhi.law import queries as law
from gongzhi.law.models import Jurisdiction
from gongzhi.law.schema import Status
from gongzhi.messages.models import Message
from gongzhi.papers.fonts import fonts_in_words
from gongzhi.procedures.models import Beat, JobFailure
from gongzhi.ui.shell import STALE
from gongzhi.values.calendars import CALENDAR
from gongzhi.values.now import ZONE, is_moved

from ..law_words import STATUSES

#: What is done each minute, as the worker's log calls it, and what it is for.
JOBS = {
    "pass_tasks_on": "移交任务",
    "look_ahead": "跟踪日期",
    "fire_clocks": "期限到期",
    "open_recurring": "开始周期事项",
    "send_messages": "发送消息",
    "forget_sessions": "清理登录",
    "seal_log": "封存记录",
}
#: Counted no further.
MOST = 1000
GIGABYTE = 2**30


def condition(at: datetime) -> dict[str, Any]:
    """Everything the page says."""
    beat = Beat.objects.filter(name="tick").first()
    failed = failed_jobs(beat)
    stale = beat is None or at - beat.at > STALE
    return {
        "beat": beat,
        "stale": stale,
        "failed": failed,
        "messages": messages(),
        "facts": facts(),
        "calendar": calendar(at),
        "packs": packs(),
        "closed": _count(Account.objects.filter(is_active=False)),
        "is_well": not stale and not [one for one in failed if one["is_last"]],
    }


def failed_jobs(beat: Beat | None) -> list[dict[str, Any]]:
    """The jobs that ever failed, the last first; `is_last`: in the newest minute that came to its end, or since."""
    rows = JobFailure.objects.order_by("-at", "name")
    return [
        {
            "title": JOBS.get(row.name, "其他事项"),
            "at": row.at,
            "fault": row.fault,
            "is_last": beat is None or row.at >= beat.at,
        }
        for row in rows
    ]


def messages() -> dict[str, str]:
    """How many wait, how many failed and are tried again, how many were given up."""
    open_ones = Message.objects.filter(sent_at=None)
    return {
        "waiting": _count(open_ones.filter(next_try_at__isnull=False, tries=0)),
        "again": _count(open_ones.filter(next_try_at__isnull=False, tries__gt=0)),
        "given_up": _count(open_ones.filter(next_try_at=None)),
    }


def _count(rows: QuerySet[Any]) -> str:
    """A number, "1000+" where counting on would take long."""
    found = len(rows.order_by().values_list("pk", flat=True)[: MOST + 1])
    return f"{MOST}+" if found > MOST else str(found)


def facts() -> list[tuple[str, Any]]:
    """Version, mode, engine, room for files."""
    return [
        ("版本", product_version()),
        ("运行方式", "演示或演练（时间可以调整，消息不外发）" if settings.REHEARSAL else "正式使用"),
        ("时钟", "已调整" if is_moved() else "真实时间"),
        ("数据库", engine()),
        ("行政区划", _count(Jurisdiction.objects.all())),
        ("记录链", _count(Chain.objects.all())),
        ("公开日志", f"{LogHead.objects.filter(pk=1).values_list('size', flat=True).first() or 0} 条"),
        ("文件空间", room_for_files()),
        ("文书字体", fonts_in_words()),
    ]


def product_version() -> str:
    """The version of what runs."""
    try:
        return version("gongzhi")
    except PackageNotFoundError:  # a checkout that runs where it stands
        told = Path(gongzhi.__file__).parents[2] / "pyproject.toml"
        return str(tomllib.loads(told.read_text("utf-8"))["project"]["version"])


def engine() -> str:
    """Kind and version of the database."""
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}（内嵌）"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (found,) = cursor.fetchone()
    return f"PostgreSQL {found}"


def room_for_files() -> str:
    """What is left where files are kept."""
    where = settings.FILES_ROOT
    if not where.exists():
        return "还没有文件"
    left = shutil.disk_usage(where).free / GIGABYTE
    return f"剩余 {left:,.1f} GB"


def calendar(at: datetime) -> dict[str, Any]:
    """The years whose holidays are known; whether the next one is missing."""
    year = at.astimezone(ZONE).year
    return {
        "tables": [one for one in reversed(CALENDAR.tables) if one.year >= year - 1],
        "version": CALENDAR.version,
        "missing": [one for one in (year, year + 1) if not CALENDAR.is_known(one)],
    }


def packs() -> list[dict[str, Any]]:
    """The packs of law: place, how many values, how its texts stand."""
    book = law.book()
    adopted = {(one.jurisdiction, one.instrument) for one in book.adoptions}
    return [
        {
            "code": pack.code,
            "name": pack.name,
            "values": len(pack.params),
            "texts": len(pack.instruments),
            "waiting": [
                f"《{text.title}》（{STATUSES[text.status]}）"
                for name, text in pack.instruments.items()
                if text.status in (Status.DRAFT, Status.UNDATED, Status.STUB)
                and (pack.code, name) not in adopted
            ],
        }
        for pack in sorted(book.packs.values(), key=lambda one: (one.code.isdigit(), one.code))
    ]
