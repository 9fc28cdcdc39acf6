"""What the page of verification says of a notice, in plain words; `verifying_papers` says it of a paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from gongzhi.acts import log
from gongzhi.acts.canonical import digest
from gongzhi.notices.models import Notice
from gongzhi.notices.papers import poster
from gongzhi.notices.presenting import hung_full, is_torn, state_of
from gongzhi.papers.codes import PRINTED
from gongzhi.values.now import ZONE
from gongzhi.values.wording import date_words, day_words, minute_words

from . import proving
from .verifier import compared

#: A posting that was entered so much later is said to be. Ours to choose, not law.
LATE = timedelta(days=1)
#: What is said where the log holds another period than the register.
TAMPERED = "公示期与公开登记簿不符"
#: What is said to who has only a number or a code: that there is such a notice, and nothing of the paper.
NUMBERED = "有这个编号的公示"
#: What is said where only the mark in the code was compared: it can be copied onto an altered paper.
UNALTERED = "登记的原文一字未改"
SCANNED = f"{UNALTERED}，请与纸上逐字对照"
#: What stands at the top once a whole text was compared, too: with the code scanned, and without.
TRUE, AS_PASTED = "这份公示是真的，一字未改", "您贴的文字与登记的原文一致，一字未改"
#: What the paper bears, compared with what is registered; said of no paper whose code leads to another site.
SAME_CODE, SAME_DAY = "纸上的二维码相符", "纸上的截止日相符"
#: Another site that is not told by its name.
UNNAMED = "-"
ELSEWHERE = "纸上的二维码通往别的网站"
#: How much of a copied text is compared.
LONGEST_COPY = 20_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `state`: good, bad or open (nothing wrong, nothing proved)."""

    state: str
    title: str
    words: str

    @property
    def icon(self) -> str:
        """The icon of the state."""
        return {"good": "circle-check", "bad": "alert-triangle", "open": "clock"}[self.state]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The page's first sentence, the one after it, and what was checked. `kind`: good, warn or bad.

    `whole`: the first sentence once a whole text was compared, too; "" where that makes it no better.
    """

    kind: str
    heading: str
    words: str
    checks: tuple[Check, ...]
    held: proving.Sealed | None
    whole: str = ""


def verify(notice: Notice, at: datetime, printed: str = "", until: date | None = None) -> Verdict:
    """Compare the notice as it stands with what the log holds, and with the mark `printed` in the QR.

    `until`: the last day the QR says the paper bears.
    """
    subject = proving.of_notice(notice)
    held = proving.wording_sealed(subject, log.head())
    text, paper = wording_check(subject, notice.digest, held), code_check(notice.digest, printed)
    is_true = proving.is_state_true(subject)
    term = _term(notice, at) if is_true else Check("bad", TAMPERED, "公示期的登记有改动，没有留证。")
    state = {"wording": text.state, "paper": paper.state, "period": "good" if is_true else "bad"}
    kind, heading, words = _verdict(notice, at, state)
    is_counted = is_true and not is_torn(notice)
    day = (_printed_day(notice, until),) if until is not None and is_counted else ()
    checks = (text, paper, _issuer(notice), term, *day, *_torn(notice), _entered(notice, held))
    return Verdict(kind, heading, words, checks, held, {SCANNED: TRUE, NUMBERED: AS_PASTED}.get(heading, ""))


def _verdict(notice: Notice, at: datetime, state: dict[str, str]) -> tuple[str, str, str]:
    looked = f"核验时间 {minute_words(at)}。"
    ask = f"请不要采信，并告诉社区或者街道。{looked}"
    true = UNALTERED if state["paper"] == state["wording"] == "good" else NUMBERED
    if state["wording"] == "bad":
        return "bad", "这份公示与登记的原文不一致", ask
    if state["period"] == "bad":
        return "bad", "这份公示的公示期被改过", ask
    if state["paper"] == "bad":
        return "bad", "纸上的二维码与登记的文字对不上", f"您手上的纸可能不是原样印的。{looked}"
    if notice.replaced_by_id is not None:
        return "warn", f"{true}，但已经被新的公示代替", f"请看新的一份。{looked}"
    if state["wording"] == "open":
        return "warn", "编号是真的，留证正在进行", f"通常一分钟内完成，请稍后再看一次。{looked}"
    if state_of(notice, at) == "interrupted":
        return "warn", f"{true}，但公示已经中断", f"发现缺损，补贴后重新计算。{looked}"
    if state["paper"] == "open":
        return "warn", NUMBERED, f"纸上的文字还没有核对，请与下面的原文逐字对照，或者扫纸上的二维码。{looked}"
    return "good", SCANNED, f"{COPIED}{looked}"


#: What the mark of a code shows and what it does not.
COPIED = "二维码相符，但二维码可以照抄到改过的纸上：下面是登记的原文，逐字相同才是真的。"


def wording_check(subject: proving.Subject, kept: str, held: proving.Sealed | None) -> Check:
    """The register's own row against the log; a row that was changed has another digest than the one it `kept`."""
    if digest(subject.wording) != kept or (held is not None and not held.holds):
        return Check("bad", "文字被改过", "登记之后文字有改动，与公开登记簿里的留证不符。")
    if held is None and not proving.is_waiting(subject):
        return Check("bad", "公开登记簿里没有这份文字", "留证缺失，不能证明文字没有改过。")
    if held is None:
        return Check("open", "正在留证", "文字已经登记，一分钟内写进公开登记簿。")
    length = len(subject.wording["body"])
    return Check("good", "登记的文字没有改过", f"全文 {length} 字，与登记时一致。请与纸上的文字逐字对照。")


