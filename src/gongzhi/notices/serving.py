"""送达回证 of a written reply: a form to be served with, then the record of how it reached who objected.

《民事诉讼法》第87、88条: what is signed on it proves the day.
"""

from collections.abc import Sequence

from gongzhi.papers.contents.content import Content
from gongzhi.papers.contents.records import ServiceRecord
from gongzhi.papers.kinds import PaperKind
from gongzhi.procedures import forms
from gongzhi.procedures.documents import Copy, Document, Source
from gongzhi.registry.models.organisations import AUTHORITIES
from gongzhi.values.minutes import minute_of

from . import objected
from .models import Objection


def objector_of(one: Objection) -> str:
    """Who objected."""
    return one.person.name if one.person is not None else one.on_paper_from


def number_of(one: Objection) -> str:
    """The number of the reply: that of its notice, and which objection it answers. `notice` should be selected."""
    return f"{one.notice.number}-{one.turn}"


def _each_reply(source: Source) -> Sequence[Copy]:
    """One a reply: a form to write on until it was served, then the record of it with its day."""
    replied = [said.task.partition(":")[2] for said in source.view.acts("reply")]
    served = {turn: objected.served(source.view, int(turn)) for turn in replied}
    return [
        Copy(
            turn,
            f"第{turn}项异议的答复",
            found.at if (found := served[turn]) is not None else None,
            to_fill=found is None,
        )
        for turn in replied
    ]


def _record(source: Source) -> Content | None:
    turn = int(source.copy.key)
    rows = Objection.objects.select_related("notice", "person")
    one, replied = rows.filter(round_id=source.view.id, turn=turn).first(), source.view.done(f"reply:{turn}")
    if one is None or replied is None:
        return None
    confirmed = objected.confirmed(source.view, turn)
    papers, who = (f"{PaperKind.OBJECTION_REPLY.label}（{number_of(one)}）",), objector_of(one)
    body = forms.body_of(replied)
    told = forms.proof(
        source,
        source.view.done(f"serve:{turn}"),
        papers=papers,
        to=who,
        sender=forms.name_of(replied),
        by_authority=body is not None and body.kind in AUTHORITIES,
    )
    if confirmed is None or not isinstance(told, ServiceRecord):
        return told
    return told.model_copy(
        update={
            "number": source.case.row.number,
            "method": "电子送达（平台）",
            "served_at": minute_of(confirmed.at),
            "remark": "受送达人登录平台阅读答复书后，异议人本人在平台确认收到。",
            "confirmed": True,
        }
    )


SERVED = Document("reply_service_record", "送达回证", _record, _each_reply)
