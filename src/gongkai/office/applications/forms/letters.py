"""Letters: the fields that the record leaves open, how a letter goes out, the proof that it arrived, the wording."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.office.acts.models import Attachment
from gongkai.office.applications.choices import Way
from gongkai.office.applications.letters import Field, Party
from gongkai.office.applications.letters.catalogue import APPLICANT
from gongkai.office.applications.models import Letter
from gongkai.office.applications.selectors.letter_content import Content
from gongkai.office.applications.selectors.letter_facts import OTHERS, Start
from gongkai.office.bodies.forms.fields import VersionedForm
from gongkai.statute.fees import BASES

_FEE = ("fee_basis", "fee_count", "fee_already")


class LetterForm(VersionedForm):
    """One field for each that ``letters.asked`` names and the record does not settle."""

    def __init__(
        self,
        *args: Any,
        start: Start,
        files: list[Attachment],
        enclosed: Sequence[int],
        content: Content | None,
        **kwargs: Any,
    ) -> None:
        """``enclosed``: keys of those of ``files`` that are chosen to begin with."""
        super().__init__(*args, **kwargs)
        self.start = start
        typed = dict(content.values) if content else {}
        if start.entry.to in OTHERS:
            party = content.recipients[0] if content and content.recipients else None
            self.fields["recipient"] = forms.CharField(
                label="收件人", max_length=120, initial=party.name if party else start.party, help_text="姓名或者名称"
            )
            self.fields["natural"] = forms.BooleanField(
                label="收件人是个人", required=False, initial=party.natural if party else False
            )
        for field in start.ask:
            known = typed.get(field.key) or start.values.get(field.key)
            self.fields[field.key] = _input(field, known, required=not start.entry.leaves_out(field.name))
        if start.entry.kind == "fee":
            known = {key: typed.get(key, start.values.get(key)) for key in _FEE}
            self.fields["fee_basis"] = forms.ChoiceField(
                label="收费方式", choices=list(BASES.items()), initial=known["fee_basis"]
            )
            self.fields["fee_count"] = forms.IntegerField(label="计费数量", min_value=1, initial=known["fee_count"])
            self.fields["fee_already"] = forms.IntegerField(
                label="本月此前已有件数", min_value=0, initial=known["fee_already"] or 0
            )
        if start.entry.outcome and files:
            self.fields["enclosed"] = forms.MultipleChoiceField(
                label="随附文件",
                choices=[(str(one.pk), one.name) for one in files],
                required=False,
                initial=[str(pk) for pk in enclosed],
                widget=forms.CheckboxSelectMultiple,
                help_text="随答复书一并送出，申请人可以下载",
            )
        self.fields["copies"] = forms.CharField(
            label="抄送", required=False, max_length=300, help_text="几个机关用顿号隔开", initial=_joined(content)
        )

    def content(self) -> Content:
        """For the service."""
        data = self.cleaned_data
        values = {field.key: _value(field, data.get(field.key)) for field in self.start.ask}
        values |= {key: data[key] for key in _FEE if data.get(key) not in (None, "")}
        recipient = data.get("recipient", "")
        return Content(
            values={key: value for key, value in values.items() if value not in (None, "", [])},
            recipients=(Party(recipient, data["natural"]),) if recipient else (),
            copies=tuple(filter(None, (name.strip() for name in data["copies"].split("、")))),
            enclosed=tuple(int(pk) for pk in data.get("enclosed", [])),
        )


def _joined(content: Content | None) -> str:
    return "、".join(content.copies) if content else ""


def _input(field: Field, initial: Any, *, required: bool) -> forms.Field:
    options: dict[str, Any] = {"label": field.name, "help_text": field.hint, "required": required, "initial": initial}
    if field.type == "date":
        return forms.DateField(**options)
    if field.type == "days":
        return forms.IntegerField(min_value=1, **options)
    if field.type == "list":
        options |= {"initial": "\n".join(initial or []), "help_text": f"{field.hint}，每行一项"}
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **options)
    if field.type in ("clause", "passage"):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3 if field.type == "clause" else 6}), **options)
    return forms.CharField(max_length=300, **options)


def _value(field: Field, value: Any) -> Any:
    if field.type == "list":
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]
    return value


class SendForm(VersionedForm):
    """送出: how, and on which day."""

    way = forms.ChoiceField(label="送达方式", choices=Way.choices, widget=forms.RadioSelect)
    on = forms.DateField(label="送出日期", required=False, help_text="不填写为今天；电子邮件由系统当即送出")

    def __init__(self, *args: Any, letter: Letter, to: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if to != APPLICANT or not letter.application.email:
            way: Any = self.fields["way"]
            way.choices = [choice for choice in Way.choices if choice[0] != Way.EMAIL]
            way.help_text = "申请人没有登记电子邮箱" if to == APPLICANT else "给他人的文书，由办理人员自行送出后登记"

    def clean(self) -> dict[str, Any]:
        """The system's mail goes now, on no other day."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("way") == Way.EMAIL and data.get("on") not in (None, timezone.localdate()):
            self.add_error("on", "由系统用电子邮件送出的，送出日期就是今天")
        return data


class ServiceForm(VersionedForm):
    """登记送达."""

    on = forms.DateField(label="送达日期")
    proof = forms.CharField(
        label="送达凭证", max_length=500, help_text="邮件号、签收人、邮件发送记录等；加密保存，不写入操作记录"
    )


class WordingForm(forms.Form):
    """措辞: the text with fields in braces; empty with ``restore``."""

    text = forms.CharField(
        label="正文",
        # Checked while it is typed, where scripts run; the button does the same without.
        widget=forms.Textarea(
            attrs={"rows": 14, "hx-post": "", "hx-trigger": "input changed delay:700ms", "hx-target": "#checked"}
        ),
        strip=False,
        max_length=20_000,
        help_text="一行一段；花括号里是字段，如{收到日期}",
    )
    valid_from = forms.DateField(label="启用日期")
    reason = forms.CharField(label="依据或理由", max_length=200, help_text="如通知的文号；记入操作记录")
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_valid_from(self) -> date:
        """Letters that went out stay as they are: nothing begins in the past."""
        day: date = self.cleaned_data["valid_from"]
        if day < timezone.localdate():
            raise forms.ValidationError("启用日期不能早于今天")
        return day


class RestoreForm(forms.Form):
    """恢复默认."""

    reason = forms.CharField(label="依据或理由", max_length=200)
