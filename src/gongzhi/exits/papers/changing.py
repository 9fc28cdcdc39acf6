"""Papers of the change of manager: who serves meanwhile, who has come, who has gone. Before it is said, a preview."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from gongzhi.papers.contents.changeover import DepartureConfirmation, EntryConfirmation, Taken
from gongzhi.papers.contents.content import ROOM, Content, Person
from gongzhi.papers.contents.orders import InterimDecision
from gongzhi.procedures.documents import UNKNOWN, Copy, Document, Source, heard
from gongzhi.procedures.forms import body_of, contact_of, estate_of, name_of
from gongzhi.procedures.holders import hold
from gongzhi.procedures.kinds.checklist import WOULD_NOT
from gongzhi.procedures.models import Item
from gongzhi.procedures.refusing import signature_of
from gongzhi.procedures.signed import way_words
from gongzhi.procedures.terms import Said
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import MEANWHILE, Mode, Organisation
from gongzhi.registry.queries import manager_at
from gongzhi.registry.roles import COMMUNITY, COUNTY, OWNERS, PROVIDER, SUBDISTRICT, SUCCESSOR
from gongzhi.values.money import yuan
from gongzhi.values.now import ZONE
from gongzhi.values.wording import date_words, minute_words

from .. import facts, handover_facts
from ..departing import CHECK, RECORD, Left, recorded
from ..ground_queries import contract_ends
from ..late_items import was_missing
from ..meanwhile import PAPER
from ..meanwhile_rules import articles, basis_of, order_of_payment
from ..parties import RECEIVER
from ..remedies import remedies
from ..settled_until import rest_of_exit
from .handing import side_words
from .sources import body, code_of, contact, contract_words, named, paragraphs, phone_of

NO_MORE = "emergency.extra_charge_forbidden"
#: Whoever is there serves on. 《民法典》第950条.
SERVES_ON = "service.continue_until_takeover"


def before_and_after(source: Source) -> Sequence[Copy]:
    """A preview with what the case knows while the step is still to be done; the paper once it was said."""
    assert source.step is not None
    said = source.view.last(source.step.main_act)
    if said is None and source.case.row.ended_at is not None:
        return ()
    return (Copy(said_at=said.at if said is not None else None),)


def _of(organisation: Any) -> Organisation | None:
    return Organisation.objects.filter(pk=organisation).first()


# Who serves meanwhile -----------------------------------------------------------------------------------------------


def interim_decision(source: Source) -> Content:
    """指定临时接管单位决定书, of what the street said; what the register and the law know of it stands beside."""
    said: facts.InterimNamed | None = heard(source)
    case, act = source.case, source.view.last("submit")
    street = body_of(act) or hold(case, SUBDISTRICT, source.at).organisation
    chosen = _of(said.organisation) if said is not None else None
    name = chosen.name if chosen is not None else ROOM
    serving, by_law = _goes_on(source)
    return InterimDecision(
        number=said.number if said is not None else "",
        recipient=name,
        issuer=street.name if street is not None else UNKNOWN,
        facts_found=tuple(_why(source, said)),
        basis=(said.basis if said is not None else "") or basis_of(case.law) or UNKNOWN,
        serving=serving,
        serves_on=by_law,
        contact=contact_of(street),
        copies="，".join(_copies(source, name)),
        estate=estate_of(source),
        provider=name,
        provider_code=code_of(chosen),
        provider_phone=phone_of(chosen),
        manner=Mode(said.mode).label if said is not None else "",
        leader=contact(said.leader) if said is not None and said.leader else None,
        content=paragraphs(said.content) if said is not None else (),
        from_at=said.from_at if said is not None else None,
        to_on=said.until_on if said is not None else None,
        replaces=_replaced(source),
        fee=said.fee if said is not None else ROOM,
        source=_paid_from(case, said),
        no_more=_no_more(case),
        supervision=phone_of(street) or ROOM,
        remedy=(said.remedy if said is not None else "")
        or remedies(case, SUBDISTRICT, source.made_at, PAPER),
        made_on=source.made_at.astimezone(ZONE).date() if act is not None else None,
    )


def _why(source: Source, said: facts.InterimNamed | None) -> Iterator[str]:
    """Who manages, whose contract ends when, that the owners did not say who follows, the street's own reason."""
    ends_on, now = contract_ends(source.case), _now(source)
    leaving = named(source, PROVIDER)
    whose = "" if now == _serving(leaving) else f"{leaving}的"
    ended = f"{whose}{contract_words(source)}于{date_words(ends_on)}终止" if ends_on is not None else ""
    yield "，".join(filter(None, (f"{estate_of(source)}{now}", ended)))
    yield "业主没有共同决定由谁接替"
    yield f"指定理由：{said.reason if said is not None else ROOM}"


