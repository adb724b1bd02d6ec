"""States as badges."""

from __future__ import annotations

from typing import Any

from gongkai.office.look.badges import Badge, Tone

_TONES: dict[str, Tone] = {"waiting": "neutral", "reading": "info", "read": "good", "failed": "bad"}


def state_badge(document: Any) -> Badge:
    """Of a document."""
    return Badge(document.get_state_display(), _TONES.get(document.state, "neutral"))


def batch_badge(batch: Any) -> Badge:
    """Of a batch with its counts (``Batch.objects.counted()``)."""
    if batch.open:
        return Badge(f"正在读取 {batch.count - batch.open}/{batch.count}", "info")
    if batch.failed:
        return Badge(f"{batch.failed} 份未能读取", "bad")
    return Badge("已读取", "good")


def findings_badge(document: Any) -> Badge | str:
    """What was found in a document that was read."""
    if document.state != "read":
        return ""
    parts = [(document.errors, "错误"), (document.warnings, "警告"), (document.hints, "提示")]
    text = "、".join(f"{name}{count}" for count, name in parts if count)
    tone: Tone = "bad" if document.errors else "caution" if document.warnings else "info" if document.hints else "good"
    return Badge(text or "没有发现问题", tone)
