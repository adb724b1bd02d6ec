"""The form field for personal data: checks what is typed, keeps it on the page, never shows what is stored."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.office.acts.personal.kinds import KINDS
from gongkai.office.acts.personal.sealed import Sealed


class PersonalInput(forms.TextInput):
    """A text input that the browser does not remember; not required where something is stored already."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})

    def use_required_attribute(self, initial: Any) -> bool:
        return bool(super().use_required_attribute(initial) and not initial)


class PersonalField(forms.Field):
    """Cleans to ``Sealed``. Left blank over a stored value it keeps that value; its mask is the placeholder."""

    widget = PersonalInput

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        self.kind = KINDS[kind]
        super().__init__(**kwargs)

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        bound = super().get_bound_field(form, field_name)
        if isinstance(bound.initial, Sealed):
            self.widget.attrs["placeholder"] = f"已登记 {bound.initial.mask}，不修改请留空"
        return bound

    def prepare_value(self, value: Any) -> Any:
        return "" if isinstance(value, Sealed) else value

    def to_python(self, value: Any) -> Sealed | None:
        if isinstance(value, Sealed) or value is None:
            return value
        if not str(value).strip():
            return None
        try:
            return Sealed.fresh(self.kind, str(value))
        except ValueError as error:
            raise ValidationError(str(error)) from None

    def clean(self, value: Any, initial: Any = None) -> Sealed | None:
        if isinstance(initial, Sealed) and not str(value or "").strip():
            return initial
        cleaned: Sealed | None = super().clean(value)
        return cleaned

    def _clean_bound_field(self, bound: Any) -> Sealed | None:
        """As ``FileField`` does it: the stored value counts where nothing was handed in."""
        return self.clean(bound.initial if self.disabled else bound.data, bound.initial)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled or not str(data or "").strip():
            return False
        return bool(not isinstance(initial, Sealed) or self.kind.tidied(str(data)) != initial.reveal())
