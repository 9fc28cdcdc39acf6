"""Of a body's own chain others see that its step is open, then the letter that was served: at every door."""

import io
import json
import zipfile
from typing import Any

import pytest

from gongzhi.desk.casepage import heading
from gongzhi.desk.finding import find
from gongzhi.desk.others import awaited, changes
from gongzhi.papers.models import DocumentNumber
from gongzhi.papers.numbers import number_text
from gongzhi.procedures.archive import timeline
from gongzhi.procedures.bundling import bundle_case
from gongzhi.procedures.models import IssuedPaper
from gongzhi.procedures.queries import Reader, file_read
from gongzhi.procedures.tests import conftest as kernel
from gongzhi.procedures.tests.stage import Stage
from gongzhi.procedures.tests.test_kinds import proof
from gongzhi.procedures.tests.test_letters import CHAIN, SAID, Ordering
from gongzhi.procedures.view import CaseView
from gongzhi.registry.models import Appointment
from gongzhi.ui.casefile import case_file
from gongzhi.ui.parts.steps import inside, turn
from gongzhi.values.refusals import NotFound

law, stage = kernel.law, kernel.stage
#: What the authority says among its own.
OWN = ("请核对事实后重报", "同意核稿人的意见", "示例事实", "示例用印人", "查明事实有误")


@pytest.fixture
def chain(stage: Stage) -> Stage:
    """A draft that was sent back, one that was signed and void, and one that is sealed."""
    stage.declare(Ordering).open("ordering", "county_officer")
    stage.do("county_officer", "order.draft", "draft", **SAID)
    stage.do("county_reviewer", "order.check", "return", reason="请核对事实后重报")
    for time in range(2):
        for name, act in CHAIN:
            more = SAID if act == "draft" else {"opinion": "同意核稿人的意见"}
            stage.do(name, f"order.{act}", act, **more)
        if time == 0:
            stage.do("county_officer", "order.seal", "void_number", reason="查明事实有误")
    stage.until("2026-03-02 12:00").do("county_officer", "order.seal", "seal", copies=3, keeper="示例用印人")
    return stage


def serve(stage: Stage) -> None:
    stage.until("2026-03-02 16:00")
    stage.do("county_officer", "order.serve", "serve", **proof("2026-03-02 15:30"))


def seat(stage: Stage, name: str) -> Appointment:
    return Appointment.objects.select_related("organisation").get(pk=str(stage.actor(name).appointment_id))


def told(stage: Stage, name: str) -> dict[str, Any]:
    """The case as page and API have it."""
    return case_file(stage.root, seat(stage, name), stage.now)


def words(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, default=str)


def bundle(stage: Stage, name: str) -> str:
    """Everything a bundle says of what is in it."""
    out = io.BytesIO()
    bundle_case(out, stage.case().row, Reader(seat(stage, name), masked=False), stage.now)
    with zipfile.ZipFile(out) as kept:
        texts = [kept.read(one).decode(errors="ignore") for one in kept.namelist() if not one.endswith("pdf")]
    return "\n".join([*kept.namelist(), *texts])


def course(stage: Stage, name: str) -> str:
    """The 办理经过 as its reader is told it."""
    insight = Reader(seat(stage, name), masked=False).insight
    return words(
        [one.what for one in timeline(CaseView(stage.case().row, insight=insight), stage.now).events]
    )


def test_before_it_is_served_who_is_ordered_sees_that_the_step_is_open(chain: Stage) -> None:
    case = told(chain, "provider_leader")
    (step,) = case["steps"]
    assert step["state"] == "open"
    assert [(one["number"], one["tasks"], one["marks"]) for one in step["rounds"]] == [(3, [], {})]
    assert (case["history"], case["issued"], case["papers"]) == ([], [], [])
    assert [one["code"] for one in case["documents"] if one["step"]] == []
    assert not any(one["act"] == "take_back" for one in case["standing"])
    said = words(case)
    assert not [one for one in (*OWN, "核稿", "签发", "用印", "〔2026〕1号", "〔2026〕2号") if one in said]


def test_who_waits_for_a_letter_reads_that_the_body_is_at_work_and_not_what_it_does(chain: Stage) -> None:
    outside, own = (told(chain, name) for name in ("provider_leader", "county_officer"))
    assert [step["code"] for step in inside(outside)] == ["order"]
    assert heading(outside) == "等县级物业主管部门办“责令限期移交通知书”"
    assert [(one.who, one.note) for one in turn(outside).others] == [("县级物业主管部门", "单位内部办理中")]
    assert inside(own) == []
    serve(chain)
    assert inside(told(chain, "provider_leader")) == []


