"""An early exit in 浑江 (白山), played on pages alone: who, what they see, what they say, until it is filed and over.

Six play it: a subdistrict officer, the provider's leader, a community worker, the head of the committee, a county
officer and a passer-by. Where the law wants somebody else the provider's legal representative, an owner, the accountant
and the provider that follows come in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pypdfium2
from playwright.sync_api import Browser, expect

from browser.axe import grave_faults
from browser.people import Person, Window, fill
from browser.serving import Site
from gongzhi.exits.seeds import settling, words
from gongzhi.papers.tests import shots
from gongzhi.values.now import ZONE

ESTATE = "示例翠湖花园"
FOLLOWER, FIRM, OTHER_FIRM = "示例和顺物业服务有限公司", "示例浑江会计师事务所", "示例江源会计师事务所"
NOTICE = "物业服务人提前退出信息公示"
VARIANT = "物业服务人因自身原因提前退出"
LAST_DAY = date(2026, 6, 30)
#: Further items behind which rows of their own have to stand, unless there are none.
NO_ROWS = "预收|押金|电梯使用单位"
AUTHORITIES = ("街道办事处（乡镇人民政府）", "县级物业主管部门")
ACCOUNTS = {
    "street": "hj-street1-officer",
    "leader": "hj-01-leader",
    "worker": "hj-community1-worker",
    "head": "hj-01-head",
    "county": "hj-county-officer",
    "passer_by": "",
    "legal": "hj-provider1-legal",
    "owner": "hj-01-owner",
    "accountant": "hj-firm-accountant1",
    "follower": "hj-provider2-legal",
}
#: Who has several posts, and acts in this one.
POSTS = {"head": "业委会主任", "owner": "业主"}
#: What somebody takes of the first item of a list.
SHOT = {"name": "清点.jpg", "mimeType": "image/jpeg", "buffer": shots.jpeg()}


@dataclass
class Exit:
    """One exit on its way. `go` and `until` let time pass."""

    site: Site
    browser: Browser
    window: Window
    people: dict[str, Person] = field(default_factory=dict)
    where: dict[str, str] = field(default_factory=dict)

    def who(self, name: str) -> Person:
        """One of those who play; they come when they are needed first, and stay."""
        if name not in self.people:
            self.people[name] = Person(
                self.browser, self.site, ACCOUNTS[name], self.window, POSTS.get(name, "")
            )
        return self.people[name]

    def do(self, name: str, task: str, act: str, *papers: str, **said: Any) -> None:
        """Somebody does what waits for them."""
        self.who(name).does(task, act, *papers, at=ESTATE, **said)
        self.go(minutes=2)

    def beside(self, name: str, case: str, act: str, **said: Any) -> None:
        """Somebody says what is no step of a case: `settlement`, `handover`."""
        self.who(name).says_beside(act, self.where[case], **said)
        self.go(minutes=2)

    # Time ---------------------------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The present, as a wall clock shows it: to the minute."""
        return self.site.now().replace(second=0, microsecond=0)

    @property
    def today(self) -> date:
        """The present day."""
        return self.now.astimezone(ZONE).date()

    def go(self, **by: float) -> None:
        """Let some minutes pass within one sitting."""
        self.site.set_clock(self.site.now() + timedelta(**by))

    def until(self, day: date, clock: str = "09:00") -> None:
        """Let days pass: whatever falls due by then happens."""
        self.site.move_to(datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=ZONE))

    # What is said again and again ---------------------------------------------------------------------------------

    def files(self, name: str, what: str) -> None:
        """Each authority is sent its copy."""
        for authority in AUTHORITIES:
            self.do(name, f"向{authority}报送{what}", "报送", **words.sent(self.now))

    def posts(self, name: str, step: str, title: str) -> None:
        """A notice is put up."""
        said = words.notice(title, ESTATE, self.now, ["示例甲", "示例乙"])
        self.do(name, f"张贴{step}", "张贴", **said)

    def takes_down(self, name: str, step: str) -> None:
        """A notice comes down, its days full."""
        said = {
            "taken_down_at": self.now,
            "taken_down_by": ["示例甲", "示例乙"],
            "no_picture": "没有拍（示例）",
        }
        self.do(name, f"取下{step}", "取下", **said)

    def takes_in(self, name: str, what: str) -> None:
        """A paper arrives and is signed for."""
        self.do(name, f"签收{what}", "签收", arrived_at=self.now, received_by="示例签收人")

    def signs(self, name: str, task: str, act: str = "签字确认") -> None:
        """Somebody signs with their own name."""
        person = self.who(name)
        self.do(name, task, act, signer=person.name, capacity="单位负责人", authority="任职文件（示例）")

    def tells_list(self, name: str, what: str, state: str) -> None:
        """Every line of a list is told on one page, then the list is closed."""
        person, task = self.who(name), f"填写{what}"
        duty = person.finds(task, ESTATE)
        form = person.step.locator("form.items")
        if self.window.scripts:  # axe is one: where none runs, its promise is never kept
            assert grave_faults(person.page) == []
        lines = form.locator("fieldset.item:not(:has([name='x-state']))").all()
        lines[0].locator("summary").click()
        lines[0].locator("[name$='-camera']").set_input_files(SHOT)  # type: ignore[arg-type]
        for line in lines:
            line.locator(f"[name$='-state'][value={state}]").check()
            if re.search(NO_ROWS, line.locator("> legend").inner_text()):
                fill(line.locator("[name$='-condition']"), "无")
        form.get_by_role("button", name="保存登记").click()
        person.is_told("已办")
        expect(person.step.get_by_role("link", name="P-001").first).to_be_visible()
        person.says_in(duty, "清单填写完毕", remark="已当面点收")
        self.go(minutes=2)


