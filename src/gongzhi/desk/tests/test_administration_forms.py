"""Every act without a case has a form that works: begun from a page, sent by a browser, carried out by the door."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from gongzhi.acts.models import Act
from gongzhi.acts.policies import policy
from gongzhi.desk.administration.offering import OWN_PAGES
from gongzhi.registry.models import Organisation, Unit

from .administering import Filled, Office, complaints, filled, opened_office, public_actions, the_form
from .looking import plain, read

pytestmark = pytest.mark.django_db

WHO = (
    *("administrator", "auditor", "county_officer", "county_leader", "subdistrict_officer", "owner"),
    *(
        "provider_legal_representative",
        "provider_leader",
        "county_officer@zhuji",
        "county_leader@zhuji",
        "committee_head",
    ),
)
#: Rooms whose every act stands in the table below; a new act of theirs without a line fails the suite.
ROOMS = ("accounts", "exits", "law", "registry")
NEXT_COMMUNITY = "220602001002"


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Office]:
    """Built once; what a test does is taken back."""
    with django_db_blocker.unblock(), opened_office(tmp_path_factory.mktemp("files"), *WHO) as made:
        yield made


@dataclass(frozen=True)
class Done:
    """Who does it, from where, and what they type or choose. Rows: `rows__0__name`."""

    by: str
    said: Callable[[Office], dict[str, Any]] = lambda o: {}
    given: Callable[[Office], dict[str, Any]] = lambda o: {}
    is_shown_once: bool = False


def org(key: str) -> Callable[[Office], dict[str, Any]]:
    """From the page of a body."""
    return lambda o: {"organisation": o.organisation(key)}


def estate(o: Office) -> dict[str, Any]:
    """From the page of the estate."""
    return {"estate": o.cast.estate.pk}


def bare(o: Office) -> dict[str, Any]:
    """From the page of the estate nobody manages."""
    return {"estate": o.cast.bare_estate.pk}


def of_owner(o: Office) -> dict[str, Any]:
    """From the page of an owner's account."""
    return {"account": o.cast["owner"].account_id}


def person(name: str) -> Callable[[Office], dict[str, Any]]:
    """From the page of a person."""
    return lambda o: {"person": o.cast.home.people[name].pk}


def committee(o: Office) -> str:
    """The committee in office."""
    return str(Organisation.objects.get(estate=o.cast.estate, kind="owners_committee").pk)


AREAS = {
    "rows__0__exclusive_area": "70.00",
    "rows__0__exclusive_source": "surveyed",
    "rows__0__exclusive_on": "2026-01-05",
}
OWNER_ROW = {"rows__0__building": "1幢", "rows__0__name": "示例新业主", "rows__0__from_on": "2026-03-01"}
UNIT_ROW = {"rows__0__building": "1幢", "rows__0__label": "908", "rows__0__use": "dwelling"}
SHARE = {"rows__0__numerator": "1", "rows__0__denominator": "1", "rows__0__id_kind": "resident"}
ADOPTED = {"number": "示例〔2026〕2号", "adopted_on": "2026-03-01", "authority": "示例诸暨县住房和城乡建设局"}
SETTING = {"authority": "示例白山县住房和城乡建设局", "instrument": "示例通知", "set_on": "2026-03-02"}
POWER = {"matter": "示例", "scope": "示例权限", "from_on": "2026-03-02", "to_on": "2026-06-30"}
SIGNED = {"is_signed_by_principal": "true", "is_signed_by_agent": "true"}

