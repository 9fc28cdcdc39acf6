"""What the forms an exit begins with say and hold before they are filled in."""

import pytest
from django.urls import reverse

from gongzhi.desk.tests.browsing import form_at
from gongzhi.exits.tests.looking import look
from gongzhi.exits.tests.play import Play

ENDS = "登记的合同期满日期是 2026-12-31，登记有误的先更正登记"


@pytest.mark.parametrize(
    ("variant", "name", "field"),
    [
        ("provider_not_renewing", "provider_leader", "contract_ends_on"),
        ("term_expired", "committee_head", "contract_ended_on"),
    ],
)
def test_the_registered_end_stands_in_the_form_that_takes_no_other(
    paged: Play, variant: str, name: str, field: str
) -> None:
    address = reverse("open-form", args=["exit", str(paged.area.estate.pk), variant])
    form = form_at(look(paged, name), address)
    assert form.value(field) == "2026-12-31"
    assert ENDS in form.html


@pytest.mark.parametrize("variant", ["provider_early", "provider_not_renewing", "indefinite_ended"])
def test_that_the_service_goes_on_has_to_be_promised_is_said_at_the_field(paged: Play, variant: str) -> None:
    address = reverse("open-form", args=["exit", str(paged.area.estate.pk), variant])
    assert "必须承诺：新的物业服务人" in form_at(look(paged, "provider_leader"), address).html
