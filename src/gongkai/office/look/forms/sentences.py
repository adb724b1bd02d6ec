"""What a form says when something is missing, in the words of an office instead of 「这个字段是必填项」."""

from __future__ import annotations

from django import forms

_MISSING: dict[type[forms.Field], str] = {
    forms.Field: "请填写此项",
    forms.ChoiceField: "请选择",
    forms.FileField: "请选择文件",
    forms.BooleanField: "请勾选此项",
    forms.DateField: "请填写日期",
}


def speak_plainly() -> None:
    """Once at start-up. Every field inherits from these classes; a field that has words of its own keeps them."""
    for field, words in _MISSING.items():
        # A dictionary of its own for each class: some share that of their parent.
        field.default_error_messages = {**field.default_error_messages, "required": words}