SAID: dict[str, Done] = {
    "accounts.close_account": Done("administrator", given=of_owner),
    "accounts.issue_token": Done("owner", lambda o: {"purpose": "示例"}, is_shown_once=True),
    "accounts.lift_lock_out": Done("administrator", given=of_owner),
    "accounts.link_identity": Done(
        "administrator", lambda o: {"provider": "city", "subject": "示例"}, of_owner
    ),
    "accounts.open_account": Done(
        "administrator", lambda o: {"username": "example-new", "password": "a-long-password-2"}
    ),
    "accounts.reset_second_factor": Done("administrator", given=of_owner),
    "accounts.revoke_token": Done("owner", given=lambda o: {"token": o.token}),
    "accounts.set_large_type": Done("owner", lambda o: {"large_type": "true"}),
    "accounts.set_password": Done("administrator", lambda o: {"password": "long-example-3"}, of_owner),
    "accounts.sign_out_everywhere": Done("administrator", given=of_owner),
    "accounts.unlink_identity": Done("administrator", lambda o: {"provider": "city"}, of_owner),
    "exits.conduct_final": Done(
        "county_officer", lambda o: {"final_on": "2026-03-01"}, lambda o: {"conduct": o.conduct}
    ),
    "exits.record_conduct": Done(
        "county_officer",
        lambda o: {
            "kind": "penalty",
            "authority_id": o.organisation("county"),
            "document_number": "示例罚〔2026〕2号",
            "decided_on": "2026-02-01",
        },
        org("provider"),
    ),
    "exits.revoke_conduct": Done(
        "county_officer",
        lambda o: {"revoked_on": "2026-03-01", "reason": "示例原因"},
        lambda o: {"conduct": o.conduct},
    ),
    "law.adopt_instrument": Done(
        "county_leader@zhuji", lambda o: ADOPTED, lambda o: {"jurisdiction": "330681", "instrument": "ZJ"}
    ),
    "law.load_divisions": Done("administrator"),
    "law.set_local_value": Done(
        "county_leader",
        lambda o: {"value_0": "5", "value_1": "WD"} | SETTING,
        lambda o: {"key": "exit.filing_within", "jurisdiction": "220602"},
    ),
    "registry.appoint": Done(
        "administrator",
        lambda o: {
            "post": "clerk",
            "from_on": "2026-03-02",
            "person_id": o.new_person,
            "paper_title": "示例县建任〔2026〕1号",
        },
        lambda o: {"organisation": o.organisation("county"), "person": o.new_person},
    ),
    "registry.begin_engagement": Done(
        "county_officer",
        lambda o: {"mode": "self_managed", "from_at": "2026-03-02T09:00", "paper_title": "示例决定"},
        bare,
    ),
    "registry.change_boundary": Done(
        "county_officer", lambda o: {"community": NEXT_COMMUNITY, "paper_title": "示例决定"}, bare
    ),
    "registry.change_contacts": Done(
        "county_leader", lambda o: {"phone_service": "0439-0000000"}, org("county")
    ),
    "registry.set_outline": Done(
        "county_officer",
        lambda o: {
            "longitude": "126.420000",
            "latitude": "41.930000",
            "datum": "wgs84",
            "source": "drawn",
            "measured_on": "2026-03-02",
        },
        estate,
    ),
    "registry.close_organisation": Done("county_officer", lambda o: {"to_on": "2026-03-02"}, org("firm")),
    "registry.end_appointment": Done(
        "administrator",
        lambda o: {"to_on": "2026-03-31"},
        lambda o: {"appointment": o.cast["county_officer"].appointment_id},
    ),
    "registry.end_committee_condition": Done(
        "subdistrict_officer",
        lambda o: {"condition": "refusing", "to_on": "2026-03-02"},
        lambda o: {"committee": committee(o)},
    ),
    "registry.end_contract": Done(
        "county_officer", lambda o: {"ends_on": "2026-06-30"}, lambda o: {"contract": o.cast.home.contract_id}
    ),
    "registry.form_committee": Done(
        "subdistrict_officer",
        lambda o: {
            "name": "示例委员会",
            "kind": "owners_committee",
            "starts_on": "2026-03-02",
            "ends_on": "2029-03-01",
            "seats": "1",
            "members__0__person_id": str(o.cast.home.people["owner"].pk),
            "members__0__is_head": "on",
            "paper_title": "示例备案",
        },
        bare,
    ),
    "registry.grant_power_of_attorney": Done(
        "provider_legal_representative",
        lambda o: {"agent_id": str(o.cast.home.people["provider_leader"].pk)} | POWER | SIGNED,
        lambda o: {"principal_organisation": o.organisation("provider")},
    ),
    "registry.link_account": Done(
        "administrator", given=lambda o: {"person": o.new_person, "account": o.new_account}
    ),
    "registry.record_areas": Done(
        "county_officer",
        lambda o: {"rows__0__building": "1幢", "rows__0__label": "101"} | AREAS,
        estate,
    ),
    "registry.register_buildings": Done("county_officer", lambda o: {"rows__0__name": "示例9幢"}, estate),
    "registry.register_estate": Done(
        "county_officer",
        lambda o: {
            "name": "示例三号小区",
            "community": NEXT_COMMUNITY,
            "kind": "old",
            "mode": "unmanaged",
            "managed_from_at": "2026-03-02T09:00",
            "reason": "示例原因",
        },
    ),
    "registry.register_organisation": Done(
        "administrator",
        lambda o: {
            "kind": "finance",
            "name": "示例财政局",
            "jurisdiction_code": "220602",
            "from_on": "2026-03-02",
        },
        lambda o: {"jurisdiction_code": "220602"},
    ),
    "registry.register_owners": Done(
        "county_officer", lambda o: OWNER_ROW | SHARE | {"rows__0__unit": "909"}, estate
    ),
    "registry.register_person": Done("administrator", lambda o: {"name": "示例某人", "id_kind": "other"}),
    "registry.register_units": Done(
        "county_officer",
        lambda o: {
            "rows__0__building": "1幢",
            "rows__0__label": "908",
            "rows__0__use": "dwelling",
            "rows__0__is_sold": "on",
        },
        estate,
    ),
    "registry.revoke_power_of_attorney": Done(
        "provider_legal_representative", lambda o: {"revoked_on": "2026-03-02"}, lambda o: {"power": o.power}
    ),
    "registry.set_committee_condition": Done(
        "subdistrict_officer",
        lambda o: {"condition": "refusing", "from_on": "2026-03-01", "paper_title": "示例认定"},
        lambda o: {"committee": committee(o)},
    ),
    "registry.sign_contract": Done(
        "county_officer",
        lambda o: {
            "provider_id": o.organisation("provider"),
            "kind": "service",
            "signed_on": "2026-03-01",
            "starts_on": "2026-03-02",
            "terms_0": "45",
        },
        bare,
    ),
    "registry.transfer_unit": Done(
        "county_officer",
        lambda o: OWNER_ROW | SHARE | {"from_on": "2026-03-01", "rows__0__unit": "101"},
        estate,
    ),
    "registry.unmask": Done(
        "county_officer",
        lambda o: {"field": "phone", "purpose": "示例核对"},
        person("owner"),
        is_shown_once=True,
    ),
}


