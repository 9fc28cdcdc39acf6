"""People, what they own, where they are appointed, whom they act for, and who looked at their data."""

from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from gongzhi.values.ids import new_id

from .constraints import days_in_order, exactly_one, one_of
from .organisations import Organisation
from .places import Estate, Unit


class IdKind(models.TextChoices):
    """What kind of document a number belongs to; only the resident number has a check digit."""

    RESIDENT = "resident", "居民身份证"
    OTHER = "other", "其他证件"


class Person(models.Model):
    """A natural person. Numbers are kept as ciphertext under the person's own key and found by keyed digest.

    Destroying `sealed_key` destroys the numbers wherever a copy of the ciphertext lies. 《个人信息保护法》第47条.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField("姓名", max_length=50)
    id_kind = models.CharField("证件种类", max_length=20, choices=IdKind, default=IdKind.RESIDENT)
    sealed_key = models.BinaryField("密钥（密封）", null=True, editable=False)
    id_number_cipher = models.BinaryField("证件号码（密文）", null=True, editable=False)
    id_number_digest = models.CharField("证件号码摘要", max_length=64, blank=True, default="", editable=False)
    phone_cipher = models.BinaryField("手机号码（密文）", null=True, editable=False)
    phone_digest = models.CharField("手机号码摘要", max_length=64, blank=True, default="", editable=False)
    account_id = models.UUIDField("账号", null=True, unique=True)
    registered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "人员"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            one_of("id_kind", IdKind, "person_id_kind_known"),
            models.UniqueConstraint(
                fields=["id_number_digest"], condition=~Q(id_number_digest=""), name="person_id_number_once"
            ),
            models.CheckConstraint(
                condition=Q(id_number_cipher__isnull=True, id_number_digest="")
                | (Q(id_number_cipher__isnull=False) & ~Q(id_number_digest="")),
                name="person_id_number_findable",
            ),
            models.CheckConstraint(
                condition=Q(phone_cipher__isnull=True, phone_digest="")
                | (Q(phone_cipher__isnull=False) & ~Q(phone_digest="")),
                name="person_phone_findable",
            ),
        ]
        indexes = [
            models.Index(fields=["phone_digest"], name="person_of_phone"),
            models.Index(fields=["name", "id"], name="person_of_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Look(models.Model):
    """Somebody was shown a personal number in the clear. Append-only; the person can see it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="looks", verbose_name="人员")
    field = models.CharField("查看内容", max_length=20)
    account_id = models.UUIDField("查看账号")
    appointment_id = models.UUIDField("任职", null=True)
    purpose = models.CharField("用途", max_length=200)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "查看记录"
        constraints = [models.CheckConstraint(condition=~Q(purpose=""), name="look_has_a_purpose")]
        indexes = [models.Index(fields=["person", "at"], name="look_of_person")]

    def __str__(self) -> str:
        return f"{self.field}·{self.purpose}"


