"""The papers of a filing (备案): the form that goes out to each authority, and the receipt that comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from gongzhi.papers.contents.applications import Received
from gongzhi.papers.contents.content import Content, Person, day
from gongzhi.papers.contents.filing import FilingForm, FilingReceipt
from gongzhi.registry.models import Organisation
from gongzhi.registry.roles import ROLES
from gongzhi.values.wording import minute_words

from .completing import first_sent, sent_at
from .contacts import contact
from .documents import UNKNOWN, Copy, Document, Made, Source, papers_made
from .forms import (
    attached,
    body_of,
    chosen,
    each_said,
    estate_of,
    instant_said,
    kind_of_subject,
    lines_of,
    local_day,
    name_of,
    person_of,
    received,
    role_of,
    title_of_role,
    title_of_use,
)
from .holders import hold
from .terms import Said
from .view import CaseView


def filed_with(source: Source) -> Sequence[Copy]:
    """One form for each authority the place names, to be sent with: a preview until it was sent."""
    step: Any = source.step
    if not source.case.law.is_set(step.to):
        return []
    sent = {role.code: source.view.done(f"send:{role.code}") for role in step.recipients(source.view)}
    return [
        Copy(code, title_of_role(code), said.at if said is not None else None) for code, said in sent.items()
    ]


def filing_form(source: Source) -> Content:
    """备案表: who files what with whom."""
    step: Any = source.step
    role, case = ROLES[source.copy.key], source.case
    said = source.view.done(f"send:{role.code}")
    filer = body_of(said) or hold(case, step.by, source.at).organisation
    return FilingForm(
        number=case.row.number,
        filer=filer.name if filer is not None else UNKNOWN,
        filer_code=filer.uscc if filer is not None else "",
        estate=estate_of(source),
        estate_label=kind_of_subject(source),
        matter=step.title,
        basis="、".join(map(str, case.law.cites(step.to))) or UNKNOWN,
        filed_with=hold(case, role, source.made_at).name,
        gist=f"{case.declaration.title}，案号{case.row.number}。" + _course(source),
        papers=_enclosed(source),
        contact=_contact(source, said, filer),
        made_on=local_day(source.made_at) if said is not None else None,
        **_received(source, role.code),
    )


def _contact(source: Source, said: Said | None, filer: Organisation | None) -> Person:
    """Who sent it, with the filer's telephone; before that whom the steps before named, else the telephone alone."""
    phone = filer.phone_service if filer is not None else ""
    if said is not None:
        return Person(name=person_of(said), phone=phone)
    before = (_main(source, step) for step in (source.step.after if source.step is not None else ()))
    told = next((str(one.facts["contact"]) for one in before if one and one.facts.get("contact")), "")
    return contact(told) if told else Person(name="", phone=phone)


def _received(source: Source, role: str) -> dict[str, Any]:
    """What the authority's receipt says, once it is there: the form printed then bears it."""
    given = [said for said in source.view.acts("receipt") if role_of(said.task) == role]
    if not given:
        return {}
    receipt = given[-1]
    return {
        "arrived_at": _arrived_at(source, receipt),
        "received_by": Person(name=person_of(receipt), unit=name_of(receipt)),
        "receipt_number": _number_of(source, receipt),
    }


def _arrived_at(source: Source, receipt: Said) -> datetime:
    """When it came, as its receiver says; where it says nothing, when it was handed over."""
    if receipt.facts.get("arrived_at"):
        return instant_said(receipt, "arrived_at")
    sent = source.view.done(f"send:{role_of(receipt.task)}")
    return instant_said(sent, "sent_at") if sent is not None else receipt.at


def _number_of(source: Source, receipt: Said) -> str:
    return str(receipt.facts.get("number", "")) or _own_number(source, receipt)


def made_below(case: CaseView, step: Any, at: datetime) -> list[Made]:
    """The papers that the case below a step made in its own steps, and that are final."""
    child = case.child(step.code) if step.opens_child else None
    made = papers_made(child, at, masked=False) if child is not None else ()
    return [one for one in made if one.source.step is not None and not one.is_preview and not one.is_past]


