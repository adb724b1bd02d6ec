"""Forms about people and their rights."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from gongkai.office.bodies.forms.fields import BodyField, GroundForm, PersonField, VersionedForm
from gongkai.office.bodies.models import Body, Person
from gongkai.office.bodies.roles import ADMINISTRATORS, Role
from gongkai.office.bodies.selectors.people import colleagues
from gongkai.office.bodies.services.people import EDITABLE_FIELDS, OWN_FIELDS
from gongkai.office.look.forms import Fieldset

_HELP = {
    "account": "小写字母、数字，如姓名拼音；登录时不分大小写",
    "email": "用于找回密码和提醒，可不填",
    "mobile": "加密保存，页面上只显示掩码",
    "identity_number": "加密保存，页面上只显示掩码；一般不必填写",
}


class PersonForm(forms.ModelForm, VersionedForm, GroundForm):
    """A person, new or known."""

    body = BodyField(label="所在机关")
    fieldsets = (Fieldset("基本信息", EDITABLE_FIELDS, columns=2), Fieldset("依据", ["ground"]))

    class Meta:
        model = Person
        fields = EDITABLE_FIELDS
        help_texts = _HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.instance.body if self.instance.body_id else None
        field = self.fields["body"]
        field.offer()  # type: ignore[attr-defined]
        if own is not None and own.is_abolished:
            # Who is left in an abolished body may be edited without being moved.
            field.queryset = Body.objects.filter(pk=own.pk) | field.queryset  # type: ignore[attr-defined]
            field.choices = [*field.choices, (own.pk, f"{own.name}（已撤销）")]  # type: ignore[attr-defined]

    def clean_account(self) -> str:
        """Capitals do not matter when signing in."""
        return str(self.cleaned_data["account"]).lower()

    def validate_unique(self) -> None:
        """The service says it, in better words."""

    def validate_constraints(self) -> None:
        """The service says it, in better words."""

    def values(self) -> dict[str, Any]:
        """For the service."""
        return {name: self.cleaned_data[name] for name in EDITABLE_FIELDS if name in self.cleaned_data}


class OwnDataForm(forms.ModelForm, VersionedForm):
    """What people keep of themselves."""

    class Meta:
        model = Person
        fields = OWN_FIELDS
        help_texts = _HELP

    def values(self) -> dict[str, Any]:
        """For the service."""
        return {name: self.cleaned_data[name] for name in OWN_FIELDS}


class _TermForm(GroundForm):
    valid_from = forms.DateField(label="自", help_text="当日起生效")
    valid_to = forms.DateField(label="至", required=False, help_text="当日仍有效；不填为长期")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = timezone.localdate()


class GrantForm(_TermForm):
    """A role in a body."""

    role = forms.ChoiceField(label="角色")
    body = BodyField(label="在哪个机关")
    fieldsets = (
        Fieldset("授予什么", ["role", "body"], columns=2),
        Fieldset("期限", ["valid_from", "valid_to"], columns=2),
        Fieldset("依据", ["ground"]),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            ("业务角色", [(r.value, r.label) for r in Role if r not in ADMINISTRATORS]),
            ("管理角色（须由三个人分别担任）", [(r.value, r.label) for r in Role if r in ADMINISTRATORS]),
        ]
        self.fields["body"].offer()  # type: ignore[attr-defined]
        self.fields["body"].initial = person.body_id
        self.fields["ground"].required = True
        self.fields["ground"].help_text = "任职或授权文件的名称、文号；记入操作记录"


class StandInForm(_TermForm):
    """Who acts while somebody is away."""

    body = BodyField(label="代行哪个机关的角色")
    deputy = PersonField(label="代行人", help_text="在该机关工作或任职的人员；管理员角色不能代行")
    fieldsets = (
        Fieldset("由谁代行", ["body", "deputy"], columns=2),
        Fieldset("期限", ["valid_from", "valid_to"], columns=2),
        Fieldset("事由", ["ground"]),
    )

    def __init__(self, *args: Any, absent: Person, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body_field, deputy = self.fields["body"], self.fields["deputy"]
        body_field.offer(only=bodies)  # type: ignore[attr-defined]
        if len(bodies) == 1:
            body_field.initial = bodies[0].pk
        deputy.queryset = colleagues({body.pk for body in bodies}, without=absent)  # type: ignore[attr-defined]
        self.fields["valid_to"].required = True
        self.fields["valid_to"].help_text = "当日仍有效；最长一年"
        self.fields["ground"].label = "事由"
        self.fields["ground"].help_text = "如出差、培训、休假；记入操作记录"


class EndForm(GroundForm):
    """A role or a stand-in ends."""

    last_day = forms.DateField(label="最后一日", help_text="当日仍有效；填昨天的日期，即立即终止")
    field_order = ("last_day", "ground")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate()
        self.fields["ground"].required = True
