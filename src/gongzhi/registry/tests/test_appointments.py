"""Appointments within their dates and never twice; powers of attorney for one matter."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from gongzhi.acts.door import SYSTEM
from gongzhi.registry import actions
from gongzhi.registry.facts import (
    Appoint,
    CommitteeSeat,
    EndAppointment,
    FormCommittee,
    GrantPowerOfAttorney,
    RevokePowerOfAttorney,
)
from gongzhi.registry.models import Appointment, Person, Post
from gongzhi.registry.queries import is_authorised
from gongzhi.registry.tests.cast import Cast, add_person
from gongzhi.values.refusals import Invalid, NotAllowed, NotFound, NotPossible

DAY = date(2026, 4, 1)
PAPER = "示例县建任〔2026〕1号"


def appoint(cast: Cast, **more: Any) -> UUID:
    """The stranger becomes an officer of the county, but for `more`."""
    plain: dict[str, Any] = {
        "person_id": cast.stranger.person_id,
        "post": Post.OFFICER,
        "organisation_id": cast.organisations["county"].pk,
        "from_on": DAY,
    }
    answer = actions.appoint(by=SYSTEM, at=cast.at, facts=Appoint(**(plain | more)))
    return UUID(answer.value["appointment_id"])


@pytest.mark.parametrize(
    ("who", "more", "instead"),
    [
        ("administrator", {"post": Post.LEADER}, "系统管理员（机关）"),
        ("administrator", {"post": Post.AUDITOR, "organisation_id": None}, "系统管理员（机关）"),
        ("county_leader", {"post": Post.REVIEWER}, "上级登记机关"),
    ],
)
def test_nobody_registers_a_post_for_themselves(
    cast: Cast, who: str, more: dict[str, Any], instead: str
) -> None:
    by = cast[who]
    plain = {"organisation_id": cast.organisations["county"].pk, "from_on": DAY, "paper_title": PAPER}
    said = Appoint(**(plain | more), person_id=by.person_id)
    with pytest.raises(NotAllowed, match=f"^不能为本人登记任职，请.*{instead}.*中的另一人办理。$"):
        actions.appoint(by=by, at=cast.at, facts=said)
    another = said.model_copy(update={"person_id": cast.stranger.person_id})
    assert actions.appoint(by=by, at=cast.at, facts=another).value["appointment_id"]


def test_nobody_seats_themselves_in_a_committee(cast: Cast) -> None:
    by = cast.subdistrict_officer
    assert by.person_id is not None
    facts = FormCommittee(
        estate_id=cast.bare_estate.pk,
        name="示例委员会",
        starts_on=DAY,
        ends_on=date(2029, 3, 31),
        seats=1,
        members=[CommitteeSeat(person_id=by.person_id, is_head=True)],
        paper_title="示例备案",
    )
    with pytest.raises(NotAllowed, match=r"^不能为本人登记任职，请小区所在地物业主管部门.*另一人办理。$"):
        actions.form_committee(by=by, at=cast.at, facts=facts)


@pytest.mark.parametrize(
    ("post", "where"), [(Post.LEADER, "county"), (Post.CLERK, "subdistrict"), (Post.ADMINISTRATOR, "")]
)
def test_a_post_of_an_authority_names_its_paper(cast: Cast, post: Post, where: str) -> None:
    body = cast.organisations[where].pk if where else None
    said = Appoint(person_id=cast.stranger.person_id, post=post, organisation_id=body, from_on=DAY)
    for paper, field in (("", "请填写任命文件的名称或者文号"), ("无", "不是文件名称或者文号")):
        with pytest.raises(Invalid, match="请填写任命文件的名称或者文号") as refused:
            actions.appoint(
                by=cast.administrator, at=cast.at, facts=said.model_copy(update={"paper_title": paper})
            )
        assert refused.value.fields == {"paper_title": field}
    named = said.model_copy(update={"paper_title": PAPER})
    made = actions.appoint(by=cast.administrator, at=cast.at, facts=named).value["appointment_id"]
    assert Appointment.objects.get(pk=made).paper_title == PAPER


def test_a_post_elsewhere_names_its_paper_where_it_has_one(cast: Cast) -> None:
    body = cast.organisations["provider"].pk
    said = Appoint(
        person_id=cast.stranger.person_id, post=Post.REPRESENTATIVE, organisation_id=body, from_on=DAY
    )
    assert actions.appoint(by=cast.provider_legal_representative, at=cast.at, facts=said)


def end(cast: Cast, appointment_id: UUID, to_on: date) -> None:
    """End a post."""
    facts = EndAppointment(appointment_id=appointment_id, to_on=to_on)
    actions.end_appointment(by=SYSTEM, at=cast.at, facts=facts)


def test_the_same_post_twice_at_once_is_refused(cast: Cast) -> None:
    appoint(cast, to_on=date(2026, 4, 30))
    with pytest.raises(NotPossible, match="自2026-04-01至2026-04-30已任经办人，任期重叠"):
        appoint(cast, from_on=date(2026, 4, 30))
    appoint(cast, from_on=date(2026, 5, 1))
    with pytest.raises(NotPossible, match="自2026-05-01起已任"):
        appoint(cast, from_on=date(2027, 1, 1))


def test_another_post_or_place_is_not_the_same(cast: Cast) -> None:
    appoint(cast)
    appoint(cast, post=Post.CLERK)
    appoint(cast, organisation_id=cast.organisations["city"].pk)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"organisation_id": None}, "须填写单位"),
        ({"post": Post.OWNER}, "须填写小区"),
        ({"to_on": date(2026, 3, 31)}, "早于起始日期"),
    ],
)
def test_a_post_needs_its_place_and_days_in_order(cast: Cast, more: dict[str, Any], says: str) -> None:
    with pytest.raises(NotPossible, match=says):
        appoint(cast, **more)


def test_only_a_project_leader_names_an_estate_beside_the_organisation(cast: Cast) -> None:
    with pytest.raises(NotPossible, match="不填写小区"):
        appoint(cast, estate_id=cast.estate.pk)
    provider = cast.organisations["other_provider"].pk
    appoint(cast, post=Post.PROVIDER_LEADER, organisation_id=provider, estate_id=cast.estate.pk)


def test_unknown_people_and_bodies_are_not_found(cast: Cast) -> None:
    unknown = UUID("00000000-0000-7000-8000-000000000000")
    with pytest.raises(NotFound, match="没有找到这个人员"):
        appoint(cast, person_id=unknown)
    with pytest.raises(NotFound, match="没有找到这个单位"):
        appoint(cast, organisation_id=unknown)


def test_a_post_is_shortened_and_never_lengthened(cast: Cast) -> None:
    made = appoint(cast)
    end(cast, made, date(2026, 6, 30))
    assert Appointment.objects.get(pk=made).to_on == date(2026, 6, 30)
    with pytest.raises(NotPossible, match="至2026-06-30止，不能再延后"):
        end(cast, made, date(2026, 7, 31))
    with pytest.raises(NotPossible, match="自2026-04-01起，终止日期不能更早"):
        end(cast, made, DAY - timedelta(days=1))


# Powers of attorney -----------------------------------------------------------------------------------------


def grant(cast: Cast, agent: Person, **more: Any) -> UUID:
    """The provider authorises an agent to sign the handover lists through April 2026."""
    plain: dict[str, Any] = {
        "principal_organisation_id": cast.organisations["provider"].pk,
        "agent_id": agent.pk,
        "matter": "资料资产交接",
        "scope": "签署清单和确认书，不得转委托",
        "from_on": DAY,
        "to_on": date(2026, 4, 30),
        "is_signed_by_principal": True,
        "is_signed_by_agent": True,
    }
    facts = GrantPowerOfAttorney(**(plain | more))
    answer = actions.grant_power_of_attorney(by=cast.provider_legal_representative, at=cast.at, facts=facts)
    return UUID(answer.value["power_id"])


def test_an_agent_is_authorised_for_one_matter_within_the_term(cast: Cast) -> None:
    agent, provider = add_person("示例代理人"), cast.organisations["provider"]
    grant(cast, agent)
    assert is_authorised(agent, provider, "资料资产交接", DAY)
    assert is_authorised(agent.pk, provider, "资料资产交接", date(2026, 4, 30))
    assert not is_authorised(agent, provider, "资料资产交接", date(2026, 5, 1))
    assert not is_authorised(agent, provider, "资料资产交接", date(2026, 3, 31))
    assert not is_authorised(agent, provider, "财务清算", DAY)
    assert not is_authorised(agent, cast.organisations["firm"], "资料资产交接", DAY)


@pytest.mark.parametrize("missing", ["is_signed_by_principal", "is_signed_by_agent"])
def test_one_signature_authorises_nothing(cast: Cast, missing: str) -> None:
    agent = add_person("示例代理人")
    grant(cast, agent, **{missing: False})
    assert not is_authorised(agent, cast.organisations["provider"], "资料资产交接", DAY)


def test_a_withdrawn_power_ends_on_that_day(cast: Cast) -> None:
    agent, provider = add_person("示例代理人"), cast.organisations["provider"]
    facts = RevokePowerOfAttorney(power_id=grant(cast, agent), revoked_on=date(2026, 4, 10))
    by = cast.provider_legal_representative
    actions.revoke_power_of_attorney(by=by, at=cast.at, facts=facts)
    assert is_authorised(agent, provider, "资料资产交接", date(2026, 4, 9))
    assert not is_authorised(agent, provider, "资料资产交接", date(2026, 4, 10))
    with pytest.raises(NotPossible, match="已于2026-04-10撤销"):
        actions.revoke_power_of_attorney(by=by, at=cast.at, facts=facts)


def test_a_person_authorises_another_but_not_oneself(cast: Cast) -> None:
    agent, owner = add_person("示例代理人"), cast.home.people["owner"]
    facts = GrantPowerOfAttorney(
        principal_person_id=owner.pk,
        agent_id=agent.pk,
        matter="投票",
        scope="全部表决事项",
        from_on=DAY,
        to_on=DAY,
        is_signed_by_principal=True,
        is_signed_by_agent=True,
    )
    actions.grant_power_of_attorney(by=cast.owner, at=cast.at, facts=facts)
    assert is_authorised(agent, owner, "投票", DAY)
    with pytest.raises(NotPossible, match="同一人"):
        actions.grant_power_of_attorney(
            by=cast.owner, at=cast.at, facts=facts.model_copy(update={"agent_id": owner.pk})
        )


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"to_on": date(2026, 3, 31)}, "早于期限起"),
        ({"principal_person_id": UUID("00000000-0000-7000-8000-000000000000")}, "只填一项"),
    ],
)
def test_a_power_without_one_principal_and_a_term_is_refused(
    cast: Cast, more: dict[str, Any], says: str
) -> None:
    with pytest.raises(NotPossible, match=says):
        grant(cast, add_person("示例代理人"), **more)
