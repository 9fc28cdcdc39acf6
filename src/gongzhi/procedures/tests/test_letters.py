"""An authority's paper is set at 签发, with its number, and stays when another takes its place."""

from datetime import date
from io import BytesIO
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from pydantic import Field

from gongzhi.acts.canonical import digest
from gongzhi.acts.facts import Facts
from gongzhi.acts.models import Entry
from gongzhi.papers.codes import verify_path
from gongzhi.papers.documents import Document, Letter
from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.models import Paper
from gongzhi.papers.queries import content_of
from gongzhi.papers.render import render
from gongzhi.papers.seals import Seal, seal_from
from gongzhi.papers.tests.measure import pages
from gongzhi.papers.tests.test_seals import drawn
from gongzhi.procedures import check, issued, letters
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.issued import wording as issued_wording
from gongzhi.procedures.kinds import Issue
from gongzhi.procedures.models import IssuedPaper
from gongzhi.procedures.queries import file_read
from gongzhi.procedures.tests.stage import Stage, at
from gongzhi.registry.roles import COUNTY, PROVIDER
from gongzhi.values.ids import short_code
from gongzhi.values.refusals import NotFound, NotPossible


class Order(Facts):
    """What the draft of an order says."""

    found: str = Field(title="查明事实")
    until_on: date = Field(title="移交期限")
    is_urgent: bool = Field(title="是否紧急", default=False)
    remark: str = Field(title="备注", default="")


class Ordering(Procedure):
    """An order to a party."""

    code, title = "ordering", "示例责令"
    parties = (PROVIDER,)
    order = Issue("责令限期移交通知书", by=COUNTY, to=PROVIDER, facts=Order, paper=PaperKind.ORDER_TO_CORRECT)


SAID = {"found": "示例事实", "until_on": "2026-04-01"}
CHAIN = (("county_officer", "draft"), ("county_reviewer", "check"), ("county_leader", "sign_off"))


@pytest.fixture
def ordering(stage: Stage) -> Stage:
    stage.declare(Ordering).open("ordering", "county_officer")
    return stage


def sign(stage: Stage, **said: str) -> None:
    for name, act in CHAIN:
        stage.do(name, f"order.{act}", act, **(SAID | said if act == "draft" else {}))


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Letter]:
    """Every letter that was set."""
    seen: list[Letter] = []

    def setting(document: Document, *, at: object) -> bytes:
        assert isinstance(document, Letter)
        seen.append(document)
        return render(document, at=at)  # type: ignore[arg-type]

    monkeypatch.setattr(letters, "render", setting)
    return seen


def test_what_is_signed_carries_number_addressee_wording_signature_and_date(
    ordering: Stage, printed: list[Letter], settings: Any
) -> None:
    settings.SITE = "https://gongzhi.example"
    ordering.until("2026-03-05 10:00")
    sign(ordering)
    one = IssuedPaper.objects.get()
    assert printed == [
        Letter(
            address=f"https://gongzhi.example{verify_path(one.pk, one.digest)}",
            check_words=("扫码核对这份文书，不用登录", f"核验码 {in_fives(one)}"),
            title="责令限期移交通知书",
            number="示例县建白山〔2026〕1号",
            issuer="示例白山县住房和城乡建设局",
            recipient="示例白山甲物业有限公司",
            paragraphs=("查明事实：示例事实", "移交期限：2026年4月1日", "是否紧急：否"),
            signers=("示例白山县住房和城乡建设局",),
            date="2026年3月5日",
            printer="示例白山县住房和城乡建设局",
            printed_on="2026年3月5日",
        )
    ]


def in_fives(one: IssuedPaper) -> str:
    """The short code as it is printed."""
    code = short_code(one.pk)
    return " ".join((code[:5], code[5:10], code[10:15], code[15:20], code[20:25], code[25:]))


def states(one: IssuedPaper) -> list[str]:
    """What the log was told of the paper's state, oldest first."""
    found = Entry.objects.filter(subject_id=one.pk, kind="paper_standing").order_by("at", "id")
    return list(found.values_list("digest", flat=True))


def test_wording_and_state_stand_in_the_log_from_the_signing_on(ordering: Stage) -> None:
    sign(ordering)
    one = IssuedPaper.objects.get()
    assert "查明事实：示例事实" in one.body
    assert one.digest == digest(issued.wording(one))
    assert Entry.objects.get(subject_id=one.pk, kind="paper").digest == one.digest
    assert states(one) == [digest(issued.standing(one))]
    ordering.until("2026-03-06 09:00").do("county_officer", "order.seal", "void_number", reason="文稿有误")
    one = IssuedPaper.objects.get()
    assert states(one)[-1] == digest(issued.standing(one))
    assert issued.standing(one)["void_reason"] == "文稿有误"
    assert list(check.findings(ordering.now)) == []
    rows = IssuedPaper.objects.filter(pk=one.pk)
    rows.update(body="偷偷改过", replaced_at=None)
    found = list(check.findings(ordering.now))
    assert any("内容与签发时的摘要不符" in each for each in found)
    assert any("的状态与公开日志不符" in each for each in found)
    rows.update(body=one.body, replaced_at=one.replaced_at)


