"""The decision: which outcome, why, what the letter says, and the records that the outcome needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.office.applications.models import Application, CaseEvent
from gongkai.office.applications.selectors.applicants import same_applicant
from gongkai.office.applications.selectors.decisions import HARM, RESPONSIBLE, SEARCH, needs_of, options, proved
from gongkai.office.bodies.forms.fields import VersionedForm
from gongkai.office.look.forms import Fieldset
from gongkai.statute.outcomes import NEEDS, Outcome

_AREA = {"rows": 3}
_WORDS = ("cited_law", "secrecy_basis", "leader_decision", "category", "obtained", "archive")  # records of words alone
# Record that an outcome may need (``NEEDS``) → the fields that make it up.
_FIELDS = {
    "search_record": [f"search_{part}" for part in SEARCH],
    "harm_test": [f"harm_{part}" for part in HARM],
    "responsible_body": [f"responsible_{part}" for part in RESPONSIBLE],
    "grounds_of_refused_parts": ["grounds"],
    "earlier_case": ["earlier_case"],
    **{word: [word] for word in _WORDS},
}


class DecisionForm(VersionedForm):
    """Nothing but outcome and reason is required here: what an outcome needs is asked before the review."""

    outcome = forms.ChoiceField(label="处理结果")
    reason = forms.CharField(label="理由和依据", widget=forms.Textarea(attrs={"rows": 5}))
    content = forms.CharField(
        label="答复内容",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="公开的信息，或者获取的方式、途径和时间",
    )
    cited_law = forms.CharField(label=NEEDS["cited_law"], required=False, max_length=300)
    secrecy_basis = forms.CharField(label=NEEDS["secrecy_basis"], required=False, max_length=300)
    leader_decision = forms.CharField(
        label=NEEDS["leader_decision"],
        required=False,
        max_length=300,
        help_text="以危及国家安全、公共安全、经济安全、社会稳定为由不予公开的填写",
    )
    category = forms.CharField(
        label=NEEDS["category"],
        required=False,
        max_length=100,
        help_text="内部事务：人事管理、后勤管理、内部工作流程；过程性：讨论记录、过程稿、磋商信函、请示报告",
    )
    obtained = forms.CharField(
        label=NEEDS["obtained"], required=False, max_length=300, help_text="要求确认、重新出具的填写：何时以何方式"
    )
    archive = forms.CharField(label=NEEDS["archive"], required=False, max_length=120)
    responsible_body = forms.CharField(label=RESPONSIBLE["body"], required=False, max_length=120)
    responsible_contact = forms.CharField(label=RESPONSIBLE["contact"], required=False, max_length=200)
    responsible_unknown = forms.CharField(
        label=RESPONSIBLE["unknown"], required=False, max_length=300, help_text="如向哪些机关查询过；不写入答复书"
    )
    grounds = forms.CharField(
        label="每一处不予公开内容的理由",
        required=False,
        widget=forms.Textarea(attrs=_AREA),
        help_text="用“遮盖”处理过的，遮盖的处数和依据会自动列入",
    )
    earlier_case = forms.ModelChoiceField(
        Application.objects.none(), label="首次申请及其答复", required=False, empty_label="（无）"
    )
    search_systems = forms.CharField(label=SEARCH["systems"], required=False, max_length=200)
    search_words = forms.CharField(label=SEARCH["words"], required=False, max_length=200)
    search_people = forms.CharField(label=SEARCH["people"], required=False, max_length=100)
    search_on = forms.DateField(label=SEARCH["on"], required=False)
    harm_harm = forms.CharField(label=HARM["harm"], required=False, widget=forms.Textarea(attrs=_AREA))
    harm_interest = forms.CharField(label=HARM["interest"], required=False, widget=forms.Textarea(attrs=_AREA))
    harm_result = forms.CharField(label=HARM["result"], required=False, max_length=300)

    fieldsets = (
        Fieldset("决定", ["outcome", "reason", "content"]),
        Fieldset(
            "检索记录",
            ["search_systems", "search_words", "search_people", "search_on"],
            help="以“信息不存在”答复的，四项都要填写",
            columns=2,
        ),
        Fieldset(
            "第三方权益的衡量",
            ["harm_harm", "harm_interest", "harm_result"],
            help="以第三方合法权益为由不予公开，或者不顾第三方反对予以公开的填写（条例 第十五条、第三十二条）",
        ),
        Fieldset(
            "负责公开的机关",
            ["responsible_body", "responsible_contact", "responsible_unknown"],
            help="以“不属于本机关负责公开”答复的填写：能够确定的写明机关和联系方式，不能确定的写明情况"
            "（条例 第三十六条第（五）项）",
            columns=2,
        ),
        Fieldset(
            "其他记录",
            [
                *("cited_law", "secrecy_basis", "leader_decision", "category"),
                *("obtained", "archive", "grounds", "earlier_case"),
            ],
            columns=2,
        ),
    )

    def __init__(self, *args: Any, case: Application, events: Sequence[CaseEvent], **kwargs: Any) -> None:
        self.case, self.events = case, events
        super().__init__(*args, initial={"version": case.version, **_initial(case)}, **kwargs)
        groups = [(heading, [one.outcome for one in found]) for heading, found in options(timezone.localdate())]
        chosen: Any = self.fields["outcome"]
        chosen.choices = [
            ("", "请选择"),
            *((heading, [(one.code, _label(one)) for one in found]) for heading, found in groups),
        ]
        self.only_for = _only_for([one for _, found in groups for one in found], events)
        earlier: Any = self.fields["earlier_case"]
        earlier.queryset = same_applicant(case).filter(replied_on__isnull=False) | Application.objects.filter(
            pk=case.duplicate_of_id
        )
        earlier.label_from_instance = _named

    def clean(self) -> dict[str, Any]:
        """A search is recorded whole or not at all: half of it proves nothing."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        parts = {key: data.get(f"search_{key}") for key in SEARCH}
        if any(parts.values()) and not all(parts.values()):
            for key, value in parts.items():
                if not value and f"search_{key}" not in self.errors:
                    self.add_error(f"search_{key}", "检索记录的四项请一并填写")
        if data.get("responsible_body") and not data.get("responsible_contact"):
            self.add_error("responsible_contact", "请一并写明联系方式（条例 第三十六条第（五）项）")
        if data.get("responsible_body") and data.get("responsible_unknown"):
            self.add_error("responsible_unknown", "已写明负责公开的机关，不用再写不能确定的情况")
        if data.get("outcome") == "denied_third_party" and not data.get("harm_result"):
            self.add_error("harm_result", "以第三方合法权益为由不予公开的，请写明衡量结果（条例 第十五条）")
        return data

    def values(self) -> dict[str, Any]:
        """For the service; what the course of the case proves is added to what was typed."""
        data = self.cleaned_data
        found: dict[str, Any] = dict(proved(self.events))
        if data["harm_result"]:
            found["harm_test"] = {key: data[f"harm_{key}"] for key in HARM if data[f"harm_{key}"]}
        responsible = {key: data[f"responsible_{key}"] for key in RESPONSIBLE if data[f"responsible_{key}"]}
        if responsible:
            found["responsible_body"] = responsible
        search = {key: data[f"search_{key}"] for key in SEARCH}
        if all(search.values()):
            found["search_record"] = {**search, "on": search["on"].isoformat()}
        counts: dict[str, int] = {}
        for redaction in self.case.redactions.exclude(burned_id=None):
            for ground, count in redaction.counts.items():
                counts[ground] = counts.get(ground, 0) + count
        if data["grounds"]:
            found["grounds_of_refused_parts"] = {"text": data["grounds"], "counts": counts}
        if data["earlier_case"]:
            found["earlier_case"] = {"case": data["earlier_case"].pk, "name": _named(data["earlier_case"])}
        for key in _WORDS:
            if data[key]:
                found[key] = data[key]
        return {
            "outcome_code": data["outcome"],
            "reason": data["reason"],
            "content": data["content"],
            "records": found,
            "version": data["version"],
        }


