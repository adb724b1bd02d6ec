"""Fields that many forms share."""

from __future__ import annotations

from typing import Any

from django import forms


class ReasonField(forms.CharField):
    """Why somebody does something: it goes into the act log in these words, so blanks alone are no reason."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "理由")
        options.setdefault("help_text", "将原样记入操作记录")
        options.setdefault("max_length", 500)
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        options.setdefault("error_messages", {"required": "请写明理由"})
        super().__init__(**options)


class ReasonForm(forms.Form):
    """A form that asks for nothing but the reason; ``confirm_page`` shows it above its button."""

    reason = ReasonField()