# The scenes, in their order -----------------------------------------------------------------------------------------


def play(stage: Exit) -> Iterator[str]:
    """The whole exit; after each scene its name."""
    for scene in (
        applies,
        is_taken_in,
        is_made_public,
        is_looked_at_by_a_passer_by,
        is_objected_to,
        is_agreed,
        begins_to_be_settled,
        is_paid_for,
        is_reported,
        is_handed_over,
        is_over,
    ):
        scene(stage)
        yield scene.__name__


def applies(stage: Exit) -> None:
    """The leader opens the case and files it."""
    leader = stage.who("leader")
    leader.opens("/").follows("发起办件").follows("物业服务人退出").follows(ESTATE).follows(VARIANT)
    leader.says(leader.page.locator("main form.form"), "exit_application", **words.application(LAST_DAY))
    stage.where["exit"] = leader.path
    stage.go(minutes=2)
    stage.files("leader", "退出申请备案")


def is_taken_in(stage: Exit) -> None:
    """The committee takes it in, from which day all is counted; street and county give their receipts."""
    stage.takes_in("head", "退出申请")
    for name in ("street", "county"):
        stage.do(name, "退出申请备案回执", "出具回执", number="示例回执1号", remark="材料齐全")


def is_made_public(stage: Exit) -> None:
    """The notice goes up."""
    stage.until(date(2026, 3, 3))
    stage.posts("leader", "退出信息公示", NOTICE)


def is_looked_at_by_a_passer_by(stage: Exit) -> None:
    """Somebody reads the board, checks the printed notice, and finds the one at the gate torn; it hangs anew."""
    stage.until(date(2026, 3, 4))
    passer_by = stage.who("passer_by")
    passer_by.opens("/notices/").page.fill("#q", "翠湖")
    passer_by.page.get_by_role("button", name="找小区").click()
    passer_by.follows(ESTATE).follows(NOTICE)
    stage.where["notice"] = passer_by.path
    number = printed_number(passer_by)
    assert number in passer_by.reads()
    passer_by.page.get_by_role("link", name="核验这份公示").click()
    passer_by.is_told("二维码相符")
    passer_by.follows("墙上的和这里不一样")
    reports_torn(passer_by, "告诉社区", "核实的任务")
    stage.go(minutes=2)
    stage.do("worker", "核实退出信息公示缺损", "确认缺损", found_at=stage.now, what=words.TORN)
    stage.do("leader", "补贴退出信息公示", "补贴", posted_at=stage.now, posted_by=["示例甲"])


def printed_number(person: Person) -> str:
    """The number on the printed notice, read from its PDF."""
    href = person.page.get_by_role("link", name="打印 A4").get_attribute("href")
    content = person.context.request.get(str(href)).body()
    text = pypdfium2.PdfDocument(BytesIO(content))[0].get_textpage().get_text_range()
    found = re.search(r"公示〔2026〕220602\d*-\d+", text)
    assert found, text
    return found.group()


