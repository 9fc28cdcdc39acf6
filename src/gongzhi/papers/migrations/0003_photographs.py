import django.db.models.deletion
from django.db import migrations, models

import gongzhi.values.ids


class Migration(migrations.Migration):
    dependencies = [
        ("papers", "0002_seal_images"),
    ]

    operations = [
        migrations.CreateModel(
            name="Photograph",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("camera", "现场拍照"), ("album", "从相册选")],
                        max_length=16,
                        verbose_name="来源",
                    ),
                ),
                ("shot_at", models.DateTimeField(null=True, verbose_name="拍摄时间")),
                ("sent_at", models.DateTimeField(verbose_name="收到时间")),
                ("on_site", models.BooleanField(verbose_name="现场拍摄")),
                ("width", models.PositiveIntegerField(verbose_name="宽（像素）")),
                ("height", models.PositiveIntegerField(verbose_name="高（像素）")),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photograph",
                        to="papers.file",
                        verbose_name="原件",
                    ),
                ),
            ],
            options={
                "verbose_name": "照片",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["album", "camera"])), name="photograph_way_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("on_site", False), ("way", "camera"), _connector="OR"),
                        name="photograph_of_an_album_is_not_on_site",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("height__gt", 0), ("width__gt", 0)), name="photograph_has_a_size"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MarkedCopy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("place", models.CharField(max_length=200, verbose_name="小区")),
                ("spot", models.CharField(default="", max_length=200, verbose_name="地点")),
                ("subject", models.CharField(max_length=200, verbose_name="事项")),
                ("taken_by", models.CharField(default="", max_length=100, verbose_name="拍摄人")),
                ("case_number", models.CharField(max_length=64, verbose_name="案号")),
                ("marked_at", models.DateTimeField(verbose_name="加印时间")),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marked_copy",
                        to="papers.file",
                        verbose_name="水印件",
                    ),
                ),
                (
                    "photograph",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="papers.photograph",
                        verbose_name="照片",
                    ),
                ),
            ],
            options={
                "verbose_name": "照片水印件",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", ""), _negated=True),
                            models.Q(("subject", ""), _negated=True),
                            models.Q(("case_number", ""), _negated=True),
                        ),
                        name="marked_copy_says_of_what",
                    )
                ],
            },
        ),
    ]
