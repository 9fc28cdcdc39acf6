"""Exits up to the agreement, and those that never come to one. Days are counted from the present."""

from gongzhi.notices.models import Notice
from gongzhi.procedures.standing import Reason
from gongzhi.registry.models import Post
from gongzhi.registry.roles import COMMUNITY, PROVIDER, SUBDISTRICT

from . import words
from .scenes import (
    announce,
    apply_and_arrive,
    file_with,
    post,
    receive,
    take_down,
    up_to_agreement,
    vote,
    wording,
)
from .telling import Story, Telling

PUBLICITY = "exit.publicity"


def just_applied(tell: Telling) -> Story:
    """Applied and filed; nobody has taken it in yet, so that nothing is counted."""
    yield tell.day(-3, "16:10")
    tell.open(tell.on(110))
    file_with(tell)


def negotiating(tell: Telling) -> Story:
    """Arrived and announced; the parties talk, the owners have still to vote."""
    yield from apply_and_arrive(tell, -34, 80)
    yield from announce(tell, -31, -22)


def filing_completed(tell: Telling) -> Story:
    """An authority asks for more, gets it, and gives its receipt; meanwhile nothing waited for it."""
    yield from apply_and_arrive(tell, -26, 75)
    yield tell.day(-24, "10:30")
    tell.do("exit.filing.receipt:county:1", "request_completion", missing="请补充预收费用明细和项目人员名册")
    yield tell.day(-20, "09:15")
    tell.do("exit.filing.complete:county:1", "send", **words.sent(tell.now))
    yield tell.day(-18, "15:30")
    number = f"{tell.case().number}备案3"
    tell.do("exit.filing.receipt:county:2", "receipt", number=number, remark="材料齐全")


def agreed(tell: Telling) -> Story:
    """Agreed some days ago: the settlement has begun where there is one, else the handover."""
    yield from up_to_agreement(tell, -46, 52, -3)


def notice_hanging(tell: Telling) -> Story:
    """The notice hangs, and has still some days to hang."""
    yield from apply_and_arrive(tell, -6, 100)
    yield from announce(tell, -3)


def notice_torn(tell: Telling) -> Story:
    """The notice was found covered, put up again, and hangs anew from that day."""
    yield from apply_and_arrive(tell, -15, 95)
    yield from announce(tell, -12)
    yield tell.day(-7, "18:20")
    tell.stand(tell.owner(), "report_torn", at_step="publicity", found_at=tell.now, what=words.TORN)
    yield tell.day(-6, "09:00")
    tell.do(f"{PUBLICITY}.torn:1", "confirm_torn", found_at=tell.now, what=words.TORN)
    tell.later(90)
    tell.do(f"{PUBLICITY}.again:1", "post_again", posted_at=tell.now, posted_by=tell.names())


def objection_open(tell: Telling) -> Story:
    """An owner objected; the written reply is still owed."""
    yield from apply_and_arrive(tell, -8, 98)
    yield from announce(tell, -5)
    yield tell.day(-1, "20:05")
    tell.stand(tell.owner(), "object", at_step="publicity", content=words.OBJECTION)


def objection_answered(tell: Telling) -> Story:
    """An objection on paper and one by phone were answered, the replies reached them; then the notice came down."""
    yield from apply_and_arrive(tell, -29, 78)
    yield from announce(tell, -26)
    yield tell.day(-23, "10:10")
    tell.stand(tell.owner(), "object", at_step="publicity", content=words.OBJECTION)
    paper = {"content": "不同意更换物业服务人，认为现有服务尚可", "on_paper_from": "示例业主（书面）"}
    tell.stand(tell.organ(COMMUNITY), "enter_objection", at_step="publicity", **paper)
    yield tell.day(-20, "16:00")
    tell.do(f"{PUBLICITY}.reply:1", "reply", **words.REPLY)
    tell.do(f"{PUBLICITY}.reply:2", "reply", **words.REPLY_TO_CHANGE)
    yield tell.day(-19, "18:30")
    tell.stand(tell.owner(), "confirm_reply", at_step="publicity", turn=1)
    tell.do(f"{PUBLICITY}.serve:2", "serve", **words.served(tell.now, tell.names()))
    yield tell.day(-17, "09:00")
    take_down(tell, PUBLICITY)


def returned(tell: Telling) -> Story:
    """Sent back to be completed: the provider has to apply again."""
    yield tell.day(-9, "10:00")
    tell.open(tell.on(105))
    file_with(tell)
    yield tell.day(-7, "14:00")
    tell.do("exit.application.receive", "return", missing=words.RETURN)


def suspended(tell: Telling) -> Story:
    """The leader of the street stopped the clocks, with the reason."""
    yield from apply_and_arrive(tell, -33, 82)
    yield from announce(tell, -31, -22)
    yield tell.day(-11, "11:00")
    tell.stand(
        tell.organ(SUBDISTRICT, Post.LEADER), "suspend", reason=words.SUSPEND, citation=words.SUSPEND_BASIS
    )


def withdrawn(tell: Telling) -> Story:
    """The parties made it up; the provider took the application back."""
    yield from apply_and_arrive(tell, -64, 50)
    yield from announce(tell, -62, -53)
    yield tell.day(-41, "15:20")
    tell.stand(tell.organ(PROVIDER), "withdraw", **Reason(reason=words.WITHDRAW).model_dump())


def agreement_failed(tell: Telling) -> Story:
    """The day came without an agreement: the provider stays bound, whatever was voted."""
    yield from apply_and_arrive(tell, -112, 5)
    yield from announce(tell, -110, -101)
    yield tell.day(-70, "15:00")
    vote(tell)


def refused(tell: Telling) -> Story:
    """The owners' side did not agree: the exit ended there."""
    yield from apply_and_arrive(tell, -57, 60)
    yield from announce(tell, -55, -46)
    yield tell.day(-21, "17:00")
    tell.do("exit.agreement.decide", "refuse", reason=words.REFUSE)


def amended(tell: Telling) -> Story:
    """The planned day moved: it was another application, which arrived anew."""
    yield from apply_and_arrive(tell, -38, 60)
    yield tell.day(-19, "10:00")
    tell.stand(tell.organ(PROVIDER), "amend", reason=words.AMEND)
    tell.later(45)
    tell.do("exit.application.submit", "submit", "exit_application", **words.application(tell.on(120)))
    file_with(tell)
    yield tell.day(-18, "09:30")
    receive(tell)


def replaced(tell: Telling) -> Story:
    """The notice had a wrong day in it: another, with another number, took its place."""
    yield from apply_and_arrive(tell, -10, 99)
    yield tell.day(-8, "08:30")
    post(tell, PUBLICITY, "物业服务人提前退出信息公示")
    yield tell.day(-4, "16:30")
    title = f"{Notice.objects.get(case__root_id=tell.root).title}（更正）"
    said = words.notice(title, wording(tell, PUBLICITY), tell.now, tell.names())
    tell.do(f"{PUBLICITY}.take_down", "replace", "photo_start", **said)
