"""The papers of a handover where no law names who supervises it or with whom it is filed. 阳城."""

from datetime import timedelta
from io import BytesIO

import pytest

from gongzhi.exits.tests.handing import GIVER, RECEIVER, signature
from gongzhi.exits.tests.play import Play, at
from gongzhi.exits.tests.test_papers import made, text_of
from gongzhi.papers.actions import store_upload
from gongzhi.papers.documents import Record
from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.photographs.rule import Way
from gongzhi.papers.tests import shots
from gongzhi.procedures.perform import perform
from gongzhi.registry.models import Person, Unit
from gongzhi.registry.tests.cast import build_cast
from gongzhi.values.refusals import Invalid, NotPossible

ALONE = {
    "why": "示例：原物业服务人未参加资产清点",
    "officials": ["示例甲", "示例乙"],
    "witness": "示例社区人员",
    "video": "示例录像1",
}
CONFIRMATION = "confirmation.handover_confirmation"


@pytest.fixture
def handing(db: None) -> Play:
    """Agreed, the lists are open. Wednesday 29 April 2026."""
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=("yangcheng",))
    play = Play(cast, cast.areas["yangcheng"], now)
    play.apply("2026-04-30").arrive().vote().name_successor("2026-04-30").agree("2026-04-30")
    play.until("2026-04-29 09:00").plan(starts_at=play.now.isoformat())
    return play.empower(GIVER).empower(RECEIVER)


def told(play: Play) -> Play:
    """Every list is filled and signed; one unit had paid for a year and left a deposit."""
    unit = str(Unit.objects.get(estate=play.area.estate, label="101").pk)
    fee = {"kind": "property_fee", "paid_cents": 120_000, "from_on": "2026-01-01", "to_on": "2026-12-31"}
    with pytest.raises(NotPossible, match="服务至的日期不能晚于预缴期间的最后一天"):
        play.stand(GIVER, "handover", "record_prepaid", unit=unit, **fee, served_to="2027-05-01")
    play.stand(GIVER, "handover", "record_prepaid", unit=unit, **fee, served_to="2026-04-30")
    deposit = {"kind": "decoration_deposit", "paid_cents": 200_000, "from_on": "2025-06-01"}
    play.stand(GIVER, "handover", "record_prepaid", unit=unit, **deposit)
    for step in play.lists():
        play.fill(step, missing=("drawings",))
        play.sign(step)
    return play


def test_the_confirmation_names_as_signer_only_who_signed_it(handing: Play) -> None:
    """The community signed the lists, not this; nobody whom the law does not name has a line to sign."""
    told(handing).confirm(missing=("drawings",))
    text = text_of(made(handing, "handover", CONFIRMATION))
    asked = [path for path in handing.open_tasks() if path.startswith("handover.confirmation.acknowledge:")]
    assert asked == []
    for words in ("社区居民委员会", "见证方", "监督单位", "备案", "（未登记）", "物业服务由接收方负责"):
        assert words not in text, words
    assert "已移交的资料、资产自该时起由接收方保管。" in text
    assert "移交方、接收方各执一份。" in text


def test_whose_an_open_issue_is_stands_where_it_is_known(handing: Play) -> None:
    told(handing)
    issue = {"open_issues": "示例遗留问题", "resolution": "示例办法", "resolve_by": "2026-05-20"}
    defect = {"place": "示例泵房", "what": "示例漏水", "basis": "示例依据", "repair_by": "2026-05-29"}
    handing.approve(**issue)
    assert "责任方" not in text_of(made(handing, "handover", CONFIRMATION))
    handing.stand(RECEIVER, "handover", "record_defect", **defect, whose="developer")
    text = text_of(made(handing, "handover", CONFIRMATION))
    assert "1示例遗留问题示例办法—2026年5月20日" in text
    assert "2示例泵房：示例漏水（示例依据）修复建设单位2026年5月29日" in text


def test_what_was_applied_for_reads_the_same_after_the_handover_registered_more(handing: Play) -> None:
    before = text_of(made(handing, "exit", "application.exit_application"))
    told(handing)
    assert text_of(made(handing, "exit", "application.exit_application")) == before


