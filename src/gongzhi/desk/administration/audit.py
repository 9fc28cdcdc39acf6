"""审计记录: every act as the record has it, by time; who, in which post, what; its content in `audit_said` alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongzhi.accounts.models import Account
from gongzhi.acts.models import Act, Chain
from gongzhi.acts.roots import Root
from gongzhi.law.models import Jurisdiction
from gongzhi.procedures.models import Case, CaseAct
from gongzhi.registry.models import Appointment, Estate, Look, Organisation

from ..caselist import id_in
from .accounts import LOOKED_AT, post_words
from .act_titles import SIGN_INS, is_of_steps, names_titled, steps_titled, title_of
from .audit_said import said_of

SECTIONS = {"": "全部", "sign-in": "登录和锁定", "looks": "查看个人信息"}
#: Acts by which personal data was shown.
LOOKS = ("registry.unmask", "registry.export_table")
ROOTS = {
    "case": "办件",
    "organisation": "单位",
    "estate": "小区",
    "jurisdiction": "行政区划",
    "person": "人员",
    "account": "账号",
    "system": "系统",
}
HEADS = ("时间", "账号", "职务", "事项", "记录在", "序号", "内容摘要")
CELLS = ("at", "account", "post", "title", "root", "seq", "digest")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    section: str = ""
    account: str = ""
    title: str = ""
    from_on: date | None = None
    to_on: date | None = None
    root: UUID | None = None
    after: str = ""
    before: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Asked:
        """What is too long or no day is not asked."""
        section = asked.get("section", "")
        return cls(
            section=section if section in SECTIONS else "",
            account=asked.get("account", "").strip()[:64],
            title=asked.get("title", "").strip()[:50],
            from_on=_day(asked.get("from", "")),
            to_on=_day(asked.get("to", "")),
            root=id_in(asked.get("root", "")),
            after=asked.get("after", ""),
            before=asked.get("before", ""),
        )

    @property
    def is_reversed(self) -> bool:
        """Whether the first day asked for comes after the last: nothing can lie between."""
        return self.from_on is not None and self.to_on is not None and self.from_on > self.to_on

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the section was asked."""
        return bool(self.account or self.title or self.from_on or self.to_on or self.root)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def acts_seen(held: Appointment) -> QuerySet[Act]:
    """Every act for an auditor of the system; for one of an organisation those done in its posts."""
    if held.organisation_id is None:
        return Act.objects.all()
    posts = Appointment.objects.filter(organisation=held.organisation_id).values_list("pk", flat=True)
    return Act.objects.filter(appointment_id__in=list(posts))


def asked_for(held: Appointment, asked: Asked, zone: Any) -> QuerySet[Act]:
    """The acts that are asked for; each condition is one an index begins at."""
    rows = acts_seen(held)
    if asked.section:
        rows = rows.filter(name__in=SIGN_INS if asked.section == "sign-in" else LOOKS)
    if asked.account:
        found = Account.objects.filter(username__startswith=asked.account).values_list("pk", flat=True)[
            :MOST_ACCOUNTS
        ]
        ids = list(found)
        # what befell an account (a failed sign-in, a lock) is in its own history and nobody signed in did it
        rows = rows.filter(Q(account_id__in=ids) | Q(chain__in=ids))
    if asked.title:
        rows = rows.filter(_titled(asked.title))
    if asked.from_on is not None:
        rows = rows.filter(at__gte=datetime.combine(asked.from_on, time(), zone))
    if asked.to_on is not None:
        rows = rows.filter(at__lt=datetime.combine(asked.to_on + timedelta(days=1), time(), zone))
    return rows.filter(chain=asked.root) if asked.root is not None else rows


def _titled(text: str) -> Q:
    """The acts whose titles hold a text; of those open at several steps, where they were said."""
    whole, at_steps = names_titled(text), steps_titled(text)
    wanted = Q(name__in=whole)
    for name, steps in at_steps.items():
        said = CaseAct.objects.filter(pk=OuterRef("pk"), round__step__code__in=steps)
        wanted |= Q(Exists(said), name=name)
    return wanted & Q(name__in=[*whole, *at_steps]) if at_steps else wanted


#: Accounts whose names begin alike are looked for up to so many.
MOST_ACCOUNTS = 50


