"""Work in the background that a person asked for."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("acts", "0007_mail_encrypted"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Work",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task", models.CharField(max_length=60, verbose_name="工作")),
                ("thing_type", models.CharField(max_length=80, verbose_name="事项类型")),
                ("thing_id", models.CharField(max_length=80, verbose_name="事项编号")),
                ("request_number", models.CharField(blank=True, max_length=40, verbose_name="请求编号")),
                ("address", models.CharField(blank=True, max_length=45, verbose_name="网络地址")),
                ("facts", models.JSONField(default=dict, verbose_name="情况")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "等待办理"),
                            ("running", "正在办理"),
                            ("done", "已完成"),
                            ("failed", "未成功"),
                            ("stopped", "已停止"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="已办")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="共计")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                (
                    "asked_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="提出时间"
                    ),
                ),
                ("begun_at", models.DateTimeField(null=True, verbose_name="开始时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
            ],
            options={
                "verbose_name": "后台工作",
                "verbose_name_plural": "后台工作",
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["thing_type", "thing_id"], name="work_thing")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "running"))),
                        fields=("task", "thing_type", "thing_id"),
                        name="work_once_at_a_time",
                    )
                ],
            },
        ),
    ]