def test_whoever_orders_sees_the_whole_chain(chain: Stage) -> None:
    for name in ("county_officer", "subdistrict_officer"):
        said = words(told(chain, name))
        assert not [one for one in (*OWN, "核稿", "签发") if one not in said]


def test_once_it_is_served_the_letter_alone_is_seen(chain: Stage) -> None:
    serve(chain)
    case = told(chain, "provider_leader")
    assert [act["act"] for act in case["history"]] == ["serve"]
    assert [one["number"] for one in case["issued"]] == ["示例县建白山〔2026〕2号"]
    (step,) = case["steps"]
    (found,) = step["rounds"]
    assert {task["name"] for task in found["tasks"]} == {"serve", "obey", "keep_whether"}
    assert set(found["marks"]) == {"arrived"}
    assert [one["code"] for one in case["documents"] if one["step"]] == ["order.service_record"]
    said = words(case)
    assert not [one for one in (*OWN, "核稿", "签发", "用印：", "〔2026〕1号") if one in said]


def test_the_file_of_a_letter_is_read_by_others_once_it_is_served(chain: Stage) -> None:
    void, letter = (one.paper.file for one in IssuedPaper.objects.order_by("signed_at", "number__serial"))
    assert void is not None
    assert letter is not None
    for file in (void, letter):
        assert file_read(file.id, chain.actor("county_officer"), chain.now)
        with pytest.raises(NotFound):
            file_read(file.id, chain.actor("provider_leader"), chain.now)
    serve(chain)
    assert file_read(letter.id, chain.actor("provider_leader"), chain.now)
    with pytest.raises(NotFound):
        file_read(void.id, chain.actor("provider_leader"), chain.now)


def test_bundle_and_course_hold_what_their_reader_sees(chain: Stage) -> None:
    assert "〔2026〕1号责令限期移交通知书" in bundle(chain, "county_officer")
    assert "核稿" in course(chain, "county_officer")
    told = bundle(chain, "provider_leader") + course(chain, "provider_leader")
    chained = ("核稿", "签发", "拟稿", "〔2026〕1号")
    assert not [one for one in (*chained, "送达回证", "〔2026〕2号") if one in told]
    serve(chain)
    told = bundle(chain, "provider_leader") + course(chain, "provider_leader")
    assert not [one for one in chained if one in told]
    assert "〔2026〕2号" in told
    assert "送达" in course(chain, "provider_leader")


def test_the_desk_tells_who_is_ordered_nothing_of_the_chain(chain: Stage) -> None:
    post = seat(chain, "provider_leader")
    waiting, _ = awaited(post, [chain.root])
    assert [task.title for task in waiting] == ["责令限期移交通知书"]
    assert changes(post, [chain.root], chain.now) == []
    assert changes(seat(chain, "subdistrict_officer"), [chain.root], chain.now)


def test_letters_are_found_in_the_order_of_their_serials(chain: Stage) -> None:
    """9号 before 10号, whichever was signed first."""
    chain.is_tampered = True
    for number, serial in zip(DocumentNumber.objects.order_by("serial"), (10, 9), strict=True):
        text = number_text(number.organisation.document_code, number.year, serial)
        DocumentNumber.objects.filter(pk=number.pk).update(serial=serial, text=text)
    begun = text.partition("9")[0]
    found = next(one for one in find(begun, seat(chain, "county_officer"), chain.now) if one.title == "文号")
    assert [one.under.partition("〕")[2].partition("，")[0] for one in found.hits] == ["9号", "10号"]


def test_a_voided_number_is_found_by_a_part_of_it_and_marked(chain: Stage) -> None:
    post = seat(chain, "county_officer")
    void = DocumentNumber.objects.get(voided_at__isnull=False)
    good = DocumentNumber.objects.get(voided_at=None)
    assert len(void.organisation.document_code) > 2
    for number, words in ((void, f"{void.text}，编号已作废"), (good, good.text)):
        for text in (number.text, number.text[2:], number.text[2:].replace("〔", "[").replace("〕", "]")):
            found = next(one for one in find(text, post, chain.now) if one.title == "文号")
            assert [one.under for one in found.hits] == [words]
    assert not [one for one in find("别处建〔2026〕1号", post, chain.now) if one.title == "文号"]
