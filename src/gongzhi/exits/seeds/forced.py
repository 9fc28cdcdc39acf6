"""The nine forced grounds, told at nine estates of 白山, each at another stage. Days are counted from the present."""

from typing import Any

from gongzhi.exits.actions.conduct import record_conduct
from gongzhi.exits.conduct_facts import RecordConduct
from gongzhi.registry.models import Post
from gongzhi.registry.roles import COUNTY, PROVIDER, holder_of

from . import words
from .endings import leave
from .handing import hand_over
from .scenes import name_successor, post, take_down, vote
from .settling import settle
from .telling import Story, Telling

LIST = "吉林省物业服务人信用黑名单"


def record(tell: Telling, kind: str, number: str, day: int, said: str = "", paper: str = "") -> None:
    """The county records a paper about the estate's provider, and keeps the paper with it where one is named."""
    county = holder_of(COUNTY, tell.estate, tell.today).organisation
    provider = holder_of(PROVIDER, tell.estate, tell.today).organisation
    assert county is not None
    assert provider is not None
    by = tell.organ(COUNTY)
    kept = tell.papers(by, (paper,)) if paper else []
    facts = RecordConduct.model_validate(
        {
            "kind": kind,
            "organisation_id": provider.pk,
            "estate_id": tell.estate.pk,
            "authority_id": county.pk,
            "document_number": f"{number}（示例）",
            "said": said,
            "decided_on": tell.on(day),
            "served_on": tell.on(day + 2),
            "paper_id": kept[0]["file"] if kept else None,
        }
    )
    record_conduct(by=by, at=tell.now, facts=facts)


def find(tell: Telling, variant: str, what: str, *papers: str, **more: Any) -> None:
    """The county finds the ground."""
    tell.begin(variant, tell.organ(COUNTY), *papers, **words.classification(tell.today, what, **more))


def urge(tell: Telling, start: int) -> Story:
    """The letter goes through its hands and is served on the owners' side."""
    yield tell.day(start, "09:30")
    tell.do("exit.urging.draft", "draft", post=Post.OFFICER, **words.urging(tell.on(start + 30)))
    tell.later(90)
    tell.do("exit.urging.check", "check", post=Post.REVIEWER, opinion="事实清楚，同意报签")
    yield tell.day(start + 1, "15:30")
    tell.do("exit.urging.sign_off", "sign_off", post=Post.LEADER, opinion="同意")
    tell.later(40)
    tell.do("exit.urging.seal", "seal", post=Post.CLERK, copies=4, keeper="示例印章管理员")
    yield tell.day(start + 3, "10:00")
    served = {"arrived_at": tell.now, "method": "direct", "address": f"{tell.estate.name}业主委员会办公室"}
    servers, signer = (
        ["示例街道工作人员甲", "示例街道工作人员乙"],
        {"received_by": "示例业委会委员", "capacity": "委员", "may_receive": True},
    )
    tell.do("exit.urging.serve", "serve", post=Post.OFFICER, **served, **signer, servers=servers)


def decide(tell: Telling, day: int, chosen: str = "contract", *, passes: bool = True) -> Story:
    """The owners vote; the result is posted and filed the day after."""
    yield tell.day(day, "16:00")
    vote(tell, passes=passes, chosen=chosen)
    yield tell.day(day + 1, "08:40")
    post(tell, "exit.result_notice", "业主大会表决结果公示")
    for path in tell.tasks("exit.result_filing.send:"):
        tell.do(path, "send", **words.sent(tell.now))


def inform(tell: Telling, ends: int) -> None:
    """The owners' notice goes to the provider."""
    tell.do("exit.notice.submit", "submit", "vote_result", **words.ending(tell.on(ends)))


def arrives(tell: Telling, day: int, path: str = "exit.notice.receive") -> Story:
    """The other side takes it in."""
    yield tell.day(day, "10:20")
    tell.do(path, "receive", arrived_at=tell.now)


def just_found(tell: Telling) -> Story:
    """第10条第9项: found, and the letter is still to be drafted."""
    yield tell.day(-2, "15:00")
    find(tell, "other_forced", "因严重违反有关法规被依法责令退出（示例）", "stated_basis")


