"""To which body: searched for, then chosen."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.office.bodies.models import Body
from gongkai.office.bodies.selectors.bodies import standing_bodies, stands
from gongkai.office.portal.forms.step import StepForm
from gongkai.office.portal.models import Draft


class _BodyField(forms.ModelChoiceField):
    """``read``: a body that was read with the draft a moment ago need not be asked for again."""

    read: Body | None = None

    def to_python(self, value: Any) -> Any:
        if self.read is not None and str(value) == str(self.read.pk) and stands(self.read):
            return self.read
        return super().to_python(value)


class BodyForm(StepForm):
    """``body``: any standing body; which of them the page shows, the search decides."""

    body = _BodyField(Body.objects.none(), label="向哪个机关申请", empty_label=None, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["body"]
        field.queryset = standing_bodies()
        field.read = self.draft.body if Draft.body.is_cached(self.draft) else None  # type: ignore[attr-defined]

    def kept(self, name: str) -> Any:
        return self.draft.body_id

    def keep(self) -> None:
        self.draft.body = self.cleaned_data["body"]
