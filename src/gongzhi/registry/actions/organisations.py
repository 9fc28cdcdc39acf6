"""Registering and closing organisations."""

from datetime import datetime
from typing import Any

from gongzhi.acts.door import Actor, action
from gongzhi.acts.events import raise_event
from gongzhi.acts.roots import Root
from gongzhi.registry.divisions import codes_of, division
from gongzhi.registry.facts import ChangeContacts, CloseOrganisation, RegisterOrganisation
from gongzhi.registry.models import OF_ONE_ESTATE, ORGANS, Estate, Organisation, OrganisationKind
from gongzhi.registry.pinyin import initials_of, pinyin_of
from gongzhi.registry.queries import organisation_with
from gongzhi.registry.territory import within
from gongzhi.values.exchange import OrganChanged
from gongzhi.values.identifiers import check_uscc, credit_fault, normalise
from gongzhi.values.refusals import AlreadyTaken, Invalid, NotPossible

#: The level of division each organ stands for.
ORGAN_LEVELS = {
    OrganisationKind.PROPERTY_AUTHORITY: ("province", "city", "county"),
    OrganisationKind.SUBDISTRICT_OFFICE: ("street",),
    OrganisationKind.RESIDENTS_COMMITTEE: ("community",),
}


def _root_of_code(facts: RegisterOrganisation) -> Root:
    return Root.of_code(facts.jurisdiction_code)


def _root_of_organisation(facts: ChangeContacts | CloseOrganisation) -> Root:
    return Root("organisation", facts.organisation_id)


def credit_code(text: str) -> tuple[str, str]:
    """A credit code as stored, and its warning: a wrong check digit is kept and told, never refused.

    Invalid: it has not the form of one, at the field `uscc`.
    """
    code = normalise(text)
    if code and (fault := credit_fault(code)):
        raise Invalid(fault, fields={"uscc": fault})
    return code, "".join(check_uscc(code))[:100] if code else ""


def refuse_known_code(uscc: str) -> None:
    """One credit code is one body."""
    known = Organisation.objects.filter(uscc=uscc, to_on__isnull=True).first() if uscc else None
    if known is not None:
        raise AlreadyTaken(f"统一社会信用代码{uscc}已登记为“{known.name}”，请核对。", "uscc")


@action(
    "registry.register_organisation",
    title="登记单位",
    facts=RegisterOrganisation,
    root=_root_of_code,
    may="registrar_of_organisation",
)
def register_organisation(*, by: Actor, at: datetime, facts: RegisterOrganisation) -> dict[str, Any]:
    """Register a body; `organisation_id` and `warnings`. Committees of an estate are formed, not registered."""
    if facts.kind in OF_ONE_ESTATE:
        raise NotPossible(f"{facts.kind.label}请用“成立委员会”办理。")
    place = division(facts.jurisdiction_code)
    _refuse_second_organ(facts.kind, place.code, place.level, place.name)
    uscc, warning = credit_code(facts.uscc)
    refuse_known_code(uscc)
    made = Organisation.objects.create(
        **facts.model_dump(exclude={"jurisdiction_code", "uscc"}),
        pinyin=pinyin_of(facts.name),
        initials=initials_of(facts.name),
        jurisdiction_code=place.code,
        uscc=uscc,
        uscc_warning=warning,
        **codes_of(place.code).as_columns(),
    )
    _tell_estates(made)
    return {"organisation_id": made.pk, "warnings": [warning] if warning else []}


def _refuse_second_organ(kind: OrganisationKind, code: str, level: str, name: str) -> None:
    if kind not in ORGANS:
        return
    if level not in ORGAN_LEVELS[kind]:
        raise NotPossible(f"“{name}”一级不设{kind.label}，请核对行政区划代码。")
    there = Organisation.objects.filter(kind=kind, jurisdiction_code=code, to_on__isnull=True).first()
    if there is not None:
        raise AlreadyTaken(f"“{name}”已登记{kind.label}“{there.name}”，如已变更请先终止原登记。", "kind")


def _tell_estates(organisation: Organisation) -> None:
    """An organ came or went: tasks that lie vacant above it, or with it, may pass on."""
    if organisation.kind in ORGANS:
        for estate_id in Estate.objects.filter(within(organisation)).values_list("pk", flat=True):
            raise_event(OrganChanged(estate_id))


@action(
    "registry.change_contacts",
    title="变更单位联系方式",
    facts=ChangeContacts,
    root=_root_of_organisation,
    may="keeper_of_organisation",
)
def change_contacts(*, by: Actor, at: datetime, facts: ChangeContacts) -> dict[str, Any]:
    """Change where a body is reached and how its papers are numbered; what is not given stays."""
    found = organisation_with(facts.organisation_id)
    given = facts.model_dump(exclude={"organisation_id"}, exclude_none=True)
    if not given:
        raise NotPossible("没有填写要变更的内容，请至少填写一项。")
    for name, value in given.items():
        setattr(found, name, value)
    found.save(update_fields=list(given))
    return {"organisation_id": found.pk}


@action(
    "registry.close_organisation",
    title="终止单位",
    facts=CloseOrganisation,
    root=_root_of_organisation,
    may="registrar_of_organisation",
)
def close_organisation(*, by: Actor, at: datetime, facts: CloseOrganisation) -> dict[str, Any]:
    """The body ceases; its last day is included. Its rows stay."""
    found = organisation_with(facts.organisation_id)
    if found.to_on is not None:
        raise NotPossible(f"“{found.name}”已于{found.to_on}终止，无须再办。")
    if facts.to_on < found.from_on:
        raise NotPossible(f"“{found.name}”自{found.from_on}起登记，终止日期不能更早，请核对。")
    found.to_on = facts.to_on
    found.save(update_fields=["to_on"])
    _tell_estates(found)
    if found.estate_id is not None:
        raise_event(OrganChanged(found.estate_id))
    return {"organisation_id": found.pk}
