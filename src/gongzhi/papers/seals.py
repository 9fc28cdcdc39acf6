"""The picture of an organisation's seal, laid over name and date where the organisation has one.

A picture proves nothing by itself: what counts is the wet seal or a reliable electronic signature
(《电子签名法》第13、14条); it is printed so that a copy looks like its original. A demonstration or rehearsal never
has one.
"""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from PIL import Image, UnidentifiedImageError

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import action
from gongzhi.acts.roots import Root
from gongzhi.registry.models import Organisation
from gongzhi.values.refusals import Invalid, NotPossible

from .actions import own_files
from .facts import KeepSeal, WithdrawSeal
from .models import SealImage
from .queries import content_of

#: Bounds of a seal's drawing: 国务院 印章规定; units below an authority, companies and social bodies at most 45 mm.
_LARGEST = 45.0
_SMALLEST = 38.0
_SIDES_AGREE = 0.05
_DOTS = 4000


@dataclass(frozen=True, slots=True)
class Seal:
    """A PNG with a transparent ground, and how wide it is printed."""

    image: bytes
    millimetres: float = 42.0


def seal_from(image: bytes, *, millimetres: float = 42.0) -> Seal:
    """The seal of an uploaded picture: round (as high as wide), see-through, of a lawful width. `Invalid` if not."""
    if not _SMALLEST <= millimetres <= _LARGEST:
        raise Invalid(f"印章直径应在{_SMALLEST:.0f}至{_LARGEST:.0f}毫米之间，请核对后重新填写。")
    try:
        with Image.open(io.BytesIO(image), formats=["PNG"]) as picture:
            width, height, bands = *picture.size, picture.getbands()
    except (UnidentifiedImageError, OSError) as wrong:
        raise Invalid("印章图片应为PNG格式，请转换后重新上传。") from wrong
    if max(width, height) > _DOTS or abs(width - height) > width * _SIDES_AGREE:
        raise Invalid("印章图片应为正方形，边长不超过4000像素，请裁剪后重新上传。")
    if "A" not in bands:
        raise Invalid("印章图片应为透明底，否则会遮住署名和日期，请处理后重新上传。")
    return Seal(image, millimetres)


def seal_of(organisation: Organisation) -> Seal | None:
    """The seal in use, if the organisation has one; never in a demonstration or rehearsal."""
    if settings.REHEARSAL:
        return None
    kept = (
        SealImage.objects.filter(organisation=organisation, withdrawn_at=None).select_related("file").first()
    )
    return Seal(content_of(kept.file), kept.millimetres) if kept else None


def _organisation(facts: KeepSeal | WithdrawSeal) -> Root:
    return Root("organisation", facts.organisation_id)


@action(
    "papers.keep_seal",
    title="启用印章图片",
    facts=KeepSeal,
    root=_organisation,
    may="keeps_seal_of_organisation",
    public=False,
)
def keep_seal(*, by: Actor, at: datetime, facts: KeepSeal) -> dict[str, Any]:
    """Bring in the picture of an organisation's seal; one in use before is withdrawn. practice.md 10 用印登记."""
    if settings.REHEARSAL:
        raise NotPossible("演示和演练环境不使用印章图片，请在正式系统中启用。")
    (file,) = own_files((facts.file_id,), by=by)
    seal_from(content_of(file), millimetres=facts.millimetres)
    SealImage.objects.filter(organisation_id=facts.organisation_id, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_why="启用新的印章图片"
    )
    kept = SealImage.objects.create(
        organisation_id=facts.organisation_id,
        file=file,
        millimetres=facts.millimetres,
        kept_at=at,
        kept_by_account=by.account_id,
    )
    return {"id": kept.id}


@action(
    "papers.withdraw_seal",
    title="停用印章图片",
    facts=WithdrawSeal,
    root=_organisation,
    may="keeps_seal_of_organisation",
    public=False,
)
def withdraw_seal(*, by: Actor, at: datetime, facts: WithdrawSeal) -> dict[str, Any]:
    """Print an organisation's seal no longer: papers set before keep theirs."""
    in_use = SealImage.objects.filter(organisation_id=facts.organisation_id, withdrawn_at=None)
    if not in_use.update(withdrawn_at=at, withdrawn_why=facts.why):
        raise NotPossible("这个单位没有正在使用的印章图片，请刷新后核对。")
    return {}
