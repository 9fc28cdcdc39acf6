"""One exit being told: time is set, somebody of the body that holds a task acts on it, through the door."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, UUIDField

from gongzhi.acts.actor import Actor
from gongzhi.acts.door import Answer
from gongzhi.acts.kept import Kept
from gongzhi.exits.signers import heads_of
from gongzhi.papers.actions import store_upload
from gongzhi.papers.kinds import PaperKind
from gongzhi.papers.photographs.rule import Way
from gongzhi.procedures.models import Case, Task
from gongzhi.procedures.opening import Subject, open_case
from gongzhi.procedures.perform import perform
from gongzhi.procedures.standing import perform_on_case
from gongzhi.registry.acting import appointment_of
from gongzhi.registry.models import Appointment, Estate, Organisation, OrganisationKind, Post
from gongzhi.registry.queries import in_force
from gongzhi.registry.roles import ROLES, Role, holder_of
from gongzhi.values.now import ZONE

from . import words
from .papers import PAPERS, paper
from .shots import SHOTS, shot

#: Those of a body who have an account.
_STAFF = Kept(
    lambda on, organisation: (
        Appointment.objects.filter(in_force(on), organisation=organisation, person__account_id__isnull=False)
        .select_related("person")
        .order_by("from_on", "id")
    ),
    on=DateField(),
    organisation=UUIDField(),
)
_TASK = Kept(
    lambda root, procedure, step, name: Task.objects.filter(
        case__root_id=root, case__procedure=procedure, open=True, round__step__code=step, name=name
    ).order_by("-opened_at", "-id")[:1],
    root=UUIDField(),
    procedure=CharField(),
    step=CharField(),
    name=CharField(),
)
_NO_CASE = UUID(int=0)
#: How long before it is sent a photograph of the demonstration was taken. Ours to choose, not law.
TAKEN_BEFORE = timedelta(minutes=3)
#: In which capacity somebody signs who heads nothing.
AGENT = "授权代表"


@dataclass
class Telling:
    """An exit at an estate, as of `at`; `follower` may serve next, `firm` may settle. `now` is the instant told of."""

    estate: Estate
    follower: Organisation
    firm: Organisation
    at: datetime
    now: datetime
    root: UUID = _NO_CASE

    # Time -----------------------------------------------------------------------------------------------------------

    def day(self, days: int, clock: str = "10:00") -> datetime:
        """Let time come to a day counted from the present, and say when that is."""
        self.now = datetime.combine(self.on(days), time.fromisoformat(clock), ZONE)
        return self.now

    def later(self, minutes: int) -> None:
        """Let some minutes pass within one sitting."""
        self.now += timedelta(minutes=minutes)

    def on(self, days: int) -> date:
        """A day counted from the present; before it where negative."""
        return self.at.astimezone(ZONE).date() + timedelta(days=days)

    @property
    def today(self) -> date:
        """The day told of."""
        return self.now.astimezone(ZONE).date()

    # Who ------------------------------------------------------------------------------------------------------------

    def somebody(self, organisation_id: UUID | None, post: Post | None = None) -> Actor:
        """Somebody with an account who works there on the day; a project leader of this very estate first."""
        rows = _STAFF.rows(on=self.today, organisation=organisation_id)
        held = [one for one in rows if post is None or one.post == post]
        held.sort(key=lambda one: one.estate_id not in (self.estate.pk, None))
        if not held:
            raise LookupError(f"nobody acts for {organisation_id} at {self.estate} on {self.today}")
        return Actor(held[0].person.account_id, held[0].pk, held[0].person_id)

    def organ(self, role: Role, post: Post | None = None) -> Actor:
        """Somebody of the organ that holds a role on the day; in that post where one is named."""
        found = holder_of(role, self.estate, self.today).organisation
        return self.somebody(found.pk if found is not None else None, post)

    def owner(self) -> Actor:
        """The owner of the estate who has an account."""
        rows = Appointment.objects.filter(
            estate=self.estate, post=Post.OWNER, person__account_id__isnull=False
        ).select_related("person")
        held = rows.exclude(person__appointments__organisation__estate=self.estate).get()
        return Actor(held.person.account_id, held.pk, held.person_id)

    # Acts -----------------------------------------------------------------------------------------------------------

    def papers(self, by: Actor, kinds: tuple[str, ...]) -> list[dict[str, str]]:
        """Upload papers as the one who attaches them."""
        sent = []
        for kind in kinds:
            answer = self._shot(by, kind) if kind in SHOTS else self._paper(by, kind)
            sent.append({"file": str(answer.value["id"]), "kind": kind})
        return sent

    def _paper(self, by: Actor, kind: str) -> Answer:
        upload = BytesIO(paper(kind, self.at))
        return store_upload(by=by, at=self.now, upload=upload, name=f"{PAPERS[kind][0]}.pdf")

    def _shot(self, by: Actor, kind: str) -> Answer:
        """A photograph taken some minutes ago and sent from the spot."""
        label = str(PaperKind(kind).label)
        upload = BytesIO(shot(f"公示（{label}）", self.estate.name, self.now - TAKEN_BEFORE))
        name = f"IMG_{self.now:%Y%m%d_%H%M%S}.jpg"
        return store_upload(by=by, at=self.now, upload=upload, name=name, way=Way.CAMERA)

    def case(self, procedure: str = "exit") -> Case:
        """The newest case of a procedure in the tree."""
        return Case.objects.filter(root_id=self.root, procedure=procedure).latest("opened_at", "id")

    def tasks(self, start: str) -> list[str]:
        """The open tasks whose path (`procedure.step.task`) starts so."""
        rows = Task.objects.filter(case__root_id=self.root, open=True).order_by("opened_at", "id")
        found = (".".join(row) for row in rows.values_list("case__procedure", "round__step__code", "name"))
        return [path for path in found if path.startswith(start)]

    def task(self, path: str) -> Task:
        """The newest open task of a path."""
        procedure, step, name = path.split(".", 2)
        found = _TASK.first(root=self.root, procedure=procedure, step=step, name=name)
        if found is None:
            raise LookupError(f"no open task {path} at {self.estate}; there are {self.tasks('')}")
        return found

    def do(self, path: str, act: str, *papers: str, post: Post | None = None, **facts: Any) -> None:
        """Somebody of the body that holds the task acts on it; who takes a paper in names themselves."""
        task = self.task(path)
        by = self.somebody(task.organisation_id, post)
        if act == "receive":
            facts["received_by"] = appointment_of(by, self.now).person.name
        perform(by=by, at=self.now, task_id=task.id, act=act, facts=facts, papers=self.papers(by, papers))

    def sign(self, path: str, act: str = "sign") -> None:
        """Somebody of the body that holds the task signs with their own name."""
        task = self.task(path)
        by = self.somebody(task.organisation_id)
        facts = self.signature(by)
        if facts["capacity"] == AGENT:
            facts["authority"] = "授权委托书（示例）"
        perform(by=by, at=self.now, task_id=task.id, act=act, facts=facts)

    def sign_on_paper(self, path: str, act: str) -> None:
        """The body's head signed on paper; whoever keeps the account brings the scan. Without a head, as `sign`."""
        heads = heads_of(self.task(path).organisation_id, self.today)
        if not heads:
            self.sign(path, act)
            return
        name, capacity = next(iter(heads.items()))
        self.do(path, act, "signed_page", signed_way="paper", signer=name, capacity=capacity)

    def signature(self, by: Actor) -> dict[str, str]:
        """Their own name, and in which capacity: as the head of the body, or by a power."""
        held = appointment_of(by, self.now)
        name = held.person.name
        return {"signer": name, "capacity": heads_of(held.organisation_id, self.today).get(name, AGENT)}

    def stand(self, by: Actor, act: str, procedure: str = "exit", at_step: str = "", **facts: Any) -> None:
        """A standing act of a case."""
        self.stand_with((), by, act, procedure, at_step, **facts)

    def stand_with(
        self,
        papers: tuple[str, ...],
        by: Actor,
        act: str,
        procedure: str = "exit",
        at_step: str = "",
        **facts: Any,
    ) -> None:
        """A standing act with papers."""
        perform_on_case(
            by=by,
            at=self.now,
            case_id=self.case(procedure).id,
            act=act,
            facts=facts,
            papers=self.papers(by, papers),
            step=at_step,
        )

    def open(self, exit_on: date) -> None:
        """The provider of the day applies to leave."""
        self.begin("provider_early", self.provider(), "exit_application", **words.application(exit_on))

    def provider(self) -> Actor:
        """Somebody of the provider of the day."""
        found = holder_of(ROLES["provider"], self.estate, self.today).organisation
        return self.somebody(found.pk if found is not None else None)

    def begin(self, variant: str, by: Actor, *papers: str, **facts: Any) -> None:
        """Somebody opens an exit on a ground, with the act it begins with."""
        answer = open_case(
            by=by,
            at=self.now,
            procedure="exit",
            variant=variant,
            subject=Subject(estate=self.estate),
            facts=facts,
            papers=self.papers(by, papers),
        )
        self.root = UUID(answer.value["case"])

    # Others ---------------------------------------------------------------------------------------------------------

    def names(self) -> list[str]:
        """Two who put up and take down a notice."""
        street = holder_of(ROLES["community"], self.estate, self.today).organisation
        rows = Appointment.objects.filter(organisation=street).select_related("person").order_by("post", "id")
        return [held.person.name for held in rows][:2]

    def names_in(self, organisation_id: UUID | None, post: Post) -> list[str]:
        """Who holds a post in a body on the day, by name."""
        rows = Appointment.objects.filter(in_force(self.today), organisation=organisation_id, post=post)
        return list(rows.order_by("from_on", "id").values_list("person__name", flat=True))

    def community(self) -> Organisation:
        """The community's committee."""
        return Organisation.objects.get(
            kind=OrganisationKind.RESIDENTS_COMMITTEE, jurisdiction_code=self.estate.community
        )


Story = Iterator[datetime]
