"""Drafts are kept as long as somebody may come back to them."""

from datetime import timedelta

import pytest

from gongzhi.accounts.actions import open_account
from gongzhi.accounts.facts import OpenAccount
from gongzhi.accounts.models import Account
from gongzhi.acts.actor import SYSTEM
from gongzhi.desk import drafts
from gongzhi.desk.drafts import ABANDONED, About
from gongzhi.exits.tests.play import at

pytestmark = pytest.mark.django_db
KEPT_AT = at("2026-03-02 09:00")
FORM = About("registry.appoint")


@pytest.fixture
def account() -> Account:
    facts = OpenAccount(username="example-account", password="example-only-1234")
    opened = open_account(by=SYSTEM, at=KEPT_AT, facts=facts)
    return Account.objects.get(pk=opened.value["account_id"])


def test_a_draft_of_no_case_is_forgotten_when_nobody_came_back_to_it(account: Account) -> None:
    drafts.keep(account.pk, FORM, {"post": ["officer"]}, KEPT_AT)
    drafts.sweep(KEPT_AT + ABANDONED)
    assert drafts.kept_of(account.pk, [FORM.name])[FORM.name].said == {"post": ["officer"]}
    drafts.sweep(KEPT_AT + ABANDONED + timedelta(seconds=1))
    assert drafts.kept_of(account.pk, [FORM.name]) == {}


def test_filling_it_in_further_keeps_it_longer(account: Account) -> None:
    drafts.keep(account.pk, FORM, {"post": ["officer"]}, KEPT_AT)
    drafts.keep(account.pk, FORM, {"post": ["leader"]}, KEPT_AT + ABANDONED)
    drafts.sweep(KEPT_AT + ABANDONED + timedelta(days=1))
    assert drafts.kept_of(account.pk, [FORM.name])[FORM.name].said == {"post": ["leader"]}