def _label(one: Any) -> str:
    return f"{one.label}（{one.article}）" if one.article else one.label


def _named(case: Application) -> str:
    number = case.decision.number if hasattr(case, "decision") else ""
    replied = f"，{case.replied_on:%Y-%m-%d}答复" if case.replied_on else ""
    return f"{case}{replied}{number and f'，{number}'}"


def _only_for(decided: Sequence[Outcome], events: Sequence[CaseEvent]) -> dict[str, tuple[str, list[str]]]:
    """Field → the outcomes that it is asked for: those that need its record."""
    return {
        field: ("outcome", [one.code for one in decided if need in needs_of(one, events)])
        for need, fields in _FIELDS.items()
        for field in fields
    }


def _initial(case: Application) -> dict[str, Any]:
    decision = getattr(case, "decision", None)
    if decision is None:
        return {
            "outcome": "not_processed_duplicate" if case.duplicate_of_id else "",
            "earlier_case": case.duplicate_of_id,
        }
    records = decision.records
    search, harm = records.get("search_record") or {}, records.get("harm_test") or {}
    found: dict[str, Any] = {
        "outcome": decision.outcome,
        "reason": decision.reason,
        "content": decision.content,
        **{key: records.get(key, "") for key in _WORDS},
        "grounds": _text(records.get("grounds_of_refused_parts")),
        "earlier_case": _key(records.get("earlier_case")),
    }
    if isinstance(search, dict):
        found |= {f"search_{key}": search.get(key, "") for key in SEARCH}
        if search.get("on"):
            found["search_on"] = date.fromisoformat(search["on"])
    found |= {f"harm_{key}": harm.get(key, "") for key in HARM}
    responsible = records.get("responsible_body") or {}
    return found | {f"responsible_{key}": responsible.get(key, "") for key in RESPONSIBLE}


def _text(record: Any) -> str:
    return record.get("text", "") if isinstance(record, dict) else str(record or "")


def _key(record: Any) -> Any:
    return record.get("case") if isinstance(record, dict) else None
