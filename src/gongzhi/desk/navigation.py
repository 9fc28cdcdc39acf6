"""The desk's entries in the navigation."""

from datetime import datetime

from gongzhi.messages import inbox
from gongzhi.procedures.queries import tasks_of
from gongzhi.registry.models import AT_AN_ESTATE, Appointment, Post
from gongzhi.ui.navigation import Count, Entry, bind_bell, offer

from .administration.tables import keeps_registers

#: Counted no further: the number only says that there is something.
MOST = 99


def waiting(seat: Appointment, at: datetime) -> Count | None:
    """How much waits for the seat, and whether something in it is overdue."""
    dues = list(tasks_of(seat).values_list("due_at", flat=True)[: MOST + 1])
    late = any(due is not None and due <= at for due in dues)
    return Count(min(len(dues), MOST), hot=late, more=len(dues) > MOST) if dues else None


def unread(seat: Appointment, at: datetime) -> Count | None:
    """How many messages the reader in the seat has not read."""
    mine = inbox.inbox_of(seat)
    number = mine.count() if mine is not None else 0
    return Count(min(number, inbox.MOST), more=number > inbox.MOST) if number else None


def offer_entries() -> None:
    """The pages of this room."""
    business = frozenset(str(post) for post in Post if post != Post.ADMINISTRATOR)
    neighbours = frozenset(str(post) for post in AT_AN_ESTATE)
    offer(
        Entry("工作台", "work", "layout-list", order=10, posts=business - neighbours, count=waiting),
        # `/` shows them their own start page
        Entry("工作台", "workbench", "layout-list", order=10, posts=neighbours, count=waiting),
        Entry("办件", "cases", "folders", order=20, posts=business, below=("/cases/",)),
        Entry("现场拍照", "field", "camera", order=25, posts=business, below=("/field/",)),
        Entry("小区", "estates", "building-community", order=30, posts=business, below=("/estates/",)),
        Entry("法规库", "law", "scale", section="依据与工具", order=200, below=("/law/",)),
    )
    bind_bell(unread)
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
