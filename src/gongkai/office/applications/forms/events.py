"""One form for each event of the course, with only what that event needs (statute/states.toml)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.office.applications.models import Application, CaseEvent
from gongkai.office.applications.selectors.applicants import count_in_month
from gongkai.office.applications.selectors.facts import open_consultations
from gongkai.office.applications.services.proceeding import Particulars
from gongkai.office.bodies.forms.fields import VersionedForm
from gongkai.statute import calendar
from gongkai.statute.errors import OutOfRangeError
from gongkai.statute.fees import BASES, ITEM, Fee, fee

CORRECTION_DAYS = 15  # working days offered for a correction; the regulation says 合理的期限
_TEXT = forms.Textarea(attrs={"rows": 4})
OPINIONS = [
    ("agree", "同意公开"),
    ("partly", "同意部分公开"),
    ("refuse", "不同意公开"),
    ("none", "答复了，但没有提出意见"),
    ("timeout", "期满没有答复"),
]


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


class PlainForm(EventForm):
    """Nothing but the day."""


class ConfirmedForm(EventForm):
    """与申请人确认."""

    how = forms.CharField(label="怎样确认的", max_length=100, help_text="如电话、回复邮件、平台点击确认")


class CorrectionForm(EventForm):
    """告知补正 (条例 第三十条): once, with what and until when."""

    text = forms.CharField(label="需要补正的事项", widget=_TEXT, help_text="一次性写明全部事项和理由")
    correction_due = forms.DateField(label="补正期限", help_text="应当合理；默认15个工作日，写入补正告知书")

    def prepare(self) -> None:
        self.initial.setdefault("correction_due", calendar.add_working_days(timezone.localdate(), CORRECTION_DAYS))

    def clean_correction_due(self) -> date:
        """After the notice."""
        due: date = self.cleaned_data["correction_due"]
        if due <= (self.cleaned_data.get("on") or timezone.localdate()):
            raise forms.ValidationError("补正期限应晚于告知日期")
        return due


class CorrectedForm(EventForm):
    """收到补正."""

    description = forms.CharField(
        label="补正后的所需信息", widget=_TEXT, help_text="按补正后的内容修改；没有变化的不改"
    )

    def prepare(self) -> None:
        self.initial.setdefault("description", self.case.description)


class ReasonedForm(EventForm):
    """What is asked, found or decided, in words."""

    text = forms.CharField(label="说明", widget=_TEXT)


class AcceptedForm(ReasonedForm):
    """理由合理 (条例 第三十五条)."""

    later = forms.DateField(
        label="延迟答复的合理期限", required=False, help_text="理由合理但不能如期答复的，可以确定并告知申请人"
    )


class ConsultForm(EventForm):
    """征求意见: to whom, when sent and served."""

    party = forms.CharField(label="被征求意见的一方", max_length=120)
    served = forms.DateField(
        label="送达日期", required=False, help_text="15个工作日自收到征求意见书之日起算；不填写为当日送达"
    )
    text = forms.CharField(label="征求意见的内容", widget=_TEXT, help_text="写入征求意见书")

    def clean_served(self) -> date | None:
        """Not before it was sent."""
        served: date | None = self.cleaned_data["served"]
        if served and served < (self.cleaned_data.get("on") or timezone.localdate()):
            raise forms.ValidationError("送达日期不能早于发出日期")
        return served

    def known(self) -> dict[str, Any]:
        return {"party": self.cleaned_data["party"], "served": self.cleaned_data["served"]}

    def texts(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"]}


class OpinionForm(EventForm):
    """收到意见或者期满."""

    party = forms.ChoiceField(label="哪一方的意见")
    opinion = forms.ChoiceField(label="意见", choices=OPINIONS, widget=forms.RadioSelect)
    text = forms.CharField(label="意见的内容和理由", widget=_TEXT, required=False)

    def prepare(self) -> None:
        waiting = open_consultations(self.events)
        self.fields["party"].choices = [(c.party, f"{c.party}（{c.get_event_display()}）") for c in waiting]  # type: ignore[attr-defined]

    def known(self) -> dict[str, Any]:
        return {"party": self.cleaned_data["party"]}

    def texts(self) -> dict[str, Any]:
        ended = self.cleaned_data["opinion"] == "timeout"
        return {
            "opinion": "none" if ended else self.cleaned_data["opinion"],
            "timeout": ended,
            "text": self.cleaned_data["text"],
        }


class ExtendForm(EventForm):
    """延长 (条例 第三十三条第二款): agreed by the head, told to the applicant."""

    days = forms.IntegerField(label="延长几个工作日", min_value=1, max_value=20)
    reason = forms.CharField(label="延长的理由", widget=_TEXT, max_length=500, help_text="写入延期答复告知书")
    head_agreed = forms.BooleanField(label="我作为政府信息公开工作机构负责人同意延长", required=False)
    applicant_told = forms.BooleanField(label="已告知申请人（延期答复告知书同日发出）", required=False)

    def prepare(self) -> None:
        self.agreement = self.case.agreements.last()
        if self.agreement is not None:
            self.initial.setdefault("days", self.agreement.days)
            self.initial.setdefault("reason", self.agreement.reason)
            self.fields["days"].help_text = f"{self.agreement}"
        if not self.may_agree:
            del self.fields["head_agreed"]
            if self.agreement is None:
                self.fields["days"].help_text = "须先由签发人在申请页面点“同意延期”"

    def known(self) -> dict[str, Any]:
        days = self.cleaned_data["days"]
        agreed = self.agreement is not None and days <= self.agreement.days
        return {
            "days": days,
            "head_agreed": agreed or self.cleaned_data.get("head_agreed", False),
            "applicant_told": self.cleaned_data["applicant_told"],
        }

    def texts(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


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
        if data.get("basis") and data.get("count"):
            already = self.already if data["basis"] == ITEM else 0
            try:
                self.fee = fee(data["basis"], data["count"], self.case.received_on or self.case.arrived_on, already)
            except OutOfRangeError as error:
                self.add_error("basis", f"{error}")
        return data

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


class WithdrawnForm(EventForm):
    """撤回."""

    text = forms.CharField(label="撤回的方式和内容", widget=_TEXT, help_text="如书面撤回，并上传撤回申请")


FORMS: dict[str, type[EventForm]] = {
    "confirmed": ConfirmedForm,
    "request_correction": CorrectionForm,
    "correction_received": CorrectedForm,
    "correction_overdue": PlainForm,
    "corrected_but_unclear": ReasonedForm,
    "excessive": ReasonedForm,
    "reason_not_accepted": ReasonedForm,
    "reason_accepted": AcceptedForm,
    "consult_third_party": ConsultForm,
    "consult_agency": ConsultForm,
    "opinion_or_timeout": OpinionForm,
    "extend": ExtendForm,
    "fee_notice": FeeForm,
    "paid": PaidForm,
    "fee_overdue": PlainForm,
    "secrecy_doubt": ReasonedForm,
    "determined": ReasonedForm,
    "draft": PlainForm,
    "submit_review": PlainForm,
    "returned": ReasonedForm,
    "signed_and_sent": PlainForm,
    "withdrawn": WithdrawnForm,
    "archive": PlainForm,
}
