"""Citations, decisions and refusals: what a rule answers with."""

import pytest

from gongzhi.values.citations import Citation
from gongzhi.values.decision import allow, refuse
from gongzhi.values.refusals import Conflict, Invalid, NotAllowed, NotFound, NotPossible, Refusal, RuleBroken

ARTICLE_947 = Citation("中华人民共和国民法典", "第947条")


def test_a_citation_is_written_in_one_form():
    assert str(ARTICLE_947) == "《中华人民共和国民法典》第947条"
    assert str(Citation("《中华人民共和国民法典》", "第947条")) == str(ARTICLE_947)
    assert str(Citation("中华人民共和国民法典")) == "《中华人民共和国民法典》"


def test_a_citation_has_its_public_shape():
    assert ARTICLE_947.as_json() == {"instrument": "中华人民共和国民法典", "article": "第947条"}


def test_citations_are_values_that_sort():
    assert {ARTICLE_947, Citation("中华人民共和国民法典", "第947条")} == {ARTICLE_947}
    assert sorted([Citation("乙", "第2条"), Citation("乙", "第1条")])[0].article == "第1条"
    with pytest.raises(AttributeError):
        ARTICLE_947.article = "第1条"


def test_a_rule_that_holds_demands_nothing():
    decision = allow(figures={"同意": "200/300"}, citations=(ARTICLE_947,), warnings=("请留意",))
    assert decision.demand() is decision
    assert (decision.allowed, decision.sentence) == (True, "")
    assert decision.figures == {"同意": "200/300"}
    assert decision.warnings == ("请留意",)


def test_a_rule_that_does_not_hold_is_raised_with_its_sentence_and_articles():
    decision = refuse("提前通知不足，请改定退出日期。", figures={"已提前": "80日"}, citations=(ARTICLE_947,))
    assert not decision.allowed
    assert decision.figures == {"已提前": "80日"}
    with pytest.raises(RuleBroken) as raised:
        decision.demand()
    assert raised.value.sentence == "提前通知不足，请改定退出日期。"
    assert raised.value.citations == (ARTICLE_947,)


def test_figures_left_out_are_empty_and_cannot_be_shared_by_accident():
    assert allow().figures == {}
    with pytest.raises(TypeError):
        allow().figures["同意"] = "1"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (NotAllowed, "not-allowed"),
        (NotPossible, "not-possible"),
        (RuleBroken, "rule-broken"),
        (Invalid, "invalid"),
        (Conflict, "conflict"),
        (NotFound, "not-found"),
    ],
)
def test_every_refusal_has_its_code_and_its_sentence(kind, code):
    refusal = kind("请先登记小区。")
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.sentence, str(refusal)) == (code, "请先登记小区。", "请先登记小区。")
    assert refusal.citations == ()


def test_a_refusal_keeps_any_iterable_of_citations():
    assert NotPossible("请先登记小区。", citations=iter([ARTICLE_947])).citations == (ARTICLE_947,)


def test_what_cannot_be_read_names_its_fields():
    assert Invalid("请核对填写内容。", fields={"exit_on": "请填写日期。"}).fields == {
        "exit_on": "请填写日期。"
    }
    assert Invalid("请核对填写内容。").fields == {}


def test_a_rule_that_no_article_says_is_no_broken_law():
    with pytest.raises(NotPossible) as raised:
        refuse("报价日期不能晚于今天，请核对。").demand()
    assert (raised.value.sentence, raised.value.citations) == ("报价日期不能晚于今天，请核对。", ())
