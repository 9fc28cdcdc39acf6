"""Papers made of a notice: its poster, the note of how it hung (公示情况说明), the written reply to an objection.

How that reached its objector is a paper of `serving`.

What the register does not know is left out and says so; nothing is invented.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from gongzhi.papers.codes import verify_path
from gongzhi.papers.contents.content import Person
from gongzhi.papers.contents.notice_report import Answered, Former, Interrupted, NoticeReport, Patrolled
from gongzhi.papers.contents.notices import Desk, PublicNotice
from gongzhi.papers.contents.settlement import ObjectionReply
from gongzhi.papers.documents import Line, Section
from gongzhi.procedures import forms
from gongzhi.procedures.documents import UNKNOWN, Copy, Document, Source, once_said
from gongzhi.procedures.models import PaperUse
from gongzhi.procedures.presenting import title_of_step
from gongzhi.procedures.terms import Said
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Organisation
from gongzhi.registry.roles import COMMUNITY, SUBDISTRICT, Place
from gongzhi.values.citations import Citation
from gongzhi.values.minutes import minute_of
from gongzhi.values.now import ZONE
from gongzhi.values.wording import date_words, instant_words

from . import objected
from .counting import to_be_hung, working_days
from .evidence import absent, lacking, photos_of, picture_of, titled, unpictured
from .facts import Patrol
from .hanging import HUNG, LATE, LATE_START, SHOWN, spot_in
from .models import Notice, Objection
from .presenting import replaced_notice
from .serving import SERVED, number_of, objector_of

Sheet = Literal["a4", "a3"]

#: Between what a line of a notice tells and what it says of it.
_COLON = "："


@dataclass(frozen=True)
class Wording:
    """What a case knows to say in a notice: sentences, then facts each under its name, then tables for the wall."""

    title: str
    paragraphs: tuple[str, ...]
    facts: tuple[Line, ...] = ()
    tables: tuple[Section, ...] = ()

    @property
    def body(self) -> str:
        """The wording as one text, a line for each fact: what is posted, kept and checked."""
        return "\n".join((*self.paragraphs, *(f"{one.label}{_COLON}{one.value}" for one in self.facts)))


#: How a step words its notice from the case, as of an instant; None where there is nothing to say yet.
Words = Callable[[CaseView, datetime], Wording | None]


def wording_of(step: Any, case: CaseView, at: datetime) -> Wording | None:
    """What the case knows to say, where its step words its notice."""
    words: Words | None = getattr(step, "words", None)
    return words(case, at) if words is not None else None


def poster(
    notice: Notice, *, at: datetime, paper: Sheet = "a4", address: str = "", wording: Wording | None = None
) -> PublicNotice:
    """The notice as it hangs; `address` is what its code opens. Where the place has set no days it bears no last one.

    `issuer`, `estate`, `round__step` and `case` should be selected with the notice. `wording`: what its case knows.
    """
    said, facts = _laid_out(paragraphs_of(notice.body), wording)
    return PublicNotice(
        **posted_fields(notice, at=at, address=address),
        paper=paper,
        title=notice.title,
        paragraphs=said or (notice.title,),
        facts=facts,
        tables=annexes_of(notice),
    )


def annexes_of(notice: Notice) -> tuple[Section, ...]:
    """The tables that hang with it, as they were posted."""
    return tuple(Section.model_validate(one) for one in notice.annexes)


def posted_fields(notice: Notice, *, at: datetime, address: str = "") -> dict[str, Any]:
    """What every notice says of itself: number, days, places, where an objection goes, how it is checked."""
    street, community = organs_of(notice, at)
    length, off = working_days(notice)
    desk = desk_of(notice.issuer, community)
    return {
        "number": notice.number,
        "estate": _where(notice, community),
        "heading": title_of_step(notice.case, notice.round.step.code),
        "basis": basis_of(notice),
        "replaces": str((replaced_notice(notice) or {}).get("number", "")),
        "posted_on": notice.posted_at.astimezone(ZONE).date(),
        "again_on": notice.counted_from.astimezone(ZONE).date(),
        "until_on": notice.until_on,
        "length": length,
        "off_days": off,
        "provisional": not notice.exact,
        "places": tuple(notice.places),
        "desk": desk,
        "poster": notice.issuer_name,
        "supervision": supervision_of(street) if street is not None else UNKNOWN,
        "address": address,
        "check_phone": f"社区电话{phone}" if (phone := phone_of(community)) else "",
        "check_place": community.name if community is not None else "社区服务站",
        "damage_place": "" if desk.phone or _rings(street) else _place_of(community or street),
    }


def _place_of(body: Organisation | None) -> str:
    """A body with where it is, for who has no number to call."""
    if body is None:
        return "社区服务站"
    return f"{body.name}（{body.service_address}）" if body.service_address else body.name


def _rings(body: Organisation | None) -> str:
    """The number on which a body supervises, else that for service; "" where it has none."""
    return (body.phone_supervision or body.phone_service) if body is not None else ""


def _laid_out(lines: tuple[str, ...], wording: Wording | None) -> tuple[tuple[str, ...], tuple[Line, ...]]:
    """The sentences, and the facts that stand in the frame: those the posted text tells, and no others.

    What hangs is what was posted and sealed: the case only says which lines of it are facts.
    """
    known = {one.label for one in wording.facts} if wording is not None else set()
    told = [line.partition(_COLON) for line in lines]
    facts = tuple(Line(label=label, value=value) for label, _, value in told if label in known and value)
    said = tuple("".join(parts) for parts in told if parts[0] not in known)
    return said, facts


def paragraphs_of(body: str) -> tuple[str, ...]:
    """The lines of the wording."""
    return tuple(line.strip() for line in body.splitlines() if line.strip()) or (body,)


def basis_of(notice: Notice) -> str:
    """The articles it hangs by; "" where no article wants it and the place has it hung."""
    cited = (str(Citation(one["instrument"], one["article"])) for one in notice.basis)
    return "、".join(cited)


def organs_of(notice: Notice, at: datetime) -> tuple[Organisation | None, Organisation | None]:
    """Street and community of the estate."""
    if notice.estate is None:
        return None, None
    place = Place(notice.estate, at.astimezone(ZONE).date())
    street, community = (place.holder_of(role) for role in (SUBDISTRICT, COMMUNITY))
    return street.organisation, None if community.vacant else community.organisation


def desk_of(issuer: Organisation, community: Organisation | None) -> Desk:
    """Where an objection on paper goes: who posted; where that body has no telephone the community answers for it.

    When somebody is there is not registered, and is not said.
    """
    places = (issuer.service_address, community.name if community is not None else "")
    rings = community is not None and community.phone_service and not issuer.phone_service
    answers = community if rings and community is not None else issuer
    return Desk(
        person=issuer.name if answers is issuer else f"{issuer.name}（{answers.name}代接）",
        phone=phone_of(answers),
        place=("、".join(dict.fromkeys(filter(None, places))) or "社区服务站") + "；也可以交社区代收登记",
    )


def phone_of(body: Organisation | None) -> str:
    """The telephone for service; "" where none is registered: what hangs names the place instead."""
    return body.phone_service if body is not None else ""


def supervision_of(body: Organisation) -> str:
    """The street with its telephone for supervision, else that for service, else where it is."""
    phone = _rings(body)
    return f"{body.name} {phone}" if phone else f"{body.name}（请到{body.service_address or '办公地点'}反映）"


def _where(notice: Notice, community: Organisation | None) -> str:
    if notice.estate is not None:
        return notice.estate.name
    return community.name if community is not None else UNKNOWN


# After it hung ------------------------------------------------------------------------------------------------------


def report(
    notice: Notice,
    *,
    hands: Iterable[str],
    pictures: Iterable[PaperUse],
    patrols: Iterable[Patrolled] = (),
    lacks: Mapping[str, str] | None = None,
    places: Mapping[UUID, str] | None = None,
    late: Mapping[UUID, date] | None = None,
    versions: Sequence[datetime] = (),
    former: Sequence[Notice] = (),
) -> NoticeReport | None:
    """The note of a notice that was taken down; None while it hangs, or while an objection waits for its reply.

    `former`: the notices it replaced, oldest first; what was objected to them is told in it.

    `places`: where somebody stood, by the act the pictures came with, as far as it was told.
    `late`: of acts that brought pictures afterwards, the day they were taken. `lacks`: what there is none of, and why.
    `versions`: when it was made first and anew; it bears the day of the last, and says which one that replaces.
    """
    people = tuple(Person(name=name) for name in dict.fromkeys(hands))
    pictures = list(pictures)
    titles = [titled(use, (late or {}).get(use.act_id)) for use in pictures]
    shown = tuple(
        picture_of(n, use, title, (places or {}).get(use.act_id, ""))
        for n, (use, title) in enumerate(zip(pictures, titles, strict=True), 1)
    )
    known = {*(one.name for one in people), UNKNOWN, ""}
    cameras = dict.fromkeys(one.taken_by for one in shown if one.taken_by not in known)
    objections = [(one, of) for of in (*former, notice) for one in of.objections.all()]
    objections.sort(key=lambda pair: pair[0].turn)
    waiting = notice.round.closed_at is None and any(one.replied_at is None for one, _ in objections)
    if notice.ended_at is None or notice.until_on is None or waiting:
        return None
    return NoticeReport(
        notice=notice.title,
        number=notice.number,
        estate=notice.estate.name if notice.estate is not None else UNKNOWN,
        poster=notice.issuer_name,
        former=tuple(_former(one) for one in former),
        posted_at=notice.posted_at,
        until_on=notice.until_on,
        taken_down_at=notice.ended_at,
        places=tuple(notice.places),
        pictures=(*shown, *absent(lacks or {})) or absent({"照片": ""}),
        photos=photos_of(pictures, titles),
        patrols=tuple(patrols),
        interruptions=tuple(
            Interrupted(found_at=torn.found_at, what=torn.what, again_at=torn.again_at)
            for torn in notice.interruptions.all()
        ),
        objections=tuple(_answered(one, of.number if of.pk != notice.pk else "") for one, of in objections),
        witnesses=(*people, *(Person(name=UNKNOWN),) * (2 - len(people))),
        photographers=tuple(cameras),
        made_on=(versions[-1] if versions else notice.ended_at).astimezone(ZONE).date(),
        replaces=_replaced(versions),
    )


def _replaced(versions: Sequence[datetime]) -> str:
    """The note before, by its day, and by its minute where it is of the same day; "" where there is none."""
    if len(versions) < 2:
        return ""
    before, now = (at.astimezone(ZONE) for at in versions[-2:])
    return date_words(before.date()) if before.date() != now.date() else instant_words(minute_of(before))


def _former(one: Notice) -> Former:
    """A notice that was replaced."""
    return Former(
        number=one.number,
        posted_at=one.posted_at,
        replaced_at=one.ended_at or one.posted_at,
        why=one.ended_why,
    )


def _answered(one: Objection, of: str) -> Answered:
    return Answered(
        of=of,
        raised_at=one.raised_at,
        what=one.summary or "（答复时写明）",
        adopted=one.adopted,
        answered_on=one.replied_at.astimezone(ZONE).date() if one.replied_at is not None else None,
        served_on=one.served_at.astimezone(ZONE).date() if one.served_at is not None else None,
    )


def reply(one: Objection, *, opinion_by: str = "") -> ObjectionReply | None:
    """The written reply, which is of who posted; None before it was given. `notice` and `person` should be selected.

    `opinion_by`: who looked into it, where that is not who posted; what it found is its opinion. `practice.md` 3.
    """
    if one.replied_at is None or one.adopted is None:
        return None
    told = (
        {"finding": f"异议由{opinion_by}核实", "opinion_by": opinion_by, "opinion": one.finding}
        if opinion_by
        else {"finding": one.finding}
    )
    return ObjectionReply(
        number=number_of(one),
        objector=objector_of(one),
        notice=one.notice.title,
        raised_on=one.raised_at.astimezone(ZONE).date(),
        question=one.content,
        **told,
        adopted=one.adopted,
        reasons="理由见核实情况。",
        remedy=one.next_remedy,
        answered_by=one.notice.issuer_name,
        made_on=one.replied_at.astimezone(ZONE).date(),
    )


# As papers of a step ------------------------------------------------------------------------------------------------


def notices_of(source: Source) -> list[Notice]:
    """The notices of the round, oldest first: each but the last was replaced by the next."""
    rows = Notice.objects.filter(round_id=source.view.id).prefetch_related(
        "interruptions", "objections__person"
    )
    rows = rows.select_related("issuer", "estate", "case", "round__step")
    return list(rows.order_by("posted_at", "id"))


def notice_of(source: Source) -> Notice | None:
    """The notice that hangs, or hung last, in the round; of a paper of one that was replaced, that one."""
    found, nth = notices_of(source), source.copy.key
    return next(iter(found[int(nth) - 1 :] if nth else reversed(found)), None)


def address_of(notice: Notice, site: str) -> str:
    """What the code on a printed notice opens; "" where the door has no address."""
    return f"{site}{verify_path(notice.pk, notice.digest, notice.until_on)}" if site else ""


def printed(paper: Sheet) -> Document:
    """The poster of a step's notice, on paper of a size; the volume holds that of its own size."""

    def fill(source: Source) -> PublicNotice | None:
        kept = notice_of(source)
        if kept is None:
            return None
        found = to_be_hung(kept, source.step, source.case, source.made_at) if kept.ended_at is None else kept
        return poster(
            found,
            at=source.made_at,
            paper=paper,
            address=address_of(found, source.site),
            wording=wording_of(source.step, source.case, source.made_at),
        )

    title, is_filed = f"公示张贴件（{paper.upper()}）", paper == "a4"
    copies = _each_hung if is_filed else once_said
    return Document(
        f"poster_{paper}", title, fill, copies, is_public=True, is_filed=is_filed, author=_hung_by
    )


