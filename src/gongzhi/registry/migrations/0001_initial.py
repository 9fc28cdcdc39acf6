import django.db.models.deletion
from django.db import migrations, models

import gongzhi.values.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Estate",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("city", models.CharField(blank=True, default="", max_length=12, verbose_name="市")),
                (
                    "county",
                    models.CharField(blank=True, default="", max_length=12, verbose_name="县（市、区）"),
                ),
                (
                    "subdistrict",
                    models.CharField(blank=True, default="", max_length=12, verbose_name="街道（乡镇）"),
                ),
                ("community", models.CharField(blank=True, default="", max_length=12, verbose_name="社区")),
                ("name", models.CharField(max_length=100, verbose_name="小区名称")),
                ("pinyin", models.CharField(editable=False, max_length=400, verbose_name="拼音")),
                ("initials", models.CharField(editable=False, max_length=100, verbose_name="拼音首字母")),
                ("address", models.CharField(blank=True, default="", max_length=200, verbose_name="地址")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("commodity", "商品房小区"),
                            ("resettlement", "安置小区"),
                            ("old", "老旧小区"),
                            ("unserved", "无物业小区"),
                        ],
                        max_length=20,
                        verbose_name="类型",
                    ),
                ),
                ("first_delivered_on", models.DateField(null=True, verbose_name="首户交付日期")),
                ("registered_on", models.DateField(verbose_name="登记日期")),
            ],
            options={
                "verbose_name": "小区",
                "indexes": [
                    models.Index(fields=["city", "pinyin", "id"], name="estate_of_city"),
                    models.Index(fields=["county", "pinyin", "id"], name="estate_of_county"),
                    models.Index(fields=["subdistrict", "pinyin", "id"], name="estate_of_subdistrict"),
                    models.Index(fields=["community", "pinyin", "id"], name="estate_of_community"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["commodity", "resettlement", "old", "unserved"])),
                        name="estate_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("city", ""), _negated=True),
                            models.Q(("county", ""), _negated=True),
                            models.Q(("subdistrict", ""), _negated=True),
                            models.Q(("community", ""), _negated=True),
                        ),
                        name="estate_lies_in_a_community",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="estate_has_a_name"
                    ),
                    models.UniqueConstraint(
                        fields=("community", "name"), name="estate_name_once_in_community"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Building",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="楼栋")),
                ("floors", models.PositiveSmallIntegerField(null=True, verbose_name="层数")),
                (
                    "estate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="buildings",
                        to="registry.estate",
                        verbose_name="小区",
                    ),
                ),
            ],
            options={
                "verbose_name": "楼栋",
                "constraints": [
                    models.UniqueConstraint(fields=("estate", "name"), name="building_name_once_in_estate"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="building_has_a_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("city", models.CharField(blank=True, default="", max_length=12, verbose_name="市")),
                (
                    "county",
                    models.CharField(blank=True, default="", max_length=12, verbose_name="县（市、区）"),
                ),
                (
                    "subdistrict",
                    models.CharField(blank=True, default="", max_length=12, verbose_name="街道（乡镇）"),
                ),
                ("community", models.CharField(blank=True, default="", max_length=12, verbose_name="社区")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("property_authority", "物业主管部门"),
                            ("property_centre", "物业管理中心"),
                            ("government", "人民政府"),
                            ("government_office", "政府办公室"),
                            ("subdistrict_office", "街道办事处（乡镇人民政府）"),
                            ("residents_committee", "社区居民委员会"),
                            ("community_workstation", "物业管理工作站"),
                            ("owners_committee", "业主委员会"),
                            ("interim_management_committee", "物业管理委员会"),
                            ("preparation_group", "业主大会筹备组"),
                            ("reelection_group", "换届改选小组"),
                            ("provider", "物业服务企业"),
                            ("other_manager", "其他管理人"),
                            ("developer", "建设单位"),
                            ("third_party_firm", "第三方机构"),
                            ("utility_company", "专业经营单位"),
                            ("specialist_company", "专项服务单位"),
                            ("state_company", "国有企业"),
                            ("platform_company", "平台公司"),
                            ("bank", "银行"),
                            ("industry_association", "行业协会"),
                            ("social_organisation", "社会组织"),
                            ("public_welfare_station", "物业服务站"),
                            ("mediation_committee", "人民调解委员会"),
                            ("leading_group", "领导小组"),
                            ("party_organisation", "党组织"),
                            ("discipline_office", "纪检监察机关"),
                            ("enforcement_bureau", "综合行政执法局"),
                            ("market_regulator", "市场监督管理局"),
                            ("police", "公安机关"),
                            ("fire_brigade", "消防救援机构"),
                            ("natural_resources", "自然资源和规划局"),
                            ("finance", "财政局"),
                            ("development_reform", "发展和改革局"),
                            ("emergency_management", "应急管理局"),
                            ("justice_bureau", "司法局"),
                            ("civil_affairs", "民政局"),
                            ("petition_office", "信访局"),
                            ("data_bureau", "大数据局"),
                            ("human_resources", "人力资源和社会保障局"),
                            ("ecology", "生态环境局"),
                            ("health", "卫生健康局"),
                            ("utility_centre", "公用事业服务中心"),
                            ("court", "人民法院"),
                            ("media_centre", "融媒体中心"),
                        ],
                        max_length=40,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("pinyin", models.CharField(editable=False, max_length=400, verbose_name="拼音")),
                ("initials", models.CharField(editable=False, max_length=100, verbose_name="拼音首字母")),
                (
                    "uscc",
                    models.CharField(blank=True, default="", max_length=18, verbose_name="统一社会信用代码"),
                ),
                (
                    "uscc_warning",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="信用代码提示"),
                ),
                ("jurisdiction_code", models.CharField(max_length=12, verbose_name="行政区划代码")),
                (
                    "document_code",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="机关代字"),
                ),
                (
                    "registered_address",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="登记地址"),
                ),
                (
                    "service_address",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="送达地址"),
                ),
                (
                    "phone_service",
                    models.CharField(blank=True, default="", max_length=30, verbose_name="服务电话"),
                ),
                (
                    "phone_supervision",
                    models.CharField(blank=True, default="", max_length=30, verbose_name="监督电话"),
                ),
                ("from_on", models.DateField(verbose_name="成立（登记）日期")),
                ("to_on", models.DateField(null=True, verbose_name="终止日期")),
                (
                    "estate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="registry.estate",
                        verbose_name="小区",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
                "indexes": [
                    models.Index(fields=["kind", "jurisdiction_code"], name="organisation_of_place"),
                    models.Index(fields=["pinyin", "id"], name="organisation_by_pinyin"),
                    models.Index(fields=["city", "kind", "name"], name="organisation_of_city"),
                    models.Index(fields=["county", "kind", "name"], name="organisation_of_county"),
                    models.Index(fields=["subdistrict", "kind", "name"], name="organisation_of_subdistrict"),
                    models.Index(fields=["community", "kind", "name"], name="organisation_of_community"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "property_authority",
                                    "property_centre",
                                    "government",
                                    "government_office",
                                    "subdistrict_office",
                                    "residents_committee",
                                    "community_workstation",
                                    "owners_committee",
                                    "interim_management_committee",
                                    "preparation_group",
                                    "reelection_group",
                                    "provider",
                                    "other_manager",
                                    "developer",
                                    "third_party_firm",
                                    "utility_company",
                                    "specialist_company",
                                    "state_company",
                                    "platform_company",
                                    "bank",
                                    "industry_association",
                                    "social_organisation",
                                    "public_welfare_station",
                                    "mediation_committee",
                                    "leading_group",
                                    "party_organisation",
                                    "discipline_office",
                                    "enforcement_bureau",
                                    "market_regulator",
                                    "police",
                                    "fire_brigade",
                                    "natural_resources",
                                    "finance",
                                    "development_reform",
                                    "emergency_management",
                                    "justice_bureau",
                                    "civil_affairs",
                                    "petition_office",
                                    "data_bureau",
                                    "human_resources",
                                    "ecology",
                                    "health",
                                    "utility_centre",
                                    "court",
                                    "media_centre",
                                ],
                            )
                        ),
                        name="organisation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="organisation_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("estate__isnull", False),
                                (
                                    "kind__in",
                                    (
                                        "owners_committee",
                                        "interim_management_committee",
                                        "preparation_group",
                                        "reelection_group",
                                    ),
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "kind__in",
                                        (
                                            "owners_committee",
                                            "interim_management_committee",
                                            "preparation_group",
                                            "reelection_group",
                                        ),
                                    ),
                                    _negated=True,
                                ),
                                ("estate__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="organisation_estate_iff_committee",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("jurisdiction_code", ""), _negated=True),
                        ),
                        name="organisation_named_and_placed",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on__isnull", True), models.Q(("uscc", ""), _negated=True)),
                        fields=("uscc",),
                        name="organisation_uscc_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("kind__in", ("property_authority", "subdistrict_office", "residents_committee")),
                            ("to_on__isnull", True),
                        ),
                        fields=("kind", "jurisdiction_code"),
                        name="organisation_one_organ_a_territory",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("estate__isnull", False), ("to_on__isnull", True)),
                        fields=("kind", "estate"),
                        name="organisation_one_committee_an_estate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitteeTerm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="任期起")),
                ("ends_on", models.DateField(verbose_name="任期止")),
                ("seats", models.PositiveSmallIntegerField(verbose_name="委员人数")),
                ("paper_title", models.CharField(max_length=200, verbose_name="依据文书")),
                ("paper_id", models.UUIDField(null=True, verbose_name="文书")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="registry.organisation",
                        verbose_name="委员会",
                    ),
                ),
            ],
            options={
                "verbose_name": "委员会任期",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="committee_term_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seats__gt", 0)), name="committee_term_has_seats"
                    ),
                    models.UniqueConstraint(
                        fields=("committee", "starts_on"), name="committee_term_starts_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitteeCondition",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        choices=[("refusing", "拒不履职"), ("seal_lost", "印章失控")],
                        max_length=20,
                        verbose_name="情形",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="自")),
                ("to_on", models.DateField(null=True, verbose_name="至")),
                ("paper_title", models.CharField(max_length=200, verbose_name="认定文书")),
                ("paper_id", models.UUIDField(null=True, verbose_name="文书")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="registry.organisation",
                        verbose_name="委员会",
                    ),
                ),
            ],
            options={
                "verbose_name": "委员会履职情形",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("condition__in", ["refusing", "seal_lost"])),
                        name="committee_condition_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="committee_condition_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paper_title", ""), _negated=True),
                        name="committee_condition_has_a_paper",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("to_on__isnull", True)),
                        fields=("committee", "condition"),
                        name="committee_condition_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="姓名")),
                (
                    "id_kind",
                    models.CharField(
                        choices=[("resident", "居民身份证"), ("other", "其他证件")],
                        default="resident",
                        max_length=20,
                        verbose_name="证件种类",
                    ),
                ),
                ("sealed_key", models.BinaryField(null=True, verbose_name="密钥（密封）")),
                ("id_number_cipher", models.BinaryField(null=True, verbose_name="证件号码（密文）")),
                (
                    "id_number_digest",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=64, verbose_name="证件号码摘要"
                    ),
                ),
                ("phone_cipher", models.BinaryField(null=True, verbose_name="手机号码（密文）")),
                (
                    "phone_digest",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=64, verbose_name="手机号码摘要"
                    ),
                ),
                ("account_id", models.UUIDField(null=True, unique=True, verbose_name="账号")),
                ("registered_at", models.DateTimeField(verbose_name="登记时间")),
            ],
            options={
                "verbose_name": "人员",
                "indexes": [
                    models.Index(fields=["phone_digest"], name="person_of_phone"),
                    models.Index(fields=["name", "id"], name="person_of_name"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="person_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("id_kind__in", ["resident", "other"])),
                        name="person_id_kind_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("id_number_digest", ""), _negated=True),
                        fields=("id_number_digest",),
                        name="person_id_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("id_number_cipher__isnull", True), ("id_number_digest", "")),
                            models.Q(
                                ("id_number_cipher__isnull", False),
                                models.Q(("id_number_digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="person_id_number_findable",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phone_cipher__isnull", True), ("phone_digest", "")),
                            models.Q(
                                ("phone_cipher__isnull", False), models.Q(("phone_digest", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="person_phone_findable",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("field", models.CharField(max_length=20, verbose_name="查看内容")),
                ("account_id", models.UUIDField(verbose_name="查看账号")),
                ("appointment_id", models.UUIDField(null=True, verbose_name="任职")),
                ("purpose", models.CharField(max_length=200, verbose_name="用途")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="registry.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "查看记录",
                "indexes": [models.Index(fields=["person", "at"], name="look_of_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose", ""), _negated=True), name="look_has_a_purpose"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("officer", "经办人"),
                            ("leader", "分管（值班）领导"),
                            ("reviewer", "审核人员"),
                            ("clerk", "文书"),
                            ("provider_legal_representative", "法定代表人"),
                            ("provider_leader", "项目负责人"),
                            ("community_worker", "社区工作者"),
                            ("community_head", "社区负责人"),
                            ("committee_head", "业委会主任"),
                            ("committee_member", "业委会委员"),
                            ("firm_accountant", "签字会计师"),
                            ("representative", "单位代表"),
                            ("owner", "业主"),
                            ("resident", "住户"),
                            ("tenant", "承租人"),
                            ("volunteer", "志愿者"),
                            ("auditor", "审计人员"),
                            ("administrator", "系统管理员"),
                        ],
                        max_length=40,
                        verbose_name="职务",
                    ),
                ),
                ("from_on", models.DateField(verbose_name="自")),
                ("to_on", models.DateField(null=True, verbose_name="至")),
                (
                    "paper_title",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="任命文件"),
                ),
                (
                    "estate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="registry.estate",
                        verbose_name="小区",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="registry.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="registry.person",
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "indexes": [
                    models.Index(
                        fields=["organisation", "post", "from_on"], name="appointment_of_organisation"
                    ),
                    models.Index(fields=["estate", "post", "from_on"], name="appointment_of_estate"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="appointment_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("estate__isnull", False),
                                ("organisation__isnull", True),
                                ("post__in", ("owner", "resident", "tenant", "volunteer")),
                            ),
                            models.Q(
                                ("organisation__isnull", False),
                                (
                                    "post__in",
                                    (
                                        "officer",
                                        "leader",
                                        "reviewer",
                                        "clerk",
                                        "provider_legal_representative",
                                        "provider_leader",
                                        "community_worker",
                                        "community_head",
                                        "committee_head",
                                        "committee_member",
                                        "firm_accountant",
                                        "representative",
                                    ),
                                ),
                            ),
                            models.Q(("estate__isnull", True), ("post__in", ("auditor", "administrator"))),
                            _connector="OR",
                        ),
                        name="appointment_is_somewhere",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("estate__isnull", True), ("organisation__isnull", False), ("to_on__isnull", True)
                        ),
                        fields=("person", "post", "organisation"),
                        name="appointment_once_in_organisation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("estate__isnull", False), ("organisation__isnull", True), ("to_on__isnull", True)
                        ),
                        fields=("person", "post", "estate"),
                        name="appointment_once_at_estate",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("estate__isnull", False),
                            ("organisation__isnull", False),
                            ("to_on__isnull", True),
                        ),
                        fields=("person", "post", "organisation", "estate"),
                        name="appointment_once_at_both",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("estate__isnull", True), ("organisation__isnull", True), ("to_on__isnull", True)
                        ),
                        fields=("person", "post"),
                        name="appointment_once_in_system",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PowerOfAttorney",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("matter", models.CharField(max_length=100, verbose_name="委托事项")),
                ("scope", models.TextField(verbose_name="权限范围")),
                ("from_on", models.DateField(verbose_name="自")),
                ("to_on", models.DateField(verbose_name="至")),
                ("is_signed_by_principal", models.BooleanField(default=False, verbose_name="委托人已签章")),
                ("is_signed_by_agent", models.BooleanField(default=False, verbose_name="受托人已签字")),
                (
                    "paper_title",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="委托书"),
                ),
                ("paper_id", models.UUIDField(null=True, verbose_name="文书")),
                ("revoked_on", models.DateField(null=True, verbose_name="撤销日期")),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="powers_held",
                        to="registry.person",
                        verbose_name="受托人",
                    ),
                ),
                (
                    "principal_organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="powers_granted",
                        to="registry.organisation",
                        verbose_name="委托单位",
                    ),
                ),
                (
                    "principal_person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="powers_granted",
                        to="registry.person",
                        verbose_name="委托人",
                    ),
                ),
            ],
            options={
                "verbose_name": "授权委托",
                "indexes": [models.Index(fields=["agent", "matter", "from_on"], name="power_of_agent")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("principal_organisation__isnull", False), ("principal_person__isnull", True)
                            ),
                            models.Q(
                                ("principal_organisation__isnull", True), ("principal_person__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="power_of_one_principal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gte", models.F("from_on"))), name="power_days_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("matter", ""), _negated=True), models.Q(("scope", ""), _negated=True)
                        ),
                        name="power_says_what_for",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServiceContract",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("preliminary", "前期物业服务合同"),
                            ("service", "物业服务合同"),
                            ("emergency", "应急物业服务协议"),
                        ],
                        max_length=20,
                        verbose_name="种类",
                    ),
                ),
                ("signed_on", models.DateField(verbose_name="签订日期")),
                ("starts_on", models.DateField(verbose_name="合同起")),
                ("ends_on", models.DateField(null=True, verbose_name="合同止")),
                ("paper_id", models.UUIDField(null=True, verbose_name="文书")),
                (
                    "client",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts_given",
                        to="registry.organisation",
                        verbose_name="委托方",
                    ),
                ),
                (
                    "estate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="registry.estate",
                        verbose_name="小区",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contracts",
                        to="registry.organisation",
                        verbose_name="物业服务人",
                    ),
                ),
            ],
            options={
                "verbose_name": "物业服务合同",
                "indexes": [
                    models.Index(fields=["estate", "starts_on"], name="contract_of_estate"),
                    models.Index(fields=["provider", "starts_on"], name="contract_of_provider"),
                    models.Index(fields=["ends_on", "id"], name="contract_ending"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["preliminary", "service", "emergency"])),
                        name="contract_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="contract_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_at", models.DateTimeField(verbose_name="起始时间")),
                ("from_on", models.DateField(verbose_name="起始日期")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("contract", "合同管理"),
                            ("emergency", "应急服务"),
                            ("self_managed", "自行管理"),
                            ("community_custody", "社区托管"),
                            ("unmanaged", "无人在管"),
                        ],
                        max_length=20,
                        verbose_name="管理方式",
                    ),
                ),
                ("paper_id", models.UUIDField(null=True, verbose_name="依据文书编号")),
                (
                    "paper_title",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="依据文书"),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=200, verbose_name="原因")),
                ("until_on", models.DateField(null=True, verbose_name="服务期限至")),
                (
                    "estate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="registry.estate",
                        verbose_name="小区",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="registry.organisation",
                        verbose_name="管理单位",
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="registry.servicecontract",
                        verbose_name="合同",
                    ),
                ),
            ],
            options={
                "verbose_name": "在管记录",
                "indexes": [
                    models.Index(fields=["estate", "from_at"], name="engagement_of_estate"),
                    models.Index(fields=["organisation", "from_at"], name="engagement_of_organisation"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "mode__in",
                                ["contract", "emergency", "self_managed", "community_custody", "unmanaged"],
                            )
                        ),
                        name="engagement_mode_known",
                    ),
                    models.UniqueConstraint(fields=("estate", "from_on"), name="engagement_one_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("mode__in", ("contract", "emergency", "community_custody")),
                                ("organisation__isnull", False),
                            ),
                            models.Q(
                                models.Q(
                                    ("mode__in", ("contract", "emergency", "community_custody")),
                                    _negated=True,
                                ),
                                ("organisation__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="engagement_organisation_iff_managed_by_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("contract__isnull", True),
                            ("mode__in", ("contract", "emergency")),
                            _connector="OR",
                        ),
                        name="engagement_contract_only_with_a_provider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mode", "unmanaged"), models.Q(("reason", ""), _negated=True)),
                            models.Q(
                                models.Q(("mode", "unmanaged"), _negated=True),
                                models.Q(("paper_title", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="engagement_has_a_paper_or_says_why_nobody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("mode__in", ("emergency", "community_custody")),
                            _connector="OR",
                        ),
                        name="engagement_until_only_meanwhile",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="engagement_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractTerm",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=100, verbose_name="参数")),
                ("value", models.JSONField(verbose_name="约定")),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="registry.servicecontract",
                        verbose_name="物业服务合同",
                    ),
                ),
            ],
            options={
                "verbose_name": "合同约定",
                "constraints": [
                    models.UniqueConstraint(fields=("contract", "key"), name="contract_term_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("label", models.CharField(max_length=50, verbose_name="房号")),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("dwelling", "住宅"),
                            ("commercial", "商业"),
                            ("parking", "车位"),
                            ("storage", "储藏间"),
                        ],
                        max_length=20,
                        verbose_name="用途",
                    ),
                ),
                (
                    "exclusive_area",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, null=True, verbose_name="专有部分面积"
                    ),
                ),
                (
                    "exclusive_source",
                    models.CharField(
                        blank=True,
                        choices=[("registered", "登记"), ("surveyed", "实测"), ("contract", "合同")],
                        default="",
                        max_length=20,
                        verbose_name="专有部分面积来源",
                    ),
                ),
                ("exclusive_on", models.DateField(null=True, verbose_name="专有部分面积日期")),
                (
                    "building_area",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, null=True, verbose_name="房屋建筑面积"
                    ),
                ),
                (
                    "building_source",
                    models.CharField(
                        blank=True,
                        choices=[("registered", "登记"), ("surveyed", "实测"), ("contract", "合同")],
                        default="",
                        max_length=20,
                        verbose_name="房屋建筑面积来源",
                    ),
                ),
                ("building_on", models.DateField(null=True, verbose_name="房屋建筑面积日期")),
                ("is_sold", models.BooleanField(default=True, verbose_name="已售")),
                (
                    "building",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="registry.building",
                        verbose_name="楼栋",
                    ),
                ),
                (
                    "estate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="registry.estate",
                        verbose_name="小区",
                    ),
                ),
            ],
            options={
                "verbose_name": "房屋",
                "indexes": [models.Index(fields=["estate", "building", "label"], name="unit_of_estate")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("use__in", ["dwelling", "commercial", "parking", "storage"])),
                        name="unit_use_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("exclusive_area__isnull", True),
                                ("exclusive_on__isnull", True),
                                ("exclusive_source", ""),
                            ),
                            models.Q(
                                ("exclusive_area__gt", 0),
                                ("exclusive_on__isnull", False),
                                ("exclusive_source__in", ["registered", "surveyed", "contract"]),
                            ),
                            _connector="OR",
                        ),
                        name="unit_exclusive_area_has_its_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("building_area__isnull", True),
                                ("building_on__isnull", True),
                                ("building_source", ""),
                            ),
                            models.Q(
                                ("building_area__gt", 0),
                                ("building_on__isnull", False),
                                ("building_source__in", ["registered", "surveyed", "contract"]),
                            ),
                            _connector="OR",
                        ),
                        name="unit_building_area_has_its_origin",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True), name="unit_has_a_label"
                    ),
                    models.UniqueConstraint(fields=("building", "label"), name="unit_label_once_in_building"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ownership",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("numerator", models.PositiveIntegerField(verbose_name="份额分子")),
                ("denominator", models.PositiveIntegerField(verbose_name="份额分母")),
                ("from_on", models.DateField(verbose_name="自")),
                ("to_on", models.DateField(null=True, verbose_name="至")),
                (
                    "estate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ownerships",
                        to="registry.estate",
                        verbose_name="小区",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ownerships",
                        to="registry.organisation",
                        verbose_name="业主单位",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ownerships",
                        to="registry.person",
                        verbose_name="业主",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ownerships",
                        to="registry.unit",
                        verbose_name="房屋",
                    ),
                ),
            ],
            options={
                "verbose_name": "业主份额",
                "indexes": [
                    models.Index(fields=["estate", "from_on"], name="ownership_of_estate"),
                    models.Index(fields=["person", "estate"], name="ownership_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", True), ("person__isnull", False)),
                            models.Q(("organisation__isnull", False), ("person__isnull", True)),
                            _connector="OR",
                        ),
                        name="ownership_of_one_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("numerator__gt", 0), ("numerator__lte", models.F("denominator"))),
                        name="ownership_share_is_a_fraction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="ownership_days_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False), ("to_on__isnull", True)),
                        fields=("unit", "person"),
                        name="ownership_once_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False), ("to_on__isnull", True)),
                        fields=("unit", "organisation"),
                        name="ownership_once_an_organisation",
                    ),
                ],
            },
        ),
    ]
