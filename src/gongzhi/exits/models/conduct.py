"""What authorities found about those who manage estates: penalties, grades, blacklists. Facts; nothing follows of them.

A row is corrected by revoking it and recording another; neither opens, decides or ends an exit.
"""

from django.db import models
from django.db.models import F, Q

from gongzhi.registry.models import Estate, Organisation, Person
from gongzhi.values.ids import new_id


class ConductKind(models.TextChoices):
    """What was found. 《白山市物业服务人退出及应急服务管理办法》第10条第1项至第3项."""

    PENALTY = "penalty", "行政处罚"
    GRADE = "grade", "物业服务质量评价"
    BLACKLIST = "blacklist", "列入黑名单"


class Conduct(models.Model):
    """One paper of an authority about a provider or a person, at one estate or at all. Days, the last included."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField("种类", max_length=12, choices=ConductKind)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="conduct")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="conduct")
    estate = models.ForeignKey(Estate, models.PROTECT, null=True, related_name="conduct")
    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="conduct_found")
    document_number = models.CharField("文号", max_length=100)
    said = models.CharField("等级或者名单", max_length=100, default="")
    decided_on = models.DateField("决定日期")
    served_on = models.DateField("送达日期", null=True)
    acted_on = models.DateField("行为日期", null=True)
    final_on = models.DateField("终局日期", null=True)
    until_on = models.DateField("有效至", null=True)
    revoked_on = models.DateField("撤销日期", null=True)
    revoked_why = models.CharField("撤销原因", max_length=500, default="")
    paper_id = models.UUIDField("来源文件", null=True)
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "行为记录"
        constraints = [
            models.CheckConstraint(
                name="conduct_kind_known", condition=Q(kind__in=ConductKind.values) & ~Q(document_number="")
            ),
            models.CheckConstraint(
                name="conduct_of_somebody",
                condition=Q(organisation__isnull=False) | Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="conduct_says_grade_or_list", condition=Q(kind="penalty", said="") | ~Q(said="")
            ),
            models.CheckConstraint(
                name="conduct_days_in_order",
                condition=(Q(revoked_on=None) | Q(revoked_on__gte=F("decided_on")))
                & (Q(final_on=None) | Q(final_on__gte=F("decided_on")))
                & (Q(until_on=None) | Q(until_on__gte=F("decided_on"))),
            ),
            models.UniqueConstraint(
                name="conduct_once_a_company",
                fields=["authority", "document_number", "kind", "organisation"],
                condition=Q(revoked_on=None, organisation__isnull=False, estate=None),
            ),
            models.UniqueConstraint(
                name="conduct_once_a_project",
                fields=["authority", "document_number", "kind", "organisation", "estate"],
                condition=Q(revoked_on=None, organisation__isnull=False, estate__isnull=False),
            ),
            models.UniqueConstraint(
                name="conduct_once_a_person",
                fields=["authority", "document_number", "kind", "person"],
                condition=Q(revoked_on=None, organisation=None),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "decided_on"], name="conduct_of_organisation"),
            models.Index(fields=["person", "decided_on"], name="conduct_of_person"),
        ]

    def __str__(self) -> str:
        return f"{ConductKind(self.kind).label} {self.document_number}"
