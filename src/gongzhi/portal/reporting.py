"""A notice reported missing or torn by somebody without an account: one task and one message to the community.

What comes while somebody looks joins both, and the message says how many reports there were. Reports are counted, so
that nobody sends too many; the task is opened by the system, which passes on what was said.
Whoever reports so answers for nothing: it holds nothing up until the community has seen it itself.
docs/decisions/0005-public.md.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from gongzhi.acts.actor import SYSTEM
from gongzhi.acts.canonical import digest, keyed_digest
from gongzhi.acts.door import Actor, action
from gongzhi.acts.models import Act
from gongzhi.acts.roots import SYSTEM_ROOT, Root
from gongzhi.messages.models import Topic
from gongzhi.messages.outbox import add_to, enqueue
from gongzhi.notices.hanging import NAMELESS
from gongzhi.notices.models import Notice
from gongzhi.notices.offering import checks_ended
from gongzhi.notices.presenting import state_of
from gongzhi.registry.queries import day_of
from gongzhi.values.refusals import NotPossible
from gongzhi.values.wording import minute_words

from .facts import ReportMissing, Seen
from .reading import notice_named
from .speaking import community_of, stand

#: How many reports are taken within a day: of one notice from one address, of one notice, and from one address of all
#: notices, high because a whole estate may stand behind it. Ours to choose, not law.
OF_ADDRESS, OF_NOTICE, OF_ALL = 5, 20, 200
A_DAY = timedelta(days=1)
#: What a report is in the record.
REPORT = "portal.report_missing"


def sender_of(address: str, at: datetime) -> str:
    """What stands for an address on one day: keyed, and another one tomorrow, so that nobody can be followed."""
    return keyed_digest(["portal", address, str(day_of(at))])[:16]


def report(notice: Notice, seen: Seen, *, address: str, at: datetime) -> bool:
    """Send what a passer-by saw to the community, and open its task, or join the report to the open one.

    False where the same was said from there today: it was received already, and nothing is sent twice.
    """
    facts = ReportMissing(notice=notice.pk, sender=sender_of(address, at), **seen.model_dump())
    if _today(at).filter(answer__sender=facts.sender, answer__same=_same(facts)).exists():
        return False
    report_missing(by=SYSTEM, at=at, facts=facts)
    with suppress(NotPossible):
        stand(notice, NAMELESS, torn_facts(seen, at), by=SYSTEM, at=at, key="")
    return True


def _same(facts: ReportMissing) -> str:
    """What makes a report of one sender and day the same as another: notice, kind of damage, place; not what else is
    said."""
    where = "".join(facts.where.split()).casefold()
    return digest([str(facts.notice), facts.what, where])[:16]


def _today(at: datetime) -> QuerySet[Act]:
    """The reports of the last day, with what the door keeps of each: whose, of which notice, and what it joined."""
    return Act.objects.filter(name=REPORT, at__gt=at - A_DAY)


def torn_facts(seen: Seen, at: datetime) -> dict[str, Any]:
    """The same as the standing act `report_torn` takes it."""
    return {"found_at": at.isoformat(), "what": said(seen)}


def said(seen: Seen) -> str:
    """What was seen, in one line."""
    return "，".join(filter(None, (str(seen.what.label), f"位置：{seen.where}", seen.more)))


def _root(facts: ReportMissing) -> Root:
    """The estate: what is counted is what comes from outside, whatever becomes of it in the case."""
    estate_id = Notice.objects.values_list("estate_id", flat=True).get(pk=facts.notice)
    return Root("estate", estate_id) if estate_id is not None else SYSTEM_ROOT


@action(
    REPORT,
    title="报告公示缺损",
    facts=ReportMissing,
    root=_root,
    may="passer_by",
    public=False,
)
def report_missing(*, by: Actor, at: datetime, facts: ReportMissing) -> dict[str, Any]:
    """Tell the community, unless too much was told already."""
    notice = notice_named(facts.notice)
    if notice.ended_at is not None:
        raise NotPossible(f"这份公示已经{'作废' if notice.is_void else '取下'}，不用再报告缺损。")
    if state_of(notice, at) == "full":
        raise NotPossible("公示期已经届满，此后的缺损不影响公示，无需报告；有疑问请拨打公示上的监督电话。")
    _demand_few(notice, facts.sender, at)
    body = community_of(notice, at)
    if body is None:
        raise NotPossible("这个地方还没有登记社区和街道，请拨打公示上的监督电话。")
    check = f"missing:{notice.pk.hex}:{checks_ended(notice)}"
    estate = notice.estate.name if notice.estate is not None else ""
    title = f"待核实：{estate}“{notice.title}”可能缺损"
    times = Act.objects.filter(name=REPORT, at__gte=notice.posted_at, answer__check=check).count() + 1
    line = f"另有未登录的人报告：{said(facts)}。"
    if times == 1 or not add_to(key=check, organisation=body.pk, title=_counted(title, times), line=line):
        enqueue(
            key=check,
            organisations=[body.pk],
            title=title,
            body=f"有未登录的人于{minute_words(at)}报告：{said(facts)}。公示编号{notice.number}。"
            f"核实的任务在办件里，请到现场查看后办理：属实的确认缺损，没有缺损的写明核实结果。",
            at=at,
            case_id=notice.case_id,
            topic=Topic.REPORT,
            notice_id=notice.pk,
        )
    kept = {"notice": notice.pk.hex, "sender": facts.sender, "same": _same(facts), "check": check}
    return {"told": str(body.pk), **kept}


def _counted(title: str, times: int) -> str:
    """The title with how many reports there were."""
    return f"{title[:180]}（{times} 次报告）"


def _demand_few(notice: Notice, sender: str, at: datetime) -> None:
    """Few a day from an address of one notice, some of the notice: several people may stand behind one address."""
    own = _today(at).filter(answer__sender=sender)
    if own.filter(answer__notice=notice.pk.hex).count() >= OF_ADDRESS:
        raise NotPossible(
            "今天从您的网络已经多次报告这份公示缺损，社区正在核实，另有情况请改打公示上的监督电话，或者登录后报告。"
        )
    if own.count() >= OF_ALL:
        raise NotPossible("今天从您的网络发来的报告太多，请改打公示上的监督电话，或者登录后报告。")
    if _today(at).filter(answer__notice=notice.pk.hex).count() >= OF_NOTICE:
        raise NotPossible("已经有多人报告这份公示缺损，社区正在核实，请明天再看。")
