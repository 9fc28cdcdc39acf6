import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongzhi.values.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("procedures", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("about", models.CharField(max_length=200, verbose_name="事项")),
                ("sealed_key", models.BinaryField(verbose_name="密钥（密封）")),
                ("said_cipher", models.BinaryField(verbose_name="内容（密文）")),
                ("kept_at", models.DateTimeField(verbose_name="暂存时间")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procedures.case",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="procedures.task",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "about"), name="draft_once")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=20, verbose_name="名称")),
                ("query", models.CharField(max_length=300, verbose_name="筛选")),
                ("kept_at", models.DateTimeField(verbose_name="保存时间")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "title"), name="saved_view_once")],
            },
        ),
    ]
