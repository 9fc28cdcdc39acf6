"""The rows of a notice: what hangs, since when, until when; objections and replies. Written by Publish alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import UUIDField

from gongzhi.acts import log
from gongzhi.acts.canonical import digest
from gongzhi.acts.events import raise_event
from gongzhi.acts.kept import Kept
from gongzhi.papers.wording import words_of_annexes
from gongzhi.procedures.forms import name_of
from gongzhi.procedures.serials import draw_serial
from gongzhi.procedures.terms import RoundView
from gongzhi.registry.roles import stands_in
from gongzhi.values.exchange import NoticePosted, ObjectionAnswered, ObjectionRaised
from gongzhi.values.minutes import minute_of
from gongzhi.values.refusals import NotPossible
from gongzhi.values.wording import due_words, instant_words

from .counting import count
from .facts import Again, EnterObjection, Object, PostNotice, Reply, Torn
from .hanging import is_in_doubt, is_of_last_hanging, must_hang_again
from .models import Interruption, Notice, Objection
from .objected import ACTS as OBJECTIONS
from .objected import SAID
from .papers import annexes_of, wording_of

if TYPE_CHECKING:
    from .publish import Publish

#: The kind of log entry that proves a notice's period.
PERIOD = "notice_period"
_HANGING = Kept(lambda round: Notice.objects.filter(round=round, ended_at=None)[:1], round=UUIDField())


def find_hanging(round_id: UUID) -> Notice | None:
    """The notice that hangs now."""
    return _HANGING.first(round=round_id)


def last_day_of(view: RoundView) -> date | None:
    """The last day the round's newest notice had to hang; None where the place has not said how long."""
    days = (
        Notice.objects.filter(round_id=view.id).order_by("posted_at", "id").values_list("until_on", flat=True)
    )
    return days.last()


def hanging(round_id: UUID) -> Notice:
    """The notice that hangs now; NotPossible where none does."""
    notice = find_hanging(round_id)
    if notice is None:
        raise NotPossible("公示尚未张贴或者已经取下，现在不能办理。")
    return notice


def hangs_until(view: RoundView) -> str:
    """Until when the notice hangs, for who has to look at it before; "" where nobody knows."""
    notice = find_hanging(view.id)
    if notice is None or notice.until_at is None:
        return ""
    return f"公示挂到{due_words(notice.until_at)}，请在此之前到现场核实"


def demand_hanging(view: RoundView) -> None:
    """Refuse what can only be done while the notice hangs."""
    hanging(view.id)


def demand_in_time(view: RoundView, at: datetime) -> None:
    """An objection is in time until 24:00 of the last day the notice has to hang.

    While it was torn and does not hang again, its days are not over: they begin anew.
    """
    notice = hanging(view.id)
    if notice.until_at is not None and at >= notice.until_at and not is_in_doubt(view):
        raise NotPossible(
            f"公示期已于{due_words(notice.until_at)}届满，不能再提异议；如有争议，可以向街道申请调解或者依法起诉。"
        )


def notice_received_against(view: RoundView, received_at: datetime) -> Notice | None:
    """The notice of the round that hung when a paper came; None where none hung yet."""
    for notice in Notice.objects.filter(round_id=view.id).order_by("-posted_at", "-id"):
        if received_at >= minute_of(notice.posted_at):
            return notice
    return None


def demand_received_in_time(view: RoundView, received_at: datetime, at: datetime) -> None:
    """A paper counts by when it was received: after the posting, before the last day's end, whenever it is entered."""
    if received_at > at:
        raise NotPossible("收到时间不能晚于现在，请核对后填写。")
    notice = notice_received_against(view, received_at)
    if notice is None:
        raise NotPossible("收到时间不能早于公示张贴的时间，请核对后填写。")
    waits = notice.ended_at is None and is_in_doubt(view)
    if notice.until_at is not None and received_at >= notice.until_at and not waits:
        raise NotPossible(
            f"这份书面异议在{due_words(notice.until_at)}公示期届满以后才收到，不能登记为期内的异议；"
            "请告知本人可以向街道申请调解或者依法起诉；收到时间填错的，请改正后再登记。"
        )


