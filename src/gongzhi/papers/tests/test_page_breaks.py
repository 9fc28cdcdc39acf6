"""Where a paper breaks: what fits one page is on one, and no page bears only a date, a code or a closing line."""

from datetime import date, datetime
from typing import Any

import pytest

from gongzhi.papers.contents.handover import Item
from gongzhi.papers.contents.orders import Refund
from gongzhi.papers.contents.records import Picture
from gongzhi.papers.documents import Cover, Document, Letter, Line, Poster, Record, Section
from gongzhi.papers.render import render
from gongzhi.papers.tests.measure import pages
from gongzhi.papers.tests.sample_contents import SAMPLES, at, person
from gongzhi.papers.tests.sample_orders import MORE
from gongzhi.values.now import ZONE

AT = datetime(2026, 3, 2, 9, 30, tzinfo=ZONE)
#: The parts of a report by their names in a place's list, and what a firm found of each.
PARTS = (
    ("清算机构", "示例会计师事务所"),
    ("清算期间", "2025年1月1日至2026年7月5日"),
    ("公共收益收支结余", "广告、场地和停车收入与合同、流水核对一致，结余已存入共管账户；问题金额0.00元"),
    ("代收代缴费用台账", "代收水电费台账与缴费凭证相符，未缴部分已列明细；问题金额0.00元"),
    ("维修资金使用、结余、备案", "使用项目均有申请、公示和备案，结余与专户一致；问题金额0.00元"),
    ("服务用房与共用部位设施台账", "服务用房和共用设施台账齐全，损坏设施另列清单；问题金额0.00元"),
    ("与专业经营单位的协议和结算", "与供水、供电、供热、电梯维保单位的协议和结算已核对；问题金额0.00元"),
    ("问题金额", "0.00元"),
    ("未提供资料", "无"),
)


def texts(form: Document) -> list[str]:
    """What each page says, without spaces and line ends."""
    return ["".join(page.text.split()) for page in pages(render(form, at=AT))]


def report_poster(**changed: Any) -> Poster:
    """A settlement's notice as it hangs."""
    facts = tuple(Line(label=label, value=value) for label, value in PARTS)
    said = (
        "示例会计师事务所已完成对示例甲物业服务有限公司在示例花园小区物业服务期间的财务清算，现将结果公示如下。",
    )
    form = SAMPLES["public_notice"].model_copy(update={"facts": facts, "paragraphs": said}).form()
    assert isinstance(form, Poster)
    return form.model_copy(update=changed)


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_notice_of_a_settlement_is_one_page_in_type_of_12_pt(paper: str) -> None:
    form = report_poster(paper=paper)
    assert len(texts(form)) == 1
    assert pages(render(form, at=AT))[0].find("依据")[0].size >= 12


def test_a_notice_a_little_longer_than_that_is_still_one_page() -> None:
    """As a settlement words it: what is read in full, and how it is told, take a line more."""
    facts = (
        ("清算报告", "财务清算报告（财务清算〔2026〕220602-11）"),
        ("清算机构", "示例浑江会计师事务所（执业证书示例执业证书）"),
        ("清算期间", "2025年1月1日至2026年7月5日"),
        *PARTS[2:],
        ("查阅全文", "示例花园小区业主委员会"),
    )
    form = report_poster(facts=tuple(Line(label=label, value=value) for label, value in facts))
    desk = "示例花园小区业主委员会（示例社区居民委员会代接），电话0000-0000000"
    told = (form.objections[0].model_copy(update={"value": desk}), *form.objections[1:])
    assert len(texts(form.model_copy(update={"objections": told}))) == 1


def test_a_notice_of_two_pages_uses_both() -> None:
    """The first is full, and how to object does not stand alone on the second."""
    for n in (12, 14, 16):
        more = tuple(Line(label=f"示例事项{i}", value="示例情况，" * 12) for i in range(n))
        made = pages(render(report_poster(facts=more), at=AT))
        assert len(made) == 2, n
        assert f"示例事项{n - 1}" in made[1].text.replace("\n", ""), n
        foot = max(one.bottom for one in made[0].glyphs if one.bottom < 277)
        assert foot > 240, n


def test_the_box_to_check_a_notice_by_never_stands_alone() -> None:
    for n in range(2, 18):
        more = tuple(Line(label=f"示例事项{i}", value="示例情况，" * 12) for i in range(n))
        last = texts(report_poster(facts=more))[-1]
        assert "扫一扫，核对真假" in last
        assert "有不同意见的" in last
        assert "监督电话：" in last


@pytest.mark.parametrize("lacking", [1, 3, 12])
def test_the_cover_of_a_report_is_one_page(lacking: int) -> None:
    found = SAMPLES["settlement_cover"].model_copy(
        update={
            "parts": tuple(label for label, _ in PARTS[2:7]),
            "not_provided": ("2024年度停车收入台账和全部收款凭证",) * lacking,
        }
    )
    form = found.form()
    assert isinstance(form, Cover)
    (only,) = texts(form)
    assert only.endswith("示例会计师事务所（普通合伙）（盖章）2026年5月12日")