def _now(source: Source) -> str:
    """Who manages the estate at the instant of the decision, as the register says; of whom it says nothing, who leaves.

    《民法典》第284条、第950条.
    """
    estate = source.case.row.estate
    row = manager_at(estate, source.made_at) if estate is not None else None
    if row is None:
        return _serving(named(source, PROVIDER))
    name = row.organisation.name if row.organisation is not None else UNKNOWN
    return {
        Mode.UNMANAGED: f"现无人管理（自{minute_words(row.from_at)}起）",
        Mode.EMERGENCY: f"现由{name}提供应急服务",
        Mode.COMMUNITY_CUSTODY: f"现由{name}托管",
        Mode.SELF_MANAGED: "现由业主自行管理",
    }.get(Mode(row.mode), _serving(name))


def _goes_on(source: Source) -> tuple[str, str]:
    """Who serves until somebody takes over, and by which articles: who serves meanwhile already, else whoever leaves.

    《民法典》第950条.
    """
    estate = source.case.row.estate
    row = manager_at(estate, source.made_at) if estate is not None else None
    if row is not None and row.mode in MEANWHILE and row.organisation is not None:
        return row.organisation.name, ""
    return "原物业服务人", articles(source.case.law.cites_known(SERVES_ON))


def _serving(name: str) -> str:
    return f"现由{name}提供物业服务"


def _before(source: Source) -> Said | None:
    """The decision that stood before this one; None where this is the first."""
    from ..procedures import ProviderExit as Exit

    earlier = []
    for found in source.case.rounds(Exit.interim):
        if found.id == source.view.id:
            break
        earlier.append(source.case.round_view(found))
    view = next((one for one in reversed(earlier) if one.last("submit") is not None), None)
    return view.last("submit") if view is not None else None


def _replaced(source: Source) -> str:
    """The decision that stood before this one: its day, whom it named, its number; "" where this is the first."""
    act = _before(source)
    if act is None:
        return ""
    said = facts.InterimNamed.model_validate(act.facts)
    chosen = _of(said.organisation)
    number = f"（{said.number}）" if said.number else ""
    on = date_words(act.at.astimezone(ZONE).date())
    return f"{on}指定{chosen.name if chosen is not None else UNKNOWN}的《指定临时接管单位决定书》{number}"


def _paid_from(case: CaseView, said: facts.InterimNamed | None) -> str:
    """As the street said; else in the order the place's law has, with its articles."""
    return (said.money if said is not None else "") or order_of_payment(case.law) or ROOM


def _no_more(case: CaseView) -> str:
    """That nothing else may be charged, where the place's law says so."""
    if case.law.value(NO_MORE).value is not True:
        return ""
    return f"除上述费用外不得另行收费（{articles(case.law.cites_known(NO_MORE))}）"


def _copies(source: Source, chosen: str) -> Iterator[str]:
    """Who was there, whom the decision before named, the owners, the community, the county: whoever is known, and is
    not whom it goes to.
    """
    act = _before(source)
    before = _of(facts.InterimNamed.model_validate(act.facts).organisation) if act is not None else None
    others = (named(source, role) for role in (OWNERS, COMMUNITY, COUNTY))
    told = (named(source, PROVIDER), before.name if before is not None else UNKNOWN, *others)
    yield from (name for name in dict.fromkeys(told) if name not in (UNKNOWN, chosen))


# Who has come, who has gone -----------------------------------------------------------------------------------------


def entry_confirmation(source: Source) -> Content:
    """进场确认书, to the minute the successor said."""
    said: facts.TakeOver | None = heard(source)
    case, coming = source.case, body(source, SUCCESSOR)
    ground, until_on = _ground(case)
    leader = said.leader if said is not None else ROOM
    there = (Person(name=leader, unit=named(source, SUCCESSOR), capacity="现场负责人"),) if said else ()
    return EntryConfirmation(
        number=case.row.number,
        estate=estate_of(source),
        leaving=named(source, PROVIDER),
        coming=named(source, SUCCESSOR),
        coming_code=code_of(coming),
        ground=ground,
        until_on=until_on,
        taken_over_at=said.taken_over_at.astimezone(ZONE) if said is not None else None,
        leader=leader,
        staff=said.staff if said is not None else None,
        stands=paragraphs(said.stands) if said is not None else (),
        keys=said.keys if said is not None else "",
        handed_over_at=case.instant("handover.confirmed"),
        hands=tuple(_hands(source)),
        lists=tuple(_lists(source)),
        present=(*there, *_present(said.present if said is not None else (), leader)),
    )


