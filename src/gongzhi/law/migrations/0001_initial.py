import django.db.models.deletion
from django.db import migrations, models

import gongzhi.values.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Jurisdiction",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=12, primary_key=True, serialize=False, verbose_name="区划代码"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "省"),
                            ("city", "市"),
                            ("county", "县（市、区）"),
                            ("street", "街道（乡镇）"),
                            ("community", "社区（村）"),
                        ],
                        max_length=10,
                        verbose_name="级别",
                    ),
                ),
                ("from_on", models.DateField(blank=True, null=True, verbose_name="设立日期")),
                ("to_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="law.jurisdiction",
                        verbose_name="上级",
                    ),
                ),
            ],
            options={
                "verbose_name": "行政区划",
                "verbose_name_plural": "行政区划",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["province", "city", "county", "street", "community"])
                        ),
                        name="jurisdiction_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "province"), ("parent__isnull", True)),
                            models.Q(
                                models.Q(("level", "province"), _negated=True), ("parent__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="jurisdiction_parent_below_province",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("code")), _negated=True),
                        name="jurisdiction_not_its_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_on__isnull", True),
                            ("to_on__isnull", True),
                            ("to_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="jurisdiction_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adoption",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("instrument", models.CharField(max_length=20, verbose_name="文本")),
                ("number", models.CharField(max_length=60, verbose_name="文号")),
                ("adopted_on", models.DateField(verbose_name="施行日期")),
                ("authority", models.CharField(max_length=100, verbose_name="发布机关")),
                ("at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="law.jurisdiction",
                        verbose_name="行政区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "文本采用",
                "verbose_name_plural": "文本采用",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("jurisdiction", "instrument"), name="instrument_adopted_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True),
                            models.Q(("authority", ""), _negated=True),
                        ),
                        name="adoption_says_number_and_authority",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LawRevision",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("token", models.UUIDField(default=gongzhi.values.ids.new_id, verbose_name="版本")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="law_has_one_revision")
                ],
            },
        ),
        migrations.CreateModel(
            name="LocalSetting",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=80, verbose_name="参数")),
                ("value", models.JSONField(verbose_name="值")),
                ("unit", models.CharField(blank=True, default="", max_length=4, verbose_name="单位")),
                ("authority", models.CharField(max_length=100, verbose_name="设定机关")),
                ("instrument", models.CharField(max_length=200, verbose_name="设定文件")),
                ("set_on", models.DateField(verbose_name="生效日期")),
                ("at", models.DateTimeField(verbose_name="录入时间")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="settings",
                        to="law.jurisdiction",
                        verbose_name="行政区划",
                    ),
                ),
            ],
            options={
                "verbose_name": "本地设定",
                "verbose_name_plural": "本地设定",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("authority", ""), _negated=True),
                            models.Q(("instrument", ""), _negated=True),
                        ),
                        name="setting_says_who_and_by_what",
                    ),
                ],
            },
        ),
    ]
