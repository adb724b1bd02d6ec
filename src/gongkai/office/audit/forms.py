"""Forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.office.look.forms import Fieldset


class ExportForm(forms.Form):
    """Which days of the log to take out; none: all of it."""

    first_day = forms.DateField(label="自", required=False, help_text="不填则从最早的记录开始")
    last_day = forms.DateField(label="至", required=False, help_text="不填则到导出之时")

    fieldsets = (Fieldset("时间范围", ["first_day", "last_day"], columns=2),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.DateInput(attrs={"max": timezone.localdate().isoformat()})

    def clean(self) -> dict[str, Any]:
        """From must not be after to."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and first > last:
            self.add_error("last_day", "截止日期早于起始日期")
        return data
