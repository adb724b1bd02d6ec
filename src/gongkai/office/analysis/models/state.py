"""How far the reading of a document has come."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """How far reading has come."""

    WAITING = "waiting", "等待读取"
    READING = "reading", "正在读取"
    READ = "read", "已读取"
    FAILED = "failed", "未能读取"


OPEN = (State.WAITING, State.READING)