def _each_hung(source: Source) -> Sequence[Copy]:
    """What hangs or hung last; then, for the file, each wording it replaced."""
    hung = source.view.acts(*HUNG)
    past = [Copy(str(n), f"第{n}次张贴，已被代替", said.at) for n, said in enumerate(hung[:-1], start=1)]
    return [*(Copy(said_at=said.at) for said in hung[-1:]), *past]


def _once_cleared(source: Source) -> Sequence[Copy]:
    """When it was taken down and every objection had its reply; what comes later stands in it too."""
    told = objected.versions(source.view)
    return [Copy(said_at=told[-1])] if told else []


def _reported(source: Source) -> NoticeReport | None:
    hung = notices_of(source)
    acts = source.view.acts(*SHOWN)
    hands = [
        name
        for said in acts
        for name in (*said.facts.get("posted_by", ()), *said.facts.get("taken_down_by", ()))
    ]
    pictures = [use for use in forms.attached(acts) if use.file.media_type.startswith("image/")]
    walks = source.view.acts("patrol")
    if not hung:
        return None
    *former, found = hung
    places = {said.id: spot_in(source.view, said.act, said.facts) for said in acts}
    return report(
        found,
        hands=hands,
        pictures=pictures,
        patrols=[_patrolled(said) for said in walks],
        lacks=lacking(source, pictures)
        | unpictured(found.places, [places.get(use.act_id, "") for use in pictures]),
        places=places,
        late={
            said.id: date.fromisoformat(str(said.facts["taken_on"]))
            for said in acts
            if said.act in (LATE, LATE_START)
        },
        versions=objected.versions(source.view),
        former=former,
    )


