"""Forms about a case as a whole: who handles it, whether it is several, whether all should read the answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.office.applications.models import Application
from gongkai.office.bodies.forms.fields import PersonField, VersionedForm
from gongkai.office.bodies.models import Person, RoleHolding
from gongkai.office.bodies.roles import Role

_MOST_PARTS = 30


class AssignForm(VersionedForm):
    """To a handler of the body."""

    to = PersonField(label="承办人")

    def __init__(self, *args: Any, case: Application, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": case.version}, **kwargs)
        holders = RoleHolding.objects.on(timezone.localdate()).filter(role=Role.HANDLER, body_id=case.body_id)
        field: Any = self.fields["to"]
        field.queryset = Person.objects.filter(is_active=True, pk__in=holders.values("person_id")).order_by("name")
        field.initial = case.handler_id


class AgreeForm(forms.Form):
    """条例 第三十三条第二款."""

    days = forms.IntegerField(label="同意延长几个工作日", min_value=1, max_value=20, initial=20)
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class SplitForm(VersionedForm):
    """一事一申请: one matter a line."""

    matters = forms.CharField(
        label="各项所需信息",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="每行一项，至少两行；第一项留在本申请，其余各成一件申请，收到之日不变",
    )

    def clean_matters(self) -> list[str]:
        """Lines with something in them."""
        lines = [line.strip() for line in self.cleaned_data["matters"].splitlines() if line.strip()]
        if len(lines) < 2:
            raise forms.ValidationError("请每行写一项，至少两项")
        if len(lines) > _MOST_PARTS:
            raise forms.ValidationError(f"一次最多拆成{_MOST_PARTS}件")
        return lines


class SuggestForm(forms.Form):
    """条例 第四十四条."""

    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    by_applicant = forms.BooleanField(label="由申请人建议", required=False)
