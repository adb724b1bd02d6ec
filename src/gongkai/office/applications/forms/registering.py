"""登记: what an application states (条例 第二十九条), as the applicant stated it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.office.acts.personal import identity
from gongkai.office.applications.choices import Form, IdentityKind, Way
from gongkai.office.applications.forms.files import FilesField
from gongkai.office.applications.models import Application
from gongkai.office.applications.selectors.channels import ARTICLE, choices_with_rules
from gongkai.office.bodies.formats import validate_uscc
from gongkai.office.bodies.forms.fields import VersionedForm
from gongkai.office.bodies.models import Body
from gongkai.office.look.forms import Fieldset

STATED = (
    "applicant_kind",
    "applicant_name",
    "joint_applicants",
    "identity_kind",
    "identity_number",
    "representative",
    "agent",
    "phone",
    "address",
    "email",
    "needs_assistance",
    "description",
    "purpose",
    "form",
    "way",
)


class RegisterForm(forms.ModelForm):
    """Identity and contact may be missing: the case is registered all the same, and a correction suggested."""

    body = forms.ModelChoiceField(Body.objects.none(), label="受理机关", empty_label=None)
    channel = forms.ChoiceField(
        label="提交方式", choices=choices_with_rules, widget=forms.RadioSelect, help_text=ARTICLE
    )
    arrived_on = forms.DateField(label="提交、签收或寄达日期")
    identity_files = FilesField(label="身份证明、授权委托书（扫描件）")
    papers = FilesField(label="申请书和其他材料")

    fieldsets = (
        Fieldset("收到", ["body", "channel", "arrived_on"]),
        Fieldset(
            "申请人",
            [
                *("applicant_kind", "applicant_name", "identity_kind", "identity_number", "joint_applicants"),
                *("representative", "agent", "phone", "address", "email", "needs_assistance", "identity_files"),
            ],
            help="身份证明或者联系方式没有提供的，照样登记，系统会提示告知补正",
            columns=2,
        ),
        Fieldset("所需信息", ["description", "purpose"]),
        Fieldset("怎样提供", ["form", "way", "papers"], columns=2),
    )

    class Meta:
        model = Application
        fields = STATED
        labels = {"applicant_name": "姓名或者名称", "purpose": "用途"}  # noqa: RUF012
        help_texts = {  # noqa: RUF012
            "applicant_kind": "年度报告按此分列",
            "identity_number": "加密保存，只显示首尾几位",
            "joint_applicants": "几人共同申请的，填其余各人，用顿号隔开",
            "representative": "法人或者其他组织填写",
            "agent": "委托他人办理的填写，并附授权委托书",
            "needs_assistance": "阅读或者视听有障碍的，写明需要的帮助（条例 第四十三条）",
            "purpose": "可以不填；不得以用途为由拒绝申请",
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}  # noqa: RUF012

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body: Any = self.fields["body"]
        body.queryset = Body.objects.filter(pk__in=[one.pk for one in bodies])
        if len(bodies) == 1:
            body.initial = bodies[0].pk
        self.fields["arrived_on"].initial = timezone.localdate()
        self.fields["identity_kind"].required = False
        self.fields["identity_kind"].choices = IdentityKind.choices  # type: ignore[attr-defined]
        self.fields["applicant_kind"].choices = [  # type: ignore[attr-defined]
            choice
            for choice in self.fields["applicant_kind"].choices
            if choice[0]  # type: ignore[attr-defined]
        ]
        for name, kinds in (("form", Form), ("way", Way)):
            self.fields[name].choices = [("", "申请人没有写明"), *kinds.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The number by what kind of paper it is of."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["identity_kind"] = data.get("identity_kind") or IdentityKind.IDENTITY_CARD.value
        if fault := identity_fault(data["identity_kind"], data.get("identity_number")):
            self.add_error("identity_number", fault)
        return data

    def _post_clean(self) -> None:
        """The model's own checks want what the verb only later knows; those of the fields have been made."""

    def stated(self) -> dict[str, Any]:
        """For the service."""
        return {name: self.cleaned_data[name] for name in STATED}


class CorrectForm(VersionedForm, forms.ModelForm):
    """The same as it was taken down, to be put right; numbers that are stored stay where their field is left blank."""

    ground = forms.CharField(label="更正的理由", max_length=200, help_text="如“录入时姓名写错”；记入操作记录")

    fieldsets = (
        Fieldset(
            "申请人",
            [
                *("applicant_kind", "applicant_name", "identity_kind", "identity_number", "joint_applicants"),
                *("representative", "agent", "phone", "address", "email", "needs_assistance"),
            ],
            columns=2,
        ),
        Fieldset("所需信息", ["description", "purpose"]),
        Fieldset("怎样提供", ["form", "way"], columns=2),
        Fieldset("更正", ["ground"]),
    )

    class Meta(RegisterForm.Meta):
        pass

    def clean(self) -> dict[str, Any]:
        """The number by what kind of paper it is of."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if fault := identity_fault(data.get("identity_kind", ""), data.get("identity_number")):
            self.add_error("identity_number", fault)
        return data

    def _post_clean(self) -> None:
        """The verb changes the case, not the form."""

    def stated(self) -> dict[str, Any]:
        """For the service."""
        return {name: self.cleaned_data[name] for name in STATED}


def identity_fault(kind: str, number: Any) -> str | None:
    """What is wrong with a number (``Sealed`` or ``None``) of a paper of ``kind``."""
    if not number:
        return None
    text = number.reveal()
    if kind == IdentityKind.IDENTITY_CARD:
        return identity.fault(text)
    if kind == IdentityKind.USCC:
        try:
            validate_uscc(text)
        except ValidationError as error:
            return "；".join(error.messages)
    return None
