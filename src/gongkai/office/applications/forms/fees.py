"""Forms of the information processing fee (国办函〔2020〕109号): the notice, and the payment."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django import forms

from gongkai.office.applications.forms.event_form import EventForm
from gongkai.office.applications.selectors.applicants import count_in_month
from gongkai.statute.errors import OutOfRangeError
from gongkai.statute.fees import BASES, ITEM, Fee, fee, tariff


class FeeForm(EventForm):
    """收费通知: one basis, the amount by the tariff (国办函〔2020〕109号)."""

    basis = forms.ChoiceField(label="计收方式", choices=list(BASES.items()), widget=forms.RadioSelect)
    count = forms.IntegerField(
        label="件数或者页数", min_value=1, max_value=100_000, help_text="按件：本申请包含的件数；按量：A4页数"
    )
    served = forms.DateField(
        label="申请人收到通知之日", required=False, help_text="缴费期限自次日起20个工作日；不填写为当日"
    )

    def prepare(self) -> None:
        self.already = count_in_month(self.case, before=True)
        self.initial.setdefault("count", 1)
        self.fields["basis"].help_text = f"该申请人本月此前已有{self.already}件；按件计收从第{self.already + 1}件起算"
        self.fee: Fee | None = None

    def clean(self) -> dict[str, Any]:
        """The tariff of the day of receipt."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("basis"):
            self._of_form(data["basis"])
        if data.get("basis") and data.get("count"):
            already = self.already if data["basis"] == ITEM else 0
            try:
                self.fee = fee(data["basis"], data["count"], self.case.received_on or self.case.arrived_on, already)
            except OutOfRangeError as error:
                self.add_error("basis", f"{error}")
        return data

    def _of_form(self, basis: str) -> None:
        """Pages are charged on paper, by e-mail and as copies, not for consulting (国办函〔2020〕109号 第五条)."""
        with suppress(OutOfRangeError):
            law = tariff(basis, self.case.received_on or self.case.arrived_on)
            if law.forms and self.case.form and self.case.form not in law.forms:
                form = self.case.get_form_display()
                self.add_error("basis", f"以“{form}”提供的，不能{BASES[basis]}（{law.article}）")

    def known(self) -> dict[str, Any]:
        return {"fee": self.fee.yuan if self.fee else 0, "served": self.cleaned_data["served"]}

    def texts(self) -> dict[str, Any]:
        assert self.fee is not None
        return {
            "basis": self.cleaned_data["basis"],
            "count": self.cleaned_data["count"],
            "already": self.already if self.cleaned_data["basis"] == ITEM else 0,
            "amount": self.fee.yuan,
            "steps": [[step.words, step.article] for step in self.fee.steps],
        }


class PaidForm(EventForm):
    """缴费."""

    amount = forms.IntegerField(label="实缴金额（元）", min_value=1)

    def prepare(self) -> None:
        notices = [event for event in self.events if event.event == "fee_notice"]
        if notices:
            self.initial.setdefault("amount", notices[-1].data.get("amount"))