def penalised(tell: Telling) -> Story:
    """第10条第3项: three penalties on record, counted in several ways; the letter waits for its signature."""
    for number, day in enumerate((-200, -120, -30), start=1):
        yield tell.day(day + 5, "11:00")
        record(tell, "penalty", f"示例罚决〔{tell.on(day).year}〕{number}号", day)
    yield tell.day(-9, "10:00")
    find(tell, "repeated_penalties", "一年内受到三次行政处罚，均已送达", "penalty_decisions")
    yield tell.day(-7, "09:30")
    tell.do("exit.urging.draft", "draft", post=Post.OFFICER, **words.urging(tell.on(25)))
    yield tell.day(-6, "14:00")
    tell.do("exit.urging.check", "check", post=Post.REVIEWER, opinion="事实清楚，同意报签")


def blacklisted(tell: Telling) -> Story:
    """第10条第2项: urged; the owners have still to vote."""
    yield tell.day(-40, "10:00")
    record(tell, "blacklist", "示例信用〔2026〕8号", -45, LIST)
    yield tell.day(-30, "14:30")
    find(tell, "blacklisted", "已列入省级信用黑名单，异议期满", "blacklist_decision")
    yield from urge(tell, -27)


def rated_d(tell: Telling) -> Story:
    """第10条第1项: voted out; the result hangs, the notice has arrived, and who follows is still to be decided."""
    yield tell.day(-70, "10:00")
    record(tell, "grade", "示例评价〔2026〕3号", -75, "D")
    yield tell.day(-52, "10:00")
    find(tell, "grade_d", "年度物业服务质量评价为不合格等级", "grade_result")
    yield from urge(tell, -49)
    yield from decide(tell, -4, "dismiss")
    inform(tell, 70)
    yield from arrives(tell, -2)


def fees_forced(tell: Telling) -> Story:
    """第10条第5项: dismissed without a successor; a second vote is asked for at once, and the settlement begins."""
    yield tell.day(-75, "10:00")
    find(tell, "cutting_supply", "以限制门禁的方式催交物业费，现场检查属实", "site_record")
    yield from urge(tell, -72)
    yield from decide(tell, -40, "dismiss")
    inform(tell, 35)
    yield from arrives(tell, -37)
    yield tell.day(-30, "09:00")
    take_down(tell, "exit.result_notice")


def voted_down(tell: Telling) -> Story:
    """第10条第6项: the owners voted it down; the provider stays."""
    yield tell.day(-90, "10:00")
    find(tell, "major_incident", "对安全责任事故负主要责任", "responsibility_finding")
    yield from urge(tell, -87)
    yield from decide(tell, -55, "dismiss", passes=False)
    yield tell.day(-44, "09:00")
    take_down(tell, "exit.result_notice")


def on_its_way(tell: Telling) -> Story:
    """第10条第7项: after an order to correct; the notice was sent, and has still to arrive."""
    yield tell.day(-60, "10:00")
    what = "经责令仍不公示公共收益和维修资金使用情况"
    find(tell, "refusing_disclosure", what, "order_to_correct", "not_corrected", correct_by_on=tell.on(-70))
    yield from urge(tell, -57)
    yield from decide(tell, -6)
    inform(tell, 75)


def being_settled(tell: Telling) -> Story:
    """第10条第8项: the notice has arrived, the successor is named, the settlement is to begin."""
    yield tell.day(-85, "10:00")
    find(tell, "total_subcontract", "擅自将全部物业服务转委托给第三方", "breach_finding")
    yield from urge(tell, -82)
    yield from decide(tell, -50)
    inform(tell, 25)
    tell.later(30)
    name_successor(tell, 25)
    yield from arrives(tell, -46)
    yield tell.day(-40, "09:00")
    take_down(tell, "exit.result_notice")


def carried_out(tell: Telling) -> Story:
    """第10条第4项: from the finding to the departure; another provider serves."""
    yield tell.day(-190, "10:00")
    record(tell, "penalty", f"示例罚决〔{tell.on(-200).year}〕6号", -200, paper="misuse_finding")
    find(tell, "misuse_of_money", "挪用业主共有公共收益，已由清算和审计查实", "misuse_finding")
    yield from urge(tell, -187)
    yield from decide(tell, -160)
    inform(tell, -80)
    tell.later(30)
    name_successor(tell, -80)
    yield from arrives(tell, -157)
    yield tell.day(-150, "09:00")
    take_down(tell, "exit.result_notice")
    yield from settle(tell, -148)
    yield from hand_over(tell, -80, takes_over=True)
    yield tell.day(-78, "17:00")
    leave(tell)