def reports_torn(person: Person, button: str, told: str) -> None:
    """Say at which place it was found covered."""
    page = person.page
    page.check("input[name=what][value=covered]")
    fill(page.locator("[name=where]"), "东门公告栏")
    page.get_by_role("button", name=button).click()
    person.is_told(told)


def is_objected_to(stage: Exit) -> None:
    """An owner objects; the leader replies in writing; when its days are full the notice comes down."""
    stage.until(date(2026, 3, 6))
    owner = stage.who("owner").opens(stage.where["notice"]).follows("提出异议")
    fill(owner.page.locator("[name=content]"), words.OBJECTION)
    owner.page.get_by_role("button", name="提交异议").click()
    expect(owner.page.locator("h1")).to_have_text("您的异议已经收到")
    stage.until(date(2026, 3, 9))
    stage.do("leader", "书面答复对退出信息公示的第1项异议", "书面答复", **words.REPLY)
    # 4 March + 7 days, the day of posting not counted: full at the end of 11 March
    stage.until(date(2026, 3, 12))
    stage.takes_down("leader", "退出信息公示")


def is_agreed(stage: Exit) -> None:
    """The owners chose who follows; both sides agree, and the provider's legal representative signs."""
    figures = (10, "900.00", 9, "800.00")
    said = words.vote(stage.today, 12, "1000.00", figures, "contract", FOLLOWER)
    stage.do("head", "记录表决结果", "提交", **said, differs_because="二期房屋还没有登记")
    follows = {"mode": "contract", "organisation": FOLLOWER, "starts_on": LAST_DAY}
    stage.do("head", "确定接替单位", "提交", **follows, contract_ends_on=date(2028, 12, 31))
    signed = {"signer": stage.who("head").name, "capacity": "业委会主任"}
    stage.do("head", "退出协议", "同意", "exit_agreement", **words.agreement(LAST_DAY), **signed)
    stage.signs("legal", "会签退出协议", "会签")


def begins_to_be_settled(stage: Exit) -> None:
    """What is settled is told, the books are given, two firms quote and one is chosen."""
    head = stage.who("head")
    said: dict[str, Any] = {
        "period_from": date(2025, 1, 1),
        "period_to": stage.today,
        "parts": list(settling.PARTS),
        "books": "公共收益和代收费用的账册、凭证、银行流水",
        "books_due_on": stage.today + timedelta(days=10),
        "remark": "对在管期间的收支逐项清算，请按时提供账册",
    }
    stage.do("head", "清算方案及提供资料通知", "提交", **said)
    stage.where["settlement"] = head.path
    stage.takes_in("leader", "清算方案及提供资料通知")
    stage.tells_list("leader", "提供资料清单", "sealed_copy")
    for name in ("leader", "head"):
        stage.signs(name, "签收提供资料清单")
    for firm, yuan in ((FIRM, "15000"), (OTHER_FIRM, "17400")):
        quote = {"firm": firm, "amount_cents": yuan, "quoted_on": stage.today, "is_related": False}
        stage.beside("head", "settlement", "登记报价", **quote, statement="没有投资、任职和业务往来关系")
    chosen = {"firm": FIRM, "reason": "报价较低，能按时提交报告", "present": ["示例甲", "示例乙"]}
    stage.do("head", "比选记录", "提交", **chosen)


def is_paid_for(stage: Exit) -> None:
    """The common revenue bears a part, the owners the rest by area; one pays, the others are asked to."""
    plan: dict[str, Any] = {"total_cents": "16800", "revenue_cents": "6800", "other_for": "公示印制和送达"}
    stage.do("head", "清算费用方案", "提交", **plan, revenue_as_of=stage.today, revenue_voucher="示例对账单")
    stage.posts("head", "费用分摊公示", "清算费用分摊公示")
    stage.until(date(2026, 3, 23))
    stage.takes_down("head", "费用分摊公示")
    paid = {"unit": "1幢 101", "amount_cents": "100", "paid_on": stage.today}
    stage.beside("head", "settlement", "登记缴费", **paid)
    stage.beside("head", "settlement", "催缴", demanded_on=stage.today, method="上门送达书面通知")
    stage.do("worker", "是否临时垫付未缴部分", "不垫付", reason="本社区没有可以垫付的资金")
    stage.do("head", "分摊费用收缴", "提交", remark="已催缴，未缴的继续追缴")