def test_nothing_is_sealed_that_reads_otherwise_than_what_was_signed(ordering: Stage) -> None:
    sign(ordering)
    signed = IssuedPaper.objects.get().body
    IssuedPaper.objects.update(body="签发时的文字")
    with pytest.raises(NotPossible, match="与签发时不一致，请作废编号后重新拟稿"):
        ordering.do("county_officer", "order.seal", "seal", copies=3, keeper="示例用印人")
    assert ordering.tasks() == ["order.seal"]
    IssuedPaper.objects.update(body=signed)


def test_the_paper_is_a_pdf_kept_under_its_number_and_read_through_its_case(ordering: Stage) -> None:
    sign(ordering)
    paper = Paper.objects.get()
    assert (paper.kind, paper.title, str(paper.number)) == (
        "order_to_correct",
        "责令限期移交通知书",
        "示例县建白山〔2026〕1号",
    )
    assert paper.file is not None
    assert paper.file.name == "示例县建白山〔2026〕1号责令限期移交通知书.pdf"
    with pikepdf.open(BytesIO(content_of(paper.file))) as document:
        assert str(document.docinfo["/Title"]) == "责令限期移交通知书"
    for reader in ("county_officer", "county_leader"):
        assert file_read(paper.file.id, ordering.actor(reader), ordering.now) == paper.file
    with pytest.raises(NotFound):
        file_read(paper.file.id, ordering.actor("other_provider_leader"), ordering.now)
    with pytest.raises(NotFound):
        file_read(uuid4(), ordering.actor("county_leader"), ordering.now)


def test_of_two_signed_papers_the_first_stays_and_names_the_second(ordering: Stage) -> None:
    sign(ordering)
    ordering.do("county_officer", "order.seal", "void_number", reason="文稿有误")
    ordering.until("2026-03-06 09:00")
    sign(ordering, found="更正后的事实")
    first, second = Paper.objects.order_by("made_at")
    assert (first.replaced_by, first.replaced_at, second.replaced_by) == (
        second,
        at("2026-03-06 09:00"),
        None,
    )
    assert [str(one.number) for one in IssuedPaper.objects.order_by("signed_at")] == [
        "示例县建白山〔2026〕1号（作废）",
        "示例县建白山〔2026〕2号",
    ]


def test_a_round_whose_number_was_voided_says_so_and_which(ordering: Stage) -> None:
    sign(ordering)
    ordering.do("county_officer", "order.seal", "void_number", reason="文稿有误")
    step = ordering.case().declaration.step("order")
    first = ordering.case().rounds(step)[0]
    assert (first.outcome, first.void_why) == (
        "void",
        "责令限期移交通知书编号作废（示例县建白山〔2026〕1号）",
    )
    ordering.do("county_officer", "order.draft", "draft", **SAID)
    ordering.do("county_reviewer", "order.check", "return", reason="文字有误")
    second = ordering.case().rounds(step)[1]
    assert (second.outcome, second.void_why) == ("return", "责令限期移交通知书退回修改")


def test_a_sign_no_font_has_is_signed_as_it_is_and_printed_as_its_code(ordering: Stage) -> None:
    sign(ordering, found="业主王\U0002a6a5")
    file = Paper.objects.get().file
    assert file is not None
    text = "".join(page.text for page in pages(content_of(file)))
    assert "业主王〔U+2A6A5〕" in text
    assert "\U0002a6a5" not in text
    issued = IssuedPaper.objects.get()
    assert "业主王\U0002a6a5" in issued_wording(issued)["body"]
    assert digest(issued_wording(issued)) == issued.digest


def sealed(stage: Stage) -> Paper:
    """The paper after 用印."""
    sign(stage)
    stage.do("county_officer", "order.seal", "seal", copies=3, keeper="示例用印人")
    return Paper.objects.get()


def test_the_issuers_seal_is_laid_over_the_paper_at_the_sealing(
    ordering: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def kept(organisation: object) -> Seal:
        assert str(getattr(organisation, "name", "")) == "示例白山县住房和城乡建设局"
        return seal_from(drawn())

    monkeypatch.setattr(letters, "seal_of", kept)
    file = sealed(ordering).file
    assert file is not None
    (page,) = pages(content_of(file))
    assert len(page.pictures) == 1
    text = "".join(page.text.split())
    assert "示例县建白山〔2026〕1号" in text
    assert "2026年4月1日" in text
    assert file_read(file.id, ordering.actor("county_officer"), ordering.now) == file


def test_in_a_rehearsal_a_sealed_paper_bears_no_picture_and_stays_as_it_was_signed(ordering: Stage) -> None:
    sign(ordering)
    before = Paper.objects.get().file
    ordering.do("county_officer", "order.seal", "seal", copies=3, keeper="示例用印人")
    after = Paper.objects.get().file
    assert after == before
    assert after is not None
    assert [page.pictures for page in pages(content_of(after))] == [()]
