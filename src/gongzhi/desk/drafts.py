"""Drafts and saved views: the reader's own notes. They change no case, so they pass no door and leave no record."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import UUIDField

from gongzhi.acts import kept
from gongzhi.registry.crypto import decrypt, encrypt, new_sealed_key
from gongzhi.values.refusals import NotPossible

from .models import Draft, SavedView

#: A form says no more than this, in bytes; what is longer is not kept.
LARGEST = 400_000
#: At most so many saved views an account.
MOST_VIEWS = 12
FIELD = "draft"
#: A form of no case ends with none; it is kept so long after it was last filled in. Our choice, not law.
ABANDONED = timedelta(weeks=13)
Said = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class About:
    """What a draft is about: its name, and the case and task it ends with."""

    name: str
    case_id: UUID | None = None
    task_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as its own account reads it: field name → what was sent."""

    said: Said
    kept_at: datetime


def keep(account_id: UUID, about: About, said: Said, at: datetime) -> bool:
    """Keep what was filled in, in the place of what was kept before; False where it is too long."""
    text = json.dumps({name: list(values) for name, values in said.items()}, ensure_ascii=False)
    if len(text.encode()) > LARGEST:
        return False
    key = new_sealed_key(account_id)
    Draft.objects.update_or_create(
        account_id=account_id,
        about=about.name,
        defaults={
            "case_id": about.case_id,
            "task_id": about.task_id,
            "sealed_key": key,
            "said_cipher": encrypt(text, sealed_key=key, person_id=account_id, field=FIELD),
            "kept_at": at,
        },
    )
    return True


def kept_of(account_id: UUID, names: Sequence[str]) -> dict[str, Kept]:
    """The account's own drafts of these names."""
    rows = Draft.objects.filter(account_id=account_id, about__in=names) if names else ()
    return {row.about: _read(row) for row in rows}


#: How the draft of a case that is not there yet is named: `open/procedure/subject/variant`.
BEGUN = "open/"


def begun_of(account_id: UUID) -> list[tuple[tuple[str, str, str], datetime]]:
    """Procedure, subject and variant of each case the account began to fill in, and when; newest first."""
    rows = Draft.objects.filter(account_id=account_id, about__startswith=BEGUN).order_by("-kept_at", "-id")
    named = [(row.about.removeprefix(BEGUN).split("/"), row.kept_at) for row in rows]
    return [((parts[0], parts[1], parts[2]), kept_at) for parts, kept_at in named if len(parts) == 3]


def _read(row: Draft) -> Kept:
    text = decrypt(
        bytes(row.said_cipher), sealed_key=bytes(row.sealed_key), person_id=row.account_id, field=FIELD
    )
    return Kept(json.loads(text), row.kept_at)


def drop(account_id: UUID, about: About) -> None:
    """It was performed, or thrown away."""
    Draft.objects.filter(account_id=account_id, about=about.name).delete()


def sweep(at: datetime) -> None:
    """Forget the drafts of tasks and cases that are over, and those of no case nobody came back to; whoever's."""
    Draft.objects.filter(task__open=False).delete()
    Draft.objects.filter(task=None, case__ended_at__isnull=False).delete()
    Draft.objects.filter(task=None, case=None, kept_at__lt=at - ABANDONED).delete()


# Saved views --------------------------------------------------------------------------------------------------------


def save_view(account_id: UUID, title: str, query: str, at: datetime) -> bool:
    """Keep a filter under a title of its own; False where there are too many already.

    NotPossible: another filter has the title. The same one sent again is kept once.
    """
    own = SavedView.objects.filter(account_id=account_id)
    named = own.filter(title=title).first()
    if named is not None and named.query != query:
        raise NotPossible(f"已经有名为“{title}”的视图，请换一个名称，或者先删去原来的。")
    if named is None and own.count() >= MOST_VIEWS:
        return False
    SavedView.objects.get_or_create(
        account_id=account_id, title=title, defaults={"query": query, "kept_at": at}
    )
    return True


def views_of(account_id: UUID) -> list[SavedView]:
    """The account's filters, in the order they were saved."""
    return _VIEWS.rows(account=account_id)


_VIEWS = kept.Kept(
    lambda account: SavedView.objects.filter(account_id=account).order_by("kept_at", "id"),
    account=UUIDField(),
)


def drop_view(account_id: UUID, view_id: UUID) -> None:
    """Forget one of the account's filters."""
    SavedView.objects.filter(account_id=account_id, pk=view_id).delete()
