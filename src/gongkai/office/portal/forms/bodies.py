"""To which body: searched for, then chosen."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.office.bodies.models import Body
from gongkai.office.bodies.selectors.bodies import standing_bodies
from gongkai.office.portal.forms.step import StepForm


class BodyForm(StepForm):
    """``body``: any standing body; which of them the page shows, the search decides."""

    body = forms.ModelChoiceField(
        Body.objects.none(), label="向哪个机关申请", empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["body"]
        field.queryset = standing_bodies()

    def kept(self, name: str) -> Any:
        return self.draft.body_id

    def keep(self) -> None:
        self.draft.body = self.cleaned_data["body"]
