"""账号: the list for the system's administrator, and one account with its tokens, codes and lock-outs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db.models import Count, Q, QuerySet

from gongzhi.accounts.adapters import provider_names
from gongzhi.accounts.lockout import is_account_locked
from gongzhi.accounts.models import Account, Token
from gongzhi.registry.models import Appointment, Look, Person, Post

from .seeing import name_for, people_seen

STATES = {"": "启用", "closed": "已停用", "every": "全部"}
HEADS = ("账号", "人员", "状态", "令牌", "开通")
CELLS = ("username", "person", "state", "tokens", "created_at")
LOOKED_AT = {"id_number": "证件号码", "phone": "手机号码"}
#: Shown to the person themself, the newest first.
LOOKS = 50


def asked_for(name: str, state: str) -> QuerySet[Account]:
    """The accounts by the beginning of their name."""
    rows = Account.objects.filter(username__startswith=name) if name else Account.objects.all()
    return rows if state == "every" else rows.filter(is_active=state != "closed")


def told(rows: Sequence[Account], held: Appointment, at: datetime) -> list[dict[str, Any]]:
    """The rows of a page, and of the spreadsheet: the same cells."""
    ids = [row.pk for row in rows]
    people = {one.account_id: one for one in Person.objects.filter(account_id__in=ids)}
    seen = people_seen(held, at).filter(account_id__in=ids).values_list("account_id", flat=True)
    known = set(seen)
    live = Token.objects.filter(account__in=ids).filter(_live(at)).values_list("account")
    counted = dict(live.order_by().annotate(Count("pk")))
    return [
        {
            "pk": row.pk,
            "username": row.username,
            "person": name_for(people[row.pk], row.pk in known) if row.pk in people else "",
            "state": "启用" if row.is_active else "已停用",
            "tokens": counted.get(row.pk, 0),
            "created_at": row.created_at,
        }
        for row in rows
    ]


def _live(at: datetime) -> Q:
    return Q(revoked_at=None) & (Q(expires_at=None) | Q(expires_at__gt=at))


def account_file(row: Account, held: Appointment, at: datetime) -> dict[str, Any]:
    """One account whole."""
    person = Person.objects.filter(account_id=row.pk).first()
    is_seen = person is not None and people_seen(held, at).filter(pk=person.pk).exists()
    named = dict(provider_names())
    linked = SocialAccount.objects.filter(user=row).order_by("provider").values_list("provider", flat=True)
    return {
        "row": row,
        "person": person,
        "is_seen": is_seen,
        "name": name_for(person, is_seen) if person is not None else "",
        "is_locked": is_account_locked(row.username),
        "has_codes": Authenticator.objects.filter(user=row, type=Authenticator.Type.TOTP).exists(),
        "tokens": tokens_of(row.pk, at),
        "identities": [(code, named.get(code, "未再配置的身份认证")) for code in linked],
    }


def tokens_of(account_id: UUID, at: datetime) -> list[dict[str, Any]]:
    """The keys programs use in an account's name, those that open something first."""
    rows = list(Token.objects.filter(account=account_id).order_by("-created_at", "pk"))
    posts = Appointment.objects.select_related("organisation", "estate").in_bulk(
        [row.appointment_id for row in rows]
    )
    found = [
        {"row": row, "post": post_words(posts.get(row.appointment_id)), "is_live": row.is_live(at)}
        for row in rows
    ]
    return sorted(found, key=lambda one: not one["is_live"])


def post_words(row: Appointment | None) -> str:
    """A post and where it is held."""
    if row is None:
        return ""
    where = row.organisation or row.estate
    return f"{Post(row.post).label}{f'·{where.name}' if where is not None else ''}"


def looks_at(person_id: UUID) -> list[dict[str, Any]]:
    """Who was shown one's numbers, in which post, when and what for: the person's right to know."""
    rows = list(Look.objects.filter(person=person_id).order_by("-at", "-pk")[:LOOKS])
    posts = Appointment.objects.select_related("organisation", "estate", "person").in_bulk(
        [row.appointment_id for row in rows if row.appointment_id is not None]
    )
    return [_look(row, posts) for row in rows]


def _look(row: Look, posts: dict[UUID, Appointment]) -> dict[str, Any]:
    held = posts.get(row.appointment_id) if row.appointment_id is not None else None
    return {
        "at": row.at,
        "what": LOOKED_AT.get(row.field, "个人信息"),
        "purpose": row.purpose,
        "who": held.person.name if held is not None else "",
        "post": post_words(held),
    }