def demand_not_over(view: RoundView, found_at: datetime) -> None:
    """What is torn when the days are full begins no days anew."""
    notice = hanging(view.id)
    if notice.until_at is not None and found_at >= notice.until_at:
        raise NotPossible(
            f"公示期已于{due_words(notice.until_at)}届满，此后的缺损不影响公示，无需报告；请由公示人取下。"
        )


def demand_found_hanging(view: RoundView, found_at: datetime, turn: int | None = None) -> None:
    """Nothing is found torn before it hung; what was reported of it since it hung again, not before that.

    `turn`: the report that is looked into; a late one of what was mended meanwhile is of before the mending.
    """
    notice = hanging(view.id)
    anew = turn is not None and is_of_last_hanging(view, turn)
    since = minute_of(notice.counted_from if anew else notice.posted_at)
    if found_at < since:
        what = "补贴" if since > minute_of(notice.posted_at) else "张贴"
        raise NotPossible(f"发现时间不能早于公示{what}的时间（{instant_words(since)}），请核对后填写。")


def demand_later(view: RoundView, posted_at: datetime) -> None:
    """Another wording hangs after the one it replaces, never before: its days are its own."""
    if posted_at < hanging(view.id).counted_from:
        raise NotPossible("新内容的张贴时间不能早于现有公示的张贴（补贴）时间，请核对后填写。")


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
        take_down(view, facts.posted_at, "内容变更，重新公示", at)
    said = view.last("post", "replace")
    assert said is not None
    number, number_key = _number(case.county or case.city, at)
    notice = Notice(
        case=case,
        round_id=view.id,
        estate=case.estate,
        community=case.community,
        issuer_id=said.organisation_id,
        issuer_name=name_of(said),
        number=number,
        number_key=number_key,
        title=facts.title,
        body=facts.body,
        places=list(facts.places),
        basis=[citation.as_json() for citation in view.case.law.cites(step.days)],
        posted_at=facts.posted_at,
    )
    known = wording_of(step, view.case, at)
    notice.annexes = [one.model_dump(mode="json") for one in known.tables] if known is not None else []
    count(step, view.case, notice, facts.posted_at)
    notice.digest = digest(wording(notice))
    notice.save(force_insert=True)
    if old is not None:
        Notice.objects.filter(pk=old.pk).update(replaced_by=notice)
    log.publish(kind="notice", subject_id=notice.id, content=notice.digest, at=at)
    publish_period(notice, at)
    raise_event(NoticePosted(notice.id, case.id, case.estate_id))


def _number(code: str, at: datetime) -> tuple[str, str]:
    """The next number of the place, and what it is sorted by."""
    year, serial = draw_serial(f"notice:{code}", at)
    begins = f"公示〔{year}〕{code}-"
    return f"{begins}{serial}", f"{begins}{serial:010d}"


def wording(notice: Notice) -> dict[str, Any]:
    """What a printed notice is checked against: wording and annexes, issuer, number, the day it was posted."""
    return {
        "number": notice.number,
        "title": notice.title,
        "body": notice.body,
        "annex": words_of_annexes(annexes_of(notice)),
        "issuer": str(notice.issuer_id),
        "issuer_name": notice.issuer_name,
        "posted_at": notice.posted_at,
    }


def period(notice: Notice) -> dict[str, Any]:
    """What proves how long it hung: from when it counts, until when it has to hang, and when it was taken down."""
    return {
        "number": notice.number,
        "counted_from": notice.counted_from,
        "until_on": notice.until_on,
        "ended_at": notice.ended_at,
        "ended_why": notice.ended_why,
    }


def publish_period(notice: Notice, at: datetime) -> None:
    """Put the period into the log: at first, whenever it is counted anew, and when it is over."""
    log.publish(kind=PERIOD, subject_id=notice.id, content=digest(period(notice)), at=at)


def recount(step: Publish, view: RoundView, at: datetime) -> Notice:
    """Count the hanging notice anew; what has moved is written, and stands in the log."""
    notice = hanging(view.id)
    before = (notice.until_at, notice.exact, notice.working)
    count(step, view.case, notice, notice.counted_from)
    if before != (notice.until_at, notice.exact, notice.working):
        _save_count(notice, at)
    return notice


