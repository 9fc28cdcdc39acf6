"""Cases, their steps, rounds, tasks and acts; marks, clocks and their ladders."""

from django.db import models
from django.db.models import F, Q

from gongzhi.law.models import Jurisdiction
from gongzhi.papers.models import DocumentNumber, File
from gongzhi.registry.models import Estate, Organisation, Person
from gongzhi.values.ids import new_id


class Case(models.Model):
    """One run of a procedure about one subject. Live while `ended_at` is null; its state is derived."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField("案号", max_length=64, unique=True)
    procedure = models.CharField("程序", max_length=50)
    version = models.PositiveSmallIntegerField("程序版本")
    variant = models.CharField("情形", max_length=50, default="")
    root = models.ForeignKey("self", models.PROTECT, related_name="tree", verbose_name="根案件")
    parent = models.ForeignKey(
        "CaseStep", models.PROTECT, null=True, related_name="children", verbose_name="上级步骤"
    )
    estate = models.ForeignKey(Estate, models.PROTECT, null=True, verbose_name="小区", related_name="cases")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, verbose_name="单位")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, verbose_name="区划")
    city = models.CharField("市", max_length=12, default="")
    county = models.CharField("县", max_length=12, default="")
    subdistrict = models.CharField("街道", max_length=12, default="")
    community = models.CharField("社区", max_length=12, default="")
    period = models.CharField("周期", max_length=16, default="")
    single = models.BooleanField("同时只有一件", default=False)
    law_on = models.DateField("适用法律日期")
    takes = models.JSONField("承接", default=dict)
    opened_at = models.DateTimeField("立案时间")
    opened_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="opened_cases", verbose_name="立案单位"
    )
    ended_at = models.DateTimeField("结束时间", null=True)
    outcome = models.CharField("结果", max_length=50, default="")
    ended_why = models.CharField("结束原因", max_length=500, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_has_one_subject",
                condition=Q(estate__isnull=False, organisation__isnull=True, jurisdiction__isnull=True)
                | Q(estate__isnull=True, organisation__isnull=False, jurisdiction__isnull=True)
                | Q(estate__isnull=True, organisation__isnull=True, jurisdiction__isnull=False),
            ),
            models.CheckConstraint(
                name="case_ended_with_outcome",
                condition=Q(ended_at__isnull=True, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
            models.UniqueConstraint(
                fields=["procedure", "estate"],
                name="case_single_live",
                condition=Q(single=True, ended_at__isnull=True, parent__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["procedure", "jurisdiction", "period"],
                name="case_once_a_period",
                condition=~Q(period=""),
            ),
        ]
        indexes = [
            models.Index(fields=["estate", "opened_at", "id"], name="case_of_estate"),
            models.Index(fields=["city", "opened_at", "id"], name="case_city", condition=Q(parent=None)),
            models.Index(fields=["county", "opened_at", "id"], name="case_county", condition=Q(parent=None)),
            models.Index(
                fields=["subdistrict", "opened_at", "id"], name="case_subdistrict", condition=Q(parent=None)
            ),
            models.Index(
                fields=["community", "opened_at", "id"], name="case_community", condition=Q(parent=None)
            ),
            models.Index(fields=["opened_at", "id"], name="case_opened", condition=Q(parent=None)),
        ]

    def __str__(self) -> str:
        return self.number


class CaseNumber(models.Model):
    """The last number of a series (a jurisdiction's cases, its notices) and year; drawn from under its lock."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField("系列", max_length=32)
    year = models.PositiveSmallIntegerField("年")
    last = models.PositiveIntegerField("末号", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="case_number_series_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.year}: {self.last}"


class Party(models.Model):
    """Who a role was when the case opened, or when an act bound it; never re-resolved."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    role = models.CharField("角色", max_length=32)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True)
    round = models.ForeignKey("Round", models.PROTECT, null=True, related_name="bound")
    bound_at = models.DateTimeField("确定时间")
    void_at = models.DateTimeField("作废时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "role"], name="party_once", condition=Q(void_at__isnull=True)
            ),
            models.CheckConstraint(
                name="party_is_one",
                condition=Q(organisation__isnull=False, person__isnull=True)
                | Q(organisation__isnull=True, person__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "case"], name="party_of_organisation")]

    def __str__(self) -> str:
        return f"{self.role} of {self.case_id}"


class CaseStep(models.Model):
    """A declared step of a case: a case runs the steps it was opened with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    code = models.CharField("步骤", max_length=50)
    kind = models.CharField("类别", max_length=20)
    position = models.PositiveSmallIntegerField("次序")
    decided_at = models.DateTimeField("了结时间", null=True)
    outcome = models.CharField("结果", max_length=50, default="")
    skipped_why = models.CharField("略过原因", max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="step_once"),
            models.CheckConstraint(
                name="step_decided_with_outcome",
                condition=Q(decided_at__isnull=True, outcome="")
                | (Q(decided_at__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.case_id}"


class Round(models.Model):
    """One going through a step. Going back makes a new round; the old one stays, void."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    step = models.ForeignKey(CaseStep, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField("轮次")
    opened_at = models.DateTimeField("开始时间")
    closed_at = models.DateTimeField("结束时间", null=True)
    outcome = models.CharField("结果", max_length=50, default="")
    void_at = models.DateTimeField("作废时间", null=True)
    void_why = models.CharField("作废原因", max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["step"],
                name="round_one_open",
                condition=Q(closed_at__isnull=True, void_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number} of {self.step_id}"


class Task(models.Model):
    """One thing to be done by one holder. `due_at` is a copy written by `clocks.project` alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    round = models.ForeignKey(Round, models.PROTECT, related_name="tasks")
    name = models.CharField("任务", max_length=80)
    title = models.CharField("名称", max_length=100)
    role = models.CharField("角色", max_length=32)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, verbose_name="承办单位")
    person = models.ForeignKey(Person, models.PROTECT, null=True, verbose_name="承办人")
    acting_for = models.CharField("代行说明", max_length=200, default="")
    vacant = models.BooleanField("无人承办", default=False)
    note = models.CharField("说明", max_length=300, default="")
    holds = models.BooleanField("阻断后续", default=True)
    city = models.CharField("市", max_length=12, default="")
    county = models.CharField("县", max_length=12, default="")
    subdistrict = models.CharField("街道", max_length=12, default="")
    community = models.CharField("社区", max_length=12, default="")
    opened_at = models.DateTimeField("开始时间")
    due_at = models.DateTimeField("截止时间", null=True)
    sort_at = models.DateTimeField("排序时间")
    open = models.BooleanField("待办", default=True)
    done_at = models.DateTimeField("办结时间", null=True)
    void_at = models.DateTimeField("作废时间", null=True)
    void_why = models.CharField("作废原因", max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="task_once_a_round"),
            models.CheckConstraint(
                name="task_open_or_over",
                condition=Q(open=True, done_at__isnull=True, void_at__isnull=True)
                | Q(open=False, done_at__isnull=False, void_at__isnull=True)
                | Q(open=False, done_at__isnull=True, void_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "sort_at", "id"], name="task_todo", condition=Q(open=True)),
            models.Index(fields=["city", "sort_at", "id"], name="task_city", condition=Q(open=True)),
            models.Index(fields=["county", "sort_at", "id"], name="task_county", condition=Q(open=True)),
            models.Index(fields=["subdistrict", "sort_at", "id"], name="task_subd", condition=Q(open=True)),
            models.Index(fields=["community", "sort_at", "id"], name="task_comm", condition=Q(open=True)),
            models.Index(fields=["case"], name="task_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.case_id}"


class Assignment(models.Model):
    """A task that passed from one holder to another because an organ changed. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments")
    before = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    why = models.CharField("原因", max_length=300)
    at = models.DateTimeField("时间")

    def __str__(self) -> str:
        return f"{self.task_id}: {self.before_id} → {self.after_id}"


class CaseAct(models.Model):
    """What was said in a case: kept unchanged, never queried. Append-only; `id` is the act's in the record."""

    id = models.UUIDField(primary_key=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="said")
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="said")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="said")
    name = models.CharField("行为", max_length=50)
    facts = models.JSONField("事实")
    facts_class = models.CharField("事实类", max_length=120)
    account_id = models.UUIDField("账号", null=True)
    appointment_id = models.UUIDField("任职", null=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    at = models.DateTimeField("时间")

    class Meta:
        indexes = [models.Index(fields=["case", "at", "id"], name="said_of_case")]

    def __str__(self) -> str:
        return f"{self.name} in {self.case_id}"


class PaperUse(models.Model):
    """A paper attached to an act: who may read the file is answered by its uses. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    act = models.ForeignKey(CaseAct, models.PROTECT, related_name="papers")
    file = models.ForeignKey(File, models.PROTECT, related_name="uses")
    kind = models.CharField("材料", max_length=64)
    title = models.CharField("名称", max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["act", "file", "kind"], name="paper_used_once_an_act"),
        ]

    def __str__(self) -> str:
        return self.title


class Mark(models.Model):
    """A named instant of a step, visible to its ancestors as `handover.confirmed`. Void with its round."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="marks")
    round = models.ForeignKey(Round, models.PROTECT, related_name="marks")
    name = models.CharField("标记", max_length=50)
    at = models.DateTimeField("时间")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="mark_once_a_round")]

    def __str__(self) -> str:
        return f"{self.name} of {self.case_id}"


class Clock(models.Model):
    """A budget and its suspensions, projected to an instant. Belongs to a case and a step, not to a round."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    step = models.ForeignKey(CaseStep, models.PROTECT, related_name="clocks")
    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    key = models.CharField("期限", max_length=100)
    anchor = models.CharField("起算事件", max_length=100)
    anchor_at = models.DateTimeField("起算时间")
    minimum = models.BooleanField("最短期限", default=False)
    extra = models.JSONField("延长", default=list)
    due_at = models.DateTimeField("截止时间", null=True)
    due_on = models.DateField("截止日", null=True)
    advised_on = models.DateField("建议日", null=True)
    exact = models.BooleanField("日历已公布", default=True)
    working = models.JSONField("怎么算的", default=list)
    warnings = models.JSONField("提示", default=list)
    citations = models.JSONField("依据", default=list)
    calendar = models.CharField("日历版本", max_length=50, default="")
    met_at = models.DateTimeField("完成时间", null=True)
    stopped_at = models.DateTimeField("停止时间", null=True)
    stopped_why = models.CharField("停止原因", max_length=300, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "key", "anchor"], name="clock_once"),
            models.CheckConstraint(
                name="clock_met_or_stopped", condition=Q(met_at__isnull=True) | Q(stopped_at__isnull=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["calendar"],
                name="clock_running",
                condition=Q(met_at__isnull=True, stopped_at__isnull=True),
            ),
            models.Index(fields=["case"], name="clock_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.case_id}"


class ClockMove(models.Model):
    """A clock that moved, by how much and why: a changed anchor, a suspension, a new calendar. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="moves")
    before = models.DateTimeField("原截止", null=True)
    after = models.DateTimeField("新截止", null=True)
    why = models.CharField("原因", max_length=300)
    at = models.DateTimeField("时间")

    def __str__(self) -> str:
        return f"{self.clock_id}: {self.before} → {self.after}"


