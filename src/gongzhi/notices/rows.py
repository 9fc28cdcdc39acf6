"""The rows of a notice: what hangs, since when, until when; objections and replies. Written by Publish alone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from gongzhi.acts import log
from gongzhi.acts.canonical import digest
from gongzhi.acts.events import raise_event
from gongzhi.procedures.clocks import counted
from gongzhi.procedures.serials import draw_serial
from gongzhi.procedures.terms import Due, RoundView
from gongzhi.values.exchange import NoticePosted, ObjectionRaised
from gongzhi.values.refusals import NotPossible

from .facts import Again, Object, PostNotice, Reply, Torn
from .models import Interruption, Notice, Objection

if TYPE_CHECKING:
    from .publish import Publish


def hanging(round_id: UUID) -> Notice:
    """The notice that hangs now; NotPossible where none does."""
    notice = Notice.objects.filter(round_id=round_id, ended_at=None).first()
    if notice is None:
        raise NotPossible("公示尚未张贴或者已经取下，现在不能办理。")
    return notice


def demand_hanging(view: RoundView) -> None:
    """Refuse what can only be done while the notice hangs."""
    hanging(view.id)


def demand_in_time(view: RoundView, at: datetime) -> None:
    """An objection is in time until 24:00 of the last day the notice has to hang."""
    notice = hanging(view.id)
    if notice.until_at is not None and at >= notice.until_at:
        raise NotPossible(
            f"公示期已于{notice.until_on}24:00届满，不能再提异议；如有争议，可以向街道申请调解或者依法起诉。"
        )


def demand_after_tearing(view: RoundView, posted_at: datetime) -> None:
    """It cannot hang again before it was found missing."""
    notice = hanging(view.id)
    torn = notice.interruptions.filter(again_at=None).first()
    if torn is not None and posted_at < torn.found_at:
        raise NotPossible("补贴时间不能早于发现缺损的时间，请核对后填写。")


def post(step: Publish, view: RoundView, facts: PostNotice, at: datetime) -> None:
    """Hang a wording: a new notice with a number and its place in the log; one it replaces is taken down."""
    case = view.case.row
    old = Notice.objects.filter(round_id=view.id, ended_at=None).first()
    if old is not None:
        take_down(view, facts.posted_at, "内容变更，重新公示")
    said = view.last("post", "replace")
    assert said is not None
    notice = Notice(
        case=case,
        round_id=view.id,
        estate=case.estate,
        community=case.community,
        issuer_id=said.organisation_id,
        number=_number(case.county or case.city, at),
        title=facts.title,
        body=facts.body,
        places=list(facts.places),
        basis=[citation.as_json() for citation in view.case.law.cites(step.days)],
        posted_at=facts.posted_at,
    )
    _count(step, view, notice, facts.posted_at)
    notice.digest = digest(wording(notice))
    notice.save(force_insert=True)
    if old is not None:
        Notice.objects.filter(pk=old.pk).update(replaced_by=notice)
    log.publish(kind="notice", subject_id=notice.id, content=notice.digest, at=at)
    raise_event(NoticePosted(notice.id, case.id, case.estate_id))


def _number(code: str, at: datetime) -> str:
    year, serial = draw_serial(f"notice:{code}", at)
    return f"公示〔{year}〕{code}-{serial}"


def wording(notice: Notice) -> dict[str, Any]:
    """What a printed notice is checked against: wording, issuer, number, the day it was posted."""
    return {
        "number": notice.number,
        "title": notice.title,
        "body": notice.body,
        "issuer": str(notice.issuer_id),
        "posted_at": notice.posted_at,
    }


def _count(step: Publish, view: RoundView, notice: Notice, since: datetime) -> None:
    """How long it has to hang, counted from `since`, with the working; unknown while the place must set the days."""
    notice.counted_from = since
    if not view.case.law.is_set(step.days):
        notice.until_on = notice.until_at = None
        notice.working = ["本地未设定公示期限"]
        return
    answer = counted(view.case, Due(step.days, ""), since)
    notice.until_on, notice.until_at = answer.due_on, answer.due_at
    notice.working, notice.exact = list(answer.working), answer.exact


def take_down(view: RoundView, at: datetime, why: str) -> None:
    """End the hanging of whatever hangs in the round."""
    Notice.objects.filter(round_id=view.id, ended_at=None).update(ended_at=at, ended_why=why[:300])


def object_to(view: RoundView, facts: Object, at: datetime) -> None:
    """Keep an objection: a task to be answered in writing."""
    notice, said = hanging(view.id), view.acts("object")[-1]
    if not facts.on_paper_from and said.person_id is None:
        raise NotPossible("请写明书面异议人，或者由业主本人登录后提出。")
    row = Objection.objects.create(
        notice=notice,
        round_id=view.id,
        turn=len(view.acts("object")),
        person_id=None if facts.on_paper_from else said.person_id,
        on_paper_from=facts.on_paper_from,
        content=facts.content,
        raised_at=at,
    )
    raise_event(ObjectionRaised(row.id, view.case.row.id))


def reply(view: RoundView, turn: int, facts: Reply, at: datetime) -> None:
    """Keep the written reply to an objection."""
    Objection.objects.filter(round_id=view.id, turn=turn).update(
        finding=facts.finding, adopted=facts.adopted, next_remedy=facts.next_remedy, replied_at=at
    )


def interrupt(view: RoundView, facts: Torn) -> None:
    """The notice was missing, torn or covered."""
    notice = hanging(view.id)
    if not notice.interruptions.filter(again_at=None).exists():
        found_at = max(facts.found_at, notice.posted_at)
        Interruption.objects.create(notice=notice, found_at=found_at, what=facts.what)


def hang_again(step: Publish, view: RoundView, facts: Again) -> None:
    """It hangs again: its days begin anew, on the record."""
    notice = hanging(view.id)
    notice.interruptions.filter(again_at=None).update(again_at=facts.posted_at)
    _count(step, view, notice, facts.posted_at)
    notice.save(update_fields=["counted_from", "until_on", "until_at", "working", "exact"])
