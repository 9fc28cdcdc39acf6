"""Organisations of every kind the sources name, and what is known about an owners' committee."""

from django.db import models
from django.db.models import Q

from gongzhi.values.ids import new_id

from .constraints import days_in_order, one_of
from .places import Estate
from .territory import Placed


class OrganisationKind(models.TextChoices):
    """Who takes part in governing an estate."""

    PROPERTY_AUTHORITY = "property_authority", "物业主管部门"
    PROPERTY_CENTRE = "property_centre", "物业管理中心"
    GOVERNMENT = "government", "人民政府"
    GOVERNMENT_OFFICE = "government_office", "政府办公室"
    SUBDISTRICT_OFFICE = "subdistrict_office", "街道办事处（乡镇人民政府）"
    RESIDENTS_COMMITTEE = "residents_committee", "社区居民委员会"
    COMMUNITY_WORKSTATION = "community_workstation", "物业管理工作站"
    OWNERS_COMMITTEE = "owners_committee", "业主委员会"
    INTERIM_MANAGEMENT_COMMITTEE = "interim_management_committee", "物业管理委员会"
    PREPARATION_GROUP = "preparation_group", "业主大会筹备组"
    REELECTION_GROUP = "reelection_group", "换届改选小组"
    PROVIDER = "provider", "物业服务企业"
    OTHER_MANAGER = "other_manager", "其他管理人"
    DEVELOPER = "developer", "建设单位"
    THIRD_PARTY_FIRM = "third_party_firm", "第三方机构"
    UTILITY_COMPANY = "utility_company", "专业经营单位"
    SPECIALIST_COMPANY = "specialist_company", "专项服务单位"
    STATE_COMPANY = "state_company", "国有企业"
    PLATFORM_COMPANY = "platform_company", "平台公司"
    BANK = "bank", "银行"
    INDUSTRY_ASSOCIATION = "industry_association", "行业协会"
    SOCIAL_ORGANISATION = "social_organisation", "社会组织"
    PUBLIC_WELFARE_STATION = "public_welfare_station", "物业服务站"
    MEDIATION_COMMITTEE = "mediation_committee", "人民调解委员会"
    LEADING_GROUP = "leading_group", "领导小组"
    PARTY_ORGANISATION = "party_organisation", "党组织"
    DISCIPLINE_OFFICE = "discipline_office", "纪检监察机关"
    ENFORCEMENT_BUREAU = "enforcement_bureau", "综合行政执法局"
    MARKET_REGULATOR = "market_regulator", "市场监督管理局"
    POLICE = "police", "公安机关"
    FIRE_BRIGADE = "fire_brigade", "消防救援机构"
    NATURAL_RESOURCES = "natural_resources", "自然资源和规划局"
    FINANCE = "finance", "财政局"
    DEVELOPMENT_REFORM = "development_reform", "发展和改革局"
    EMERGENCY_MANAGEMENT = "emergency_management", "应急管理局"
    JUSTICE_BUREAU = "justice_bureau", "司法局"
    CIVIL_AFFAIRS = "civil_affairs", "民政局"
    PETITION_OFFICE = "petition_office", "信访局"
    DATA_BUREAU = "data_bureau", "大数据局"
    HUMAN_RESOURCES = "human_resources", "人力资源和社会保障局"
    ECOLOGY = "ecology", "生态环境局"
    HEALTH = "health", "卫生健康局"
    UTILITY_CENTRE = "utility_centre", "公用事业服务中心"
    COURT = "court", "人民法院"
    MEDIA_CENTRE = "media_centre", "融媒体中心"