def code_check(kept: str, printed: str) -> Check:
    """The mark in the QR against that of the wording."""
    if not printed:
        return Check("open", "没有扫描纸上的二维码", "请用原文与纸上的文字逐句对照，或者扫纸上的二维码。")
    if is_mark_of(kept, printed):
        return Check("good", SAME_CODE, "二维码里的印记就是这份文字的；印记可以照抄，文字仍要逐字对照。")
    return Check("bad", "纸上的二维码不符", "二维码里的印记属于别的文字。")


def is_mark_of(kept: str, printed: str) -> bool:
    """Whether what the QR carries is the mark of the wording with that digest."""
    return kept[:PRINTED] == printed.lower()


def _issuer(notice: Notice) -> Check:
    body = notice.issuer
    named = f"{notice.issuer_name}（{body.get_kind_display()}）"
    if body.name != notice.issuer_name:
        return Check("good", "发布的单位已登记", f"{named}，现在的名称是{body.name}。")
    return Check("good", "发布的单位已登记", f"{named}。")


def _term(notice: Notice, at: datetime) -> Check:
    """How long it has hung, against how long it has to."""
    if state_of(notice, at) == "interrupted":
        return Check("bad", "公示期中断了", "原来算的截止日不作数，补贴以后从补贴的次日起重新计算。")
    since = f"{day_words(notice.counted_from.astimezone(at.tzinfo).date())}起算（当日不计）"
    if notice.until_on is None or notice.until_at is None:
        return Check("open", "公示期未定", f"{since}，本地还没有设定公示多少天。")
    until = f"{since}，到{day_words(notice.until_on)}24:00"
    until += "" if notice.exact else "（暂定，该年放假安排尚未公布）"
    if notice.is_void and notice.ended_at is not None:
        words = f"{minute_words(notice.ended_at)}作废：{notice.ended_why}；墙上还有的，不再作数。"
        return Check("bad", "这份公示已经作废", words)
    if notice.ended_at is not None and not hung_full(notice):
        void = "，因缺损中断，这个截止日不作数，到取下时没有补贴" if is_torn(notice) else ""
        words = f"{until}{void}；{minute_words(notice.ended_at)}取下：{notice.ended_why}。"
        return Check("bad", "没有挂满公示期", words)
    if at < notice.until_at:
        return Check("open", "还在公示期内", f"{until}。")
    over = f"；{minute_words(notice.ended_at)}取下" if notice.ended_at is not None else "，现在还挂着"
    return Check("good", "已经挂满公示期", f"{until}{over}。")


def _printed_day(notice: Notice, until: date) -> Check:
    """The last day that was printed, against the one that counts now."""
    if until == notice.until_on:
        return Check("good", SAME_DAY, f"纸上应当印着到{day_words(until)}24:00。")
    now = f"现在到{day_words(notice.until_on)}24:00" if notice.until_on is not None else "现在未定"
    return Check(
        "open", "纸上的截止日已经变了", f"这张纸印的时候是到{day_words(until)}，后来重新计算，{now}。"
    )


def _torn(notice: Notice) -> tuple[Check, ...]:
    """What interrupted it."""
    still = "取下时仍缺损，没有补贴" if notice.ended_at is not None else "现在缺损，还没有补贴"
    return tuple(
        Check(
            "open" if torn.again_at is not None else "bad",
            "曾经缺损，已补贴" if torn.again_at is not None else still,
            f"{minute_words(torn.found_at)}发现{torn.what}"
            + (f"；{minute_words(torn.again_at)}补贴，重新起算。" if torn.again_at is not None else "。"),
        )
        for torn in notice.interruptions.all()
    )


