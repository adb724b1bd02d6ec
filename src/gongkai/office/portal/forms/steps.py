"""The questions of an application (条例 第二十九条), a page each, in plain words."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.office.acts.personal.forms import PersonalField
from gongkai.office.acts.personal.sealed import Sealed
from gongkai.office.applications.choices import ApplicantKind, Form, IdentityKind, Way
from gongkai.office.applications.forms.registering import identity_fault
from gongkai.office.bodies.formats import validate_postcode
from gongkai.office.portal.forms.step import OwnField, StepForm

KINDS_IN_WORDS = {
    ApplicantKind.NATURAL_PERSON: "个人（自然人）",
    ApplicantKind.BUSINESS: "企业（商业企业）",
    ApplicantKind.RESEARCH: "科研机构",
    ApplicantKind.PUBLIC_WELFARE: "社会公益组织",
    ApplicantKind.LEGAL_SERVICE: "法律服务机构（如律师事务所）",
    ApplicantKind.OTHER: "其他法人或者组织",
}
FORMS_IN_WORDS = {
    Form.ELECTRONIC: "电子文件",
    Form.PAPER: "纸质文件",
    Form.CONSULT: "当面查阅、抄录",
    Form.COPY: "复制（复印件）",
}
WAYS_IN_WORDS = {
    Way.ONLINE: "在本网站查看和下载（凭查询码和电话后四位）",
    Way.EMAIL: "发送电子邮件",
    Way.POST: "邮寄",
    Way.COLLECT: "自己到机关领取",
    Way.FAX: "传真",
}
HELP = {
    "eyes": "看不清或者看不见文字，需要读给我听或者提供大字版",
    "ears": "听不清或者听不见，请用文字与我联系",
    "writing": "书写有困难，请工作人员帮助填写、补充",
    "call": "请工作人员打电话给我",
}


def is_person(answers: dict[str, Any]) -> bool:
    """Whether a natural person applies."""
    return answers.get("applicant_kind") == ApplicantKind.NATURAL_PERSON


class KindForm(StepForm):
    """Who applies: the columns of the annual report."""

    applicant_kind = forms.ChoiceField(
        label="谁提出申请", choices=list(KINDS_IN_WORDS.items()), widget=forms.RadioSelect
    )


class WantedForm(StepForm):
    """What is asked. No reason of need is required; the purpose is never a ground of refusal."""

    description = forms.CharField(
        label="您需要什么信息",
        max_length=4000,
        min_length=4,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="写清信息的名称，或者内容、时间、地区、项目等特征，便于机关查找。例如：2023年某某村农村低保发放名单",
        error_messages={"min_length": "请再写具体一些，至少4个字，机关才能查找"},
    )
    document_number = forms.CharField(
        label="文号（知道的话填写）", max_length=100, required=False, help_text="例如：清民发〔2023〕12号"
    )
    purpose = forms.CharField(
        label="用途（可以不填）",
        max_length=300,
        required=False,
        help_text="申请政府信息公开不需要说明理由，填不填、填什么都不影响办理",
    )


class ProvideForm(StepForm):
    """In which form, and how it is to be obtained (条例 第二十九条第二款第（三）项)."""

    form = forms.ChoiceField(
        label="您希望得到什么形式的信息", choices=list(FORMS_IN_WORDS.items()), widget=forms.RadioSelect
    )
    way = forms.ChoiceField(
        label="用什么方式取得信息和答复", choices=list(WAYS_IN_WORDS.items()), widget=forms.RadioSelect
    )


class NameForm(StepForm):
    """Name; of an organisation who represents it; an agent."""

    applicant_name = OwnField("person", label="姓名", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    representative = OwnField("person", label="法定代表人或者负责人", max_length=60)
    joint_applicants = OwnField(
        "person",
        label="共同申请人（没有就不填）",
        required=False,
        help_text="几个人一起申请的，填写其他人的姓名，用顿号隔开",
    )
    agent = OwnField(
        "person",
        label="代理人（没有就不填）",
        required=False,
        max_length=60,
        help_text="委托别人办理的，填写代理人姓名，并在后面上传授权委托书",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_person(self.draft.answers):
            del self.fields["representative"]
        else:
            del self.fields["joint_applicants"]
            self.fields["applicant_name"].label = "单位名称"
            self.fields["applicant_name"].widget.attrs["autocomplete"] = "organization"

    def keep(self) -> None:
        super().keep()
        for name in ("representative", "joint_applicants"):  # of the kind that was chosen before
            if name not in self.fields:
                setattr(self.draft, name, None)


class IdentityForm(StepForm):
    """What proves who applies (条例 第二十九条第二款第（一）项)."""

    identity_kind = forms.ChoiceField(
        label="用什么证明身份",
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "这种申请人不用原来选的证件，请重新选择"},
    )
    identity_number = PersonalField(
        kind="certificate",
        label="证件号码",
        required=False,
        help_text="加密保存，只有办理您申请的工作人员可以查看，每次查看都有记录",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own: tuple[IdentityKind, ...] = (IdentityKind.USCC, IdentityKind.OTHER)
        if is_person(self.draft.answers):
            own = (IdentityKind.IDENTITY_CARD, IdentityKind.PASSPORT, IdentityKind.PERMIT, IdentityKind.OTHER)
        words = {IdentityKind.OTHER: "其他证明（在后面上传）"}
        self.fields["identity_kind"].choices = [(kind, words.get(kind, kind.label)) for kind in own]  # type: ignore[attr-defined]

    def kept(self, name: str) -> Any:
        return self.draft.identity_number if name == "identity_number" else super().kept(name)

    def clean(self) -> dict[str, Any]:
        """The number by what kind of paper it is of."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind, number = data.get("identity_kind"), data.get("identity_number")
        if kind and number and self._is_of_another(kind, number):
            number = data["identity_number"] = None
            if kind != IdentityKind.OTHER:
                self.add_error("identity_number", "换了证件，请填写这种证件的号码")
        if kind and "identity_number" not in self.errors:
            if not number and kind != IdentityKind.OTHER:
                self.add_error("identity_number", "请填写证件号码；没有这种证件的，选择“其他证明”")
            elif fault := identity_fault(kind, number):
                self.add_error("identity_number", fault)
        return data

    def _is_of_another(self, kind: str, number: Any) -> bool:
        """Whether the number is the kept one, and was given for another paper."""
        return number is self.initial["identity_number"] and self.draft.answers.get("identity_kind") != kind

    @classmethod
    def filled(cls, draft: Any) -> StepForm:
        """The number stays sealed: blank over a stored value keeps it."""
        form = cls({"identity_kind": draft.answers.get("identity_kind")}, draft=draft)
        assert draft.identity_number is None or isinstance(form.initial["identity_number"], Sealed)
        return form


class ContactForm(StepForm):
    """How to reach the applicant; what the chosen way needs is required."""

    phone = OwnField(
        "phone",
        label="联系电话",
        help_text="机关用来与您确认收到申请；您查询进度时要用号码的后四位",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    address = OwnField(
        "address",
        label="通信地址",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label="邮政编码",
        max_length=6,
        required=False,
        validators=[validate_postcode],
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    email = OwnField(
        "email",
        label="电子邮箱",
        required=False,
        help_text="填写后，提交成功时会收到一封回执邮件",
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    fax = OwnField("phone", label="传真号码")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        way = self.draft.answers.get("way")
        needed = {Way.POST: "address", Way.EMAIL: "email"}.get(way)  # type: ignore[call-overload]
        if needed:
            self.fields[needed].required = True
        if way != Way.FAX:
            del self.fields["fax"]


class HelpForm(StepForm):
    """条例 第四十三条: who has difficulties reading, seeing or hearing is helped."""

    help = forms.MultipleChoiceField(
        label="您需要哪些帮助（不需要就不选）",
        choices=list(HELP.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    help_words = forms.CharField(label="其他需要说明的", max_length=80, required=False)
