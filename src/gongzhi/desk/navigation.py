"""The desk's entries in the navigation."""

from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import CharField, DateTimeField, IntegerField, QuerySet, Subquery, UUIDField

from gongzhi.accounts.models import Account
from gongzhi.acts.kept import Kept, Several
from gongzhi.messages import inbox
from gongzhi.procedures.queries import NAMES, held_by, holding_of, ticks
from gongzhi.registry.models import AT_AN_ESTATE, Appointment, Post
from gongzhi.ui.navigation import BELL, Count, Entry, Glance, bind_glance, offer

from .administration.tables import keeps_registers

#: Counted no further: the number only says that there is something.
MOST = 99
#: What the names of an inbox's values begin with, beside those of the tasks held.
TOLD = "told_"


class _Counted(Subquery):
    """How many rows a read finds that limits itself."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def glance(seat: Appointment, at: datetime) -> Glance | None:
    """How much waits for the seat, hot where something in it is overdue, and how many messages its reader has not read.

    Every page asks, so all of it is one statement. The system's administrator has neither tasks nor messages.
    """
    held, mine = holding_of(seat), inbox.inbox_of(seat)
    if held is None or mine is None:
        return None
    whose = {f"{TOLD}{name}": value for name, value in mine.whose.items()}
    kept = _glance(tuple(held), tuple(mine.whose))
    values = held | whose
    ((tasks, due, messages, tick_at),) = kept.rows(account=mine.account_id, begins=mine.begins_at, **values)
    waits = Count(min(tasks, MOST), hot=due is not None and due <= at, more=tasks > MOST)
    unread = Count(min(messages, inbox.MOST), more=messages > inbox.MOST)
    found = {"work": waits, "workbench": waits, BELL: unread}
    return Glance({page: count for page, count in found.items() if count.number}, tick_at)


@cache
def _glance(holds: tuple[str, ...], told: tuple[str, ...]) -> Kept[Any]:
    """The statement of seats that hold tasks, and are told of things, in these ways."""

    def make(account: Any, begins: Any, **values: Any) -> QuerySet[Account, Any]:
        unread = inbox.waiting({name: values[f"{TOLD}{name}"] for name in told}, account, begins)
        # they come in the order in which they fall due
        dues = held_by({name: values[name] for name in holds}).values("due_at")
        counted = (_Counted(dues[: MOST + 1]), Subquery(dues[:1]), _Counted(unread), Subquery(ticks()[:1]))
        return Account.objects.filter(pk=account).values_list(*counted)

    fields = {name: Several(CharField()) if name in NAMES else UUIDField() for name in holds}
    fields |= {f"{TOLD}{name}": field for name, field in inbox.fields_of(told).items()}
    return Kept(make, account=UUIDField(), begins=DateTimeField(), **fields)


def offer_entries() -> None:
    """The pages of this room."""
    business = frozenset(str(post) for post in Post if post != Post.ADMINISTRATOR)
    neighbours = frozenset(str(post) for post in AT_AN_ESTATE)
    offer(
        Entry("工作台", "work", "layout-list", order=10, posts=business - neighbours),
        # `/` shows them their own start page
        Entry("工作台", "workbench", "layout-list", order=10, posts=neighbours),
        Entry("办件", "cases", "folders", order=20, posts=business, below=("/cases/",)),
        # of those at an estate the volunteer alone goes round
        Entry(
            "现场拍照",
            "field",
            "camera",
            order=25,
            posts=business - neighbours | {str(Post.VOLUNTEER)},
            below=("/field/",),
        ),
        Entry("小区", "estates", "building-community", order=30, posts=business, below=("/estates/",)),
        Entry("法规库", "law", "scale", section="依据与工具", order=200, below=("/law/",)),
    )
    bind_glance(glance)
    offer_administration()


def offer_administration() -> None:
    """系统管理: what is registered without a case, for those whose post it is."""
    working = frozenset(str(post) for post in Post if post not in AT_AN_ESTATE)
    officials = frozenset(map(str, (Post.OFFICER, Post.LEADER, Post.REVIEWER, Post.CLERK)))
    administrator, auditor = frozenset({str(Post.ADMINISTRATOR)}), frozenset({str(Post.AUDITOR)})
    section = "系统管理"
    offer(
        Entry(
            "审计记录",
            "audit",
            "shield-check",
            section,
            auditor,
            order=300,
            below=("/administration/audit/",),
        ),
        Entry("登记事项", "administration", "pencil", section, working, order=310),
        Entry("单位", "organisations", "building", section, working, order=320),
        Entry("人员与任职", "appointments", "users", section, working - auditor, order=330, below=PEOPLE),
        Entry(
            "登记表",
            "tables",
            "upload",
            section,
            working,
            order=335,
            below=("/administration/tables/",),
            fits=keeps_registers,
        ),
        Entry("账号", "accounts", "user", section, administrator, order=340),
        Entry(
            "本地设定", "local-settings", "settings", section, officials | administrator | auditor, order=350
        ),
        Entry("运行状态", "condition", "list-check", section, administrator, order=360),
    )


PEOPLE = ("/administration/appointments/", "/administration/people/")
