"""Replies to objections: what the public reads of them, and how they reach the objector (送达).

An unserved reply holds no notice up: a notice is cleared by its replies (`practice.md` 0.3). It stays a task.
"""

import re
from collections.abc import Collection, Iterator
from datetime import datetime

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.procedures.service import RECEIVERS, demand_proof
from gongzhi.procedures.terms import RoundView
from gongzhi.registry.models import Ownership
from gongzhi.values.identifiers import has_personal_number
from gongzhi.values.minutes import minute_of
from gongzhi.values.refusals import Invalid, NotAllowed, NotFound, NotPossible, RuleBroken
from gongzhi.values.text import half_width
from gongzhi.values.wording import instant_words

from .facts import ReplyServed
from .models import Objection

#: How a reply arrived of which its own objector says so on the platform.
CONFIRMED = "confirmed"
#: What reads as somebody's flat: 3-1-502, 3栋1单元502, 502室.
_FLAT = re.compile(
    r"\d{1,4}[-–—#]\d{1,3}[-–—]\d{3,4}(?!\d)|\d\s*单元\s*\d{3,4}|\d\s*[栋幢座]\s*\d{3,4}(?!\d)|(?<!\d)\d{3,4}\s*(?:室|号房)",
    re.ASCII,
)
_SEVERAL = re.compile(r"[\s、，,；;和及与]+")
_KEPT_OUT = "公开摘要里不能有异议人的{what}，请改写成只说事情的一句话。"


def demand_nameless(view: RoundView, turn: int, summary: str) -> None:
    """Refuse a public summary that tells who objected: name, flat, a telephone or identity number."""
    row = Objection.objects.select_related("person", "notice").get(round_id=view.id, turn=turn)
    text = "".join(half_width(summary).split())
    if has_personal_number(summary):
        _refuse("电话、证件号码")
    if any(name in text for name in _names(row)):
        _refuse("姓名")
    if _FLAT.search(text) or any(flat in text for flat in _flats(row)):
        _refuse("房号")


def _refuse(what: str) -> None:
    sentence = _KEPT_OUT.format(what=what)
    raise Invalid(sentence, fields={"summary": f"不能写异议人的{what}，请改写成只说事情的一句话"})


def _names(row: Objection) -> Iterator[str]:
    """The name of who objected, and on paper each of several; a single sign is no name."""
    told = row.person.name if row.person is not None else row.on_paper_from
    for name in {*_SEVERAL.split(told), told}:
        if len(name) > 1:
            yield "".join(half_width(name).split())


def _flats(row: Objection) -> Iterator[str]:
    """The flats of who objected, as they are written with their building; a bare number may be any number."""
    if row.person is None or row.notice.estate_id is None:
        return
    held = Ownership.objects.filter(person=row.person, estate=row.notice.estate_id)
    for label, building in held.values_list("unit__label", "unit__building__name"):
        yield "".join(half_width(f"{building}{label}").split())
        if not label.isdecimal():
            yield "".join(half_width(label).split())


# Service ------------------------------------------------------------------------------------------------------------


def demand_reply_proof(law: CaseLaw, facts: ReplyServed, papers: Collection[str]) -> None:
    """As any service; into hands it counts where those are the objector's, or of grown-up family living there."""
    if facts.method == "direct" and facts.received_by and not facts.may_receive:
        raise RuleBroken(
            "交给异议人本人、同住的成年家属或者有书面授权的人签收才算送达，请改交他们签收；本人拒收的，改用留置送达。",
            citations=law.cites_known(RECEIVERS),
        )
    demand_proof(law, facts, papers)


def demand_after_reply(view: RoundView, turn: int, facts: ReplyServed, at: datetime) -> None:
    """A reply arrives after it was given, and by now."""
    replied = view.done(f"reply:{turn}")
    if facts.arrived_at > at:
        raise NotPossible("送达时间不能晚于现在，请核对送达回证。")
    if replied is not None and facts.arrived_at < minute_of(replied.at):
        begun = instant_words(minute_of(replied.at))
        raise NotPossible(f"送达时间不能早于作出答复的时间（{begun}），请核对送达回证。")


def demand_own(view: RoundView, turn: int, person_id: object) -> None:
    """Only who objected confirms that the reply arrived, once, and when there is one."""
    row = Objection.objects.filter(round_id=view.id, turn=turn).first()
    if row is None:
        raise NotFound("没有这一项异议，请到“我的异议和答复”核对。")
    if row.person_id is None or row.person_id != person_id:
        raise NotAllowed("收到答复要由提出这项异议的本人确认，其他送达方式由答复单位登记。")
    if row.replied_at is None:
        raise NotPossible("这项异议还没有答复，请等书面答复作出后再确认。")
    if row.served_at is not None:
        raise NotPossible(f"这份答复已于{instant_words(row.served_at)}送达，不用再确认。")


def keep_served(view: RoundView, turn: int, arrived_at: datetime, how: str) -> None:
    """Keep when and how a reply arrived."""
    Objection.objects.filter(round_id=view.id, turn=turn).update(served_at=arrived_at, served_how=how)
