"""系统管理: what the administrator does needs a second person, a paper and an auditor who can read it."""

from collections.abc import Iterator
from typing import Any

import pytest

from gongzhi.registry.models import Appointment

from .administering import Office, complaints, opened_office, the_form
from .looking import plain, read

pytestmark = pytest.mark.django_db

WHO = ("administrator", "auditor", "county_leader", "county_officer")
PAPER = "示例县建任〔2026〕1号"
POST = {"post": "leader", "from_on": "2026-03-02", "paper_title": PAPER}


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Office]:
    """Built once; what a test does is taken back."""
    with django_db_blocker.unblock(), opened_office(tmp_path_factory.mktemp("files"), *WHO) as made:
        yield made


def test_the_administrator_appoints_others_and_never_themselves(office: Office) -> None:
    client, own = office.look("administrator"), office.cast.administrator.person_id
    county = office.organisation("county")
    refused = the_form(client, "registry.appoint", organisation=county, person=own).send(**POST)
    assert (refused.status_code, "不能为本人登记任职" in refused.content.decode()) == (403, True)
    assert Appointment.objects.filter(person_id=own).count() == 1
    form = the_form(client, "registry.appoint", organisation=county, person=office.new_person)
    nameless = form.send(**POST | {"paper_title": ""})
    assert (nameless.status_code, "请填写任命文件的名称或者文号" in complaints(nameless)) == (400, True)
    assert form.send(**POST, person_id=office.new_person).status_code == 302


def test_the_paper_of_a_post_stands_where_the_post_is_read(office: Office) -> None:
    client, county = office.look("administrator"), office.organisation("county")
    form = the_form(client, "registry.appoint", organisation=county, person=office.new_person)
    assert form.send(**POST).status_code == 302
    for path in (f"people/{office.new_person}", f"organisations/{county}", "appointments"):
        assert f"依据 {PAPER}" in plain(read(client, f"/administration/{path}/")), path