def test_what_was_paid_beforehand_is_listed_by_unit_and_summed_by_kind(handing: Play) -> None:
    told(handing)
    assert made(handing, "handover", "prepaid_list").is_preview
    handing.confirm(missing=("drawings",))
    text = text_of(made(handing, "handover", "prepaid_list"))
    for words in (
        "物业费1,200.00元2026年1月1日至2026年12月31日，12个月2026年4月30日800.00元",
        "装修押金2,000.00元2025年6月1日—2,000.00元",
        "合计3,200.00元2,800.00元",
        "已缴金额乘以未服务的月数除以预缴的月数",
    ):
        assert words in text, words
    text = text_of(made(handing, "handover", CONFIRMATION))
    for words in ("1物业费11,200.00元800.00元", "2装修押金12,000.00元2,000.00元", "合计3,200.00元2,800.00元"):
        assert words in text, words
    assert "101" not in text


def test_a_reading_has_no_column_that_nobody_filled(handing: Play) -> None:
    handing.read_meter()
    text = text_of(made(handing, "handover", "meter_sheet"))
    assert "位置" not in text
    assert "单位—" not in text
    assert "以表具上标注的计量单位为准" in text


def test_a_list_has_no_group_of_its_own_name_and_says_how_many_are_missing(handing: Play) -> None:
    for item in handing.items("documents"):
        said = {"code": item.code, "state": "original", "quantity": 3}
        if item.code == "drawings":
            said |= {"state": "missing", "reason": "示例遗失", "make_up_on": "2026-05-10"}
        handing.do(GIVER, "handover.documents.fill", "record", **said)
    assert "计划交接时间" in text_of(made(handing, "handover", "documents.document_list"))
    handing.go(minutes=7).do(GIVER, "handover.documents.fill", "fill")
    text = text_of(made(handing, "handover", "documents.document_list"))
    assert "登记时间：2026年4月29日（周三）09:07" in text
    assert "交接时间" not in text
    assert "类别" not in text
    assert "应交3份缺失示例遗失，2026年5月10日前补交" in text
    assert "3原件" in text


def test_the_record_on_the_spot_says_which_list_was_counted_alone_and_leaves_room_for_who_wrote(
    handing: Play,
) -> None:
    for item in handing.items("assets"):
        handing.do(RECEIVER, "handover.assets.fill:one_sided", "record", code=item.code, state="present")
    handing.do(RECEIVER, "handover.assets.fill:one_sided", "fill", **ALONE)
    text = text_of(made(handing, "handover", "site_record"))
    assert "资产移交清单由接收方单方清点，原因：示例：原物业服务人未参加资产清点" in text
    assert "本清单" not in text
    assert "记录人（未登记）" not in text
    assert "本清单由接收方单方清点" in text_of(made(handing, "handover", "assets.asset_list"))


def test_a_video_is_told_with_who_gave_it_and_nobody_is_said_to_have_filmed(handing: Play) -> None:
    for item in handing.items("assets"):
        handing.do(RECEIVER, "handover.assets.fill:one_sided", "record", code=item.code, state="present")
    handing.do(RECEIVER, "handover.assets.fill:one_sided", "fill", **ALONE)
    said = {"refused_by": "示例项目负责人", "reason": "示例理由", "recorders": ["示例丙", "示例丁"]}
    handing.do("community_worker", "handover.assets.refusal", "record_refusal", **said, party="provider")
    form = made(handing, "handover", "assets.refusal_record").form()
    assert isinstance(form, Record)
    table = next(part.table for part in form.sections if part.table is not None)
    receiver = handing.area.organisations["other_provider"].name
    row = dict(zip([one.title for one in table.columns], table.rows[0], strict=True))
    assert (row["内容"], row["提供人"]) == ("单方清点录像", receiver)
    assert "拍摄人" not in row


def test_who_signs_last_has_room_and_no_gap_in_words(handing: Play) -> None:
    told(handing).approve(missing=("drawings",))
    text = text_of(made(handing, "handover", CONFIRMATION))
    assert text.count("签字人：") == 1
    handing.do(GIVER, "handover.confirmation.countersign:provider", "countersign", **signature())
    assert text_of(made(handing, "handover", CONFIRMATION)).count("签字人：") == 2


def test_who_signs_the_confirmation_stands_there_with_capacity_and_the_end_of_the_card(handing: Play) -> None:
    """`practice.md` 1.18: signer, capacity, authority, ID last four."""
    told(handing).confirm(missing=("drawings",))
    form = made(handing, "handover", CONFIRMATION).form()
    assert isinstance(form, Record)
    signed = {hand.role: hand.note for hand in form.signatures}
    who = "签字人：示例签字人（授权代表，证件尾号001X，纸质签署，扫描件第{}件）"
    assert (signed["移交方"], signed["接收方"]) == (who.format(11), who.format(10))
    assert "见证方" not in signed


