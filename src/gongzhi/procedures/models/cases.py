"""Cases, their parties, steps and rounds."""

from django.db import models
from django.db.models import Q

from gongzhi.law.models import Jurisdiction
from gongzhi.registry.models import Estate, Organisation, Person
from gongzhi.values.ids import new_id

#: How a watch ends that has nothing to look at any longer; the same row and date may be watched again.
GONE, MOVED = "gone", "moved"
OUT_OF_SIGHT = (GONE, MOVED)


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
    round = models.OneToOneField(
        "Round", models.PROTECT, null=True, related_name="child", verbose_name="上级轮次"
    )
    estate = models.ForeignKey(Estate, models.PROTECT, null=True, verbose_name="小区", related_name="cases")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, verbose_name="单位")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, verbose_name="区划")
    city = models.CharField("市", max_length=12, default="")
    county = models.CharField("县", max_length=12, default="")
    subdistrict = models.CharField("街道", max_length=12, default="")
    community = models.CharField("社区", max_length=12, default="")
    period = models.CharField("周期", max_length=16, default="")
    #: The row a watch looks at (a contract, a committee's term, a case): an id, and no foreign key.
    watched = models.UUIDField("预警对象", null=True)
    #: The date the case moves towards, as its declaration names it: a copy, written with the clocks.
    towards_on = models.DateField("所向日期", null=True)
    single = models.BooleanField("同时只有一件", default=False)
    law_on = models.DateField("适用法律日期")
    #: Where the law is asked of a case whose estate was moved into another division; "" while it was not.
    law_at = models.CharField("适用法律地", max_length=12, default="")
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
                name="case_child_of_a_round",
                condition=Q(parent__isnull=True, round__isnull=True)
                | Q(parent__isnull=False, round__isnull=False),
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
            models.UniqueConstraint(
                fields=["procedure", "watched", "towards_on"],
                name="case_watches_once",
                condition=Q(watched__isnull=False) & ~Q(outcome__in=OUT_OF_SIGHT),
            ),
            models.UniqueConstraint(
                fields=["procedure", "watched"],
                name="case_one_watch_live",
                condition=Q(watched__isnull=False, ended_at__isnull=True),
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
            models.Index(
                fields=["procedure", "towards_on", "id"],
                name="case_towards",
                condition=Q(towards_on__isnull=False, ended_at__isnull=True),
            ),
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
