"""Issue: an authority's own paper, through the chain 拟稿→核稿→(合法性审核)→签发→编号→用印→送达→归档.

Three people, not one; the number is drawn at 签发, the effect comes with 送达, a void number stays as 作废.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from pydantic import Field

from gongzhi.acts.facts import Facts
from gongzhi.papers.contents.content import Content
from gongzhi.papers.documents import Letter
from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.numbers import draw_number, void_number
from gongzhi.registry.models import Organisation, Post
from gongzhi.registry.roles import Role
from gongzhi.values.minutes import minute_of
from gongzhi.values.refusals import NotPossible

from .. import clocks, issued
from ..declare import Step
from ..documents import Copy, Document, Source
from ..forms import proof
from ..hearing import heard_in
from ..holders import hold
from ..letters import Wording, field_by_field, issue_letter, seal_letter, signed_letter, take_the_place
from ..models import IssuedPaper
from ..service import OF_SERVICE, ServiceProof, demand_announced_after, demand_proof
from ..terms import ActSpec, Condition, RoundView, TaskSpec
from ..undoing import drop_tasks
from ..view import CaseView
from . import obeying
from .review import Reasons

F = TypeVar("F", bound=Facts)


def _before_it_is_sealed(source: Source) -> Sequence[Copy]:
    """One preview from the draft to 用印: who checks, signs and seals looks at it; then the paper itself is there."""
    drafted = source.view.last("draft") and source.view.last("seal") is None
    return [Copy()] if drafted else []


def _previewed(source: Source) -> Letter:
    assert isinstance(source.step, Issue)
    return source.step.preview(source)


#: Who leads signs off; who reviews, or leads, looks at the law of it.
_POSTS = {"sign_off": (str(Post.LEADER),), "legal_review": (str(Post.REVIEWER), str(Post.LEADER))}

#: Who keeps the seals and files, where the body has somebody for it, writes no letters; who reviews or leads checks.
_KEEPER = (str(Post.CLERK),)
_OTHERS = tuple(str(post) for post in Post if post != Post.CLERK)
_PREFERRED = {
    "draft": (_OTHERS,),
    "check": (_POSTS["legal_review"], _OTHERS),
    "seal": (_KEEPER,),
    "archive": (_KEEPER,),
}

#: Three people, not one; who signs does not seal.
_APART = {
    "check": ("draft",),
    "legal_review": ("draft", "check"),
    "sign_off": ("draft", "check", "legal_review"),
    "seal": ("sign_off",),
}


def _issued(view: RoundView) -> IssuedPaper:
    """The paper of the round."""
    rows = IssuedPaper.objects.select_related("paper__organisation", "paper__file", "number")
    return rows.get(round_id=view.id)


def _once_sealed(source: Source) -> Sequence[Copy]:
    """A form to be served with, to write on; when it was served, the record of it."""
    served = source.view.last(issued.SERVE)
    if served is not None:
        return [Copy(said_at=served.at)]
    return [Copy(to_fill=True)] if source.view.last("seal") is not None else []


def _served(source: Source) -> Content:
    step, case = source.step, source.case
    assert isinstance(step, Issue)
    one = _issued(source.view)
    issuer = one.paper.organisation
    return proof(
        source,
        source.view.last(issued.SERVE),
        papers=(f"{one.number.text}{one.paper.title}",),
        to=_taken_in(one.recipient, hold(case, step.to, one.signed_at, receives=True).name),
        sender=issuer.name if issuer is not None else "",
    )


def _taken_in(recipient: str, by: str) -> str:
    """Whom the letter names, and who takes it in where that is somebody else (a committee for the assembly)."""
    return by if recipient in ("", by) else f"{recipient}（由{by}接收）"


class Opinion(Facts):
    """What the one who checks says, in their own words: nothing stands there before."""

    opinion: str = Field(title="意见", description="同意的，也要写明", min_length=1, max_length=500)


class Sealed(Facts):
    """The entry in the register of seals (用印登记)."""

    copies: int = Field(title="份数", ge=1, le=1000)
    keeper: str = Field(title="用印人", min_length=1, max_length=50)


class Filed(Facts):
    """Where the paper is kept."""

    volume: str = Field(title="卷号", default="", max_length=100)


class Issue(Step[F]):
    """An official paper. Outcome `done` when it is served; filing it away holds up nothing, nor does what it orders."""

    kind = "issue"
    task_names = ("draft", "check", "legal_review", "sign_off", "seal", "serve", "archive", *obeying.TASKS)
    posted = _POSTS
    preferred = _PREFERRED
    apart = _APART
    kept_for = dict.fromkeys(("draft", "check", "legal_review"), "sign_off")
    main_act = "draft"
    correctable = ("serve", "archive")
    internal = (
        *("draft", "check", "return", "legal_review", "sign_off", "signed_off", "seal", "void_number"),
        *("take_back", "archive"),
    )
    own_documents = (
        Document("letter", "文稿", _previewed, _before_it_is_sealed, named_by_step=True),
        Document("service_record", "送达回证", _served, _once_sealed),
    )

    def __init__(
        self,
        title: str,
        *,
        by: Role,
        to: Role,
        facts: type[F],
        paper: PaperKind = PaperKind.FORMAL_NOTICE,
        letter: Wording | None = None,
        legal_review: Condition | None = None,
        **rest: Any,
    ) -> None:
        super().__init__(title, by=by, facts=facts, **rest)
        self.to, self.legal_review = to, legal_review
        self.paper, self.letter = paper, letter

    def _chain(self, view: RoundView) -> list[TaskSpec]:
        """The tasks of the chain in their order."""
        is_reviewed = self.legal_review is not None and self.legal_review.holds(view.case)
        signing = (self.posts_of("sign_off"),)
        later = (self.posts_of("legal_review"), *signing) if is_reviewed else signing
        specs = [
            TaskSpec("draft", f"拟稿：{self.title}", self.by, ("draft",), later=later),
            TaskSpec(
                "check",
                f"核稿：{self.title}",
                self.by,
                ("check", "return"),
                not_by=self.apart_from("check"),
                later=later,
            ),
        ]
        if is_reviewed:
            specs.append(
                TaskSpec(
                    "legal_review",
                    f"合法性审核：{self.title}",
                    self.by,
                    ("check", "return"),
                    posts=self.posts_of("legal_review"),
                    not_by=self.apart_from("legal_review"),
                    later=signing,
                )
            )
        return [
            *specs,
            TaskSpec(
                "sign_off",
                f"签发：{self.title}",
                self.by,
                ("sign_off", "return"),
                posts=self.posts_of("sign_off"),
                not_by=self.apart_from("sign_off"),
            ),
            TaskSpec(
                "seal",
                f"用印：{self.title}",
                self.by,
                ("seal", "void_number"),
                not_by=self.apart_from("seal"),
            ),
            TaskSpec("serve", f"送达：{self.title}", self.by, ("serve",)),
            TaskSpec("archive", f"归档：{self.title}", self.by, ("archive",), holds=False),
        ]

    def task_specs(self, view: RoundView) -> list[TaskSpec]:
        """The chain as far as it has come, each task once the one before is done; when served, what was ordered."""
        specs = []
        for spec in self._chain(view):
            specs.append(spec)
            if view.done(spec.name) is None:
                break
        specs = [replace(spec, preferred=self.preferred.get(spec.name, ())) for spec in specs]
        return [*specs, *obeying.tasks(self, view)]

    def act_specs(self) -> dict[str, ActSpec]:
        """`draft`, `check`, `return`, `sign_off`, `seal`, `void_number`, `serve`, `archive`, and those of `obeying`."""
        specs = (
            ActSpec("draft", "拟稿", self.facts),
            ActSpec("check", "核稿", Opinion),
            ActSpec("return", "退回修改", Reasons),
            ActSpec("sign_off", "签发", Opinion),
            ActSpec("seal", "用印", Sealed),
            ActSpec("void_number", "编号作废", Reasons),
            ActSpec("serve", "送达", ServiceProof, pictures=OF_SERVICE, proved=demand_proof),
            ActSpec("archive", "归档", Filed),
            *obeying.act_specs(),
        )
        return {spec.name: spec for spec in specs}

    def standing_specs(self) -> dict[str, tuple[ActSpec, tuple[Role, ...]]]:
        """`take_back`: whoever issues it may take the draft back until it is signed off."""
        return {"take_back": (ActSpec("take_back", "撤回文稿", Reasons), (self.by,))}

    def stands_open(self, view: RoundView, act: str) -> bool:
        """There is a draft, and it is not signed off."""
        return view.last("draft") is not None and view.last("sign_off") is None

    outcomes = ("done", "return", "void")
    returns = ("return", "void")

    def outcome(self, view: RoundView) -> str | None:
        """Done when served; back to the draft by anyone in the chain, taken back, or (`void`) its number voided."""
        if view.last("void_number"):
            return "void"
        if view.last("return", "take_back"):
            return "return"
        return "done" if view.last(issued.SERVE) else None

    def why_back(self, view: RoundView, outcome: str) -> str:
        """Which number was voided; that its own drafters took it back, and nobody returned it."""
        if outcome == "return" and view.last("return") is None:
            return "撤回文稿"
        return f"编号作废（{_issued(view).number.text}）" if outcome == "void" else ""

    def may_correct(self, act: str, view: RoundView | None = None) -> bool:
        """How it was served, until it is filed away: what lies in the volume is not put right by other words."""
        is_filed = view is not None and act == issued.SERVE and view.last("archive") is not None
        return super().may_correct(act, view) and not is_filed

    def check(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """Served after it was sealed, by now; what is said of its being obeyed."""
        obeying.check(view, facts, at)
        if act == self.main_act:
            obeying.demand_ahead(facts, view.case.local_day(at))
        if act == "sign_off":
            obeying.demand_still_ahead(view, self.facts, view.case.local_day(at))
        if isinstance(facts, ServiceProof):
            sealed = view.last("seal")
            if facts.arrived_at > at:
                raise NotPossible("送达时间不能晚于现在，请核对送达回证。")
            if sealed is not None and facts.arrived_at < minute_of(sealed.at):
                raise NotPossible("送达时间不能早于用印时间，请核对送达回证。")
            if sealed is not None:
                demand_announced_after(facts, sealed.at)

    def record(self, view: RoundView, task: str, act: str, facts: Facts, at: datetime) -> None:
        """Draw the number and set the paper at 签发; keep a voided one as 作废."""
        if act == "sign_off":
            self._sign(view, at)
        if act == "seal":
            self._seal(view, at)
        if act == issued.SERVE:
            self._replace_served(view, at)
        if act == "void_number" and isinstance(facts, Reasons):
            self._void(view, facts.reason, at)

    def _sign(self, view: RoundView, at: datetime) -> None:
        said, case = view.last("sign_off"), view.case
        assert said is not None
        issuer = Organisation.objects.get(pk=said.organisation_id)
        number = draw_number(issuer, at)
        to = hold(case, self.to, at, receives=True).name
        letter = signed_letter(self._worded(view), recipient=to, issuer=issuer, number=number.text, at=at)
        one = IssuedPaper(round_id=view.id, case=case.row, number=number, signed_at=at)
        issued.as_signed(one, letter)
        whole = issued.with_code(one, letter)
        one.paper = issue_letter(whole, kind=self.paper, issuer=issuer, number=number, at=at)
        one.save(force_insert=True)
        issued.publish_wording(one, at)
        issued.publish_standing(one, at)
        earlier = issued.same_step(case.row, self.code).exclude(pk=one.pk).select_related("paper")
        take_the_place(one.paper, [old.paper for old in earlier if not issued.is_served(old)], at)

    def _replace_served(self, view: RoundView, at: datetime) -> None:
        """What was served before goes out of use now, and what it still asked for with it."""
        one = _issued(view)
        rows = issued.same_step(view.case.row, self.code).exclude(pk=one.pk)
        rows = rows.filter(replaced_at=None, number__voided_at=None, round__void_at__isnull=False)
        for old in rows.select_related("paper__file", "number", "case", "round"):
            old.replaced_at = at
            old.save(update_fields=["replaced_at"])
            issued.publish_standing(old, at)
            take_the_place(one.paper, [old.paper], at)
            case = view.case if old.case_id == view.case.row.pk else CaseView(old.case)
            drop_tasks(case.open_tasks([old.round]), f"已由{one.number.text}代替", at)
            if case is not view.case:
                clocks.project(case, at)

    def _seal(self, view: RoundView, at: datetime) -> None:
        one = _issued(view)
        issuer = one.paper.organisation
        assert issuer is not None
        whole = self._as_signed(view, one, issuer)
        issued.demand_unchanged(one, whole)
        seal_letter(one.paper, whole, signed_at=one.signed_at, at=at)
        issued.publish_standing(one, at)

    def preview(self, source: Source) -> Letter:
        """The paper as it will be set; number, date and code are there from 签发 on."""
        one = IssuedPaper.objects.filter(round_id=source.view.id).select_related("number").first()
        issuer = hold(source.case, self.by, source.at).organisation
        assert issuer is not None
        if one is not None:
            return self._as_signed(source.view, one, issuer)
        to = hold(source.case, self.to, source.at, receives=True).name
        return signed_letter(self._worded(source.view), recipient=to, issuer=issuer, number="", at=None)

    def _as_signed(self, view: RoundView, one: IssuedPaper, issuer: Organisation) -> Letter:
        """The paper as it was signed, with its code."""
        letter = signed_letter(
            self._worded(view),
            recipient=one.recipient,
            issuer=issuer,
            number=one.number.text,
            at=one.signed_at,
        )
        return issued.with_code(one, letter)

    def _worded(self, view: RoundView) -> Letter:
        """The paper as the draft words it."""
        facts = heard_in(view, self)
        assert facts is not None
        return self.letter(view.case, facts) if self.letter else field_by_field(self.title, facts)

    def _void(self, view: RoundView, reason: str, at: datetime) -> None:
        if IssuedPaper.objects.filter(round_id=view.id).exists():
            one = _issued(view)
            void_number(one.number, reason, at)
            issued.publish_standing(one, at)

    def voided(self, view: RoundView, at: datetime, why: str) -> None:
        """Issued papers and numbers stay and are marked replaced; what was served stands until a newer one is."""
        if view.last(issued.SERVE) is not None:
            return
        if IssuedPaper.objects.filter(round_id=view.id, replaced_at=None).update(replaced_at=at):
            issued.publish_standing(_issued(view), at)

    def left_over(self, view: RoundView) -> list[TaskSpec]:
        """A paper that was served is filed, and what it orders done, whatever becomes of its round."""
        if view.last(issued.SERVE) is None:
            return []
        return [spec for spec in self.task_specs(view) if not spec.holds]

    def is_signed(self, view: RoundView) -> bool:
        """Once it is signed off, unless its number was voided."""
        return view.last("sign_off") is not None and view.last("void_number") is None

    def is_out(self, view: RoundView) -> bool:
        """Once it is served: whom it is addressed to sees the letter alone."""
        return view.last(issued.SERVE) is not None

    def undone(self, view: RoundView) -> str:
        """A paper that was signed stays, marked; one that was served stands."""
        if view.last(issued.SERVE) is not None:
            return "已送达的文书保持送达时的内容，重新送达新的文书后由新的代替"
        return "已签发的文书保留，注明已被替代" if view.last("sign_off") is not None else ""

    def marks_of(self, view: RoundView) -> dict[str, datetime]:
        """`signed_off`, and `arrived` (or the declared mark) when it was served."""
        marks: dict[str, datetime] = {}
        signed, served = view.last("sign_off"), view.last(issued.SERVE)
        if signed is not None:
            marks["signed_off"] = signed.at
        if served is not None:
            marks["arrived"] = marks[self.marks or "arrived"] = datetime.fromisoformat(
                str(served.facts["arrived_at"])
            )
        return marks

    def mark_names(self) -> tuple[str, ...]:
        """`signed_off` and `arrived`."""
        return (*super().mark_names(), "signed_off", "arrived")