def test_nobody_confirms_without_saying_as_what(handing: Play) -> None:
    told(handing)
    with pytest.raises(Invalid, match="签字人身份"):
        handing.approve(missing=("drawings",), capacity="")


def test_a_confirmation_of_what_was_counted_alone_says_who_did_not_take_part_and_names_what_is_missing(
    handing: Play,
) -> None:
    """The giver filled nothing, signed nothing: nobody completed anything together, and no page bears two hands."""
    handing.fill("documents", missing=("drawings",), name=RECEIVER, task="fill:one_sided", **ALONE)
    for item in handing.items("extra"):
        until = {"reason": "示例：对方没有移交", "make_up_on": "2026-05-20"}
        said = {"code": item.code, "state": "missing", **until}
        handing.do(RECEIVER, "handover.extra.fill:one_sided", "record", **said)
    handing.do(RECEIVER, "handover.extra.fill:one_sided", "fill", **ALONE)
    handing.fill("assets", name=RECEIVER, task="fill:one_sided", **ALONE)
    refused = {"refused_by": "示例负责人", "reason": "示例理由", "recorders": ["示例丙", "示例丁"]}
    for step in ("documents", "assets", "extra"):
        handing.do(RECEIVER, f"handover.{step}.sign:receiver", "sign", **signature())
        handing.do("community_worker", f"handover.{step}.witness:community", "sign", **signature())
        handing.do("community_worker", f"handover.{step}.refusal", "record_refusal", **refused)
    handing.approve(missing=("drawings",), refusals="示例：三份清单拒签")
    text = text_of(made(handing, "handover", CONFIRMATION))
    assert "移交方没有在本确认书上签字" not in text  # nobody has refused this paper yet
    handing.do("community_worker", "handover.confirmation.refusal", "record_refusal", **refused)
    text = text_of(made(handing, "handover", CONFIRMATION))
    lists = "资料移交清单、资产移交清单、其他交接事项清单"
    alone = f"接收方于2026年4月29日（周三）09:00确认交接情况：{lists}由接收方单方清点；"
    for words in (
        f"{alone}移交方没有在{lists}上签字；移交方没有在本确认书上签字。",
        f"共{1 + len(handing.items('extra'))}项：",
        "：清单上为缺失，没有移交，原因：示例：对方没有移交。",
        "2026年5月20日",
        "没有签字，见拒签情况",
    ):
        assert words in text, words
    for words in ("完成交接，", "没有登记", "无表计", "每页签名：移交方"):
        assert words not in text, words
    text = text_of(made(handing, "handover", "documents.document_list"))
    assert "移交方没有签字；本清单每页由接收方、见证方签字，并加盖骑缝章。" in text
    assert "双方签字" not in text


def test_the_confirmation_is_a_draft_to_be_signed_by_hand_before_it_is_said(handing: Play) -> None:
    told(handing)
    draft = made(handing, "handover", CONFIRMATION)
    text = text_of(draft)
    assert draft.is_preview
    assert "预览" in text
    assert "其中缺失1项" in text
    assert "年月日时分" in text
    handing.approve(missing=("drawings",))
    assert not made(handing, "handover", CONFIRMATION).is_preview


def test_a_refusal_s_photographs_stand_in_its_record(handing: Play) -> None:
    told(handing).approve(missing=("drawings",))
    refused = {"refused_by": "示例负责人", "reason": "示例理由", "recorders": ["示例丙", "示例丁"]}
    by, camera = handing.actor("community_worker"), shots.jpeg(taken="2026:04:29 08:58:00", offset="+08:00")
    photo = store_upload(by=by, at=handing.now, upload=BytesIO(camera), name="a.jpg", way=Way.CAMERA)
    perform(
        by=by,
        at=handing.now,
        task_id=handing.task("handover.confirmation.refusal").id,
        act="record_refusal",
        facts=refused,
        papers=[{"file": str(photo.value["id"]), "kind": PaperKind.PHOTO}],
    )
    paper = made(handing, "handover", "confirmation.refusal_record")
    assert [photo.caption for photo in paper.form().photos] == ["照片1　现场照片"]
    text = text_of(paper)
    assert "二、照片和录像" in text
    assert "照片1现场照片2026年4月29日（周三）08:58" in text


