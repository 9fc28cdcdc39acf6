import django.db.models.deletion
from django.db import migrations, models

import gongzhi.values.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("law", "0001_initial"),
        ("papers", "0003_photographs"),
        ("registry", "0002_outline"),
    ]

    operations = [
        migrations.CreateModel(
            name="Beat",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="时间")),
            ],
        ),
        migrations.CreateModel(
            name="JobFailure",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("fault", models.CharField(max_length=100, verbose_name="故障")),
            ],
        ),
        migrations.CreateModel(
            name="Recheck",
            fields=[
                (
                    "estate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="registry.estate",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="提出时间")),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.CharField(max_length=64, unique=True, verbose_name="案号")),
                ("procedure", models.CharField(max_length=50, verbose_name="程序")),
                ("version", models.PositiveSmallIntegerField(verbose_name="程序版本")),
                ("variant", models.CharField(default="", max_length=50, verbose_name="情形")),
                ("city", models.CharField(default="", max_length=12, verbose_name="市")),
                ("county", models.CharField(default="", max_length=12, verbose_name="县")),
                ("subdistrict", models.CharField(default="", max_length=12, verbose_name="街道")),
                ("community", models.CharField(default="", max_length=12, verbose_name="社区")),
                ("period", models.CharField(default="", max_length=16, verbose_name="周期")),
                ("watched", models.UUIDField(null=True, verbose_name="预警对象")),
                ("towards_on", models.DateField(null=True, verbose_name="所向日期")),
                ("single", models.BooleanField(default=False, verbose_name="同时只有一件")),
                ("law_on", models.DateField(verbose_name="适用法律日期")),
                ("law_at", models.CharField(default="", max_length=12, verbose_name="适用法律地")),
                ("takes", models.JSONField(default=dict, verbose_name="承接")),
                ("opened_at", models.DateTimeField(verbose_name="立案时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                ("outcome", models.CharField(default="", max_length=50, verbose_name="结果")),
                ("ended_why", models.CharField(default="", max_length=500, verbose_name="结束原因")),
                (
                    "estate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="registry.estate",
                        verbose_name="小区",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="law.jurisdiction",
                        verbose_name="区划",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opened_cases",
                        to="registry.organisation",
                        verbose_name="立案单位",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tree",
                        to="procedures.case",
                        verbose_name="根案件",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["estate", "opened_at", "id"], name="case_of_estate"),
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True), ("towards_on__isnull", False)),
                        fields=["procedure", "towards_on", "id"],
                        name="case_towards",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("estate__isnull", False),
                                ("jurisdiction__isnull", True),
                                ("organisation__isnull", True),
                            ),
                            models.Q(
                                ("estate__isnull", True),
                                ("jurisdiction__isnull", True),
                                ("organisation__isnull", False),
                            ),
                            models.Q(
                                ("estate__isnull", True),
                                ("jurisdiction__isnull", False),
                                ("organisation__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="case_has_one_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("outcome", "")),
                            models.Q(("ended_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="case_ended_with_outcome",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("period", ""), _negated=True),
                        fields=("procedure", "jurisdiction", "period"),
                        name="case_once_a_period",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("watched__isnull", False),
                            models.Q(("outcome__in", ("gone", "moved")), _negated=True),
                        ),
                        fields=("procedure", "watched", "towards_on"),
                        name="case_watches_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True), ("watched__isnull", False)),
                        fields=("procedure", "watched"),
                        name="case_one_watch_live",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseAct",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("seq", models.PositiveIntegerField(verbose_name="链中序号")),
                ("name", models.CharField(max_length=50, verbose_name="行为")),
                ("facts", models.JSONField(verbose_name="事实")),
                ("facts_class", models.CharField(max_length=120, verbose_name="事实类")),
                ("account_id", models.UUIDField(null=True, verbose_name="账号")),
                ("appointment_id", models.UUIDField(null=True, verbose_name="任职")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="said", to="procedures.case"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="registry.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="registry.person"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "seq"], name="said_of_case")],
            },
        ),
        migrations.CreateModel(
            name="CaseNumber",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=32, verbose_name="系列")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="末号")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "year"), name="case_number_series_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=50, verbose_name="步骤")),
                ("kind", models.CharField(max_length=20, verbose_name="类别")),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="了结时间")),
                ("outcome", models.CharField(default="", max_length=50, verbose_name="结果")),
                ("skipped_why", models.CharField(default="", max_length=300, verbose_name="略过原因")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="procedures.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "code"), name="step_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("outcome", "")),
                            models.Q(("decided_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="step_decided_with_outcome",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="case",
            name="parent",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="children",
                to="procedures.casestep",
                verbose_name="上级步骤",
            ),
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=100, verbose_name="期限")),
                ("anchor", models.CharField(max_length=100, verbose_name="起算事件")),
                ("anchor_at", models.DateTimeField(verbose_name="起算时间")),
                ("minimum", models.BooleanField(default=False, verbose_name="最短期限")),
                ("binds", models.BooleanField(default=True, verbose_name="有约束")),
                ("task", models.CharField(default="", max_length=80, verbose_name="任务")),
                ("extra", models.JSONField(default=list, verbose_name="延长")),
                ("due_at", models.DateTimeField(null=True, verbose_name="截止时间")),
                ("due_on", models.DateField(null=True, verbose_name="截止日")),
                ("advised_on", models.DateField(null=True, verbose_name="建议日")),
                ("exact", models.BooleanField(default=True, verbose_name="日历已公布")),
                ("working", models.JSONField(default=list, verbose_name="怎么算的")),
                ("warnings", models.JSONField(default=list, verbose_name="提示")),
                ("citations", models.JSONField(default=list, verbose_name="依据")),
                ("calendar", models.CharField(default="", max_length=50, verbose_name="日历版本")),
                ("left", models.CharField(default="", max_length=40, verbose_name="中止时剩余")),
                ("met_at", models.DateTimeField(null=True, verbose_name="完成时间")),
                ("missed_at", models.DateTimeField(null=True, verbose_name="期满未办时间")),
                ("stopped_at", models.DateTimeField(null=True, verbose_name="停止时间")),
                ("stopped_why", models.CharField(default="", max_length=300, verbose_name="停止原因")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="procedures.case",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clocks",
                        to="procedures.casestep",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("met_at__isnull", True), ("stopped_at__isnull", True)),
                        fields=["calendar"],
                        name="clock_running",
                    ),
                    models.Index(fields=["case"], name="clock_of_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("step", "key", "anchor"), name="clock_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("met_at__isnull", True), ("stopped_at__isnull", True), _connector="OR"
                        ),
                        name="clock_met_or_stopped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockMove",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("before", models.DateTimeField(null=True, verbose_name="原截止")),
                ("after", models.DateTimeField(null=True, verbose_name="新截止")),
                ("why", models.CharField(max_length=300, verbose_name="原因")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="procedures.clock",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperUse",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=64, verbose_name="材料")),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                (
                    "act",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="procedures.caseact",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="procedures.case",
                    ),
                ),
                (
                    "copy",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="use",
                        to="papers.markedcopy",
                        verbose_name="水印件",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="papers.file"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("act", "file", "kind"), name="paper_used_once_an_act")
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("opened_at", models.DateTimeField(verbose_name="开始时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                ("outcome", models.CharField(default="", max_length=50, verbose_name="结果")),
                ("void_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                ("void_why", models.CharField(default="", max_length=300, verbose_name="作废原因")),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="procedures.casestep",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("step", "number"), name="round_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True), ("void_at__isnull", True)),
                        fields=("step",),
                        name="round_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("role", models.CharField(max_length=32, verbose_name="角色")),
                ("bound_at", models.DateTimeField(verbose_name="确定时间")),
                ("void_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parties",
                        to="procedures.case",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="registry.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="registry.person"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bound",
                        to="procedures.round",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "case"], name="party_of_organisation")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("void_at__isnull", True)),
                        fields=("case", "role"),
                        name="party_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", False), ("person__isnull", True)),
                            models.Q(("organisation__isnull", True), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="party_is_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="标记")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="procedures.case",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="procedures.round",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("round", "name"), name="mark_once_a_round")],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("code", models.CharField(max_length=64, verbose_name="项目")),
                ("label", models.CharField(max_length=200, verbose_name="名称")),
                ("state", models.CharField(default="", max_length=16, verbose_name="状态")),
                ("quantity", models.PositiveIntegerField(null=True, verbose_name="份数")),
                ("condition", models.CharField(default="", max_length=300, verbose_name="状况")),
                ("reason", models.CharField(default="", max_length=300, verbose_name="缺失原因")),
                ("make_up_on", models.DateField(null=True, verbose_name="补交期限")),
                ("said_at", models.DateTimeField(null=True, verbose_name="记录时间")),
                ("made_up_at", models.DateTimeField(null=True, verbose_name="补交时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="procedures.case",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="procedures.round",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "code"), name="item_once_a_round"),
                    models.UniqueConstraint(fields=("round", "position"), name="item_place_once_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["", "original", "sealed_copy", "present", "missing"])
                        ),
                        name="item_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "missing"), _negated=True),
                            models.Q(models.Q(("reason", ""), _negated=True), ("make_up_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="item_missing_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuedPaper",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("issuer_name", models.CharField(max_length=200, verbose_name="发文机关名称")),
                ("recipient", models.CharField(max_length=300, verbose_name="主送")),
                ("body", models.TextField(verbose_name="正文")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("signed_at", models.DateTimeField(verbose_name="签发时间")),
                ("replaced_at", models.DateTimeField(null=True, verbose_name="替换时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued",
                        to="procedures.case",
                    ),
                ),
                (
                    "number",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued",
                        to="papers.documentnumber",
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="issued", to="papers.paper"
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issued",
                        to="procedures.round",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReceiptNumber",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("task", models.CharField(max_length=80, verbose_name="任务")),
                ("text", models.CharField(max_length=100, verbose_name="回执编号")),
                ("compared", models.CharField(max_length=100, verbose_name="用于比对的编号")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="procedures.case"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="编号单位",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="procedures.round"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "compared"), name="receipt_number_once_a_body"
                    ),
                    models.UniqueConstraint(fields=("round", "task"), name="receipt_number_once_a_receipt"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosedFigures",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=50, verbose_name="类别")),
                ("from_on", models.DateField(verbose_name="期间起")),
                ("to_on", models.DateField(verbose_name="期间止")),
                ("figures", models.JSONField(verbose_name="数字")),
                (
                    "previous",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="前一份摘要"),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("made_at", models.DateTimeField(verbose_name="编制时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_figures",
                        to="procedures.case",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_figures",
                        to="law.jurisdiction",
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closed_figures",
                        to="procedures.round",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name", "jurisdiction", "made_at"], name="closed_figures_of_place")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("to_on__gte", models.F("from_on"))), name="closed_figures_forward"
                    ),
                    models.UniqueConstraint(
                        fields=("name", "jurisdiction", "previous"), name="closed_figures_one_after_each"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="caseact",
            name="round",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="said",
                to="procedures.round",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="round",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="child",
                to="procedures.round",
                verbose_name="上级轮次",
            ),
        ),
        migrations.CreateModel(
            name="Rung",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=20, verbose_name="级别")),
                ("due_at", models.DateTimeField(verbose_name="到点时间")),
                ("done_at", models.DateTimeField(null=True, verbose_name="触发时间")),
                ("dropped_at", models.DateTimeField(null=True, verbose_name="取消时间")),
                (
                    "clock",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rungs",
                        to="procedures.clock",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at__isnull", True), ("dropped_at__isnull", True)),
                        fields=["due_at", "id"],
                        name="rung_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("clock", "name", "due_at"), name="rung_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Suspension",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_at", models.DateTimeField(verbose_name="暂停时间")),
                ("to_at", models.DateTimeField(null=True, verbose_name="恢复时间")),
                ("reason", models.CharField(max_length=300, verbose_name="原因")),
                ("citation", models.CharField(default="", max_length=200, verbose_name="依据")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="procedures.case",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("to_at__isnull", True)),
                        fields=("case",),
                        name="suspension_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("to_at__isnull", True), ("to_at__gte", models.F("from_at")), _connector="OR"
                        ),
                        name="suspension_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="任务")),
                ("title", models.CharField(max_length=100, verbose_name="名称")),
                ("role", models.CharField(max_length=32, verbose_name="角色")),
                ("acting_for", models.CharField(default="", max_length=200, verbose_name="代行说明")),
                ("vacant", models.BooleanField(default=False, verbose_name="无人承办")),
                ("note", models.CharField(default="", max_length=300, verbose_name="说明")),
                (
                    "note_before",
                    models.CharField(default="", max_length=300, verbose_name="届时不再显示的说明"),
                ),
                ("note_until", models.DateField(null=True, verbose_name="说明显示到哪一天以前")),
                ("holds", models.BooleanField(default=True, verbose_name="阻断后续")),
                ("instead", models.BooleanField(default=False, verbose_name="对方不配合时才办")),
                ("runs_on", models.BooleanField(default=False, verbose_name="暂停时照办")),
                ("waits_for", models.CharField(default="", max_length=100, verbose_name="待设定")),
                ("due_on", models.DateField(null=True, verbose_name="文书确定的最后一天")),
                ("rings_at", models.DateTimeField(null=True, verbose_name="下次提醒")),
                ("city", models.CharField(default="", max_length=12, verbose_name="市")),
                ("county", models.CharField(default="", max_length=12, verbose_name="县")),
                ("subdistrict", models.CharField(default="", max_length=12, verbose_name="街道")),
                ("community", models.CharField(default="", max_length=12, verbose_name="社区")),
                ("opened_at", models.DateTimeField(verbose_name="开始时间")),
                ("due_at", models.DateTimeField(null=True, verbose_name="截止时间")),
                ("sort_at", models.DateTimeField(verbose_name="排序时间")),
                ("open", models.BooleanField(default=True, verbose_name="待办")),
                ("done_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                ("void_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                ("void_why", models.CharField(default="", max_length=300, verbose_name="作废原因")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="procedures.case",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.organisation",
                        verbose_name="承办单位",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.person",
                        verbose_name="承办人",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="procedures.round",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("open", True)),
                        fields=["organisation", "sort_at", "id"],
                        name="task_todo",
                    ),
                    models.Index(
                        condition=models.Q(("open", True)), fields=["city", "sort_at", "id"], name="task_city"
                    ),
                    models.Index(
                        condition=models.Q(("open", True)),
                        fields=["county", "sort_at", "id"],
                        name="task_county",
                    ),
                    models.Index(
                        condition=models.Q(("open", True)),
                        fields=["subdistrict", "sort_at", "id"],
                        name="task_subd",
                    ),
                    models.Index(
                        condition=models.Q(("open", True)),
                        fields=["community", "sort_at", "id"],
                        name="task_comm",
                    ),
                    models.Index(fields=["case"], name="task_of_case"),
                    models.Index(
                        condition=models.Q(("open", True), ("rings_at__isnull", False)),
                        fields=["rings_at", "id"],
                        name="task_rings",
                    ),
                    models.Index(
                        condition=models.Q(("open", True), models.Q(("waits_for", ""), _negated=True)),
                        fields=["waits_for"],
                        name="task_waiting",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("round", "name"), name="task_once_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", True), ("open", True), ("void_at__isnull", True)),
                            models.Q(("done_at__isnull", False), ("open", False), ("void_at__isnull", True)),
                            models.Q(("done_at__isnull", True), ("open", False), ("void_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="task_open_or_over",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="caseact",
            name="task",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="said",
                to="procedures.task",
            ),
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="原因")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "after",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="procedures.task",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("parent", None)), fields=["city", "opened_at", "id"], name="case_city"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("parent", None)), fields=["county", "opened_at", "id"], name="case_county"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("parent", None)),
                fields=["subdistrict", "opened_at", "id"],
                name="case_subdistrict",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("parent", None)),
                fields=["community", "opened_at", "id"],
                name="case_community",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("parent", None)), fields=["opened_at", "id"], name="case_opened"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("parent__isnull", True), ("round__isnull", True)),
                    models.Q(("parent__isnull", False), ("round__isnull", False)),
                    _connector="OR",
                ),
                name="case_child_of_a_round",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True), ("parent__isnull", True), ("single", True)),
                fields=("procedure", "estate"),
                name="case_single_live",
            ),
        ),
        migrations.CreateModel(
            name="PastPaper",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("document", models.CharField(max_length=64, verbose_name="文书")),
                ("key", models.CharField(default="", max_length=64, verbose_name="份")),
                ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                ("of", models.CharField(default="", max_length=100, verbose_name="区别")),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("author", models.CharField(default="", max_length=200, verbose_name="责任者")),
                ("template", models.CharField(max_length=16, verbose_name="版式")),
                ("words", models.JSONField(verbose_name="文字")),
                ("pictures", models.JSONField(default=list, verbose_name="图片")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("is_public", models.BooleanField(verbose_name="公开")),
                ("is_filed", models.BooleanField(verbose_name="归档")),
                ("said_at", models.DateTimeField(verbose_name="形成时间")),
                ("kept_at", models.DateTimeField(verbose_name="留存时间")),
                ("why", models.CharField(default="", max_length=300, verbose_name="原因")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past_papers",
                        to="procedures.case",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="past_papers",
                        to="procedures.round",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["case", "said_at"], name="past_paper_of_case")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("round", "document", "key", "edition"), name="past_paper_once_a_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept_at__gte", models.F("said_at"))),
                        name="past_paper_comes_after",
                    ),
                ],
            },
        ),
    ]
