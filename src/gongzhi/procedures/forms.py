"""The papers every step of a kind makes: receipt, request to complete, proof of service, refusal to sign.

They are filled from what was said on the step's tasks; the kinds name them, and no procedure is named here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from gongzhi.papers.contents.applications import ApplicationReceipt, CompletionRequest, Lacking, Received
from gongzhi.papers.contents.content import Content, Person, day, reached, telephone
from gongzhi.papers.contents.records import Picture, RefusalRecord, ServiceRecord
from gongzhi.papers.documents import Document as Form
from gongzhi.papers.documents import Photo
from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.models import MarkedCopy
from gongzhi.papers.photographs.opening import PICTURES
from gongzhi.papers.queries import printed_of
from gongzhi.registry.models import Organisation
from gongzhi.registry.models import Person as Registered
from gongzhi.registry.models.organisations import AUTHORITIES
from gongzhi.registry.roles import ROLES, Role
from gongzhi.values.now import ZONE
from gongzhi.values.text import unnumbered
from gongzhi.values.wording import minute_words

from .completing import papers_sent, sent_at
from .documents import UNKNOWN, Copy, Document, Source
from .entering import handed_by, who_entered
from .holders import hold
from .models import PaperUse
from .refusing import refused_side, signed_after
from .service import announced_until, handed_at, of_its_way
from .signed import numbered, scan_number, scan_title
from .terms import RoundView, Said

METHODS = {
    "direct": "直接送达",
    "leave": "留置送达",
    "post": "邮寄送达",
    "electronic": "电子送达",
    "notice": "公告送达",
    "platform": "平台报送",
}


# What is asked of the register -----------------------------------------------------------------------------------


def body_of(said: Said | None) -> Organisation | None:
    """The organisation that said it."""
    found = said.organisation_id if said is not None else None
    return Organisation.objects.filter(pk=found).first() if found is not None else None


def name_of(said: Said | None) -> str:
    """Who said it: the organisation, else the person."""
    body = body_of(said)
    if body is not None:
        return body.name
    person = Registered.objects.filter(pk=said.person_id).first() if said and said.person_id else None
    return person.name if person is not None else UNKNOWN


def person_of(said: Said | None) -> str:
    """The person who said it, by name."""
    person = Registered.objects.filter(pk=said.person_id).first() if said and said.person_id else None
    return person.name if person is not None else UNKNOWN


def contact_of(body: Organisation | None) -> str:
    """A body with its telephone and address, as far as they are registered."""
    if body is None:
        return UNKNOWN
    return reached(body.name, body.service_address, telephone(body.phone_service))


def estate_of(source: Source) -> str:
    """What the case is about, by name."""
    row = source.case.row
    about = row.estate or row.organisation or row.jurisdiction
    return about.name if about is not None else UNKNOWN


def kind_of_subject(source: Source) -> str:
    """What it is that the case is about."""
    row = source.case.row
    return "小区" if row.estate_id else "单位" if row.organisation_id else "地区"


def attached(acts: Iterable[Said]) -> list[PaperUse]:
    """The papers that came with these acts, oldest first."""
    uses = numbered(PaperUse.objects.filter(act__in=[said.id for said in acts]))
    uses = uses.select_related("file", "act", "copy__photograph")
    return list(uses.order_by("act__seq", "id"))


def received(acts: Sequence[Said], otherwise: str) -> tuple[Received, ...]:
    """What came with these acts; before it the thing itself, as it was filled in on the platform or came on paper."""
    form = "纸质原件" if any(handed_at(said.facts) is not None for said in acts) else "平台填报"
    found = [Received(name=title_of_use(use), copies=1, form="电子件") for use in attached(acts)]
    return (Received(name=otherwise, copies=1, form=form), *found)


def title_of_use(use: PaperUse) -> str:
    """What an attached paper is called: what its sender called it, else its kind.

    A kind that only the place's own lists know has no word here: then its file's name, without its ending.
    """
    if use.kind == PaperKind.SIGNED_PAGE and use.act_id is not None:
        return scan_title(scan_number(use))
    if use.title not in ("", use.file.name):
        return use.title
    return str(PaperKind(use.kind).label) if use.kind in PaperKind.values else PurePath(use.file.name).stem


def instant_said(said: Said, name: str = "arrived_at") -> datetime:
    """An instant among the facts."""
    return datetime.fromisoformat(str(said.facts[name]))


def local_day(at: datetime) -> Any:
    """The day of an instant."""
    return at.astimezone(ZONE).date()


def two(names: Iterable[str]) -> tuple[Person, ...]:
    """Everybody named, at least two: who is not known is room to write. Nobody was asked which body they are of."""
    people = tuple(Person(name=name) for name in dict.fromkeys(filter(None, names)))
    return (*people, *(Person(name=UNKNOWN),) * (2 - len(people)))


def lines_of(text: str) -> list[str]:
    """A text by its lines and semicolons, without numbers typed before them: where they stand they are counted."""
    parts = [unnumbered(part.strip()) for line in text.splitlines() for part in line.split("；")]
    return [part.rstrip("。；;") for part in parts if part]


# Which copies -------------------------------------------------------------------------------------------------------


def role_of(task: str) -> str:
    """The role a task is of: `receive:county`, `receipt:county:1`; "" where it is of none."""
    return task.partition(":")[2].partition(":")[0]


def title_of_role(code: str) -> str:
    role = ROLES.get(code)
    return role.title if role is not None else ""


def each_said(*names: str) -> Any:
    """One copy for each act of these names, by its task and turn."""

    def copies(source: Source) -> Sequence[Copy]:
        found = source.view.acts(*names)
        return [
            Copy(
                key="-".join(filter(None, (role_of(said.task), str(n) if n > 1 else ""))),
                of=title_of_role(role_of(said.task)),
                said_at=said.at,
            )
            for n, said in enumerate(found, start=1)
        ]

    return copies


def chosen(source: Source, *names: str) -> Said:
    """The act a copy is made of."""
    return next(
        one
        for copy, one in zip(each_said(*names)(source), source.view.acts(*names), strict=True)
        if copy.key == source.copy.key
    )


# A submission that arrived, or came back ----------------------------------------------------------------------------


def receipt(source: Source) -> Content:
    """收件回执: what arrived, when, in whose hands. 《民法典》第137条."""
    assert source.step is not None
    said, sent = chosen(source, "receive"), source.view.last(source.step.main_act)
    receiver = body_of(said)
    return ApplicationReceipt(
        number=source.case.row.number,
        receiver=name_of(said),
        submitter=name_of(sent),
        estate=estate_of(source),
        estate_label=kind_of_subject(source),
        matter=source.step.title,
        arrived_at=instant_said(said),
        method=_came(source, sent),
        papers=received([sent] if sent else [], source.step.title),
        counting="自到达起计算的期限，到达当日不计，从次日起算。",
        next_step=f"办理进度按案号{source.case.row.number}查询。",
        received_by=Person(name=said.facts["received_by"], capacity=said.facts.get("capacity", "")),
        phone=receiver.phone_service if receiver is not None else "",
        made_on=local_day(said.at),
    )


def _came(source: Source, sent: Said | None) -> str:
    """How it came: said on the platform, or on paper before, and entered afterwards; completed since, or not."""
    papers = papers_sent(source.step, source.view) if source.step is not None else []
    if sent is not None and len(papers) > 1:
        first = minute_words(min(map(sent_at, papers)))
        return f"{first}首次提交，{minute_words(sent.at)}补正后重新提交，收件人签收"
    handed = handed_at(sent.facts) if sent is not None else None
    if sent is None or handed is None:
        return "平台提交，收件人签收"
    if sent.entered_by_id is not None:
        return f"{entered_words(sent)}，收件人签收"
    entered = minute_words(sent.at)
    return f"纸质原件于{minute_words(handed)}送达，{entered}录入平台，收件人签收"


def entered_words(sent: Said | None) -> str:
    """Who entered it for whoever handed it in, and when which of both was; "" where its side said it itself."""
    handed = handed_at(sent.facts) if sent is not None else None
    if sent is None or handed is None or sent.entered_by_id is None:
        return ""
    return (
        f"纸质原件由{handed_by(sent.facts)}于{minute_words(handed)}递交，"
        f"{who_entered(sent)}于{minute_words(sent.at)}代为登记"
    )


def _returned(source: Source) -> list[tuple[int, RoundView, Said]]:
    """The round in which something was asked for, those that are void by it, each with the act that asked.

    A request of a round that is void for another reason went with it (`past_papers`).
    """
    step = source.step
    if step is None:
        return []
    counts = [
        found for found in source.case.rounds(step) if found.void_at is None or found.outcome in step.returns
    ]
    views = [(found.number, source.case.round_view(found)) for found in counts]
    return [
        (number, view, said)
        for number, view in views
        for said in view.acts("return", "request_completion")
        if "missing" in said.facts
    ]


def asked_to_complete(source: Source) -> Sequence[Copy]:
    """One copy for each time something was asked for, numbered from the second on."""
    return [
        Copy(f"{number}-{n}", f"第{n}次" if n > 1 else "", said.at)
        for n, (number, _, said) in enumerate(_returned(source), start=1)
    ]


def completion_request(source: Source) -> Form | None:
    """补正通知书: all that is lacking, told once."""
    for copy, (_, view, said) in zip(asked_to_complete(source), _returned(source), strict=True):
        if copy.key == source.copy.key and source.step is not None:
            return _asking(source, source.step.title, view, said)
    return None


def _asking(source: Source, title: str, view: RoundView, said: Said) -> Form:
    sent = view.last("submit", "send")
    asker = body_of(said)
    content = CompletionRequest(
        recipient=name_of(sent),
        submitted=title,
        received_on=local_day(sent_at(sent) if sent is not None else said.at),
        entered=_taken_in_elsewhere(sent, asker),
        lacking=tuple(
            _lacking(line, str(said.facts.get("basis", ""))) for line in lines_of(str(said.facts["missing"]))
        ),
        complete_by_on=_day_of(said.facts.get("until_on")),
        contact=contact_of(asker),
    )
    signed = {"signers": (name_of(said),), "date": day(local_day(said.at))}
    return content.form().model_copy(update=signed)


def _taken_in_elsewhere(sent: Said | None, asker: Organisation | None) -> str:
    """Who took it in and entered it, where that is not the one that asks; "" where it came to whoever asks."""
    is_own = sent is not None and asker is not None and sent.entered_by_id == asker.pk
    return "" if is_own else entered_words(sent)


def _lacking(line: str, basis: str) -> Lacking:
    """A line as it was told: what is wanting, and behind the colon why."""
    item, _, why = line.partition("：")
    return Lacking(item=item, why=why, basis=basis)


def _day_of(told: Any) -> date | None:
    return date.fromisoformat(str(told)) if told else None


# Service ------------------------------------------------------------------------------------------------------------


def service_record(source: Source) -> Content:
    """送达回证 of a submission that was proved to have arrived. 《民事诉讼法》第88、89条."""
    assert source.step is not None
    said, sent = chosen(source, "prove"), source.view.last(source.step.main_act)
    role = ROLES.get(role_of(said.task)) or next(iter(getattr(source.step, "to", ())), None)
    papers = tuple(title_of_use(use) for use in attached([sent] if sent else []))
    papers = (*_served(source), *papers)
    return proof(source, said, papers=papers, to=_holder(source, role, said.at))


def _served(source: Source) -> tuple[str, ...]:
    """The papers a submission brings: those its step names, else the step itself is named as its paper is."""
    assert source.step is not None
    serves = getattr(source.step, "serves", None)
    return (serves(source) if serves is not None else ()) or (source.step.title,)


def _holder(source: Source, role: Role | None, at: datetime) -> str:
    return hold(source.case, role, at, receives=True).name if role is not None else UNKNOWN


def proof(
    source: Source,
    said: Said | None,
    *,
    papers: tuple[str, ...],
    to: str,
    sender: str = "",
    by_authority: bool | None = None,
) -> Content:
    """The record of a service; without the act it is a form with room to write.

    `sender`: who serves, an authority unless `by_authority` says otherwise; without it whoever said the act.
    """
    facts: Mapping[str, Any] = of_its_way(said.facts) if said is not None else {}
    announced_on = _day_of(facts.get("announced_on"))
    body = None if sender else body_of(said)
    witness = str(facts.get("witness", ""))
    return ServiceRecord(
        number=source.case.row.number if said is not None else "",
        sender=sender or name_of(said),
        by_authority=by_authority
        if by_authority is not None
        else bool(sender) or (body is not None and body.kind in AUTHORITIES),
        matter=f"{estate_of(source)}{source.case.declaration.title}",
        papers=papers,
        recipient=to,
        address=str(facts.get("address", "")),
        method=METHODS.get(str(facts.get("method", "")), ""),
        served_at=instant_said(said) if said is not None else None,
        signed_by=str(facts.get("received_by", "")),
        capacity=str(facts.get("capacity", "")),
        servers=two(facts.get("servers", ()))[:2]
        if said is not None
        else (Person(name=" "), Person(name=" ")),
        witness=Person(name=witness) if witness else None,
        refusal=str(facts.get("refusal", "")),
        pictures=_pictured(said),
        post=str(facts.get("post_number", "")),
        announced_on=announced_on,
        announced_until=announced_until(source.case.law, announced_on) if announced_on is not None else None,
    )


def _pictured(said: Said | None) -> str:
    """How many photographs came with it; they are kept with the record."""
    shot = sum(use.copy_id is not None for use in attached([said] if said is not None else []))
    return f"照片{shot}张，随本回证归档" if shot else ""


# A refusal to sign --------------------------------------------------------------------------------------------------


#: Who was told and did not come has refused nothing.
NOT_THERE = "未到场"


def unsigned_words(who: str, reason: str) -> str:
    """That somebody did not sign, and why: did not come, or would not."""
    if NOT_THERE in reason:
        return f"{who}{NOT_THERE}，没有签字，情况：{reason}"
    return f"{who}拒绝签字，理由：{reason}"


def signed_words(signed: Said) -> str:
    """That whoever would not sign, or did not come, has signed after all."""
    return f"该方已于{minute_words(signed.at)}补签"


def _shot_with(said: Said) -> list[MarkedCopy]:
    return [use.copy for use in attached([said]) if use.copy is not None]


def photographs(said: Said) -> tuple[Picture, ...]:
    """The photographs that came with an act, in their order; each is kept with the record."""
    copies = _shot_with(said)
    return tuple(
        Picture(
            number=f"照片{number}",
            what="现场照片",
            taken_at=copy.photograph.shot_at,
            received_at=copy.photograph.sent_at,
            on_site=copy.photograph.on_site,
            **by_whom(copy),
        )
        for number, copy in enumerate(copies, start=1)
    )


def by_whom(copy: MarkedCopy) -> dict[str, str]:
    """Who took a photograph on the spot; of any other no more is known than who brought it."""
    who = copy.taken_by or UNKNOWN
    return {"taken_by": who} if copy.photograph.on_site else {"given_by": who}


def printed_photographs(said: Said) -> tuple[Photo, ...]:
    """The same themselves, by their numbers, as they are printed."""
    return tuple(
        Photo(caption=f"照片{number}　现场照片", image=printed_of(copy.file))
        for number, copy in enumerate(_shot_with(said), start=1)
        if copy.file.media_type in PICTURES
    )


def refused_when(said: Said) -> datetime:
    """When somebody refused: the hour that was told, else that of the entry."""
    return instant_said(said, "refused_at") if said.facts.get("refused_at") else said.at


def refusal_record(source: Source) -> Content:
    """拒签情况说明: who would not sign, or did not come, before whom, why, when and where as far as that was told."""
    assert source.step is not None
    said = chosen(source, "record_refusal")
    facts, who = said.facts, str(said.facts["refused_by"])
    reason, title = str(facts["reason"]), source.step.title
    absent = NOT_THERE in reason
    begun = f"等候{who}在{title}上签字" if absent else f"请{who}在{title}上签字"
    names = [str(name) for name in facts["recorders"]]
    side = refused_side(source.view, said, getattr(source.step, "sides", ()))
    signed = signed_after(source.view, said, getattr(source.step, "sides", ()))
    witness, is_told = str(facts.get("witness", "")), bool(facts.get("refused_at"))
    before = f"{'、'.join(names)}在场，{begun}"
    entered = f"{minute_words(said.at)}登记"
    return RefusalRecord(
        paper=f"{estate_of(source)}{title}",
        refused_by=Person(name=who, unit=side.title if side is not None else ""),
        at=refused_when(said),
        is_entry=not is_told,
        place=str(facts.get("place", "")) or UNKNOWN,
        reason=reason,
        absent=absent,
        course=(
            f"{minute_words(refused_when(said))}，{before}。" if is_told else f"{before}（{entered}）。",
            f"{unsigned_words(who, reason)}。",
            *((f"{signed_words(signed)}。",) if signed is not None else ()),
        ),
        done="由在场工作人员记录，以本说明附卷。",
        pictures=photographs(said),
        photos=printed_photographs(said),
        officials=two(names),
        witness=Person(name=witness) if witness else None,
    )


def _refusal_title(source: Source) -> str:
    absent = NOT_THERE in str(chosen(source, "record_refusal").facts["reason"])
    return RefusalRecord.heading(absent=absent)


RECEIPT = Document("application_receipt", "收件回执", receipt, each_said("receive"))
COMPLETION = Document("completion_request", "补正通知书", completion_request, asked_to_complete)
SERVICE = Document("service_record", "送达回证", service_record, each_said("prove"))
REFUSAL = Document(
    "refusal_record",
    RefusalRecord.heading(absent=False),
    refusal_record,
    each_said("record_refusal"),
    titled=_refusal_title,
)