def _results(source: Source) -> list[tuple[Any, Made, Content]]:
    """What the cases below the steps before came to: of each its papers that say it in one sentence."""
    before = source.step.after if source.step is not None else ()
    made = ((step, one) for step in before for one in made_below(source.case, step, source.made_at))
    told = ((step, one, one.document.fill(one.source)) for step, one in made)
    return [
        (step, one, found) for step, one, found in told if isinstance(found, Content) and found.in_short()
    ]


def _course(source: Source) -> str:
    """What has come to pass that is filed: the steps it comes after, with their day, and what they came to."""
    gist = getattr(source.step, "gist", None)
    if gist is not None:
        return str(gist(source))
    done = [(step, _main(source, step)) for step in (source.step.after if source.step is not None else ())]
    acts = "".join(
        f"{step.title}：{day(local_day(_left_at(source, step, said)))}。"
        for step, said in done
        if said is not None
    )
    results = (
        f"{step.title}：{day(local_day(one.source.made_at))}，{found.in_short()}"
        for step, one, found in _results(source)
    )
    return acts + "".join(results)


def _left_at(source: Source, step: Any, said: Said) -> datetime:
    """When it left who said it: the paper before it was entered, and before it was completed."""
    found = source.case.live_round(step)
    first = first_sent(step, source.case.round_view(found)) if found is not None else None
    return sent_at(first or said)


def _main(source: Source, step: Any) -> Said | None:
    found = source.case.live_round(step)
    return source.case.round_view(found).last(step.main_act) if found is not None and step.main_act else None


def _enclosed(source: Source) -> tuple[Received, ...]:
    """What is filed: the paper the step names; else what the steps before said, and the papers it was said with."""
    assert source.step is not None
    filed: Document | None = getattr(source.step, "encloses", None)
    if filed is not None:
        return (Received(name=filed.title, copies=1, form="平台生成"),)
    before = [(step, _main(source, step)) for step in source.step.after]
    told = [(step, said) for step, said in before if said is not None]
    found = tuple(piece for step, said in told for piece in received([said], step.title))
    results = tuple(Received(name=one.title, copies=1, form="平台生成") for _, one, found in _results(source))
    return (*found, *results) or (Received(name=source.step.title, copies=1, form=UNKNOWN),)


def filing_receipt(source: Source) -> Content:
    """备案回执: it came; nothing is approved by it."""
    step: Any = source.step
    said = chosen(source, "receipt")
    sent = source.view.done(f"send:{role_of(said.task)}")
    return FilingReceipt(
        number=_number_of(source, said),
        receiver=name_of(said),
        filer=name_of(sent),
        estate=estate_of(source),
        estate_label=kind_of_subject(source),
        matter=step.title,
        sent_at=instant_said(sent, "sent_at") if sent is not None else None,
        arrived_at=_arrived_at(source, said),
        papers=_enclosed(source),
        completed=tuple(_completed(source, said)),
        remark=str(said.facts.get("remark", "")),
        received_by=Person(name=person_of(said), unit=name_of(said)),
        made_on=local_day(said.at),
    )


def _completed(source: Source, receipt: Said) -> Iterator[str]:
    """What was asked for before the receipt, when, and when what with which papers came after it."""
    role = role_of(receipt.task)
    for asked in source.view.acts("request_completion"):
        if role_of(asked.task) != role or asked.at > receipt.at:
            continue
        wanting = "、".join(lines_of(str(asked.facts["missing"])))
        yield f"{minute_words(asked.at)}告知补正：{wanting}"
        sent = source.view.done(asked.task.replace("receipt:", "complete:", 1))
        if sent is not None:
            papers = "、".join(title_of_use(use) for use in attached([sent])) or "没有附材料"
            yield f"{minute_words(instant_said(sent, 'sent_at'))}补正报送：{papers}，凭证：{sent.facts['proof']}"


def _own_number(source: Source, said: Said) -> str:
    """The number of a receipt whose giver keeps no register of its own: the case's, the step, which one of it."""
    given = [one.id for one in source.view.acts("receipt")]
    assert source.step is not None
    steps = [step.code for step in source.case.declaration.steps]
    return f"{source.case.row.number}-{steps.index(source.step.code) + 1}-{given.index(said.id) + 1}"


FILING_FORM = Document("filing_form", "备案表", filing_form, filed_with)
FILING_RECEIPT = Document("filing_receipt", "备案回执", filing_receipt, each_said("receipt"))
