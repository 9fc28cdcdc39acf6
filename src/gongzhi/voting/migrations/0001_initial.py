import django.db.models.deletion
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
            name="Result",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("passed", models.BooleanField(verbose_name="通过")),
                ("heads_total", models.PositiveIntegerField(verbose_name="业主总人数")),
                ("heads_voted", models.PositiveIntegerField(verbose_name="参与人数")),
                ("heads_for", models.PositiveIntegerField(verbose_name="同意人数")),
                ("area_total", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="总面积")),
                ("area_voted", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="参与面积")),
                ("area_for", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="同意面积")),
                ("chosen", models.CharField(max_length=16, verbose_name="决定内容")),
                ("figures", models.JSONField(default=dict, verbose_name="怎么算的")),
                ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vote_results",
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
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vote_result",
                        to="procedures.round",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("heads_for__lte", models.F("heads_voted")),
                            ("heads_voted__lte", models.F("heads_total")),
                        ),
                        name="result_heads_add_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("area_for__lte", models.F("area_voted")),
                            ("area_voted__lte", models.F("area_total")),
                        ),
                        name="result_areas_add_up",
                    ),
                ],
            },
        ),
    ]
