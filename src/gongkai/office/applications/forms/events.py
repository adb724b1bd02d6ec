"""One form for each event of the course, with only what that event needs (statute/states.toml)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.office.applications.forms.event_form import EventForm
from gongkai.office.applications.forms.fees import FeeForm, PaidForm
from gongkai.office.applications.selectors.facts import open_consultations
from gongkai.statute import calendar

CORRECTION_DAYS = 15  # working days offered for a correction; the regulation says 合理的期限
_TEXT = forms.Textarea(attrs={"rows": 4})
OPINIONS = [
    ("agree", "同意公开"),
    ("partly", "同意部分公开"),
    ("refuse", "不同意公开"),
    ("none", "答复了，但没有提出意见"),
    ("timeout", "期满没有答复"),
]


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
    """理由合理 (条例 第三十五条); where it cannot be answered in time, the later date, and that it was told."""

    until = forms.DateField(
        label="延迟答复的合理期限",
        required=False,
        help_text="理由合理但不能如期答复的，可以确定并告知申请人；确定以后，答复期限以此为准",
    )
    reason = forms.CharField(
        label="不能如期答复的原因", widget=_TEXT, required=False, max_length=500, help_text="写入延迟答复告知书"
    )
    applicant_told = forms.BooleanField(label="已告知申请人（延迟答复告知书同日发出）", required=False)

    def clean(self) -> dict[str, Any]:
        """A later date has its reason; a reason without a date would be lost."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("until") and not data.get("reason"):
            self.add_error("reason", "确定延迟期限的，请写明不能如期答复的原因")
        if data.get("reason") and not data.get("until") and "until" not in self.errors:
            self.add_error("until", "写了不能如期答复的原因，请一并确定延迟答复的期限")
        return data

    def known(self) -> dict[str, Any]:
        return {"until": self.cleaned_data["until"], "applicant_told": self.cleaned_data["applicant_told"]}

    def texts(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "reason": self.cleaned_data["reason"]}


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
    "draft_withdrawn": ReasonedForm,
    "submit_review": PlainForm,
    "returned": ReasonedForm,
    "signed_and_sent": PlainForm,
    "withdrawn": WithdrawnForm,
    "archive": PlainForm,
}