def is_reported(stage: Exit) -> None:
    """The firm is entrusted and reports; report and bill hang their days."""
    entrusted = {"firm": FIRM, "qualification": "示例执业证书", "is_independent": True, "fee_cents": "15000"}
    due = {"deliverable": "清算报告一式五份", "report_due_on": stage.today + timedelta(days=20)}
    stage.do("head", "委托第三方机构", "提交", "entrustment", **entrusted, **due)
    parts = [{"code": code, "finding": finding} for code, finding in settling.PARTS.items()]
    report = {"parts": parts, "accountants": ["示例会计师甲", "示例会计师乙"]}
    sums = {"scope_limited": False, "irregular_cents": "0"}
    stage.do("accountant", "清算报告", "提交", "settlement_report", **report, **sums)
    stage.posts("head", "清算报告公示", "财务清算报告公示")
    bill = {"fee_cents": "15000", "other_cents": "1800", "paid_on": stage.today, "voucher": "示例凭证"}
    stage.do("head", "清算费用收支结算", "提交", **bill, remark="收支相抵，没有结余")
    stage.posts("head", "清算费用收支公示", "清算费用收支公示")
    stage.until(date(2026, 4, 2))
    stage.takes_down("head", "清算报告公示")
    stage.takes_down("head", "清算费用收支公示")


def is_handed_over(stage: Exit) -> None:
    """The street plans it; both sides say who signs; the lists are told, signed and witnessed; it is confirmed."""
    stage.until(date(2026, 6, 22))
    plan: dict[str, Any] = {
        "starts_at": datetime(2026, 6, 29, 9, tzinfo=ZONE),
        "place": "物业服务用房",
        "teams": "资料组、资产组各两人",
        "attendees": ["原物业服务人", "接收方", "社区居民委员会", "街道办事处"],
        "police_told": True,
        "police_note": "已函告辖区派出所",
    }
    stage.do("street", "交接方案", "提交", **plan)
    stage.where["handover"] = stage.who("street").path
    stage.until(date(2026, 6, 29))
    power = {"basis": "legal_representative", "from_on": date(2026, 1, 1), "id_last_four": "001X"}
    for name in ("legal", "follower"):
        stage.beside(name, "handover", "登记签字权限", signer=stage.who(name).name, **power)
    meter = {"medium": "water", "meter": "总水表", "reading": "12876.5", "read_at": stage.now}
    stage.beside("leader", "handover", "登记读数", **meter)
    for what, state in (
        ("资料移交清单", "original"),
        ("资产移交清单", "present"),
        ("其他交接事项清单", "present"),
    ):
        stage.tells_list("leader", what, state)
        for name in ("legal", "follower"):
            stage.signs(name, f"签收{what}")
        stage.signs("worker", f"见证{what}")
    said = {
        "confirmed_at": stage.now,
        "content": "资料、资产按清单移交",
        "open_issues": "无",
        "resolution": "无",
    }
    signed = {"signer": stage.who("follower").name, "capacity": "法定代表人"}
    stage.do("follower", "项目交接确认书", "同意", "handover_confirmation", **said, **signed)
    stage.signs("legal", "会签项目交接确认书", "会签")
    for name in ("street", "county"):
        stage.signs(name, "确认在场：项目交接确认书", "确认在场")


def is_over(stage: Exit) -> None:
    """The successor is on site, the provider is out, which the successor confirms; the confirmation is filed."""
    on_site = {"taken_over_at": stage.now, "leader": "示例项目经理", "staff": 26}
    stage.do("follower", "接替单位进场", "提交", **on_site, stands="门岗、消防控制室、电梯应急已逐一交接")
    out = dict.fromkeys(("people_and_goods_out", "rooms_returned", "data_handed_over"), True)
    stage.do("leader", "离场确认", "提交", left_at=stage.now, rest="settled", **out)
    stage.do("follower", "核对离场确认", "确认离场", checked="用房、钥匙和权限已经收回，人员财物已经撤出")
    stage.files("follower", "交接确认书备案")
    street = stage.who("street").opens(stage.where["exit"])
    expect(street.page.locator("h1")).to_contain_text("已结束")
    passer_by = stage.who("passer_by").opens("/managers/")
    passer_by.page.fill("#q", "翠湖")
    passer_by.page.get_by_role("button", name="找小区").click()
    expect(passer_by.page.locator("main")).to_contain_text(FOLLOWER)