#: One of these stands for a territory; resolvers rely on there being at most one a code.
ORGANS = (
    OrganisationKind.PROPERTY_AUTHORITY,
    OrganisationKind.SUBDISTRICT_OFFICE,
    OrganisationKind.RESIDENTS_COMMITTEE,
)
#: These see the estates of the territory their code names.
TERRITORIAL = (
    *ORGANS,
    OrganisationKind.PROPERTY_CENTRE,
    OrganisationKind.GOVERNMENT,
    OrganisationKind.GOVERNMENT_OFFICE,
    OrganisationKind.COMMUNITY_WORKSTATION,
    OrganisationKind.MEDIATION_COMMITTEE,
    OrganisationKind.LEADING_GROUP,
    OrganisationKind.PARTY_ORGANISATION,
    OrganisationKind.DISCIPLINE_OFFICE,
    OrganisationKind.ENFORCEMENT_BUREAU,
    OrganisationKind.MARKET_REGULATOR,
    OrganisationKind.POLICE,
    OrganisationKind.FIRE_BRIGADE,
    OrganisationKind.NATURAL_RESOURCES,
    OrganisationKind.FINANCE,
    OrganisationKind.DEVELOPMENT_REFORM,
    OrganisationKind.EMERGENCY_MANAGEMENT,
    OrganisationKind.JUSTICE_BUREAU,
    OrganisationKind.CIVIL_AFFAIRS,
    OrganisationKind.PETITION_OFFICE,
    OrganisationKind.DATA_BUREAU,
    OrganisationKind.HUMAN_RESOURCES,
    OrganisationKind.ECOLOGY,
    OrganisationKind.HEALTH,
    OrganisationKind.UTILITY_CENTRE,
)
#: Within a territory, and yet no authority: bodies of the people who live there, or of several authorities.
NO_AUTHORITIES = (
    OrganisationKind.RESIDENTS_COMMITTEE,
    OrganisationKind.COMMUNITY_WORKSTATION,
    OrganisationKind.MEDIATION_COMMITTEE,
    OrganisationKind.LEADING_GROUP,
    OrganisationKind.PROPERTY_CENTRE,
    OrganisationKind.UTILITY_CENTRE,
)
#: 机关.
AUTHORITIES = (*(kind for kind in TERRITORIAL if kind not in NO_AUTHORITIES), OrganisationKind.COURT)
#: These register estates and appoint within their territory.
REGISTRARS = (
    OrganisationKind.PROPERTY_AUTHORITY,
    OrganisationKind.GOVERNMENT,
    OrganisationKind.SUBDISTRICT_OFFICE,
)
#: These belong to one estate.
OF_ONE_ESTATE = (
    OrganisationKind.OWNERS_COMMITTEE,
    OrganisationKind.INTERIM_MANAGEMENT_COMMITTEE,
    OrganisationKind.PREPARATION_GROUP,
    OrganisationKind.REELECTION_GROUP,
)
#: These can be engaged to manage an estate. 《民法典》第937条.
MANAGERS = (
    OrganisationKind.PROVIDER,
    OrganisationKind.OTHER_MANAGER,
    OrganisationKind.STATE_COMPANY,
    OrganisationKind.SOCIAL_ORGANISATION,
    OrganisationKind.PUBLIC_WELFARE_STATION,
)
#: 任期、成员、印章 are recorded for these.
COMMITTEES = (OrganisationKind.OWNERS_COMMITTEE, OrganisationKind.INTERIM_MANAGEMENT_COMMITTEE)


