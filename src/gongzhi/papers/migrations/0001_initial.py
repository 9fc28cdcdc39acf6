import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

import gongzhi.values.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("registry", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentNumber",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("serial", models.PositiveIntegerField(verbose_name="序号")),
                ("text", models.CharField(max_length=60, verbose_name="发文字号")),
                ("issued_at", models.DateTimeField(verbose_name="编号时间")),
                ("voided_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                ("void_reason", models.CharField(default="", max_length=200, verbose_name="作废原因")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="document_numbers",
                        to="registry.organisation",
                        verbose_name="发文机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "发文字号",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "year", "serial"), name="number_drawn_once"
                    ),
                    models.UniqueConstraint(fields=("organisation", "text"), name="number_text_once"),
                    models.CheckConstraint(
                        condition=models.Q(("serial__gt", 0)), name="number_counts_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("void_reason", ""), ("voided_at__isnull", True)),
                            models.Q(
                                ("voided_at__gte", models.F("issued_at")),
                                ("voided_at__isnull", False),
                                models.Q(("void_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="number_void_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="File",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("size", models.PositiveBigIntegerField(verbose_name="字节数")),
                (
                    "media_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/jpeg", "JPEG"),
                            ("image/png", "PNG"),
                            (
                                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                "DOCX",
                            ),
                            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
                            ("text/csv", "CSV"),
                            ("text/plain", "TEXT"),
                        ],
                        max_length=100,
                        verbose_name="类型",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                ("uploaded_by_account", models.UUIDField(null=True, verbose_name="上传账号")),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
            ],
            options={
                "verbose_name": "文件",
                "indexes": [
                    models.Index(fields=["digest"], name="file_of_digest"),
                    models.Index(fields=["uploaded_by_account", "uploaded_at"], name="file_of_account"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="file_has_content"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "media_type__in",
                                [
                                    "application/pdf",
                                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                    "image/jpeg",
                                    "image/png",
                                    "text/csv",
                                    "text/plain",
                                ],
                            )
                        ),
                        name="file_type_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="file_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("digest"), 64
                        ),
                        name="file_digest_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="最后序号")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registry.organisation",
                        verbose_name="发文机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "编号系列",
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "year"), name="series_once_a_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=gongzhi.values.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="种类")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("made_at", models.DateTimeField(verbose_name="形成时间")),
                ("made_by_account", models.UUIDField(null=True, verbose_name="经办账号")),
                ("replaced_at", models.DateTimeField(null=True, verbose_name="取代时间")),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="papers.file",
                        verbose_name="文件",
                    ),
                ),
                (
                    "number",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="papers.documentnumber",
                        verbose_name="发文字号",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="registry.organisation",
                        verbose_name="出具单位",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="papers.paper",
                        verbose_name="被何件取代",
                    ),
                ),
            ],
            options={
                "verbose_name": "文书",
                "indexes": [
                    models.Index(fields=["organisation", "kind", "made_at"], name="paper_of_organisation")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True), models.Q(("title", ""), _negated=True)
                        ),
                        name="paper_has_kind_and_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number__isnull", True), ("organisation__isnull", False), _connector="OR"
                        ),
                        name="paper_number_has_an_issuer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replaced_at__isnull", True), ("replaced_by__isnull", True)),
                            models.Q(
                                ("replaced_at__gte", models.F("made_at")),
                                ("replaced_at__isnull", False),
                                ("replaced_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="paper_replaced_at_an_instant",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_by__isnull", True),
                            models.Q(("replaced_by", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="paper_replaced_by_another",
                    ),
                ],
            },
        ),
    ]
