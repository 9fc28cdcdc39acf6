import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongzhi.values.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("notices", "0001_initial"),
        ("procedures", "0001_initial"),
        ("registry", "0002_outline"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True, verbose_name="去重键")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("task", "待办"),
                            ("clock", "期限"),
                            ("result", "办理结果"),
                            ("notice", "公示"),
                            ("report", "缺损报告"),
                            ("estate", "小区管理"),
                            ("other", "其他"),
                        ],
                        default="other",
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                ("posts", models.CharField(default="", max_length=200, verbose_name="职务")),
                ("channel", models.CharField(default="in_app", max_length=16, verbose_name="渠道")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("body", models.TextField(verbose_name="内容")),
                ("created_at", models.DateTimeField(verbose_name="产生时间")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="发出时间")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
                ("next_try_at", models.DateTimeField(null=True, verbose_name="下次尝试")),
                ("error", models.CharField(default="", max_length=300, verbose_name="失败原因")),
                (
                    "case",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="procedures.case",
                    ),
                ),
                (
                    "estate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="registry.estate",
                        verbose_name="小区",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="notices.notice",
                        verbose_name="公示",
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
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="registry.person",
                        verbose_name="个人",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at", None)),
                        fields=["next_try_at", "id"],
                        name="message_waiting",
                    ),
                    models.Index(fields=["case", "created_at"], name="message_of_case"),
                    models.Index(fields=["organisation", "created_at", "id"], name="message_of_organisation"),
                    models.Index(fields=["person", "created_at", "id"], name="message_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", False), ("person__isnull", True)),
                            models.Q(("organisation__isnull", True), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="message_to_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("topic__in", ["task", "clock", "result", "notice", "report", "estate", "other"])
                        ),
                        name="message_topic_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="截止时间")),
                ("line", models.TextField(verbose_name="原话")),
                (
                    "clock",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.clock",
                        verbose_name="期限",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="outbox.message",
                        verbose_name="消息",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procedures.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("clock__isnull", False), ("task__isnull", True)),
                            models.Q(("clock__isnull", True), ("task__isnull", False)),
                            _connector="OR",
                        ),
                        name="reminder_of_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("read_before", models.DateTimeField(verbose_name="此前已读")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="registry.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("organisation__isnull", False), ("person__isnull", True)),
                            models.Q(("organisation__isnull", True), ("person__isnull", False)),
                            _connector="OR",
                        ),
                        name="reading_of_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation__isnull", False)),
                        fields=("account", "organisation"),
                        name="reading_once_an_organisation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("account", "person"),
                        name="reading_once_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="outbox.message"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "message"), name="seen_once")],
            },
        ),
    ]
