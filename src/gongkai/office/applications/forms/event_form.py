"""What every event's form asks, and what its verb is told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.office.applications.models import Application, CaseEvent
from gongkai.office.applications.services.proceeding import Particulars
from gongkai.office.bodies.forms.fields import VersionedForm


class EventForm(VersionedForm):
    """The day, a note, and the reason where a limit is passed. Subclasses add what else an event needs."""

    on = forms.DateField(label="办理日期", help_text="不填写为今天", required=False)
    note = forms.CharField(label="备注", required=False, max_length=500)
    override = forms.CharField(
        label="例外办理的理由",
        required=False,
        max_length=300,
        help_text="超过法定时限确需补记的才填写；理由长期保留，并在申请页面醒目显示",
    )
    last_fields = ("note", "override")

    def __init__(
        self, *args: Any, case: Application, events: Sequence[CaseEvent], may_agree: bool = False, **kwargs: Any
    ) -> None:
        initial = {"on": timezone.localdate(), "version": case.version, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.case, self.events, self.may_agree = case, events, may_agree
        self.prepare()
        self.order_fields([name for name in self.fields if name not in self.last_fields])

    def prepare(self) -> None:
        """For subclasses: choices and first values that depend on the case."""

    def without_override(self) -> None:
        """Where no reason would help, none is asked."""
        del self.fields["override"]

    def particulars(self) -> Particulars:
        """What the verb is told. The form must be valid."""
        known = self.known()
        texts = {key: value for key, value in self.texts().items() if value}
        if self.cleaned_data.get("note"):
            texts["note"] = self.cleaned_data["note"]
        return Particulars(
            on=self.day(),
            override=self.cleaned_data.get("override", ""),
            version=self.cleaned_data["version"],
            data=texts,
            **known,
        )

    def day(self) -> date:
        """When it happened."""
        day: date = self.cleaned_data.get("on") or timezone.localdate()
        return day

    def known(self) -> dict[str, Any]:
        """Other fields of ``Particulars``."""
        return {}

    def texts(self) -> dict[str, Any]:
        """What is kept with the event for its letter and the timeline."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.cleaned_data.items()
            if name not in ("on", "note", "override", "version")
        }