def test_the_record_on_the_spot_runs_from_the_first_to_the_last_of_what_it_contains(handing: Play) -> None:
    """Not from the hour of the plan, nor to the confirmation where a refusal came after it; each person once."""
    told(handing.until("2026-04-30 09:04")).approve(missing=("drawings",))
    refused = {"refused_by": "示例负责人", "reason": "示例理由", "recorders": ["示例丙", "示例签字人"]}
    handing.until("2026-04-30 14:00")
    handing.do("community_worker", "handover.confirmation.refusal", "record_refusal", **refused)
    form = made(handing, "handover", "site_record").form()
    assert isinstance(form, Record)
    hours = {line.label: line.value for line in form.lines}
    assert hours["开始时间"] == "2026年4月30日（周四）09:04"
    assert hours["结束时间"] == "2026年4月30日（周四）14:00"
    people = form.sections[0].table
    assert people is not None
    bodies = [row[2] for row in people.rows if row[1] == "示例签字人"]
    assert len(bodies) == len(set(bodies))
    assert "—" not in bodies
    assert "" not in bodies
    assert "宣读" not in text_of(made(handing, "handover", "site_record"))


def test_a_refusal_is_of_the_hour_and_place_that_were_told_else_the_paper_says_when_it_was_entered(
    handing: Play,
) -> None:
    """The minute of keying in is not the event, nor the place of the plan its place."""
    told(handing.until("2026-04-30 09:04")).approve(missing=("drawings",))
    refused = {"refused_by": "示例负责人", "reason": "示例理由", "recorders": ["示例丙", "示例丁"]}
    task, paper = "handover.confirmation.refusal", "confirmation.refusal_record"
    handing.until("2026-04-30 14:00")
    late = (handing.now + timedelta(minutes=1)).isoformat()
    with pytest.raises(NotPossible, match="拒签时间不能晚于现在"):
        handing.do("community_worker", task, "record_refusal", **refused, refused_at=late)
    here = {"refused_at": "2026-04-30T10:20:00+08:00", "place": "示例门岗"}
    handing.do("community_worker", task, "record_refusal", **refused, **here)
    form = made(handing, "handover", paper).form()
    assert isinstance(form, Record)
    head = {line.label: line.value for line in form.lines}
    assert (head["时间"], head["地点"]) == ("2026年4月30日（周四）10:20", "示例门岗")
    assert "14:00" not in text_of(made(handing, "handover", paper))
    assert "时间：2026年4月30日（周四）10:20；地点：示例门岗；" in text_of(
        made(handing, "handover", CONFIRMATION)
    )


def test_a_refusal_of_which_no_hour_was_told_names_the_entry(handing: Play) -> None:
    told(handing).approve(missing=("drawings",))
    refused = {"refused_by": "示例负责人", "reason": "示例理由", "recorders": ["示例丙", "示例丁"]}
    handing.do("community_worker", "handover.confirmation.refusal", "record_refusal", **refused)
    form = made(handing, "handover", "confirmation.refusal_record").form()
    assert isinstance(form, Record)
    head = {line.label: line.value for line in form.lines}
    assert (head["登记时间"], head["地点"]) == ("2026年4月29日（周三）09:00", "（未登记）")
    assert "时间" not in head


def by_own_hand(play: Play, name: str) -> dict[str, str]:
    """Somebody of the cast signs on the platform."""
    who = Person.objects.get(pk=play.actor(name).person_id).name
    return {"signed_way": "platform", "signer": who, "capacity": "示例代表"}


@pytest.mark.proves("ZJ-052")
def test_every_witness_of_a_list_has_its_hand_on_it(db: None) -> None:
    """The committee witnesses the joint check beside the community: room for it, then its name and its minute."""
    now = at("2026-03-02 09:00")
    cast = build_cast(now, areas=("zhuji",))
    play = Play(cast, cast.areas["zhuji"], now)
    play.apply("2026-04-30").arrive().vote().name_successor("2026-04-30").agree("2026-04-30")
    play.until("2026-04-29 09:00").plan().empower(GIVER).empower(RECEIVER).go(hours=1).fill("joint_check")

    def witnesses() -> dict[str, tuple[str, str]]:
        form = made(play, "handover", "joint_check.further_list").form()
        assert isinstance(form, Record)
        named = next(line.value for line in form.lines if line.label == "见证方")
        hands = {one.name: (one.note, one.signed_at) for one in form.signatures if one.role == "见证方"}
        assert named == "、".join(hands)
        return hands

    committee, community = (play.area.organisations[one].name for one in ("committee", "community"))
    assert witnesses() == {community: ("", ""), committee: ("", "")}
    play.go(minutes=7)
    signed = by_own_hand(play, "committee_head")
    play.do("committee_head", "handover.joint_check.witness:owners", "sign", **signed)
    hand = (f"签字人：{signed['signer']}（示例代表，平台签署）", "2026年4月29日（周三）10:07")
    assert witnesses() == {community: ("", ""), committee: hand}