def told(rows: Sequence[Act]) -> list[dict[str, Any]]:
    """The rows of a page, and of the spreadsheet: the same cells."""
    accounts = _names(Account.objects, {row.account_id for row in rows}, "username")
    posts = Appointment.objects.select_related("organisation", "estate").in_bulk(
        {row.appointment_id for row in rows if row.appointment_id is not None}
    )
    roots = root_words({row.chain_id for row in rows})
    looks, steps = _looks(rows), _steps(rows)
    return [
        {
            "pk": row.pk,
            "at": row.at,
            "account": accounts.get(row.account_id, "") if row.account_id is not None else "系统",
            "post": post_words(posts.get(row.appointment_id)) if row.appointment_id is not None else "",
            "title": title_of(row.name, steps.get(row.pk, "")),
            "root": roots.get(row.chain_id, ""),
            "root_id": row.chain_id,
            "seq": row.seq,
            "digest": row.said_digest[:SHORT],
            "look": looks.get(row.pk, ""),
        }
        for row in rows
    ]


#: So much of a digest is shown in a list; it stands whole on the act's page.
SHORT = 12


def _names(manager: Any, ids: Iterable[Any], column: str) -> dict[Any, str]:
    wanted = [one for one in ids if one is not None]
    return dict(manager.filter(pk__in=wanted).values_list("pk", column)) if wanted else {}


def _steps(rows: Sequence[Act]) -> dict[UUID, str]:
    """The steps of the acts whose names do not tell them; one query, none where there are none."""
    wanted = [row.pk for row in rows if is_of_steps(row.name)]
    said = CaseAct.objects.filter(pk__in=wanted, round__isnull=False)
    return dict(said.values_list("pk", "round__step__code")) if wanted else {}


def _looks(rows: Sequence[Act]) -> dict[UUID, str]:
    """What was shown by which act, and what for; never of whom."""
    answers = {row.pk: id_in(str(row.answer.get("look_id", ""))) for row in rows if row.name in LOOKS}
    found = Look.objects.in_bulk([one for one in answers.values() if one is not None])
    return {
        pk: f"{LOOKED_AT.get(found[look].field, '个人信息')}：{found[look].purpose}"
        for pk, look in answers.items()
        if look in found
    }


# Roots --------------------------------------------------------------------------------------------------------------


def root_words(ids: Iterable[UUID]) -> dict[UUID, str]:
    """What each chain is the history of; of a person only that it is one."""
    chains = Chain.objects.in_bulk(list(ids))
    by_kind: dict[str, list[UUID]] = {}
    for pk, chain in chains.items():
        by_kind.setdefault(chain.kind, []).append(pk)
    names = _names(Case.objects, by_kind.get("case", ()), "number")
    names |= _names(Organisation.objects, by_kind.get("organisation", ()), "name")
    names |= _names(Estate.objects, by_kind.get("estate", ()), "name")
    names |= _names(Account.objects, by_kind.get("account", ()), "username")
    names |= _places(by_kind.get("jurisdiction", ()))
    return {
        pk: " ".join(filter(None, [ROOTS.get(one.kind, "其他"), names.get(pk, "")]))
        for pk, one in chains.items()
    }


def _places(ids: Sequence[UUID]) -> dict[UUID, str]:
    """The places of chains that are named by a digest of their code: those the acts themselves name."""
    if not ids:
        return {}
    said = Act.objects.filter(chain__in=ids, seq=1).values_list("said", flat=True)
    codes = {
        str(one.get(name))
        for one in said
        if one
        for name in ("jurisdiction", "jurisdiction_code")
        if one.get(name)
    }
    rows = Jurisdiction.objects.filter(pk__in=codes).values_list("code", "name")
    return {Root.of_code(code).id: name for code, name in rows}


# One act, one chain -------------------------------------------------------------------------------------------------


def act_file(row: Act) -> dict[str, Any]:
    """One act as the record has it; what was said only of acts on the frame of the system."""
    before = Act.objects.filter(chain=row.chain_id, seq=row.seq - 1).values_list("pk", flat=True).first()
    after = Act.objects.filter(chain=row.chain_id, seq=row.seq + 1).values_list("pk", flat=True).first()
    return {
        **told([row])[0],
        "row": row,
        "said": said_of(row),
        "previous": before,
        "next": after,
        "kind": ROOTS.get(row.chain.kind, "其他"),
    }