def note(**changed: Any) -> Record:
    """公示情况说明 as most are: three photographs, nothing objected."""
    seen = tuple(
        Picture(
            number=f"P-00{n}", what=what, taken_at=at(9, n), received_at=at(9, n + 3), taken_by="示例李示例"
        )
        for n, what in enumerate(("张贴时照片", "公示期间照片", "期满照片"), start=1)
    )
    found = SAMPLES["notice_report"].model_copy(
        update={"pictures": seen, "interruptions": (), "objections": (), "photos": ()} | changed
    )
    form = found.form()
    assert isinstance(form, Record)
    return form


def test_a_note_of_a_notice_is_one_page_with_its_date() -> None:
    (only,) = texts(note())
    assert only.endswith("2026年3月12日—1—")


def test_the_date_of_a_record_stays_with_the_hands() -> None:
    for n in range(1, 30):
        form = note(made_on=date(2026, 3, 13)).model_copy(
            update={"sections": (Section(paragraphs=("示例情况。",) * n),)}
        )
        (signed,) = [text for text in texts(form) if "2026年3月13日" in text]
        assert signed.count("签名：") == 3
        assert "示例情况。" in signed


def test_a_record_of_a_handover_that_is_a_little_long_is_one_page_and_never_ends_with_a_line_alone() -> None:
    present = tuple(
        person(f"示例黄某{n}", "示例区示例街道示例社区居民委员会", "单位授权代表") for n in range(5)
    )
    seen = "2026年9月11日（周五）09:10，资料移交清单清点完毕，共8项，没有缺失，照片示例照片12号。"
    for n in range(1, 22):
        changed = {"present": present, "observations": (seen,) * n, "pictures": (), "refusals": ()}
        read = texts(SAMPLES["site_record"].model_copy(update=changed).form())
        assert "没有缺失" in read[-1]
        assert n > 7 or len(read) == 1


@pytest.mark.parametrize("count", [4, 8, 12])
def test_a_list_of_a_handover_is_one_page_with_its_hands_where_it_can_be(count: int) -> None:
    items = tuple(Item(name=f"示例项目{n}", state="original", condition="完好") for n in range(count))
    form = MORE["document_list"].model_copy(update={"items": items, "refusals": ()}).form()
    (only,) = texts(form)
    assert only.count("签名：") == 3


def refund(**changed: Any) -> Letter:
    """A demand of the owners' side, a little longer than a page is."""
    form = MORE["refund_order"].model_copy(update=changed).form()
    assert isinstance(form, Letter)
    return form


def test_what_leads_to_a_table_stands_with_its_first_row() -> None:
    """Of an authority's order, however long the facts before it are."""
    for n in range(1, 12):
        found = MORE["timed_order"].model_copy(update={"facts_found": ("示例事实。" * 12,) * n})
        form = found.form().model_copy(update={"issuer": "示例区住房和城乡建设局"})
        (leads,) = [text for text in texts(form) if "完成下列事项：" in text]
        assert "完成下列事项：序号事项" in leads, n
        assert "三、要求责令" in leads, n


def test_no_line_of_a_letter_stands_alone_with_its_signature() -> None:
    for issuer in ("", "示例区住房和城乡建设局"):
        for n in range(1, 14):
            form = refund(facts_found=("示例事实。" * 9,) * n, contact="示例业委会").model_copy(
                update={"issuer": issuer, "signers": ("示例花园小区业主委员会",), "date": "2026年3月13日"}
            )
            (signed,) = [text for text in texts(form) if "2026年3月13日" in text]
            assert "救济途径：" in signed, (issuer, n)
            assert "联系方式：示例业委会。" in signed, (issuer, n)


def test_a_partys_letter_a_little_longer_than_a_page_is_set_closer_on_one() -> None:
    counts = []
    for n in range(1, 5):
        few = (Refund(what="示例款项", cents=100),)
        form = refund(facts_found=("示例事实。",) * n, refunds=few, issuer="", remedy="示例").model_copy(
            update={"signers": ("示例花园小区业主委员会",), "date": "2026年3月13日"}
        )
        counts.append(len(texts(form)))
    assert counts == [1, 1, 1, 2]


def test_a_name_that_signs_alone_has_the_whole_line() -> None:
    form = SAMPLES["exit_application"].model_copy(update={"provider": "示例安居物业服务有限公司"}).form()
    name = next(page for page in pages(render(form, at=AT)) if "申请人（签章）" in "".join(page.text.split()))
    assert "申请人（签章）：示例安居物业服务有限公司" in name.text


def test_a_name_that_signs_beside_another_is_not_torn() -> None:
    form = MORE["meter_sheet"].model_copy(update={"giver": "示例安居物业服务有限公司"}).form()
    (only,) = pages(render(form, at=AT))
    assert "示例安居物业服务有限公司" in only.text
