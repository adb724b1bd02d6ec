"""Fields and the base of forms that several pages share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.office.bodies.models import Body, Person
from gongkai.office.bodies.selectors.bodies import options


class BodyField(forms.ModelChoiceField):
    """A standing body, chosen from the tree. ``within`` sets which part of the tree is offered."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "请选择")
        kwargs.setdefault("error_messages", {"invalid_choice": "没有这个机关，或已撤销"})
        super().__init__(Body.objects.filter(abolished_on=None), **kwargs)

    def offer(self, *, without: Body | None = None, only: list[Body] | None = None) -> None:
        """Fill the choices: the whole tree, the tree without a branch, or some bodies. One query at most."""
        found = [(b.pk, b.name) for b in only] if only is not None else options(without=without)
        self.choices = [("", self.empty_label), *found]


class BodiesField(forms.ModelMultipleChoiceField):
    """Several standing bodies."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Body.objects.filter(abolished_on=None), **kwargs)

    def offer(self, *, without: Body | None = None) -> None:
        """Fill the choices from the tree."""
        self.choices = [(pk, label) for pk, label in options() if without is None or pk != without.pk]


class PersonField(forms.ModelChoiceField):
    """An account in use; ``queryset`` is set by the form."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", "请选择")
        kwargs.setdefault("error_messages", {"invalid_choice": "没有这个人，或账号已停用"})
        super().__init__(Person.objects.none(), **kwargs)

    def label_from_instance(self, obj: Person) -> str:
        """Two people may bear one name: the sign-in name tells them apart."""
        position = f"，{obj.position}" if obj.position else ""
        return f"{obj.name}（{obj.account}{position}）"


class GroundForm(forms.Form):
    """Asks for the ground besides: the document or reason that stands in the log."""

    ground = forms.CharField(
        label="依据或理由", max_length=200, required=False, help_text="如任职文件、机构改革方案的文号；记入操作记录"
    )


class VersionedForm(forms.Form):
    """Carries the version that the editor saw, so that nobody overwrites what another has changed meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def renew(self, version: int) -> None:
        """Keep what was typed, and let the next attempt count from ``version``."""
        data = self.data.copy()
        data[self.add_prefix("version")] = str(version)
        self.data = data


def add_refusal(form: forms.BaseForm, refusal: ValidationError) -> None:
    """The service's sentences beside their fields; those about what the form does not ask, above it."""
    errors = refusal.message_dict if hasattr(refusal, "error_dict") else {"__all__": refusal.messages}
    for name, sentences in errors.items():
        known = name in form.fields and not form.fields[name].widget.is_hidden
        for sentence in sentences:
            form.add_error(name if known else None, sentence)