@pytest.fixture(autouse=True)
def _provider(settings: Any) -> None:
    """An identity provider, so that there is one to link."""
    app = {"provider_id": "city", "name": "示例统一身份认证"}
    settings.SOCIALACCOUNT_PROVIDERS = {"identity_provider": {"APPS": [app]}}
    settings.IDENTITY_PROVIDERS = {"city": "https://identity.example"}


def test_every_act_of_the_registers_has_a_line() -> None:
    assert {one.name for one in public_actions() if one.name.partition(".")[0] in ROOMS} == set(SAID)


def begun(office: Office, name: str) -> Filled:
    """The form as its page shows it; a list that must have a row has one."""
    done = SAID[name]
    if name == "registry.register_owners":
        Unit.objects.create(
            estate=office.cast.estate,
            building=office.cast.estate.buildings.get(name="1幢"),
            label="909",
            use="dwelling",
        )
    if name == "registry.end_committee_condition":
        assert (
            the_form(office.look(done.by), "registry.set_committee_condition", committee=committee(office))
            .send(condition="refusing", from_on="2026-03-01", paper_title="示例认定")
            .status_code
            == 302
        )
    return the_form(office.look(done.by), name, **done.given(office))


@pytest.mark.parametrize("name", sorted(SAID))
def test_the_form_is_sent_and_the_door_carries_it_out(office: Office, name: str) -> None:
    done = SAID[name]
    form = begun(office, name)
    before = Act.objects.filter(name=name).count()
    answer = form.send(**done.said(office))
    if name == "law.set_local_value":  # what it changes is shown first
        answer = filled(form.client, answer.content.decode()).send()
    assert answer.status_code == (200 if done.is_shown_once else 302), complaints(answer)
    act = Act.objects.filter(name=name).latest("id")
    assert Act.objects.filter(name=name).count() == before + 1
    assert act.account_id == office.actor(done.by).account_id
    if not done.is_shown_once:
        told = plain(read(office.look(done.by), answer["Location"]))
        assert "已办：" in told
        assert "已记入审计记录" in told


#: Kinds of field in which a reference would be typed.
TYPED = ("text", "textarea")


@pytest.mark.parametrize("name", [one.name for one in public_actions() if one.name not in OWN_PAGES])
def test_no_form_asks_for_an_id_or_shows_a_code(office: Office, name: str) -> None:
    action = next(one for one in public_actions() if one.name == name)
    who = next((one for one in WHO if policy(action.may).may_ever(office.actor(one), office.cast.at)), None)
    assert who is not None, f"nobody of {WHO} may do {name}"
    given = SAID[name].given(office) if name in SAID else {}
    by = SAID[name].by if name in SAID else who
    form = the_form(office.look(by), name, **given)
    asked = {field: form.types.get(f"act-{field}", "") for field in action.facts.model_fields}
    assert {field for field, kind in asked.items() if field.endswith("_id") and kind in TYPED} == set()
    for words in (words for options in form.options.values() for words in options.values()):
        assert not re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", words), words
    text = plain(read(office.look(by), form.address))
    assert name not in text
    assert action.title in text
