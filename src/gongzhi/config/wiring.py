"""Where rooms meet: the handlers of events, bound here and nowhere else. They open a case or enqueue a message."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from uuid import UUID

from gongzhi.acts import chains
from gongzhi.acts.events import bind_handler
from gongzhi.acts.rows import fresh
from gongzhi.api.views.clock import bind_minute
from gongzhi.law.coverage import also_realised
from gongzhi.messages import outbox
from gongzhi.messages.models import Message, Reminder, Topic
from gongzhi.messages.outbox import enqueue
from gongzhi.notices.models import Notice, Objection
from gongzhi.procedures import catalogue, organs
from gongzhi.procedures.models import Case
from gongzhi.registry.models import Appointment, Engagement, Estate, Mode, Organisation, Person, Post
from gongzhi.registry.policies import HEADS
from gongzhi.registry.queries import in_force
from gongzhi.registry.roles import COMMUNITY, COUNTY, OWNERS, SUBDISTRICT, Place
from gongzhi.rehearsal import passing
from gongzhi.values.exchange import (
    CaseEnded,
    CaseTold,
    ClocksRang,
    EstateUnserved,
    ManagerChanged,
    NoticePosted,
    ObjectionAnswered,
    OrganChanged,
    RungFired,
    TaskOpened,
    TasksOpened,
)
from gongzhi.values.now import ZONE
from gongzhi.values.wording import day_words, due_words, instant_words

from .worker import do_minute

_RUNGS = {
    "remind": "即将到期",
    "full": "公示期已满",
    "passed": "最迟日期已过",
    "overdue": "已到期",
    "consequence": "到期未办",
    "superior": "逾期未办，报告上级",
}
_OUTCOMES = {
    "done": "办结",
    "refused": "未获同意",
    "not_dismissed": "未解聘",
    "withdrawn": "撤回",
    "ended": "终止",
    "failed": "未通过",
    "gone": "结束",
    "moved": "结束",
}


def bind() -> None:
    """Bind every handler; called once when the application starts."""
    bind_handler(TasksOpened, tell_holders)
    bind_handler(ClocksRang, tell_of_clocks)
    bind_handler(CaseEnded, tell_of_end)
    bind_handler(CaseTold, tell_of_case)
    bind_handler(NoticePosted, tell_community)
    bind_handler(ObjectionAnswered, tell_objector)
    bind_handler(OrganChanged, recheck_tasks)
    bind_handler(ManagerChanged, tell_of_manager)
    bind_handler(EstateUnserved, tell_of_gap)
    chains.bind_namer(name_of_account)
    also_realised(catalogue.realised)
    bind_minute(do_minute)
    passing.bind_minute(do_minute)


def name_of_account(account_id: UUID) -> str:
    """Who stands behind an account, for the sentence of a conflict."""
    person = Person.objects.filter(account_id=account_id).only("name").first()
    return person.name if person is not None else "另一位经办人"


def tell_holders(event: TasksOpened, at: datetime) -> None:
    """Tasks wait for their holders, of a body for those who may; all that one act opened are written at once."""
    drafts = [
        draft
        for task in event.tasks
        for draft in outbox.drafts(
            key=f"task:{task.task_id}",
            organisations=[task.organisation_id] if task.organisation_id is not None else [],
            people=[task.person_id] if task.person_id is not None else [],
            title=f"待办：{task.title}",
            body=f"{event.where}{'，' if event.where else ''}{event.number}：请办理“{task.title}”。",
            at=at,
            case_id=event.case_id,
            topic=Topic.TASK,
            task_id=task.task_id,
            posts=outbox.posts_told(_posts_told(task, at)),
        )
    ]
    outbox.write(drafts)


def _posts_told(task: TaskOpened, at: datetime) -> tuple[str, ...]:
    """The posts that alone do it; where nobody of the body holds one of them, who leads it; else everybody."""
    if not task.posts:
        return ()
    today = at.astimezone(ZONE).date()
    rows = Appointment.objects.filter(in_force(today), organisation=task.organisation_id)
    held = set(rows.values_list("post", flat=True))
    heads = tuple(str(post) for post in (*HEADS, Post.COMMITTEE_HEAD) if post in held)
    return task.posts if held & set(task.posts) else heads[:1]


def tell_of_clocks(event: ClocksRang, at: datetime) -> None:
    """One message a holder and case, whatever rang together; it is over with the last it reminds of."""
    number = Case.objects.values_list("number", flat=True).get(pk=event.case_id)
    told: dict[tuple[str, UUID], list[RungFired]] = {}
    for rung in event.rungs:
        for organisation in rung.organisation_ids:
            told.setdefault(("organisation", organisation), []).append(rung)
        for person in rung.person_ids:
            told.setdefault(("person", person), []).append(rung)
    for (kind, holder), rungs in told.items():
        first = rungs[0]
        drafts = outbox.drafts(
            key=f"clocks:{first.clock_id or first.task_id}:{first.name}:{at.timestamp():.0f}",
            organisations=[holder] if kind == "organisation" else [],
            people=[holder] if kind == "person" else [],
            title=f"期限提醒：{number}",
            body="\n".join(dict.fromkeys(map(_rung_line, rungs))),
            at=at,
            case_id=event.case_id,
            topic=Topic.CLOCK,
        )
        outbox.remind(drafts, partial(_reminders, rungs))


def _reminders(rungs: Iterable[RungFired], message: Message) -> list[Reminder]:
    return [
        fresh(
            Reminder,
            message_id=message.pk,
            clock_id=rung.clock_id,
            task_id=rung.task_id,
            due_at=rung.due_at,
            line=_rung_line(rung),
        )
        for rung in rungs
    ]


def _rung_line(rung: RungFired) -> str:
    """What rang, and the day it is about: a rung that says its day itself has no second one."""
    return f"{rung.title}：{rung.says or f'{_RUNGS[rung.name]}（{due_words(rung.due_at)}）'}"


def recheck_tasks(event: OrganChanged, at: datetime) -> None:
    """The next tick looks whose the open tasks of the estate are now."""
    organs.note_change(event.estate_id, at)


def tell_of_end(event: CaseEnded, at: datetime) -> None:
    """A case's parties, the body that opened it and whom its letters had reached learn how it ended."""
    case = Case.objects.get(pk=event.case_id)
    parties = list(case.parties.filter(void_at=None))
    organisations = [party.organisation_id for party in parties if party.organisation_id is not None]
    organisations += event.organisation_ids
    people = [party.person_id for party in parties if party.person_id is not None]
    if case.opened_by_id is not None:
        organisations.append(case.opened_by_id)
    enqueue(
        key=f"ended:{case.pk}",
        organisations=organisations,
        people=[*people, *event.person_ids],
        title=f"{case.number}已{_OUTCOMES.get(event.outcome, event.outcome)}",
        body=case.ended_why,
        at=at,
        case_id=case.pk,
        topic=Topic.RESULT,
    )


