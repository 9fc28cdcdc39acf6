import django.db.models.deletion
from django.db import migrations, models

import gongzhi.values.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("papers", "0003_photographs"),
        ("procedures", "0001_initial"),
        ("registry", "0002_outline"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("community", models.CharField(default="", max_length=12, verbose_name="社区")),
                ("number", models.CharField(max_length=64, unique=True, verbose_name="编号")),
                ("number_key", models.CharField(max_length=64, unique=True, verbose_name="编号排序")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("body", models.TextField(verbose_name="内容")),
                ("annexes", models.JSONField(default=list, verbose_name="附表")),
                ("places", models.JSONField(default=list, verbose_name="张贴位置")),
                ("basis", models.JSONField(default=list, verbose_name="依据")),
                ("posted_at", models.DateTimeField(verbose_name="张贴时间")),
                ("counted_from", models.DateTimeField(verbose_name="起算时间")),
                ("until_on", models.DateField(null=True, verbose_name="公示至")),
                ("until_at", models.DateTimeField(null=True, verbose_name="公示至（24:00）")),
                ("working", models.JSONField(default=list, verbose_name="怎么算的")),
                ("exact", models.BooleanField(default=True, verbose_name="日历已公布")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="取下时间")),
                ("ended_why", models.CharField(default="", max_length=300, verbose_name="结束原因")),
                ("is_void", models.BooleanField(default=False, verbose_name="已作废")),
                ("removed_at", models.DateTimeField(null=True, verbose_name="作废的纸质件取下时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="procedures.case",
                    ),
                ),
                (
                    "estate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="registry.estate",
                    ),
                ),
                ("issuer_name", models.CharField(max_length=200, verbose_name="公示人名称")),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.organisation",
                        verbose_name="公示人",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="notices.notice",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="procedures.round",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["estate", "posted_at", "id"], name="notice_of_estate"),
                    models.Index(fields=["community", "posted_at", "id"], name="notice_of_community"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("round",),
                        name="notice_one_hanging",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("counted_from__gte", models.F("posted_at"))),
                        name="notice_counted_after_posting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_void", False),
                            ("ended_at__isnull", False),
                            _connector="OR",
                        ),
                        name="notice_void_has_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("removed_at__isnull", True),
                            ("is_void", True),
                            _connector="OR",
                        ),
                        name="notice_removed_once_void",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interruption",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("found_at", models.DateTimeField(verbose_name="发现时间")),
                ("what", models.CharField(max_length=300, verbose_name="情况")),
                ("again_at", models.DateTimeField(null=True, verbose_name="补贴时间")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interruptions",
                        to="notices.notice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("again_at__isnull", True)),
                        fields=("notice",),
                        name="interruption_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("again_at__isnull", True),
                            ("again_at__gte", models.F("found_at")),
                            _connector="OR",
                        ),
                        name="interruption_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("on_paper_from", models.CharField(default="", max_length=50, verbose_name="书面异议人")),
                ("on_paper_flat", models.CharField(default="", max_length=50, verbose_name="书面异议人房号")),
                ("content", models.TextField(verbose_name="异议内容")),
                ("raised_at", models.DateTimeField(verbose_name="提出时间")),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("finding", models.TextField(default="", verbose_name="核实情况")),
                ("adopted", models.BooleanField(null=True, verbose_name="是否采纳")),
                ("next_remedy", models.CharField(default="", max_length=300, verbose_name="救济途径")),
                ("replied_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                ("summary", models.CharField(default="", max_length=200, verbose_name="公开摘要")),
                ("summary_corrected_at", models.DateTimeField(null=True, verbose_name="公开摘要更正时间")),
                ("served_at", models.DateTimeField(null=True, verbose_name="送达时间")),
                ("served_how", models.CharField(default="", max_length=20, verbose_name="送达方式")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="notices.notice",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.person",
                        verbose_name="异议人",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="procedures.round",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("round", "turn"), name="objection_turn_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            models.Q(("on_paper_from", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="objection_has_a_voice",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("entered_at__gte", models.F("raised_at"))),
                        name="objection_entered_after_it_came",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("adopted__isnull", True), ("replied_at__isnull", True)),
                            models.Q(
                                ("adopted__isnull", False),
                                ("replied_at__isnull", False),
                                models.Q(("finding", ""), _negated=True),
                                models.Q(("summary", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="objection_replied_with_finding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("served_at__isnull", True), ("served_how", "")),
                            models.Q(
                                ("replied_at__isnull", False),
                                ("served_at__isnull", False),
                                models.Q(("served_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="objection_served_once_replied",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicPicture",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("covered", models.JSONField(default=list, verbose_name="遮挡的格子")),
                ("caption", models.CharField(max_length=100, verbose_name="说明")),
                ("shown_at", models.DateTimeField(verbose_name="公开时间")),
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="撤下时间")),
                ("withdrawn_why", models.CharField(default="", max_length=200, verbose_name="撤下原因")),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shown",
                        to="papers.file",
                        verbose_name="公开件",
                    ),
                ),
                (
                    "mark",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shown",
                        to="papers.markedcopy",
                        verbose_name="水印件",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pictures",
                        to="notices.notice",
                    ),
                ),
                (
                    "shown_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.person",
                        verbose_name="公开人",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("notice", "mark"),
                        name="public_picture_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("caption", ""), _negated=True),
                        name="public_picture_has_a_caption",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_why", "")),
                            models.Q(
                                ("withdrawn_at__gte", models.F("shown_at")),
                                ("withdrawn_at__isnull", False),
                                models.Q(("withdrawn_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="public_picture_withdrawn_with_a_reason",
                    ),
                ],
            },
        ),
    ]
