"""Django's form rendering with the look's templates, classes and the browser's own inputs for days and times."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

_CHOICES = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)
# A browser's own input speaks ISO 8601, whatever the language of the page.
_NATIVE = (
    (forms.DateTimeInput, "datetime-local", "%Y-%m-%dT%H:%M"),
    (forms.DateInput, "date", "%Y-%m-%d"),
    (forms.TimeInput, "time", "%H:%M"),
)


class Field(BoundField):
    """A field of a form on a page: its widget gets the classes of Tabler, whichever form it comes from."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        widget = widget or self.field.widget
        _make_native(widget)
        built = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden:
            own = [built.pop("class", ""), widget.attrs.get("class", ""), _css_class(widget)]
            built["class"] = " ".join(filter(None, own))
        return built

    @property
    def is_choice_list(self) -> bool:
        """Several inputs under one heading: radio buttons, check boxes, the parts of a date."""
        return bool(self.use_fieldset)

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def only_for(self) -> str:
        """「name value value …」 of another field: asked only when it has one of these values (``forms.js``)."""
        name, values = getattr(self.form, "only_for", {}).get(self.name, ("", ()))
        return " ".join([self.form.add_prefix(name), *values]) if name else ""

    @property
    def choose_again(self) -> bool:
        """No browser lets a page put a chosen file back: after an error somewhere it must be chosen once more."""
        return bool(self.form.errors) and self.html_name in self.form.files


class Renderer(TemplatesSetting):
    """Needs ``django.forms`` in ``INSTALLED_APPS``, after ``gongkai.office.look``."""

    form_template_name = "look/forms/form.html"
    field_template_name = "look/forms/field.html"
    bound_field_class = Field


def _make_native(widget: forms.Widget) -> None:
    for kind, input_type, pattern in _NATIVE:
        # A widget that was given a format of its own keeps it.
        if isinstance(widget, kind) and widget.input_type == "text" and widget.format is None:
            widget.input_type, widget.format = input_type, pattern
            return


def _css_class(widget: forms.Widget) -> str:
    if isinstance(widget, _CHOICES):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"
