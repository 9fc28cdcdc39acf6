"""《物业项目交接确认书》: a draft for the hands before it is confirmed, then what was confirmed, to the minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongzhi.papers.contents.content import Content, Person, sentence
from gongzhi.papers.contents.handover import HandoverConfirmation, NotHandedOver, OpenIssue
from gongzhi.procedures.documents import Document, Source, drafted, heard
from gongzhi.procedures.forms import estate_of, name_of
from gongzhi.procedures.kinds.checklist import WOULD_NOT
from gongzhi.procedures.models import Item as Row
from gongzhi.procedures.refusing import unsigned
from gongzhi.registry.roles import PROVIDER, ROLES, Role

from .. import handover_facts
from ..late_items import was_missing
from ..models import OneSidedInventory
from ..parties import RECEIVER
from .handing import Side, beforehand_of, place_of, readings_of, refusals_of, rounds_of, side_words
from .sources import items, named, signer

#: The items of the further list behind which rows are kept.
METERS, PREPAID = ("meters",), ("prepaid", "deposits")


def confirmation(source: Source) -> Content:
    """《物业项目交接确认书》. Before it is confirmed there is room for what only the confirming side can say."""
    said: handover_facts.HandoverConfirmation | None = heard(source)
    view = source.view
    return HandoverConfirmation(
        number=source.case.row.number,
        estate=estate_of(source),
        giver=named(source, PROVIDER),
        giver_signer=signer(source, PROVIDER, view.last("countersign")),
        receiver=named(source, RECEIVER),
        receiver_signer=signer(source, RECEIVER, view.last("approve")),
        confirmed_at=said.confirmed_at if said is not None else None,
        place=place_of(source),
        alone=tuple(_alone(source)),
        unsigned=_would_not(source),
        handed_over=tuple(items(said.content)) or (said.content,) if said is not None else _listed(source),
        missing=tuple(_missing(source)),
        readings=readings_of(source),
        no_readings="".join(_told_of(source, METERS)),
        prepaid=beforehand_of(source),
        no_prepaid="".join(_told_of(source, PREPAID)),
        issues=tuple(_issues(source, said)),
        refusals=tuple(_refusals(source, said)),
        witnesses=_witnesses(source),
        supervisors=_supervisors(source),
        copies="移交方、接收方各执一份" + "".join(_filed_with(source)) + "。",
    )


# What both did, and what one did alone ------------------------------------------------------------------------------


def _alone(source: Source) -> Iterator[str]:
    """What one side did without the other: lists that were counted alone, lists that a side would not sign."""
    lists = [(step, view) for step, view in rounds_of(source) if step.lists_items]
    rows = OneSidedInventory.objects.filter(round__in=[view.id for _, view in lists])
    counted = set(rows.values_list("round_id", flat=True))
    by_receiver = [step.title for step, view in lists if view.id in counted]
    if by_receiver:
        yield f"{'、'.join(by_receiver)}由接收方单方清点"
    for role in (PROVIDER, RECEIVER):
        titles = [
            step.title
            for step, view in lists
            if view.acts(*WOULD_NOT) and role in unsigned(view.said, getattr(step, "sides", ()))
        ]
        if titles:
            yield f"{side_words(role)}没有在{'、'.join(titles)}上签字"


def _sides(source: Source) -> tuple[Role, ...]:
    return getattr(source.step, "sides", ())


def _would_not(source: Source) -> tuple[Side, ...]:
    """Who would not sign this paper."""
    if not source.view.acts(*WOULD_NOT):
        return ()
    return tuple(side_words(side) for side in unsigned(source.view.said, _sides(source)))


def _refusals(source: Source, said: handover_facts.HandoverConfirmation | None) -> Iterator[str]:
    """What the receiver wrote, then each refusal with how a list was counted alone, those of this paper last."""
    if said is not None and said.refusals:
        yield said.refusals
    for step, view in rounds_of(source):
        if step.lists_items:
            yield from refusals_of(step, view, step.title)
    assert source.step is not None
    yield from refusals_of(source.step, source.view)
    for declined in source.view.acts("decline"):
        yield f"{name_of(declined)}拒绝在本确认书上签字，理由：{sentence(str(declined.facts['reason']))}"


# What the lists say -------------------------------------------------------------------------------------------------


def _listed(source: Source) -> tuple[str, ...]:
    """What a draft says was handed over: each list with its figures."""
    found = []
    for step, view in rounds_of(source):
        if step.lists_items:
            rows = list(Row.objects.filter(round_id=view.id))
            missing = [row for row in rows if was_missing(row, source.made_at)]
            found.append(f"{step.title}共{len(rows)}项，其中缺失{len(missing)}项")
    return tuple(found) or ("见各清单",)


def _missing(source: Source) -> Iterator[NotHandedOver]:
    """What the lists say is missing and had not come in when it was confirmed: what comes later changes no paper."""
    for step, view in rounds_of(source):
        rows = Row.objects.filter(round_id=view.id).order_by("position") if step.lists_items else ()
        for row in (one for one in rows if was_missing(one, source.made_at)):
            yield NotHandedOver(
                listed=step.title, name=row.label, reason=row.reason, bring_by_on=row.make_up_on
            )


def _told_of(source: Source, codes: Iterable[str]) -> Iterator[str]:
    """Of what is kept in rows, where a list says that it is missing, or that there is none."""
    told = Row.objects.filter(case=source.case.row, round__void_at=None, code__in=codes).order_by("position")
    for row in told:
        if was_missing(row, source.made_at):
            yield f"{row.label}：清单上为缺失，没有移交，原因：{sentence(row.reason)}"
        elif row.condition.strip() == handover_facts.NONE:
            yield f"{row.label}：清单上为无。"


def _issues(source: Source, said: handover_facts.HandoverConfirmation | None) -> Iterator[OpenIssue]:
    """What was said to be open, then each defect with whose it is. Nobody is asked whose the first is."""
    if said is not None and said.open_issues != handover_facts.NONE:
        yield OpenIssue(what=said.open_issues, solution=said.resolution, by_on=said.resolve_by)
    for row in source.case.row.defects.order_by("found_at", "id"):
        yield OpenIssue(
            what=f"{row.place}：{row.what}（{row.basis}）",
            solution="修复" if row.repair_by is not None else "",
            by=str(row.get_whose_display()),
            by_on=row.repair_by,
        )


def _witnesses(source: Source) -> tuple[Person, ...]:
    """Whom the law has witness the handover, with room to sign; what it signed on the lists is no hand on this."""
    return _present(source, source.case.law.named("handover.witness"))


def _supervisors(source: Source) -> tuple[Person, ...]:
    """Whom the law wants there: who signed that they were present; who has not yet is named with room to sign."""
    witnesses = source.case.law.named("handover.witness")
    supervisors = source.case.law.named("handover.supervisors")
    return _present(source, [code for code in supervisors if code not in witnesses])


def _present(source: Source, codes: Iterable[str]) -> tuple[Person, ...]:
    return tuple(signer(source, ROLES[code], source.view.done(f"acknowledge:{code}")) for code in codes)


def _filed_with(source: Source) -> tuple[str, ...]:
    """With whom it is filed, where the law asks for that."""
    names = [
        named(source, ROLES[code]) for code in source.case.law.listed("handover.confirmation_filed_with")
    ]
    return (f"，另报{'、'.join(names)}备案",) if names else ()


CONFIRMATION = Document("handover_confirmation", "物业项目交接确认书", confirmation, drafted)
