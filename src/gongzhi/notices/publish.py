"""Publish: post (proof), hang N days, take down (proof); each objection in time gets its reply, which is served.

Cleared = days full and all replied: an objection is a task, not a veto. Torn, covered or changed: it starts again.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from gongzhi.acts.facts import Facts
from gongzhi.papers.kinds import PaperKind
from gongzhi.procedures.declare import Step
from gongzhi.procedures.lawview import CaseLaw
from gongzhi.procedures.models import PaperUse
from gongzhi.procedures.service import OF_SERVICE
from gongzhi.procedures.terms import ActSpec, Due, Pictures, RoundView, Said, TaskSpec
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import ANYONE, COMMUNITY, OWNER, PASSER_BY, VOLUNTEER, Role
from gongzhi.values.minutes import minute_of
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Invalid, NotPossible
from gongzhi.values.wording import instant_words

from . import hanging, nameless, objected, papers, removing, replies, rows, unset
from .evidence import is_wanted
from .facts import (
    LONGEST,
    Again,
    ConfirmReply,
    EnterObjection,
    LatePicture,
    Object,
    Patrol,
    PostNotice,
    Reply,
    ReplyServed,
    TakeDown,
    Torn,
    Unfounded,
)

REPLY_WITHIN = "objection.reply_within"
#: How soon the community looks at what was reported, where the place has set that.
CHECKED_WITHIN = "wall_posting.damage_checked_within"
_SHOWS = "照片里要看得到公示、位置，最好有时间"
START = Pictures(PaperKind.PHOTO_START, PaperKind.PHOTO_START.label, _SHOWS)
DURING = Pictures(PaperKind.PHOTO_DURING, PaperKind.PHOTO_DURING.label, _SHOWS, is_required=True)
END = Pictures(PaperKind.PHOTO_END, PaperKind.PHOTO_END.label, _SHOWS)
LATE_START = Pictures(PaperKind.PHOTO_START, f"补交的{PaperKind.PHOTO_START.label}", _SHOWS, is_required=True)
LATE_END = Pictures(PaperKind.PHOTO_END, f"补交的{PaperKind.PHOTO_END.label}", _SHOWS, is_required=True)
ON_THE_SPOT = Pictures(PaperKind.PHOTO, PaperKind.PHOTO.label)
ON_PAPER = Pictures(PaperKind.PHOTO, "书面异议的照片或者扫描件", "纸上的签名和日期要看得清", takes_scans=True)


class Publish(Step[PostNotice]):
    """A public notice. `days` is the pack's key of how long it hangs; `objections` who may object.

    `reply_basis` is the key of what says that objections to this very notice are answered: its articles are told with
    the time for the reply, and where there is none the place that set the time is.
    """

    kind = "publish"
    task_names = ("post", "take_down", "reply:*", "serve:*", "torn:*", "again:*", removing.REMOVE)
    main_act = "post"
    correctable = ("serve", "reply")
    read_on = correctable
    own_documents = papers.OF_A_NOTICE

    def __init__(
        self,
        title: str,
        *,
        by: Role,
        days: str,
        objections: Role | Sequence[Role] = (OWNER,),
        replies: Role | None = None,
        reply_basis: str = "",
        **rest: Any,
    ) -> None:
        super().__init__(title, by=by, facts=PostNotice, **rest)
        self.reply_basis = reply_basis
        self.days = days
        self.least = {"take_down": days}
        self.objectors: tuple[Role, ...] = (
            (objections,) if isinstance(objections, Role) else tuple(objections)
        )
        self.replies = replies or by

    # Tasks and acts ---------------------------------------------------------------------------------------------

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """`post`; then `take_down`, `reply:<n>` and `serve:<n>` an objection, and what reports of tearing lead to."""
        if view.last("post") is None:
            return [TaskSpec("post", f"张贴{self.title}", self.by, ("post",))]
        in_time = objected.in_time(view)
        specs = [
            TaskSpec("post", f"张贴{self.title}", self.by, ("post",)),
            TaskSpec(
                "take_down",
                f"取下{self.title}",
                self.by,
                ("take_down", "replace"),
                not_before=self.least["take_down"],
                # its period runs on, see `dues`: what hangs comes down, or is replaced, while the case stands still
                runs_on=True,
            ),
        ]
        for turn, _ in enumerate(view.acts(*objected.ACTS), start=1):
            title, holds = f"书面答复对{self.title}的第{turn}项异议", turn <= in_time
            specs.append(
                TaskSpec(f"reply:{turn}", title, self.replies, ("reply",), holds=holds, runs_on=True)
            )
            if view.done(f"reply:{turn}") and not objected.confirmed(view, turn):
                title = f"送达对{self.title}的第{turn}项异议的答复书"
                specs.append(
                    TaskSpec(f"serve:{turn}", title, self.replies, ("serve",), holds=False, runs_on=True)
                )
        for turn in hanging.reports(view):
            acts = ("confirm_torn", "unfounded")
            title, note = f"核实{self.title}缺损", rows.hangs_until(view)
            specs.append(TaskSpec(f"torn:{turn}", title, COMMUNITY, acts, note=note, runs_on=True))
        if hanging.must_hang_again(view):
            turn = len(view.acts("post_again")) + 1
            specs.append(
                TaskSpec(f"again:{turn}", f"补贴{self.title}", self.by, ("post_again",), runs_on=True)
            )
        return specs

    def act_specs(self) -> dict[str, ActSpec]:
        """`post`, `replace`, `take_down`, `reply`, `serve`, `confirm_torn`, `unfounded`, `post_again`, `remove`."""
        specs = (
            ActSpec("post", "张贴", PostNotice, pictures=START),
            ActSpec("replace", "更换内容重新公示", PostNotice, finishes=False, pictures=START),
            ActSpec("take_down", "取下", TakeDown, pictures=END, proved=_demand_end_picture),
            ActSpec("reply", "书面答复", Reply),
            ActSpec("serve", "送达", ReplyServed, pictures=OF_SERVICE, proved=replies.demand_reply_proof),
            ActSpec("confirm_torn", "确认缺损", Torn, pictures=ON_THE_SPOT),
            ActSpec("unfounded", "未发现缺损", Unfounded, pictures=ON_THE_SPOT),
            ActSpec("post_again", "补贴", Again, pictures=START),
            ActSpec(removing.REMOVE, "取下作废件", removing.Removed, pictures=ON_THE_SPOT),
        )
        return {spec.name: spec for spec in specs}

    def standing_specs(self) -> dict[str, tuple[ActSpec, tuple[Role, ...]]]:
        """`object` for those who may object, `report_torn` for anyone, `patrol`.

        `enter_objection`: what came on paper, entered by a place that takes paper in; also when the notice was taken
        down meanwhile, as long as the paper was received in time.
        `pass_on`: what somebody reported without a name; the system says no more than that it was said.
        `add_start_picture`: that of its start, which can only be taken once it is registered, printed and put up.
        `add_end_picture`: the photograph of its end that was wanting when it was taken down.
        `confirm_reply`: who objected read the reply here, and says that it has arrived.
        """
        torn = ActSpec(hanging.NAMED, "报告缺损", Torn, pictures=ON_THE_SPOT)
        passed_on = ActSpec(hanging.NAMELESS, "转来未登录的缺损报告", Torn)
        confirmed = ActSpec(objected.CONFIRMED, "确认收到答复", ConfirmReply, outlasts=True, outlives=True)
        entered = ActSpec(objected.ENTERED, "登记书面异议", EnterObjection, pictures=ON_PAPER, outlasts=True)
        late = ActSpec(hanging.LATE, f"补交{END.title}", LatePicture, pictures=LATE_END, outlasts=True)
        early = ActSpec(hanging.LATE_START, f"补交{START.title}", LatePicture, pictures=LATE_START)
        patrol = ActSpec("patrol", "巡查拍照", Patrol, pictures=DURING)
        return {
            objected.SAID: (ActSpec(objected.SAID, "提出异议", Object), self.objectors),
            objected.ENTERED: (entered, tuple(dict.fromkeys((COMMUNITY, self.by)))),
            objected.CONFIRMED: (confirmed, self.objectors),
            hanging.NAMED: (torn, (ANYONE, COMMUNITY)),
            hanging.NAMELESS: (passed_on, (PASSER_BY,)),
            hanging.LATE_START: (early, tuple(dict.fromkeys((self.by, COMMUNITY)))),
            hanging.LATE: (late, tuple(dict.fromkeys((self.by, COMMUNITY)))),
            "patrol": (patrol, tuple(dict.fromkeys((self.by, COMMUNITY, VOLUNTEER)))),
        }

    def answers(self, view: RoundView, task: str) -> Said | None:
        """A reply answers its objection; what is served is the reply."""
        name, _, turn = task.partition(":")
        if name == "reply":
            return view.acts(*objected.ACTS)[int(turn) - 1]
        return view.done(f"reply:{turn}") if name == "serve" else None

    def stands_open(self, view: RoundView, act: str) -> bool:
        """A reply is confirmed while one has not arrived; a photograph of the end comes late where it was wanting."""
        if act == hanging.LATE_START:
            return view.last(*hanging.HUNG) is not None
        if act == hanging.LATE:
            down = view.last("take_down")
            return down is not None and bool(down.facts.get("no_picture"))
        return act != objected.CONFIRMED or bool(objected.unserved(view))

    def is_for(self, view: RoundView, act: str, person: UUID | None) -> bool:
        """A reply is confirmed by whoever objected."""
        if act != objected.CONFIRMED:
            return True
        objections = view.acts(*objected.ACTS)
        own = (objections[turn - 1] for turn in objected.unserved(view))
        return any(one.act == objected.SAID and one.person_id == person for one in own)

    def pictures_of(self, case: CaseView, spec: ActSpec) -> list[Mapping[str, Any]]:
        """Of start and end those the place's list names; a list nobody wrote names both. A patrol is its photograph."""
        wanted = super().pictures_of(case, spec)
        return [one for one in wanted if one["required"] or is_wanted(case.law, one["code"])]

    def offers(self, view: RoundView, act: str) -> Mapping[str, Sequence[str]]:
        """Who photographs it says at which of the places it was put up."""
        hung = view.last(*hanging.HUNG)
        pictured = dict.fromkeys(("take_down", "post_again", hanging.LATE, hanging.LATE_START), "pictured")
        field = ({"patrol": "where"} | pictured).get(act)
        return {field: list(hung.facts.get("places", ()))} if field is not None and hung is not None else {}

    def spot_of(self, view: RoundView, act: str, facts: Mapping[str, Any]) -> str:
        """Where it was looked at, or hangs."""
        return hanging.spot_in(view, act, facts)

    def begins_with(self, case: CaseView, act: str, at: datetime, task: str = "") -> Mapping[str, Any]:
        """Who confirms a tearing begins with what was reported."""
        found, turn = case.open_round(self), task.partition(":")[2]
        if act != "confirm_torn" or found is None or not turn:
            return {}
        said = [one for one in hanging.reports_of(case.round_view(found), int(turn)) if "what" in one.facts]
        if not said:
            return {}
        what = "；".join(dict.fromkeys(str(one.facts["what"]) for one in said))
        return {"what": what[:LONGEST], "found_at": minute_of(said[0].at)}

    def known_before(self, case: CaseView, act: str, at: datetime) -> Mapping[str, str]:
        """Where the place has set no days: what the notice then says, that it stays up, and who can set them."""
        known = super().known_before(case, act, at)
        if act not in (*hanging.HUNG, "take_down") or not unset.is_unset(case.law, self.days):
            return known
        if act == "take_down":
            return {**known, "taken_down_at": f"{unset.told(case.law, self.days)}后再取下"}
        return {**known, "posted_at": unset.before_posting(case.law, self.days)}

    # Outcome, clocks and marks ----------------------------------------------------------------------------------

    def outcome(self, view: RoundView) -> str | None:
        """Cleared: taken down when its days were full, and every objection received in time replied to."""
        return "done" if objected.is_cleared(view) else None

    def dues(self, case: CaseView) -> tuple[Due, ...]:
        """How long it hangs, and for each objection the time for its reply.

        The paper hangs and who objected waits whether or not the case stands still: these times run on.
        """
        code = self.code
        hang = Due(self.days, f"{code}.counted_from", minimum=True, met_by=f"{code}.taken_down")
        found = case.live_round(self)
        view = case.round_view(found) if found is not None else None
        turns = len(view.acts(*objected.ACTS)) if view is not None else 0
        in_time = objected.in_time(view) if view is not None else 0
        replies = [
            Due(
                REPLY_WITHIN,
                f"{code}.objected:{turn}",
                met_by=f"{code}.replied:{turn}",
                task=f"reply:{turn}",
                outlives=turn > in_time,
                runs_on=True,
                cites=(self.reply_basis,),
            )
            for turn in range(1, turns + 1)
        ]
        return (hang, *replies, *self._checks(case, view), *self.due)

    def _checks(self, case: CaseView, view: RoundView | None) -> Iterator[Due]:
        """For each report of tearing the time to look at it; a place that has set none is not told so every time."""
        if view is None or not case.law.is_period(CHECKED_WITHIN):
            return
        for turn in hanging.reports(view):
            of, met_by = (f"{self.code}.{name}:{turn}" for name in ("reported", "checked"))
            yield Due(CHECKED_WITHIN, of, met_by=met_by, task=f"torn:{turn}", runs_on=True)

    def keys(self) -> tuple[str, ...]:
        """What it asks the pack for."""
        return (self.days, REPLY_WITHIN, CHECKED_WITHIN, *filter(None, (self.reply_basis,)))

    def mark_names(self) -> tuple[str, ...]:
        """`posted`, `counted_from`, `taken_down`; those of objections are counted and nobody else's anchor."""
        return (*super().mark_names(), "posted", "counted_from", "taken_down")

    def marks_of(self, view: RoundView) -> dict[str, datetime]:
        """`posted`, `counted_from`, `taken_down`, `objected:<n>`, `replied:<n>`, `reported:<n>`, `checked:<n>`; and the
        declared mark when cleared.

        From what was found torn nothing is counted: its days begin when it hangs again.
        """
        marks: dict[str, datetime] = {}
        posted, down = view.last("post", "replace"), view.last("take_down")
        if posted is not None:
            marks["posted"] = _instant(posted.facts["posted_at"])
            hung = view.last("post", "replace", "post_again")
            if not hanging.must_hang_again(view):
                marks["counted_from"] = _instant((hung or posted).facts["posted_at"])
        if down is not None:
            marks["taken_down"] = _instant(down.facts["taken_down_at"])
        cleared, in_time = self.outcome(view) == "done", objected.in_time(view)
        answered: dict[str, datetime] = {}
        for turn, said in enumerate(view.acts(*objected.ACTS), start=1):
            counts = marks if turn <= in_time else answered
            counts[f"objected:{turn}"] = objected.received_at(said)
            replied = view.done(f"reply:{turn}")
            if replied is not None:
                counts[f"replied:{turn}"] = replied.at
        if self.marks and cleared:
            marks[self.marks] = max(marks.values())
        return marks | answered | hanging.marks_of_reports(view)

    def why_uncounted(self, view: RoundView) -> str:
        """It was found torn, and does not hang again yet."""
        return "公示中断，补贴后重新起算" if hanging.must_hang_again(view) else ""

    def warns(self, case: CaseView, act: str, at: datetime) -> Sequence[str]:
        """That a notice was put up without its photograph, where the place's list names one, and without why.

        And that the place has set no days for it: who can.
        """
        days = act in hanging.HUNG and unset.is_unset(case.law, self.days)
        told = (unset.after_posting(case.law, self.days),) if days else ()
        return (*told, *self._lacks_start(case, act))

    def _lacks_start(self, case: CaseView, act: str) -> Sequence[str]:
        """That its photograph is wanting yet."""
        live = case.live_round(self) if act in hanging.HUNG else None
        hung = case.round_view(live).last(act) if live is not None else None
        if hung is None or hung.facts.get("no_picture") or not is_wanted(case.law, START.code):
            return ()
        if PaperUse.objects.filter(act=hung.id, kind=START.code).exists():
            return ()
        return (
            f"还没有{START.title}：打印贴出后请拍照，用“补交{START.title}”交来，没有的会在公示情况说明中写明",
        )

    # Conditions and rows ----------------------------------------------------------------------------------------

    def check(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """Posted by now; taken down when its days are full; objected to while it hangs."""
        if isinstance(facts, (PostNotice, Again)) and facts.posted_at > at:
            raise NotPossible("张贴时间不能晚于现在，请核对后填写。")
        if isinstance(facts, PostNotice) and facts.posted_at < minute_of(view.opened_at):
            begun = instant_words(minute_of(view.opened_at))
            raise NotPossible(f"张贴时间不能早于本步骤开始的时间（{begun}），请核对后填写。")
        if isinstance(facts, Torn) and facts.found_at > at:
            raise NotPossible("发现时间不能晚于现在，请核对后填写。")
        if isinstance(facts, Torn):
            rows.demand_found_hanging(view, facts.found_at, _turn_of(task) if act == "confirm_torn" else None)
        if act in ("take_down", "replace", objected.SAID, hanging.NAMED, hanging.NAMELESS, "patrol"):
            rows.demand_hanging(view)
        if act == hanging.NAMELESS and hanging.must_hang_again(view):
            raise NotPossible("这份公示已经核实有缺损，等待补贴，不用重复报告。")
        if isinstance(facts, TakeDown):
            self._check_take_down(view, facts, at)
        if act == hanging.LATE_START and isinstance(facts, LatePicture):
            _check_start(view, facts, view.case.local_day(at))
        elif isinstance(facts, LatePicture):
            _check_late(view, facts, view.case.local_day(at))
        if act == objected.SAID:
            rows.demand_in_time(view, at)
        if isinstance(facts, EnterObjection):
            rows.demand_received_in_time(view, facts.received_at or at, at)
        if isinstance(facts, Reply):
            replies.demand_same_reply(view, _turn_of(task), facts)
            nameless.demand_nameless(view, _turn_of(task), facts.summary)
        if isinstance(facts, ReplyServed):
            replies.demand_after_reply(view, _turn_of(task), facts, at)
        if act == "replace" and isinstance(facts, PostNotice):
            rows.demand_later(view, facts.posted_at)
        if act in (hanging.NAMED, hanging.NAMELESS) and isinstance(facts, Torn):
            rows.demand_not_over(view, facts.found_at)
        if isinstance(facts, Again):
            rows.demand_after_tearing(view, facts.posted_at)
        if isinstance(facts, removing.Removed):
            removing.demand_after_posting(view, facts, at)

    def _check_take_down(self, view: RoundView, facts: TakeDown, at: datetime) -> None:
        if facts.taken_down_at > at:
            raise NotPossible("取下时间不能晚于现在，请核对后填写。")
        if hanging.is_in_doubt(view):
            raise NotPossible("公示曾被报告缺损，尚未核实或补贴，请先办结后再取下。")
        law = view.case.law
        if unset.is_unset(law, self.days):
            raise NotPossible(f"{unset.told(law, self.days)}后再取下。", citations=law.cites(self.days))
        law.need(self.days)
        notice = rows.recount(self, view, at)
        if notice.until_at is not None and facts.taken_down_at < notice.until_at:
            last = notice.until_at.astimezone(ZONE)
            raise NotPossible(
                f"公示期未满：要挂满到{notice.until_on} 24:00，{last.strftime('%Y-%m-%d %H:%M')}以后才能取下。"
            )
        if not notice.exact and not facts.calendar_checked.strip():
            raise NotPossible(
                "公示期涉及的年份放假安排系统还没有收录，请对照国务院办公厅的放假通知核对公示期确已届满，"
                "在“放假安排核对”中写明文号和核对结果后再取下。"
            )

    def record(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """Keep the notice's rows."""
        if isinstance(facts, PostNotice):
            rows.post(self, view, facts, at)
        elif isinstance(facts, TakeDown):
            rows.take_down(view, facts.taken_down_at, "公示期满取下", at)
        elif isinstance(facts, Object):
            rows.object_to(self, view, facts, at)
        elif isinstance(facts, EnterObjection):
            rows.enter_objection(view, facts, at)
        elif isinstance(facts, Reply):
            rows.reply(view, _turn_of(task), facts, at)
        elif isinstance(facts, ReplyServed):
            replies.keep_served(view, _turn_of(task), facts.arrived_at, facts.method)
        elif isinstance(facts, ConfirmReply):
            replies.demand_own(view, facts.turn, view.acts(objected.CONFIRMED)[-1].person_id)
            replies.keep_served(view, facts.turn, at, replies.CONFIRMED)
        elif act == "confirm_torn" and isinstance(facts, Torn):
            rows.interrupt(view, facts)
        elif isinstance(facts, Again):
            rows.hang_again(self, view, facts, at)
        elif isinstance(facts, removing.Removed):
            removing.keep(view, facts)

    def corrected(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """When and how a reply arrived follows its proof; what the public reads of one follows its author."""
        if isinstance(facts, Reply):
            replies.keep_summary(view, _turn_of(task), facts.summary, at)
        if isinstance(facts, ReplyServed):
            replies.keep_served(view, _turn_of(task), facts.arrived_at, facts.method)

    def voided(self, view: RoundView, at: datetime, why: str) -> None:
        """The notice is void with its round."""
        removing.void(view, why, at)

    def left_over(self, view: RoundView) -> list[TaskSpec]:
        """What hung when its round was voided hangs on: whoever put it up takes it off the wall."""
        if removing.hung_on(view.id) is None:
            return []
        title, note = f"取下已作废的{self.title}", "这份公示已经作废，请到现场取下纸质件"
        return [
            TaskSpec(
                removing.REMOVE, title, self.by, (removing.REMOVE,), holds=False, note=note, runs_on=True
            )
        ]

    def undone(self, view: RoundView) -> str:
        """A notice that hangs is void and comes down; another hangs anew."""
        return (
            "已张贴的公示作废，由张贴人到现场取下纸质件，要重新公示" if view.last("post") is not None else ""
        )

    def recount(self, view: RoundView, at: datetime) -> None:
        """A notice's last day follows the calendar, and a number of days the place has set by now."""
        if rows.find_hanging(view.id) is not None:
            rows.recount(self, view, at)
            rows.follow_place(view)


def _demand_end_picture(law: CaseLaw, facts: TakeDown, brought: Collection[str]) -> None:
    """Where the place wants a photograph of the end, it comes with the taking down, or with why there is none."""
    if not is_wanted(law, END.code) or END.code in brought or facts.no_picture:
        return
    asked = f"请附上{END.title}，或者写明没有的原因"
    raise Invalid(f"{asked}，照片以后可以补交。", fields={"no_picture": asked})


def _check_start(view: RoundView, facts: LatePicture, today: date) -> None:
    """A photograph of the start shows it hanging: not before it was put up, and not after today."""
    hung = view.last(*hanging.HUNG)
    assert hung is not None
    posted_on = view.case.local_day(_instant(hung.facts["posted_at"]))
    if not posted_on <= facts.taken_on <= today:
        raise NotPossible(f"实际拍摄日期要在张贴的{posted_on}至今天之间，请核对后填写。")


def _check_late(view: RoundView, facts: LatePicture, today: date) -> None:
    """A photograph of the end shows it on its last day or later, and was not taken after today."""
    full = rows.last_day_of(view)
    if facts.taken_on > today:
        raise NotPossible("实际拍摄日期不能晚于今天，请核对后填写。")
    if full is not None and facts.taken_on < full:
        raise NotPossible(
            f"公示期到{full}才满，实际拍摄日期早于这一天的不是{END.title}，请补交这一天或者以后拍的。"
        )


def _turn_of(task: str) -> int:
    """The number of the objection a task is about."""
    return int(task.partition(":")[2])


def _instant(text: Any) -> datetime:
    return datetime.fromisoformat(str(text))
