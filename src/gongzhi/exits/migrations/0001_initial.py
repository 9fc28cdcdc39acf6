import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import gongzhi.values.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("procedures", "0001_initial"),
        ("registry", "0002_outline"),
    ]

    operations = [
        migrations.CreateModel(
            name="CostPlan",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("total_cents", models.BigIntegerField(verbose_name="总额（分）")),
                ("available_cents", models.BigIntegerField(verbose_name="公共收益可用余额（分）")),
                ("as_of", models.DateField(null=True, verbose_name="余额截至日期")),
                ("voucher", models.CharField(default="", max_length=100, verbose_name="余额凭证号")),
                ("order", models.JSONField(verbose_name="承担顺序")),
                ("basis", models.CharField(max_length=20, verbose_name="分摊面积")),
                ("revenue_cents", models.BigIntegerField(verbose_name="公共收益列支（分）")),
                ("owners_cents", models.BigIntegerField(verbose_name="业主分摊（分）")),
                ("working", models.JSONField(default=list, verbose_name="怎么算的")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_plans",
                        to="procedures.case",
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_plan",
                        to="procedures.round",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "total_cents",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("revenue_cents"), "+", models.F("owners_cents")
                                ),
                            )
                        ),
                        name="cost_plan_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("owners_cents__gte", 0), ("revenue_cents__gte", 0), ("total_cents__gt", 0)
                        ),
                        name="cost_plan_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("revenue_cents__lte", models.F("available_cents"))),
                        name="cost_plan_within_balance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("available_cents", 0),
                            models.Q(("as_of__isnull", False), models.Q(("voucher", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="cost_plan_balance_proved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CostBill",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("fee_cents", models.BigIntegerField(verbose_name="支付机构费用（分）")),
                ("other_cents", models.BigIntegerField(verbose_name="其他支出（分）")),
                ("paid_on", models.DateField(verbose_name="支付日期")),
                ("voucher", models.CharField(max_length=100, verbose_name="支付凭证号")),
                ("working", models.JSONField(default=list, verbose_name="收支")),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_bill",
                        to="procedures.round",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bills", to="exits.costplan"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fee_cents__gte", 0), ("other_cents__gte", 0)),
                        name="bill_not_negative",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CommunityAdvance",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("amount_cents", models.BigIntegerField(verbose_name="垫付（分）")),
                ("source", models.CharField(max_length=200, verbose_name="垫付资金来源")),
                ("offset_from", models.CharField(max_length=32, verbose_name="抵扣来源")),
                ("offset_plan", models.TextField(verbose_name="抵扣方案")),
                ("consent", models.CharField(default="", max_length=200, verbose_name="物业服务人书面同意")),
                ("advanced_at", models.DateTimeField(verbose_name="垫付时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="registry.organisation"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advances",
                        to="exits.costplan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_cents__gt", 0)), name="advance_positive"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AdvanceOffset",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("amount_cents", models.BigIntegerField(verbose_name="抵扣（分）")),
                ("source", models.CharField(max_length=32, verbose_name="来源")),
                ("on", models.DateField(verbose_name="日期")),
                ("voucher", models.CharField(max_length=100, verbose_name="凭证号")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offsets",
                        to="exits.costplan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_cents__gt", 0)), name="offset_positive"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CostShare",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("building", models.CharField(max_length=50, verbose_name="楼栋")),
                ("label", models.CharField(max_length=50, verbose_name="房号")),
                ("area", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="分摊面积")),
                ("share_cents", models.BigIntegerField(verbose_name="应摊（分）")),
                ("paid_cents", models.BigIntegerField(default=0, verbose_name="已缴（分）")),
                ("demanded_on", models.DateField(null=True, verbose_name="催缴日期")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares",
                        to="exits.costplan",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cost_shares",
                        to="registry.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "unit"), name="share_once_a_unit"),
                    models.CheckConstraint(condition=models.Q(("area__gt", 0)), name="share_has_area"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paid_cents__gte", 0), ("paid_cents__lte", models.F("share_cents"))
                        ),
                        name="share_paid_within",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Defect",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.CharField(max_length=100, verbose_name="部位")),
                ("what", models.CharField(max_length=500, verbose_name="缺陷")),
                (
                    "whose",
                    models.CharField(
                        choices=[
                            ("provider", "原物业服务人"),
                            ("developer", "建设单位"),
                            ("owners", "业主（共用部位自然损耗）"),
                            ("open", "待查明"),
                        ],
                        max_length=16,
                        verbose_name="责任归属",
                    ),
                ),
                ("basis", models.CharField(max_length=300, verbose_name="认定依据")),
                ("repair_by", models.DateField(null=True, verbose_name="修复期限")),
                ("found_at", models.DateTimeField(verbose_name="查验时间")),
                (
                    "assessor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.organisation",
                        verbose_name="第三方查验机构",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="defects",
                        to="procedures.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("whose", "open"), ("repair_by__isnull", False), _connector="OR"),
                        name="defect_blamed_has_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deletion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("what", models.CharField(max_length=500, verbose_name="删除的资料")),
                ("deleted_on", models.DateField(verbose_name="删除日期")),
                ("method", models.CharField(max_length=200, verbose_name="删除方式")),
                ("signer", models.CharField(max_length=50, verbose_name="声明人")),
                ("signed_way", models.CharField(max_length=16, verbose_name="签署方式")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deletions",
                        to="procedures.case",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Holdout",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("found_on", models.DateField(verbose_name="记录日期")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("found", "已记录"),
                            ("lawsuit", "已起诉"),
                            ("judgment", "裁判已生效"),
                            ("court_enforcement", "已申请强制执行"),
                            ("dishonest_list", "已申请列入失信被执行人"),
                            ("left", "已退出"),
                        ],
                        default="found",
                        max_length=20,
                        verbose_name="进展",
                    ),
                ),
                ("stage_on", models.DateField(null=True, verbose_name="进展日期")),
                ("sued_under", models.CharField(default="", max_length=200, verbose_name="起诉授权")),
                ("opened_at", models.DateTimeField(verbose_name="产生时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="了结时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdouts",
                        to="procedures.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "拒不退出",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("case",), name="holdout_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["found", "left"]),
                            models.Q(("sued_under", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="holdout_sued_with_authority",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lift",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("lift", models.CharField(max_length=50, verbose_name="电梯")),
                ("registration", models.CharField(max_length=50, verbose_name="使用登记证编号")),
                ("maintainer", models.CharField(max_length=100, verbose_name="维保单位")),
                ("rescue_phone", models.CharField(max_length=30, verbose_name="救援电话")),
                ("user_changed_on", models.DateField(null=True, verbose_name="使用单位变更登记日期")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lifts",
                        to="procedures.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "lift"), name="lift_once_a_handover")
                ],
            },
        ),
        migrations.CreateModel(
            name="MeterReading",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "medium",
                    models.CharField(
                        choices=[("water", "水"), ("power", "电"), ("gas", "气"), ("heat", "热")],
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                ("meter", models.CharField(max_length=50, verbose_name="表具")),
                ("reading", models.DecimalField(decimal_places=3, max_digits=14, verbose_name="读数")),
                ("read_at", models.DateTimeField(verbose_name="读表时间")),
                ("photo", models.CharField(default="", max_length=100, verbose_name="照片编号")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="procedures.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "medium", "meter"), name="meter_read_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reading__gte", 0)), name="meter_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OneSidedInventory",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="单方清点的原因")),
                ("official", models.CharField(max_length=50, verbose_name="到场工作人员一")),
                ("second_official", models.CharField(max_length=50, verbose_name="到场工作人员二")),
                ("witness", models.CharField(max_length=50, verbose_name="见证人")),
                ("video", models.CharField(max_length=100, verbose_name="录像编号")),
                ("notary", models.CharField(default="", max_length=100, verbose_name="公证书编号")),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="one_sided",
                        to="procedures.round",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("official", models.F("second_official")), _negated=True),
                            models.Q(("video", ""), _negated=True),
                        ),
                        name="one_sided_by_two",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PrepaidFee",
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
                            ("property_fee", "物业费"),
                            ("parking_fee", "停车费"),
                            ("decoration_deposit", "装修押金"),
                            ("card_deposit", "门禁卡押金"),
                        ],
                        max_length=24,
                        verbose_name="类别",
                    ),
                ),
                ("paid_cents", models.BigIntegerField(verbose_name="已缴（分）")),
                ("from_on", models.DateField(verbose_name="预缴期间起")),
                ("to_on", models.DateField(null=True, verbose_name="预缴期间止")),
                ("served_to", models.DateField(null=True, verbose_name="服务至")),
                ("refund_cents", models.BigIntegerField(verbose_name="应退（分）")),
                ("working", models.JSONField(default=list, verbose_name="怎么算的")),
                ("settled_on", models.DateField(null=True, verbose_name="退还或转移日期")),
                ("settled_by", models.CharField(default="", max_length=16, verbose_name="处理方式")),
                ("voucher", models.CharField(default="", max_length=100, verbose_name="凭证号")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prepaid",
                        to="procedures.case",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prepaid",
                        to="registry.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "unit", "kind", "from_on"), name="prepaid_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("paid_cents__gt", 0),
                            ("refund_cents__gte", 0),
                            ("refund_cents__lte", models.F("paid_cents")),
                        ),
                        name="prepaid_refund_within",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ("property_fee", "parking_fee")),
                                ("served_to__isnull", False),
                                ("to_on__gte", models.F("from_on")),
                            ),
                            models.Q(
                                models.Q(("kind__in", ("property_fee", "parking_fee")), _negated=True),
                                ("served_to__isnull", True),
                                ("to_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="prepaid_fee_has_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_by", ""), ("settled_on__isnull", True), ("voucher", "")),
                            models.Q(
                                ("settled_on__isnull", False),
                                models.Q(("settled_by", ""), _negated=True),
                                models.Q(("voucher", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="prepaid_settled_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("amount_cents", models.BigIntegerField(verbose_name="报价（分）")),
                ("quoted_on", models.DateField(verbose_name="报价日期")),
                ("statement", models.TextField(verbose_name="无利害关系声明")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotes",
                        to="procedures.case",
                    ),
                ),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="quotes",
                        to="registry.organisation",
                        verbose_name="机构",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "firm"), name="quote_once_a_firm"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount_cents__gt", 0), models.Q(("statement", ""), _negated=True)
                        ),
                        name="quote_positive_and_stated",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignerAuthority",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("signer", models.CharField(max_length=50, verbose_name="签字人")),
                ("basis", models.CharField(max_length=32, verbose_name="权限")),
                ("matter", models.CharField(default="", max_length=100, verbose_name="委托事项")),
                ("scope", models.CharField(default="", max_length=500, verbose_name="权限范围")),
                ("from_on", models.DateField(verbose_name="自")),
                ("to_on", models.DateField(null=True, verbose_name="至")),
                ("id_last_four", models.CharField(max_length=4, verbose_name="证件后四位")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signers",
                        to="procedures.case",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.organisation",
                        verbose_name="所代表的单位",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "organisation", "signer"], name="signer_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("basis", "power_of_attorney"), _negated=True),
                            models.Q(
                                models.Q(("matter", ""), _negated=True),
                                models.Q(("scope", ""), _negated=True),
                                ("to_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="signer_power_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_on__isnull", True), ("to_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="signer_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
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
                            ("item", "缺失的资料资产"),
                            ("book", "未提供的账簿资料"),
                            ("money", "违规资金"),
                            ("prepaid", "未服务期间的预收费用和押金"),
                        ],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("amount_cents", models.BigIntegerField(null=True, verbose_name="金额（分）")),
                ("due_on", models.DateField(null=True, verbose_name="期限")),
                ("grounds_penalty", models.BooleanField(default=False, verbose_name="同时是处罚线索")),
                ("opened_at", models.DateTimeField(verbose_name="产生时间")),
                ("stage", models.CharField(default="open", max_length=16, verbose_name="进展")),
                ("sued_under", models.CharField(default="", max_length=200, verbose_name="起诉授权")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="了结时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="procedures.case",
                    ),
                ),
                (
                    "debtor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.organisation",
                        verbose_name="债务人",
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claim",
                        to="procedures.item",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="procedures.round",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)),
                        fields=["debtor", "opened_at"],
                        name="claim_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount_cents__isnull", True),
                                ("item__isnull", False),
                                ("kind__in", ("item", "book")),
                            ),
                            models.Q(
                                ("amount_cents__gt", 0),
                                ("item__isnull", True),
                                ("kind__in", ("money", "prepaid")),
                            ),
                            _connector="OR",
                        ),
                        name="claim_is_thing_or_sum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "suit"), _negated=True),
                            models.Q(("sued_under", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="claim_sued_with_authority",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conduct",
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
                            ("penalty", "行政处罚"),
                            ("grade", "物业服务质量评价"),
                            ("blacklist", "列入黑名单"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("document_number", models.CharField(max_length=100, verbose_name="文号")),
                ("said", models.CharField(default="", max_length=100, verbose_name="等级或者名单")),
                ("decided_on", models.DateField(verbose_name="决定日期")),
                ("served_on", models.DateField(null=True, verbose_name="送达日期")),
                ("acted_on", models.DateField(null=True, verbose_name="行为日期")),
                ("final_on", models.DateField(null=True, verbose_name="终局日期")),
                ("until_on", models.DateField(null=True, verbose_name="有效至")),
                ("revoked_on", models.DateField(null=True, verbose_name="撤销日期")),
                ("revoked_why", models.CharField(default="", max_length=500, verbose_name="撤销原因")),
                ("paper_id", models.UUIDField(null=True, verbose_name="来源文件")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conduct_found",
                        to="registry.organisation",
                    ),
                ),
                (
                    "estate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conduct",
                        to="registry.estate",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conduct",
                        to="registry.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conduct",
                        to="registry.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "行为记录",
                "indexes": [
                    models.Index(fields=["organisation", "decided_on"], name="conduct_of_organisation"),
                    models.Index(fields=["person", "decided_on"], name="conduct_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["penalty", "grade", "blacklist"]),
                            models.Q(("document_number", ""), _negated=True),
                        ),
                        name="conduct_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False), ("person__isnull", False), _connector="OR"
                        ),
                        name="conduct_of_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "penalty"), ("said", "")),
                            models.Q(("said", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="conduct_says_grade_or_list",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("revoked_on", None),
                                ("revoked_on__gte", models.F("decided_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("final_on", None), ("final_on__gte", models.F("decided_on")), _connector="OR"
                            ),
                            models.Q(
                                ("until_on", None), ("until_on__gte", models.F("decided_on")), _connector="OR"
                            ),
                        ),
                        name="conduct_days_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("estate", None), ("organisation__isnull", False), ("revoked_on", None)
                        ),
                        fields=("authority", "document_number", "kind", "organisation"),
                        name="conduct_once_a_company",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("estate__isnull", False), ("organisation__isnull", False), ("revoked_on", None)
                        ),
                        fields=("authority", "document_number", "kind", "organisation", "estate"),
                        name="conduct_once_a_project",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation", None), ("revoked_on", None)),
                        fields=("authority", "document_number", "kind", "person"),
                        name="conduct_once_a_person",
                    ),
                ],
            },
        ),
    ]
