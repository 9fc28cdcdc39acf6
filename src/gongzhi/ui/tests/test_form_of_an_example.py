"""How one form behaves: what people type, what they are told, that nothing they typed is lost."""

from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from django.template import Context, Template
from pydantic import AwareDatetime, Field, model_validator

from gongzhi.acts.facts import Facts
from gongzhi.ui.forms import form_of
from gongzhi.ui.forms.facts_form import Paper
from gongzhi.values.refusals import Invalid


class Guest(Facts):
    """A row of the example."""

    name: str = Field(title="姓名", min_length=2, max_length=10)
    share_cents: int = Field(title="应摊（分）", ge=0)


class Example(Facts):
    """An act with a field of each kind."""

    reason: str = Field(title="原因", min_length=2, max_length=20)
    amount_cents: int = Field(title="金额（分）", gt=0, description="含税")
    agreed: bool = Field(title="双方同意")
    kind: Literal["original", "sealed_copy", "missing"] = Field(title="状态")
    at: AwareDatetime = Field(title="时间")
    present: tuple[str, ...] = Field(title="在场人", min_length=2)
    organisation_id: UUID | None = Field(default=None, title="单位")
    guests: tuple[Guest, ...] = Field(title="各方", min_length=1)

    @model_validator(mode="after")
    def _covers(self) -> "Example":
        if sum(guest.share_cents for guest in self.guests) != self.amount_cents:
            raise ValueError("各方应摊之和要等于金额")
        return self


BODY = "0191e4a0-0000-7000-8000-000000000001"
SENT = {
    "reason": "示例原因",
    "amount_cents": "1,234.50",
    "agreed": "false",
    "kind": "missing",
    "at": "2026-03-02T09:00",
    "present": "示例甲\r\n\r\n示例乙 ",
    "organisation_id": BODY,
    "guests-rows": "2",
    "guests-0-name": "示例甲",
    "guests-0-share_cents": "1234.5",
    "guests-1-name": "",
    "guests-1-gone": "1",
}


def rendered(form: Any) -> str:
    """The form as a page shows it."""
    return Template("{% load fields %}{% facts_form form %}").render(Context({"form": form}))


def test_what_a_person_types_becomes_typed_facts() -> None:
    form = form_of(Example, data=SENT, choices={"organisation_id": [(BODY, "示例单位")]})
    assert form.is_valid(), list(form.mistakes())
    facts = form.facts()
    assert isinstance(facts, Example)
    assert (facts.amount_cents, facts.agreed, facts.present) == (123450, False, ("示例甲", "示例乙"))
    assert facts.at == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert facts.organisation_id == UUID(BODY)
    assert facts.guests == (Guest(name="示例甲", share_cents=123450),)


def test_every_mistake_has_its_sentence_under_its_field_and_nothing_is_lost() -> None:
    wrong = SENT | {"reason": "短", "amount_cents": "十元", "kind": "", "guests-0-name": ""}
    form = form_of(Example, data=wrong)
    assert not form.is_valid()
    assert {label: words for _, label, words in form.mistakes()} == {
        "原因": "至少 2 个字。",
        "金额（元）": "金额写法无法识别，请用数字填写，单位为元，例如1,234.50。",
        "状态": "请填写“状态”。",
        "姓名": "请填写“姓名”。",
    }
    text = rendered(form)
    for kept in ("短", "十元", "2026-03-02T09:00", "示例乙", BODY, "1234.5"):
        assert kept in text
    assert 'href="#box_id_reason"' in text
    assert 'id="box_id_reason"' in text
    assert "有 4 处要改，其余内容都还在" in text


def test_a_rule_of_the_class_is_said_at_the_top_and_of_a_row_in_the_row() -> None:
    form = form_of(Example, data=SENT | {"amount_cents": "1"})
    assert not form.is_valid()
    assert [words for _, _, words in form.mistakes()] == ["各方应摊之和要等于金额"]
    form = form_of(Example, data=SENT | {"guests-0-share_cents": "-1"})
    assert not form.is_valid()
    assert [(label, words) for _, label, words in form.mistakes()] == [("应摊（元）", "金额不能小于 0 元。")]


def test_an_amount_that_may_not_be_so_is_told_the_least_that_may() -> None:
    form = form_of(Example, data=SENT | {"amount_cents": "0"})
    assert not form.is_valid()
    assert ("金额（元）", "金额不能小于 0.01 元。") in [(label, words) for _, label, words in form.mistakes()]


def test_another_row_is_added_without_judging_what_is_there() -> None:
    sent = {"reason": "", "guests-rows": "1", "guests-0-name": "示例甲", "add-row": "guests"}
    form = form_of(Example, data=sent)
    assert form.asks_for_a_row
    assert not form.is_valid()
    text = rendered(form)
    assert 'name="guests-rows" value="2"' in text
    assert 'name="guests-1-name"' in text
    assert "示例甲" in text
    assert "处要改" not in text
    assert 'class="err"' not in text


def test_two_to_four_choices_are_boxes_of_which_none_is_chosen() -> None:
    text = rendered(form_of(Example))
    assert text.count('type="radio" name="kind"') == 3
    assert "盖章复印件" in text
    assert "checked" not in text
    assert "金额（元）" in text
    assert "含税" in text


def test_a_refusal_of_the_act_is_set_at_its_fields() -> None:
    form = form_of(Example, data=SENT)
    assert form.is_valid()
    says = {"reason": "已经登记过", "guests.0.name": "不是业主", "elsewhere": "无处可写"}
    form.refuse(Invalid("填写有误。", fields=says))
    assert [words for _, _, words in form.mistakes()] == ["无处可写", "已经登记过", "不是业主"]


def test_a_paper_is_asked_for_unless_it_is_kept() -> None:
    papers = [Paper("contract", "示例合同"), Paper("photo", "示例照片", kept=(BODY, "照片.jpg"))]
    form = form_of(Example, data=SENT, papers=papers)
    assert not form.is_valid()
    assert [words for _, _, words in form.mistakes()] == ["请附上“示例合同”。"]
    text = rendered(form)
    assert text.count('type="file"') == 2
    assert "已存：照片.jpg" in text
    assert form.uploads() == {}


def test_rows_sent_without_end_are_cut() -> None:
    form = form_of(Example, data=SENT | {"guests-rows": "9999"})
    assert len(form.rowsets[0].rows) == 200


class Listing(Facts):
    """A title that lists its codes."""

    by: Literal["hire", "emergency"] = Field(title="接替安排（hire 正在选聘，emergency 预选应急单位）")


def test_codes_listed_in_a_title_become_the_words_of_the_choices() -> None:
    text = rendered(form_of(Listing))
    assert "接替安排</legend>" in text.replace("\n", "")
    assert "正在选聘" in text
    assert "预选应急单位" in text
    assert "（hire" not in text
