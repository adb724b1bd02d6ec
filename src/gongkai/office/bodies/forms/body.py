"""Forms about bodies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.office.bodies.forms.fields import BodiesField, BodyField, GroundForm, VersionedForm
from gongkai.office.bodies.models import Body, FormerName
from gongkai.office.bodies.services.body_facts import CONTACT_FIELDS, EDITABLE_FIELDS
from gongkai.office.look.forms import Fieldset
from gongkai.report.model import KINDS

_CONTACT = Fieldset(
    "公开指南联系信息",
    CONTACT_FIELDS,
    help="《政府信息公开条例》第十二条要求公开指南载明的内容（邮政编码除外）",
    columns=2,
)
_FACTS = ["kind", "short_name", "uscc", "division_code", "established_on", "order"]
_LABELS = {"contact_office": "工作机构名称"}
_HELP = {
    "uscc": "18位，见统一社会信用代码证书",
    "division_code": "县级6位；乡镇、街道可填9位或12位",
    "order": "同级机关按此由小到大排列",
    "contact_phone": "几个号码之间用顿号",
    "contact_hours": "如“工作日9:00—12:00，14:30—17:30”",
    "contact_internet": "电子邮箱或网址",
}
_NEW_HELP = {**_HELP, "name": "与印章、机构编制文件一致的规范全称"}
_FORMER_LABELS = {"name": "曾用全称", "short_name": "曾用简称", "until": "停用日期"}
_FORMER_HELP = {"until": "改用下一个名称的日期"}


class _FromModel(forms.ModelForm):
    """Fields of the model; whether something is there already is asked by the service, in better words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind := self.fields.get("kind"):
            kind.choices = [("", "请选择"), *KINDS.items()]  # type: ignore[attr-defined]

    def validate_unique(self) -> None:
        """See above."""

    def validate_constraints(self) -> None:
        """See above."""


class BodyForm(_FromModel, VersionedForm, GroundForm):
    """Facts of a body."""

    fieldsets = (Fieldset("基本信息", _FACTS, columns=2), _CONTACT, Fieldset("依据", ["ground"]))

    class Meta:
        model = Body
        fields = EDITABLE_FIELDS
        labels = _LABELS
        help_texts = _HELP

    def values(self) -> dict[str, Any]:
        """For the service."""
        return {name: self.cleaned_data[name] for name in EDITABLE_FIELDS}


class NewBodyForm(_FromModel, GroundForm):
    """A body that is not there yet."""

    parent = BodyField(label="上级机关", required=False, empty_label="（无上级）")
    fieldsets = (
        Fieldset("基本信息", ["name", "parent", *_FACTS], columns=2),
        _CONTACT,
        Fieldset("依据", ["ground"]),
    )

    class Meta:
        model = Body
        fields = ("name", *EDITABLE_FIELDS)
        labels = _LABELS
        help_texts = _NEW_HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """For the service, less the parent."""
        return {name: self.cleaned_data[name] for name in ("name", *EDITABLE_FIELDS)}


class ContactForm(_FromModel, VersionedForm):
    """What the guide states."""

    fieldsets = (_CONTACT,)

    class Meta:
        model = Body
        fields = CONTACT_FIELDS
        labels = _LABELS
        help_texts = _HELP

    def values(self) -> dict[str, Any]:
        """For the service."""
        return {name: self.cleaned_data[name] for name in CONTACT_FIELDS}


class RenameForm(VersionedForm, GroundForm):
    """From a day on, another name."""

    name = forms.CharField(label="新全称", max_length=120)
    short_name = forms.CharField(label="新简称", max_length=60, required=False)
    on = forms.DateField(label="更名日期", help_text="自该日起使用新名称；此前的年度仍用原名称")
    field_order = ("name", "short_name", "on", "ground")


class CorrectNameForm(VersionedForm, GroundForm):
    """The name was mistyped."""

    name = forms.CharField(label="正确的全称", max_length=120)
    field_order = ("name", "ground")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].required = True


class FormerNameForm(_FromModel, GroundForm):
    """A name from earlier times."""

    field_order = ("name", "short_name", "until", "ground")

    class Meta:
        model = FormerName
        fields = ("name", "short_name", "until")
        labels = _FORMER_LABELS
        help_texts = _FORMER_HELP


class AliasForm(forms.Form):
    """Another name."""

    name = forms.CharField(label="别名", max_length=120, help_text="文件、群众常用的其他叫法，便于查找和识别")


class MoveForm(VersionedForm, GroundForm):
    """Another superior."""

    parent = BodyField(label="新的上级机关", required=False, empty_label="（无上级）")
    field_order = ("parent", "ground")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(without=body)  # type: ignore[attr-defined]


class _EndForm(VersionedForm, GroundForm):
    on = forms.DateField(label="日期", help_text="自该日起原机关不再存在，其全部角色在前一日终止")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        self.fields["on"].initial = timezone.localdate()
        self.fields["ground"].required = True


class AbolishForm(_EndForm):
    """The body ends."""

    field_order = ("on", "ground")


class MergeForm(_EndForm):
    """Into another."""

    into = BodyField(label="并入", help_text="人员和下级机关一并转入；角色须由安全保密管理员另行授予")
    field_order = ("into", "on", "ground")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].offer(without=self.body)  # type: ignore[attr-defined]


class SplitForm(_EndForm):
    """Into several."""

    into = BodiesField(label="承继机关", help_text="新设的机关请先新增")
    abolish = forms.BooleanField(label="原机关同时撤销", required=False)
    people_to = BodyField(
        label="人员转入", required=False, empty_label="（逐人调整）", help_text="仅在原机关撤销时适用"
    )
    field_order = ("into", "abolish", "people_to", "on", "ground")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].help_text = "自该日起由承继机关行使职责"
        self.fields["into"].offer(without=self.body)  # type: ignore[attr-defined]
        self.fields["people_to"].offer(without=self.body)  # type: ignore[attr-defined]
