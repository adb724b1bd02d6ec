"""Values as offices write them: 2024年1月26日, 15:04, 1.5 MB, 是."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

NOTHING = "—"
_UNITS = ("字节", "KB", "MB", "GB", "TB")


def date_cn(value: date | datetime | None) -> str:
    """2024年1月26日; a moment is first brought to the office's own time zone. ``""`` for nothing."""
    if not value:
        return ""
    day = _local(value) if isinstance(value, datetime) else value
    return f"{day.year}年{day.month}月{day.day}日"


def datetime_cn(value: date | datetime | None) -> str:
    """2024年1月26日 15:04, in the office's time zone; a day alone has no time. ``""`` for nothing."""
    if not isinstance(value, datetime):
        return date_cn(value)
    return f"{date_cn(value)} {_local(value):%H:%M}"


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def size_cn(size: int | None) -> str:
    """Bytes in words: 0 字节, 820 字节, 1.5 MB (1 KB = 1024 bytes, as Windows shows it). ``""`` for nothing."""
    if size is None:
        return ""
    amount, unit = float(size), 0
    while amount >= 1024 and unit < len(_UNITS) - 1:
        amount, unit = amount / 1024, unit + 1
    figure = f"{amount:.0f}" if unit == 0 or amount >= 100 else f"{amount:.1f}".removesuffix(".0")
    return f"{figure} {_UNITS[unit]}"


def in_words(value: object) -> str:
    """Any value of a list or a line of facts as text: days, moments, yes and no; nothing is 「—」."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return datetime_cn(value)
    if isinstance(value, date):
        return date_cn(value)
    return str(value)