class Organisation(Placed):
    """A body that acts through the people appointed in it.

    `jurisdiction_code` is the territory of an authority, a place's own code for any other body. A credit
    code with a wrong check digit is kept as given, with the warning beside it.
    """

    kind = models.CharField("类别", max_length=40, choices=OrganisationKind)
    name = models.CharField("名称", max_length=100)
    pinyin = models.CharField("拼音", max_length=400, editable=False)
    initials = models.CharField("拼音首字母", max_length=100, editable=False)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, default="")
    uscc_warning = models.CharField("信用代码提示", max_length=100, blank=True, default="")
    jurisdiction_code = models.CharField("行政区划代码", max_length=12)
    estate = models.ForeignKey(
        Estate, models.PROTECT, null=True, related_name="organisations", verbose_name="小区"
    )
    document_code = models.CharField("机关代字", max_length=20, blank=True, default="")
    registered_address = models.CharField("登记地址", max_length=200, blank=True, default="")
    service_address = models.CharField("送达地址", max_length=200, blank=True, default="")
    phone_service = models.CharField("服务电话", max_length=30, blank=True, default="")
    phone_supervision = models.CharField("监督电话", max_length=30, blank=True, default="")
    from_on = models.DateField("成立（登记）日期")
    to_on = models.DateField("终止日期", null=True)

    class Meta:
        verbose_name = "单位"
        constraints = [
            one_of("kind", OrganisationKind, "organisation_kind_known"),
            days_in_order("organisation_days_in_order"),
            models.CheckConstraint(
                condition=Q(kind__in=OF_ONE_ESTATE, estate__isnull=False)
                | (~Q(kind__in=OF_ONE_ESTATE) & Q(estate__isnull=True)),
                name="organisation_estate_iff_committee",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(jurisdiction_code=""), name="organisation_named_and_placed"
            ),
            models.UniqueConstraint(
                fields=["uscc"], condition=Q(to_on__isnull=True) & ~Q(uscc=""), name="organisation_uscc_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "jurisdiction_code"],
                condition=Q(to_on__isnull=True, kind__in=ORGANS),
                name="organisation_one_organ_a_territory",
            ),
            models.UniqueConstraint(
                fields=["kind", "estate"],
                condition=Q(to_on__isnull=True, estate__isnull=False),
                name="organisation_one_committee_an_estate",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "jurisdiction_code"], name="organisation_of_place"),
            models.Index(fields=["pinyin", "id"], name="organisation_by_pinyin"),
            models.Index(fields=["city", "kind", "name"], name="organisation_of_city"),
            models.Index(fields=["county", "kind", "name"], name="organisation_of_county"),
            models.Index(fields=["subdistrict", "kind", "name"], name="organisation_of_subdistrict"),
            models.Index(fields=["community", "kind", "name"], name="organisation_of_community"),
        ]

    def __str__(self) -> str:
        return self.name


class CommitteeTerm(models.Model):
    """One term of a committee; both days included."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    committee = models.ForeignKey(Organisation, models.PROTECT, related_name="terms", verbose_name="委员会")
    starts_on = models.DateField("任期起")
    ends_on = models.DateField("任期止")
    seats = models.PositiveSmallIntegerField("委员人数")
    paper_title = models.CharField("依据文书", max_length=200)
    paper_id = models.UUIDField("文书", null=True)

    class Meta:
        verbose_name = "委员会任期"
        constraints = [
            days_in_order("committee_term_days_in_order", "starts_on", "ends_on"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="committee_term_has_seats"),
            models.UniqueConstraint(fields=["committee", "starts_on"], name="committee_term_starts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}—{self.ends_on}"


class Condition(models.TextChoices):
    """What hinders a committee although its term runs."""

    REFUSING = "refusing", "拒不履职"
    SEAL_LOST = "seal_lost", "印章失控"


class CommitteeCondition(models.Model):
    """A hindrance of a committee, stated by a paper, until it ends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    committee = models.ForeignKey(
        Organisation, models.PROTECT, related_name="conditions", verbose_name="委员会"
    )
    condition = models.CharField("情形", max_length=20, choices=Condition)
    from_on = models.DateField("自")
    to_on = models.DateField("至", null=True)
    paper_title = models.CharField("认定文书", max_length=200)
    paper_id = models.UUIDField("文书", null=True)

    class Meta:
        verbose_name = "委员会履职情形"
        constraints = [
            one_of("condition", Condition, "committee_condition_known"),
            days_in_order("committee_condition_days_in_order"),
            models.CheckConstraint(condition=~Q(paper_title=""), name="committee_condition_has_a_paper"),
            models.UniqueConstraint(
                fields=["committee", "condition"],
                condition=Q(to_on__isnull=True),
                name="committee_condition_open_once",
            ),
        ]

    def __str__(self) -> str:
        return Condition(self.condition).label