def test_what_was_filled_in_before_the_planned_day_is_no_part_of_the_meeting(handing: Play) -> None:
    """The plan is for 29 April; the giver fills and signs its lists on the 27th, from its office, on the platform."""
    handing.until("2026-04-27 10:34").empower(GIVER, signer=by_own_hand(handing, GIVER)["signer"])
    for step in handing.lists():
        handing.fill(step)
        task = f"handover.{step}.sign:provider"
        handing.do(GIVER, task, "sign", **by_own_hand(handing, GIVER))
    handing.until("2026-04-29 09:40")
    for step in ("documents", "assets", "extra"):
        handing.sign(step)
    handing.until("2026-04-29 11:00").approve()
    form = made(handing, "handover", "site_record").form()
    assert isinstance(form, Record)
    hours = {line.label: line.value for line in form.lines}
    assert (hours["开始时间"], hours["结束时间"]) == (
        "2026年4月29日（周三）09:00",
        "2026年4月29日（周三）11:00",
    )
    assert form.sections[0].table is not None
    giver, receiver = (handing.area.organisations[one].name for one in ("provider", "other_provider"))
    bodies = {row[2] for row in form.sections[0].table.rows}
    assert receiver in bodies
    assert giver not in bodies
    text = text_of(made(handing, "handover", "site_record"))
    who = by_own_hand(handing, GIVER)["signer"]
    assert f"其他签字人（没有在场记录）：{giver}{who}（示例代表，" in text
    assert "通过平台签字）。" in text
    assert "2026年4月27日（周一）10:34，资料移交清单填写完毕" in text
    assert "清点完毕" not in text


def test_the_record_on_the_spot_says_that_a_side_would_not_sign_the_confirmation_and_why(
    handing: Play,
) -> None:
    told(handing).go(hours=1).approve(missing=("drawings",))
    receiver, giver = (handing.area.organisations[one].name for one in ("other_provider", "provider"))
    assert f"接收方{receiver}确认交接：" in text_of(made(handing, "handover", "site_record"))
    handing.go(minutes=20)
    task = "handover.confirmation.countersign:provider"
    handing.do(GIVER, task, "decline", reason="示例：数目不符")
    text = text_of(made(handing, "handover", "site_record"))
    assert f"10:00，接收方{receiver}确认交接，移交方没有在项目交接确认书上签字：" in text
    assert f"项目交接确认书：{giver}拒绝签字，理由：示例：数目不符。" in text
    assert "结束时间2026年4月29日（周三）10:20" in text


def test_who_records_the_refusal_of_the_confirmation_stands_in_the_record_on_the_spot(handing: Play) -> None:
    told(handing).approve(missing=("drawings",))
    refused = {"refused_by": "示例负责人", "reason": "示例理由", "recorders": ["示例丙", "示例丁"]}
    handing.do("community_worker", "handover.confirmation.refusal", "record_refusal", **refused)
    text = text_of(made(handing, "handover", "site_record"))
    assert "移交方没有在项目交接确认书上签字：" in text
    assert "记录人：示例丙、示例丁" in text


def test_both_sides_confirm_where_both_signed(handing: Play) -> None:
    told(handing).confirm(missing=("drawings",))
    assert "双方确认交接：" in text_of(made(handing, "handover", "site_record"))


def test_the_record_on_the_spot_has_room_for_its_start_where_it_was_not_held_on_the_planned_day(
    handing: Play,
) -> None:
    """All lists were signed on the 28th; the plan was for the 29th, it was confirmed on the 30th."""
    told(handing.until("2026-04-28 10:00")).until("2026-04-30 11:00").confirm(missing=("drawings",))
    form = made(handing, "handover", "site_record").form()
    assert isinstance(form, Record)
    hours = {line.label: line.value for line in form.lines}
    assert (hours["开始时间"], hours["结束时间"]) == ("（未登记）", "2026年4月30日（周四）11:00")