def _patrolled(said: Said) -> Patrolled:
    """Who went, with whom; a second name nobody told is room to write."""
    facts = Patrol.model_validate(dict(said.facts))
    found = "完好" if facts.seen == "whole" else "有缺损"
    first, second = forms.person_of(said), facts.companion
    return Patrolled(
        at=said.at,
        where=facts.where,
        found="；".join(filter(None, (found, facts.note))),
        by=(first, second if second and second != first else UNKNOWN),
    )


def _each_reply(source: Source) -> Sequence[Copy]:
    replied = [(said.task.partition(":")[2], said.at) for said in source.view.acts("reply")]
    return [Copy(turn, f"第{turn}项异议", at) for turn, at in replied]


def _replied(source: Source) -> ObjectionReply | None:
    turn = source.copy.key
    rows = Objection.objects.select_related("notice", "person")
    one = rows.filter(round_id=source.view.id, turn=int(turn)).first()
    said = source.view.done(f"reply:{turn}")
    if one is None or said is None:
        return None
    is_posters = said.organisation_id == one.notice.issuer_id
    return reply(one, opinion_by="" if is_posters else forms.name_of(said))


def _hung_by(source: Source) -> str:
    return _issuer_of(notice_of(source))


def _poster_of(source: Source) -> str:
    return _issuer_of(next(reversed(notices_of(source)), None))


def _issuer_of(notice: Notice | None) -> str:
    return notice.issuer_name if notice is not None else UNKNOWN


REPORT = Document("notice_report", "公示情况说明", _reported, _once_cleared, author=_poster_of)
REPLY = Document("objection_reply", "异议答复书", _replied, _each_reply, author=_poster_of)
#: What every public notice makes.
OF_A_NOTICE = (printed("a4"), printed("a3"), REPORT, REPLY, SERVED)