class Ownership(models.Model):
    """A share of a unit held by one person or one organisation, as an exact fraction; both days included."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    estate = models.ForeignKey(Estate, models.PROTECT, related_name="ownerships", verbose_name="小区")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ownerships", verbose_name="房屋")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="ownerships", verbose_name="业主"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="ownerships", verbose_name="业主单位"
    )
    numerator = models.PositiveIntegerField("份额分子")
    denominator = models.PositiveIntegerField("份额分母")
    from_on = models.DateField("自")
    to_on = models.DateField("至", null=True)

    class Meta:
        verbose_name = "业主份额"
        constraints = [
            exactly_one(("person", "organisation"), "ownership_of_one_owner"),
            models.CheckConstraint(
                condition=Q(numerator__gt=0, numerator__lte=F("denominator")),
                name="ownership_share_is_a_fraction",
            ),
            days_in_order("ownership_days_in_order"),
            models.UniqueConstraint(
                fields=["unit", "person"],
                condition=Q(to_on__isnull=True, person__isnull=False),
                name="ownership_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["unit", "organisation"],
                condition=Q(to_on__isnull=True, organisation__isnull=False),
                name="ownership_once_an_organisation",
            ),
        ]
        indexes = [
            models.Index(fields=["estate", "from_on"], name="ownership_of_estate"),
            models.Index(fields=["person", "estate"], name="ownership_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"

    @property
    def fraction(self) -> Fraction:
        """The share, exactly."""
        return Fraction(self.numerator, self.denominator)


class Post(models.TextChoices):
    """In which capacity a person acts."""

    OFFICER = "officer", "经办人"
    LEADER = "leader", "分管（值班）领导"
    REVIEWER = "reviewer", "审核人员"
    CLERK = "clerk", "文书"
    PROVIDER_LEGAL_REPRESENTATIVE = "provider_legal_representative", "法定代表人"
    PROVIDER_LEADER = "provider_leader", "项目负责人"
    COMMUNITY_WORKER = "community_worker", "社区工作者"
    COMMUNITY_HEAD = "community_head", "社区负责人"
    COMMITTEE_HEAD = "committee_head", "业委会主任"
    COMMITTEE_MEMBER = "committee_member", "业委会委员"
    FIRM_ACCOUNTANT = "firm_accountant", "签字会计师"
    REPRESENTATIVE = "representative", "单位代表"
    OWNER = "owner", "业主"
    RESIDENT = "resident", "住户"
    TENANT = "tenant", "承租人"
    VOLUNTEER = "volunteer", "志愿者"
    AUDITOR = "auditor", "审计人员"
    ADMINISTRATOR = "administrator", "系统管理员"


#: Held at an estate, in no organisation.
AT_AN_ESTATE = (Post.OWNER, Post.RESIDENT, Post.TENANT, Post.VOLUNTEER)
#: Held in an organisation, or in none.
OF_THE_SYSTEM = (Post.AUDITOR, Post.ADMINISTRATOR)
#: Held in an organisation; a project leader also names the estate.
IN_AN_ORGANISATION = tuple(post for post in Post if post not in AT_AN_ESTATE + OF_THE_SYSTEM)


class Appointment(models.Model):
    """A post held by a person at an organisation or an estate, from one day to another, both included."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", verbose_name="人员")
    post = models.CharField("职务", max_length=40, choices=Post)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="appointments", verbose_name="单位"
    )
    estate = models.ForeignKey(
        Estate, models.PROTECT, null=True, related_name="appointments", verbose_name="小区"
    )
    from_on = models.DateField("自")
    to_on = models.DateField("至", null=True)
    paper_title = models.CharField("任命文件", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "任职"
        constraints = [
            days_in_order("appointment_days_in_order"),
            models.CheckConstraint(
                condition=Q(post__in=AT_AN_ESTATE, estate__isnull=False, organisation__isnull=True)
                | Q(post__in=IN_AN_ORGANISATION, organisation__isnull=False)
                | Q(post__in=OF_THE_SYSTEM, estate__isnull=True),
                name="appointment_is_somewhere",
            ),
            models.UniqueConstraint(
                fields=["person", "post", "organisation"],
                condition=Q(to_on__isnull=True, organisation__isnull=False, estate__isnull=True),
                name="appointment_once_in_organisation",
            ),
            models.UniqueConstraint(
                fields=["person", "post", "estate"],
                condition=Q(to_on__isnull=True, organisation__isnull=True, estate__isnull=False),
                name="appointment_once_at_estate",
            ),
            models.UniqueConstraint(
                fields=["person", "post", "organisation", "estate"],
                condition=Q(to_on__isnull=True, organisation__isnull=False, estate__isnull=False),
                name="appointment_once_at_both",
            ),
            models.UniqueConstraint(
                fields=["person", "post"],
                condition=Q(to_on__isnull=True, organisation__isnull=True, estate__isnull=True),
                name="appointment_once_in_system",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "post", "from_on"], name="appointment_of_organisation"),
            models.Index(fields=["estate", "post", "from_on"], name="appointment_of_estate"),
        ]

    def __str__(self) -> str:
        where = self.organisation or self.estate
        return f"{Post(self.post).label}·{where}" if where else Post(self.post).label


class PowerOfAttorney(models.Model):
    """授权委托: one matter, its scope, its term, signed by both. 《民法典》第165条."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    principal_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="powers_granted", verbose_name="委托单位"
    )
    principal_person = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="powers_granted", verbose_name="委托人"
    )
    agent = models.ForeignKey(Person, models.PROTECT, related_name="powers_held", verbose_name="受托人")
    matter = models.CharField("委托事项", max_length=100)
    scope = models.TextField("权限范围")
    from_on = models.DateField("自")
    to_on = models.DateField("至")
    is_signed_by_principal = models.BooleanField("委托人已签章", default=False)
    is_signed_by_agent = models.BooleanField("受托人已签字", default=False)
    paper_title = models.CharField("委托书", max_length=200, blank=True, default="")
    paper_id = models.UUIDField("文书", null=True)
    revoked_on = models.DateField("撤销日期", null=True)

    class Meta:
        verbose_name = "授权委托"
        constraints = [
            exactly_one(("principal_organisation", "principal_person"), "power_of_one_principal"),
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="power_days_in_order"),
            models.CheckConstraint(condition=~Q(matter="") & ~Q(scope=""), name="power_says_what_for"),
        ]
        indexes = [models.Index(fields=["agent", "matter", "from_on"], name="power_of_agent")]

    def __str__(self) -> str:
        return self.matter