class Rung(models.Model):
    """One rung of a clock's ladder: when it is due and when it was done. Firing it twice is impossible."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="rungs")
    name = models.CharField("级别", max_length=20)
    due_at = models.DateTimeField("到点时间")
    done_at = models.DateTimeField("触发时间", null=True)
    dropped_at = models.DateTimeField("取消时间", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock", "name", "due_at"], name="rung_once")]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="rung_waiting",
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.clock_id}"


class Suspension(models.Model):
    """A stretch in which the clocks of a case stand still."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="suspensions")
    from_at = models.DateTimeField("暂停时间")
    to_at = models.DateTimeField("恢复时间", null=True)
    reason = models.CharField("原因", max_length=300)
    citation = models.CharField("依据", max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="suspension_one_open", condition=Q(to_at__isnull=True)
            ),
            models.CheckConstraint(
                name="suspension_forward", condition=Q(to_at__isnull=True) | Q(to_at__gte=F("from_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} from {self.from_at}"


class Item(models.Model):
    """One line of a list that is handed over: the original, a sealed copy, or missing and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="items")
    code = models.CharField("项目", max_length=64)
    label = models.CharField("名称", max_length=200)
    state = models.CharField("状态", max_length=16, default="")
    quantity = models.PositiveIntegerField("份数", null=True)
    condition = models.CharField("状况", max_length=300, default="")
    reason = models.CharField("缺失原因", max_length=300, default="")
    make_up_on = models.DateField("补交期限", null=True)
    said_at = models.DateTimeField("记录时间", null=True)
    made_up_at = models.DateTimeField("补交时间", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="item_once_a_round"),
            models.CheckConstraint(
                name="item_state_known",
                condition=Q(state__in=["", "original", "sealed_copy", "present", "missing"]),
            ),
            models.CheckConstraint(
                name="item_missing_has_reason",
                condition=~Q(state="missing") | (~Q(reason="") & Q(make_up_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class IssuedPaper(models.Model):
    """An authority's paper and its number. It stays when the case goes back, marked replaced."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="issued")
    round = models.OneToOneField(Round, models.PROTECT, related_name="issued")
    number = models.OneToOneField(DocumentNumber, models.PROTECT, related_name="issued")
    signed_at = models.DateTimeField("签发时间")
    replaced_at = models.DateTimeField("替换时间", null=True)

    def __str__(self) -> str:
        return str(self.number)


class Beat(models.Model):
    """When each regular job last ended: a tick older than five minutes shows on every desk page."""

    name = models.CharField(primary_key=True, max_length=32)
    at = models.DateTimeField("时间")

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"
