"""What the pages of the application share: a form that reads its answers from a draft and puts them there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gongkai.office.acts.personal.kinds import KINDS
from gongkai.office.portal.models import Draft
from gongkai.office.portal.models.draft import PERSONAL


class OwnField(forms.CharField):
    """Personal data that its owner types and may read again: checked as its kind, and kept encrypted."""

    def __init__(self, kind: str, **options: Any) -> None:
        self.kind = KINDS[kind]
        super().__init__(**{"max_length": self.kind.longest, **options})

    def clean(self, value: Any) -> str:
        """Raises ``ValidationError`` with the sentence of the kind."""
        text: str = super().clean(value)
        try:
            return self.kind.checked(text) if text else ""
        except ValueError as error:
            raise ValidationError(str(error)) from None


class StepForm(forms.Form):
    """One page. ``draft``: where the answers come from and go to; unbound they are filled in."""

    def __init__(self, *args: Any, draft: Draft, **options: Any) -> None:
        self.draft = draft
        super().__init__(*args, **options)
        for name in self.fields:
            self.initial.setdefault(name, self.kept(name))

    def kept(self, name: str) -> Any:
        """The answer in the draft, as the field shows it."""
        return self.draft.text(name) if name in PERSONAL else self.draft.answers.get(name)

    def keep(self) -> None:
        """Put the answers into the draft, which is not saved here. The form must be valid."""
        for name, value in self.cleaned_data.items():
            if name in PERSONAL:
                setattr(self.draft, name, value or None)
            else:
                self.draft.answers[name] = value

    @classmethod
    def filled(cls, draft: Draft) -> StepForm:
        """Bound to what the draft holds, to be judged anew before it is submitted."""
        form = cls(draft=draft)
        form.data, form.is_bound = {name: form.initial.get(name) for name in form.fields}, True
        return form
