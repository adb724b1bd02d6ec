"""更正申请: what is stated, and what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.office.applications.models import Rectification
from gongkai.office.bodies.forms.fields import VersionedForm
from gongkai.office.bodies.models import Body

STATED = ("applicant_name", "organisation", "phone", "address", "record", "request", "evidence")
_AREA = {"rows": 3}


class RectificationForm(forms.ModelForm):
    """Who asks, which record, what is wrong with it, and what shows it."""

    body = forms.ModelChoiceField(Body.objects.none(), label="受理机关", empty_label=None)
    received_on = forms.DateField(label="收到日期")
    field_order = ("body", "received_on", *STATED)

    class Meta:
        model = Rectification
        fields = STATED
        widgets = {name: forms.Textarea(attrs=_AREA) for name in ("record", "request", "evidence")}  # noqa: RUF012

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.queryset = Body.objects.filter(pk__in=[one.pk for one in bodies])
        self.fields["received_on"].initial = timezone.localdate()

    def _post_clean(self) -> None:
        """The verb makes the record."""

    def stated(self) -> dict[str, Any]:
        """For the service."""
        return {name: self.cleaned_data[name] for name in STATED}


class FinishForm(VersionedForm):
    """The end, and when the applicant was told."""

    result = forms.ChoiceField(label="处理结果", choices=Rectification.Result.choices, widget=forms.RadioSelect)
    explanation = forms.CharField(label="处理情况和理由", widget=forms.Textarea(attrs=_AREA))
    other_body = forms.CharField(
        label="有权更正的机关", required=False, max_length=120, help_text="转送或者告知向其他机关提出的填写"
    )
    told_on = forms.DateField(label="告知申请人日期")