def _entered(notice: Notice, held: proving.Sealed | None) -> Check:
    """Whether the date was entered when it is said to have been posted."""
    if held is not None and held.leaf.at - notice.posted_at > LATE:
        posted = date_words(notice.posted_at.astimezone(held.leaf.at.tzinfo).date())
        words = f"写明{posted}张贴，{_when(held)}；张贴日以现场照片为准。"
        return Check("open", "登记晚于张贴", words)
    return entered_check(held)


def entered_check(held: proving.Sealed | None) -> Check:
    """When the log took it in."""
    if held is None:
        return Check("open", "登记时间待定", "写进公开登记簿后可见。")
    return Check("good", "日期不是后来补的", f"{_when(held)}。")


def _when(held: proving.Sealed) -> str:
    return f"{minute_words(held.leaf.at)}登记，公开登记簿第 {held.leaf.index + 1} 条"


# A copied text ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Compared:
    """A copied text against the wording: what it lacks, breaks off, has besides; how many sentences it has of it."""

    missing: tuple[str, ...]
    broken: tuple[str, ...]
    extra: tuple[str, ...]
    found: int


def compare(subject: proving.Subject, text: str, also: Sequence[str] = ()) -> Compared:
    """Sentence by sentence; spaces, line ends and layout do not count, signs do. `also`: what else is printed."""
    missing, broken, extra, found = compared(text[:LONGEST_COPY], subject.wording, also)
    return Compared(tuple(missing), tuple(broken), tuple(extra), found)


def answered(verdict: Verdict, copied: Compared | None) -> Verdict:
    """The verdict after a text was compared: what is at the top of the page answers for that text too."""
    if copied is None or verdict.kind == "bad":
        return verdict
    if copied.extra:
        words = f"登记的原文没有改过，您贴的文字有 {len(copied.extra)} 处是原文没有的，请不要采信。"
        return replace(verdict, kind="bad", heading="您贴的文字与登记的原文不一致", words=words)
    if (verdict.kind == "good" or verdict.whole) and (copied.missing or copied.broken):
        words = "登记的原文没有改过，您贴的文字里有的话没有，或者没有贴完整，请看逐句核对。"
        return replace(verdict, kind="warn", heading="您贴的文字不是登记的全文", words=words)
    if verdict.whole and copied.found:
        words = "空格、换行、全角半角和停顿的标点不计。"
        words += (
            "手上有纸的，仍可以扫纸上的二维码。"
            if verdict.whole == AS_PASTED
            else "您贴的文字与登记的原文一致。"
        )
        return replace(verdict, kind="good", heading=verdict.whole, words=words)
    return verdict


def led_to(verdict: Verdict, host: str) -> Verdict:
    """The verdict where the code on the paper leads to another site: what is registered here proves nothing of it."""
    if not host:
        return verdict
    site = "别的网站" if host == UNNAMED else host
    words = (
        f"这个网址通往{site}，不是本平台：请不要再打开它，不要在那里填写任何内容，并告诉社区或者街道。"
        f"下面是本平台登记的原文，请与纸上的文字逐字对照。"
    )
    other = Check("bad", ELSEWHERE, "二维码里的印记可以照抄，不能证明这张纸。")
    checks = tuple(
        other if one.title == SAME_CODE else one for one in verdict.checks if one.title != SAME_DAY
    )
    return replace(verdict, kind="bad", heading=ELSEWHERE, words=words, checks=checks)


def printed_beside(notice: Notice) -> list[str]:
    """What a poster says around the wording, in words."""
    posted = date_words(notice.posted_at.astimezone(ZONE).date())
    printed = poster(notice, at=notice.posted_at, address="-")
    form = printed.form()
    lines = [one for line in (*form.facts, *form.objections) for one in (line.label, line.value)]
    days = [one for day in form.days for one in (day.day, day.words)]
    frame = [
        form.heading,
        form.basis,
        form.period,
        form.objection_words,
        form.poster,
        form.supervision,
        form.date,
        form.warning,
    ]
    frame += printed.replaced()
    return [posted, form.recipient, *_FRAME, *lines, *frame, *form.places, *form.check_words, *days]


#: What every poster says by itself.
_FRAME = ("公示编号", "依据", "公示期", "监督电话", "张贴处", "扫一扫，核对真假", "核对真假", "演练")