def tell_of_case(event: CaseTold, at: datetime) -> None:
    """What others have to know of a case."""
    enqueue(
        key=event.key,
        organisations=event.organisation_ids,
        people=event.person_ids,
        title=event.title,
        body=event.body,
        at=at,
        case_id=event.case_id,
        topic=Topic.RESULT,
    )


def tell_community(event: NoticePosted, at: datetime) -> None:
    """The community watches what hangs in its estates."""
    notice = Notice.objects.select_related("estate").get(pk=event.notice_id)
    if notice.estate is None:
        return
    until = f"{day_words(notice.until_on)}24:00" if notice.until_on is not None else "（本地未设定期限）"
    enqueue(
        key=f"posted:{notice.pk}",
        organisations=_bodies(notice.estate, at, COMMUNITY.code),
        title=f"{notice.estate.name}张贴公示：{notice.title}",
        body=f"{notice.number}，公示至{until}。请留意是否缺损。",
        at=at,
        case_id=event.case_id,
        topic=Topic.NOTICE,
        notice_id=notice.pk,
    )


def tell_objector(event: ObjectionAnswered, at: datetime) -> None:
    """Who objected learns the reply and what can be done next; one on paper is answered on paper."""
    row = Objection.objects.select_related("notice").get(pk=event.objection_id)
    if row.person_id is None:
        return
    verdict = "予以采纳" if row.adopted else "未予采纳"
    enqueue(
        key=f"answered:{row.pk}",
        people=[row.person_id],
        title=f"您对“{row.notice.title}”的异议已有答复"[:200],
        body=f"{verdict}。{row.finding}\n接下来可以：{row.next_remedy}\n请在“我的异议和答复”里打开答复书，确认收到。",
        at=at,
        case_id=event.case_id,
        topic=Topic.RESULT,
        notice_id=row.notice_id,
    )


def tell_of_manager(event: ManagerChanged, at: datetime) -> None:
    """Owners' side, community and street learn who manages an estate from when; its first entry changes nothing."""
    if not Engagement.objects.filter(estate=event.estate_id, from_at__lt=event.from_at).exists():
        return
    estate = Estate.objects.get(pk=event.estate_id)
    name = ""
    if event.organisation_id is not None:
        name = Organisation.objects.get(pk=event.organisation_id).name
    enqueue(
        key=f"manager:{estate.pk}:{event.from_at.timestamp():.0f}",
        organisations=_bodies(estate, at, OWNERS.code, COMMUNITY.code, SUBDISTRICT.code),
        title=f"{estate.name}管理变更",
        body=f"自{instant_words(event.from_at)}起：{Mode(event.mode).label} {name}".strip(),
        at=at,
        topic=Topic.ESTATE,
        estate_id=estate.pk,
    )


def tell_of_gap(event: EstateUnserved, at: datetime) -> None:
    """An estate without a manager reaches street and county at once."""
    estate = Estate.objects.get(pk=event.estate_id)
    enqueue(
        key=f"unserved:{estate.pk}:{event.from_at.timestamp():.0f}",
        organisations=_bodies(estate, at, COMMUNITY.code, SUBDISTRICT.code, COUNTY.code),
        title=f"{estate.name}无人在管",
        body=f"自{instant_words(event.from_at)}起无人在管：{event.reason}。请立即核实并安排服务。",
        at=at,
        topic=Topic.ESTATE,
        estate_id=estate.pk,
    )


def _bodies(estate: Estate, at: datetime, *codes: str) -> list[UUID]:
    """The organs of an estate on that day."""
    place = Place(estate, at.astimezone(ZONE).date())
    roles = {role.code: role for role in (OWNERS, COMMUNITY, SUBDISTRICT, COUNTY)}
    holders = [place.holder_of(roles[code]) for code in codes]
    return [holder.organisation.pk for holder in holders if holder.organisation is not None]