def _ground(case: CaseView) -> tuple[str, Any]:
    """By whose decision it follows, and until when it serves where that was bounded."""
    from ..procedures import ProviderExit as Exit

    chosen, interim = case.heard(Exit.successor), case.heard(Exit.interim)
    if chosen is not None:
        return f"业主共同决定（{Mode(chosen.mode).label}）", None
    if interim is not None:
        number = f"，{interim.number}" if interim.number else ""
        return f"{_namer(case)}指定临时接管（{Mode(interim.mode).label}{number}）", interim.until_on
    return "", None


def _namer(case: CaseView) -> str:
    """The body that named who serves meanwhile."""
    from ..procedures import ProviderExit as Exit

    found = case.live_round(Exit.interim)
    return name_of(case.round_view(found).last("submit") if found is not None else None)


def departure_confirmation(source: Source) -> Content:
    """离场确认书, to the minute the provider said; where it said nothing, of what others recorded."""
    from ..procedures import ProviderExit as Exit

    said: facts.Departure | None = heard(source)
    case, came = source.case, source.case.heard(Exit.takeover)
    other = recorded(source.view) if said is None else None
    present = said.present if said is not None else _seen_by(source)
    return DepartureConfirmation(
        number=case.row.number,
        estate=estate_of(source),
        leaving=named(source, PROVIDER),
        leaving_code=code_of(body(source, PROVIDER)),
        contract=contract_words(source),
        coming=named(source, SUCCESSOR),
        taken_over_at=came.taken_over_at.astimezone(ZONE) if came is not None else None,
        left_at=_left_at(said, other),
        left_on=other.at.astimezone(ZONE).date() if other is not None else None,
        people_and_goods_out=said.people_and_goods_out if said is not None else None,
        rooms_returned=said.rooms_returned if said is not None else None,
        data_handed_over=said.data_handed_over if said is not None else None,
        deletions=tuple(_deletions(source)),
        keys=said.keys if said is not None else "",
        handed_over_at=case.instant("handover.confirmed"),
        hands=tuple(_hands(source)),
        lists=tuple(_lists(source)),
        money=tuple(_money(source, said)),
        checked=_checked(source),
        recorded_by=other.by if other is not None else "",
        recorded=other.told if other is not None else (),
        owed=other.owed if other is not None else "",
        remark=paragraphs(said.remark) if said is not None else (),
        present=tuple(_present(present)),
    )


def departure_copies(source: Source) -> Sequence[Copy]:
    """As before and after, also where others recorded it."""
    other = recorded(source.view) if source.view.last("submit") is None else None
    return (Copy(said_at=other.said_at),) if other is not None else before_and_after(source)


def _left_at(said: facts.Departure | None, other: Left | None) -> datetime | None:
    if said is not None:
        return said.left_at.astimezone(ZONE)
    return other.at.astimezone(ZONE) if other is not None and not other.is_day else None


def _seen_by(source: Source) -> tuple[str, ...]:
    act = source.view.last(RECORD)
    return facts.LeftRecorded.model_validate(act.facts).present if act is not None else ()


def _checked(source: Source) -> str:
    """What the receiving side found of what the provider said, or who recorded it instead; that it is still to look."""
    view = source.view
    act, other = view.last(CHECK), recorded(view)
    if view.last("submit") is None:
        return ""
    if act is not None:
        found = facts.DepartureChecked.model_validate(act.facts)
        return f"{name_of(act)}于{minute_words(act.at)}核对确认：{found.checked}"
    if other is not None:
        owed = f"尚未交还、移交的事项：{other.owed}" if other.owed else ""
        told = "；".join(filter(None, (*other.told, owed)))
        return f"接收方没有核对，由{other.by}于{minute_words(other.said_at)}记录：{told}"
    return "接收方还没有核对确认"