def follow_place(view: RoundView) -> None:
    """A notice hangs in the community its estate lies in, also when the boundary moved."""
    Notice.objects.filter(round_id=view.id, ended_at=None).update(community=view.case.row.community)


def _save_count(notice: Notice, at: datetime) -> None:
    notice.save(update_fields=["counted_from", "until_on", "until_at", "working", "exact"])
    publish_period(notice, at)


def take_down(view: RoundView, ended_at: datetime, why: str, at: datetime) -> None:
    """End the hanging of whatever hangs in the round; what was torn then is torn no longer."""
    notice = find_hanging(view.id)
    if notice is None:
        return
    notice.ended_at, notice.ended_why = max(ended_at, notice.posted_at), why[:300]
    notice.save(update_fields=["ended_at", "ended_why"])
    publish_period(notice, at)


def object_to(step: Publish, view: RoundView, facts: Object, at: datetime) -> None:
    """Keep an objection: a task to be answered in writing. It is a person's own."""
    notice, person = hanging(view.id), view.acts(SAID)[-1].person_id
    case, estate = view.case, view.case.row.estate
    on = case.local_day(at)
    own = estate is not None and any(stands_in(role, person, estate, on) for role in step.objectors)
    if not own or person is None:
        raise NotPossible("请由有权提出异议的人本人登录后提出；写在纸上的，交公示上写明的地方登记。")
    _keep_objection(view, notice, at, at, content=facts.content, person_id=person)


def enter_objection(view: RoundView, facts: EnterObjection, at: datetime) -> None:
    """Keep an objection that came on paper, with when the paper was received."""
    received_at = facts.received_at or at
    notice = notice_received_against(view, received_at)
    assert notice is not None, "asked before it was written"
    words = {name: getattr(facts, name) for name in ("content", "on_paper_from", "on_paper_flat")}
    _keep_objection(view, notice, received_at, at, **words)


def _keep_objection(view: RoundView, notice: Notice, raised_at: datetime, at: datetime, **words: Any) -> None:
    _demand_new(notice, words)
    row = Objection.objects.create(
        notice=notice,
        round_id=view.id,
        turn=len(view.acts(*OBJECTIONS)),
        raised_at=raised_at,
        entered_at=at,
        **words,
    )
    raise_event(ObjectionRaised(row.id, view.case.row.id))


def _demand_new(notice: Notice, words: Mapping[str, Any]) -> None:
    """Refuse what the same person said in the same words to the same notice: a page that was gone back to sends it
    once more, and each objection asks for a reply of its own."""
    known = Objection.objects.filter(notice=notice, **words).order_by("turn").first()
    if known is None:
        return
    if known.person_id is not None:
        raise NotPossible("这一条已经收到，不用再提，答复作出后会通知您，另有意见的请换成新的内容再提。")
    raise NotPossible(
        f"这一条已经收到，是第{known.turn}项异议，不用再登记，确是另一份纸的请核对异议人和内容后照纸上写的录入。"
    )


def reply(view: RoundView, turn: int, facts: Reply, at: datetime) -> None:
    """Keep the written reply to an objection."""
    rows = Objection.objects.filter(round_id=view.id, turn=turn)
    said = {name: getattr(facts, name) for name in ("finding", "adopted", "next_remedy", "summary")}
    rows.update(**said, replied_at=at)
    raise_event(ObjectionAnswered(rows.values_list("pk", flat=True).get(), view.case.row.id))


def interrupt(view: RoundView, facts: Torn) -> None:
    """The notice was missing, torn or covered; what was mended before it was confirmed interrupts nothing."""
    notice = hanging(view.id)
    if must_hang_again(view) and not notice.interruptions.filter(again_at=None).exists():
        Interruption.objects.create(notice=notice, found_at=facts.found_at, what=facts.what)


def hang_again(step: Publish, view: RoundView, facts: Again, at: datetime) -> None:
    """It hangs again: its days begin anew, on the record."""
    notice = hanging(view.id)
    notice.interruptions.filter(again_at=None).update(again_at=facts.posted_at)
    count(step, view.case, notice, facts.posted_at)
    _save_count(notice, at)
