"""A form with every kind of field."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.office.look.forms import Fieldset, ReasonField


class SampleForm(forms.Form):
    """Refuses a name that is taken, so that an error of the whole form can be seen."""

    name = forms.CharField(label="姓名", max_length=20)
    kind = forms.ChoiceField(label="申请人类别", choices=[("", "请选择"), ("1", "公民"), ("2", "商业企业")])
    phone = forms.CharField(label="联系电话", help_text="手机或座机", required=False)
    born = forms.DateField(label="提交日期")
    called = forms.DateTimeField(label="联系时间", required=False)
    pages = forms.IntegerField(label="页数", min_value=1, required=False)
    ways = forms.MultipleChoiceField(
        label="获取方式",
        choices=[("mail", "邮寄"), ("self", "自行领取"), ("net", "网上获取")],
        widget=forms.CheckboxSelectMultiple,
        help_text="可多选",
    )
    carrier = forms.ChoiceField(label="提供形式", choices=[("p", "纸质"), ("e", "电子")], widget=forms.RadioSelect)
    help_needed = forms.BooleanField(label="申请人阅读有困难，需要协助", required=False)
    text = forms.CharField(label="所需政府信息", widget=forms.Textarea(attrs={"rows": 4}))
    file = forms.FileField(label="证明材料", required=False, help_text="PDF、图片，不超过 20 MB")
    reason = ReasonField()

    fieldsets = (
        Fieldset("申请人", ["name", "kind", "phone", "born", "called", "pages"], columns=2),
        Fieldset("申请内容", ["text", "ways", "carrier", "help_needed", "file"], "请写明文件名称、文号或者其他特征。"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("name") == "张敏" and cleaned.get("kind") == "2":
            raise forms.ValidationError("姓名与申请人类别不符，请核对")
        return cleaned