def _money(source: Source, said: facts.Departure | None) -> Iterator[str]:
    """What was answered of the money after the last day that was settled; what was prepaid and did not come back.

    《白山市…管理办法》第14条; 《最高人民法院关于审理物业服务纠纷案件适用法律若干问题的解释》第3条.
    """
    rest, answered = rest_of_exit(source.case), said.rest if said is not None else ""
    if rest is not None or answered:
        words = rest.words if rest is not None else "清算截止日以后的收支"
        untold = ROOM if said is not None or recorded(source.view) is None else UNTOLD
        yield f"{words}：{RESTS.get(answered, untold)}"
    below = source.case.child("handover")
    rows = list(below.row.prepaid.all()) if below is not None else []
    on = source.made_at.astimezone(ZONE).date()
    owed = [row for row in rows if row.refund_cents and (row.settled_on is None or row.settled_on > on)]
    if owed:
        yield f"预收费用和押金尚未退还或者转移{len(owed)}笔，合计{yuan(sum(row.refund_cents for row in owed))}"
    elif rows:
        yield "预收费用和押金没有尚未退还或者转移的"


#: How what came in and went out after the settlement was answered.
UNTOLD = "原物业服务人没有说明是否结清，列为遗留问题"
RESTS = {"settled": "已经结清", "open": "尚未结清，列为遗留问题"}


def _deletions(source: Source) -> Iterator[str]:
    """What the provider stated by then that it deleted, when, how, by whose hand. 《个人信息保护法》第47条."""
    below = source.case.child("handover")
    for act in below.acts_of(None) if below is not None else ():
        if act.name == "state_deletion" and act.at <= source.made_at:
            said = handover_facts.DataDeleted.model_validate(act.facts)
            hand = "，".join(filter(None, (said.signer, way_words(act.facts, act.pk))))
            yield f"{date_words(said.deleted_on)}删除{said.what}，方式：{said.method}（声明人：{hand}）。"


def _lists(source: Source) -> Iterator[Taken]:
    """The lists of the handover that were closed, each with what was still missing by the day of the paper."""
    below, at = source.case.child("handover"), source.made_at
    for step, found in below.live_rounds() if below is not None else ():
        if step.lists_items and below is not None and below.round_view(found).last("fill") is not None:
            rows = list(Item.objects.filter(round_id=found.pk).order_by("position"))
            missing = tuple(row.label for row in rows if was_missing(row, at))
            yield Taken(title=step.title, count=len(rows), missing=missing)


def _hands(source: Source) -> Iterator[str]:
    """Who had signed the confirmation of the handover when, and who would not; nothing where both had."""
    from ..procedures import Handover

    below = source.case.child("handover")
    found = below.live_round(Handover.confirmation) if below is not None else None
    if below is None or found is None:
        return
    view = below.round_view(found)
    said = [one for one in view.said if one.at <= source.made_at]
    signed = {RECEIVER: view.last("approve"), PROVIDER: signature_of(said, PROVIDER)}
    refusals = [one for one in said if one.act in WOULD_NOT]
    if not refusals or all(signed.values()):
        return
    for role, hand in signed.items():
        side = f"{side_words(role)}{name_of(hand) if hand is not None else named(source, role)}"
        if hand is not None:
            yield f"{side}于{minute_words(hand.at)}签署"
        else:
            yield f"{side}没有签署，{'；'.join(map(_would_not, refusals))}"


def _would_not(refusal: Said) -> str:
    """拒签于…记录，理由：…; of a side that says it itself, its own words."""
    how = "拒签情况于{}记录" if refusal.act == "record_refusal" else "于{}表示拒绝签署"
    return f"{how.format(minute_words(refusal.at))}，理由：{str(refusal.facts['reason']).rstrip('。')}"


def _present(names: Sequence[str], known: str = "") -> Iterator[Person]:
    """示例甲（社区工作者）: a name, and in brackets as what; each once."""
    for text in dict.fromkeys(name.strip() for name in names):
        found = _AS_WHAT.fullmatch(text)
        name, capacity = (found[1], found[2]) if found else (text, "")
        if name and name != known:
            yield Person(name=name, capacity=capacity)


_AS_WHAT = re.compile(r"([^（）]+)（([^（）]+)）")

INTERIM = Document("interim_decision", "指定临时接管单位决定书", interim_decision, before_and_after)
ENTRY = Document("entry_confirmation", "进场确认书", entry_confirmation, before_and_after)
DEPARTURE = Document("departure_confirmation", "离场确认书", departure_confirmation, departure_copies)
