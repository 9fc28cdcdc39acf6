"""The picture of an organisation's seal: brought in, and given up, by who speaks for the organisation."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse
from pydantic import Field

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Action, Answer
from gongzhi.acts.facts import Facts
from gongzhi.papers.facts import KeepSeal, WithdrawSeal
from gongzhi.papers.models import SealImage
from gongzhi.papers.seals import keep_seal, withdraw_seal
from gongzhi.procedures.terms import ActSpec
from gongzhi.ui.seat import Seat
from gongzhi.values.refusals import Invalid

from ..deeds import Deed
from ..saying import Sending, about_action
from .offering import may_there

PICTURE = "seal"


class NewSeal(Facts):
    """What is said beside the picture."""

    millimetres: int = Field(
        title="直径（毫米）", description="按印章的实际直径填写，打印时照此大小", gt=0, le=99
    )


class SealGone(Facts):
    """Why it is printed no longer."""

    why: str = Field(title="停用原因", min_length=2, max_length=200)


def may_seal(by: Actor, seat: Seat, organisation_id: UUID) -> bool:
    """Whether one answers for the seal of a body."""
    return may_there(keep_seal, by, seat.at, {"organisation_id": organisation_id})


def is_in_use(organisation_id: UUID) -> bool:
    """Whether a picture is printed at present."""
    return SealImage.objects.filter(organisation_id=organisation_id, withdrawn_at=None).exists()


def keeping(organisation_id: UUID) -> Deed:
    """The form that brings a picture in."""
    label = "印章图片"
    hint = "PNG 格式、透明底、正方形，边缘到边缘裁剪"
    papers = ({"code": PICTURE, "label": label, "hint": hint},)
    return _deed(keep_seal, NewSeal, organisation_id, reverse("seal", args=[organisation_id]), papers)


def withdrawing(organisation_id: UUID) -> Deed:
    """The form that gives it up."""
    return _deed(
        withdraw_seal, SealGone, organisation_id, reverse("seal-withdraw", args=[organisation_id]), ()
    )


def _deed(
    act: Action[KeepSeal] | Action[WithdrawSeal],
    said: type[Facts],
    organisation_id: UUID,
    address: str,
    papers: tuple[dict[str, str], ...],
) -> Deed:
    spec = ActSpec(act.name, act.title, said)
    return Deed(spec, about_action(act.name, str(organisation_id)), address, "seal", papers)


def carry_keeping(by: Actor, seat: Seat, organisation_id: UUID) -> Callable[[Sending], Answer]:
    """What goes through the door when the picture came."""

    def carry(sent: Sending) -> Answer:
        if not sent.papers or not isinstance(sent.facts, NewSeal):
            raise Invalid("请附上印章图片后再提交。")
        facts = KeepSeal(
            organisation_id=organisation_id,
            file_id=UUID(sent.papers[0]["file"]),
            millimetres=sent.facts.millimetres,
        )
        return keep_seal(by=by, at=seat.at, facts=facts, key=sent.key)

    return carry


def carry_withdrawing(by: Actor, seat: Seat, organisation_id: UUID) -> Callable[[Sending], Answer]:
    """What goes through the door when it is given up."""

    def carry(sent: Sending) -> Answer:
        assert isinstance(sent.facts, SealGone)
        facts = WithdrawSeal(organisation_id=organisation_id, why=sent.facts.why)
        return withdraw_seal(by=by, at=seat.at, facts=facts, key=sent.key)

    return carry
