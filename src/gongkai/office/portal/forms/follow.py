"""What opens a case: the code of the receipt and the end of the telephone number."""

from __future__ import annotations

import re

from django import forms

from gongkai.office.portal.services.limits import TooOften

_NARROW = {0xFF01 + n: chr(0x21 + n) for n in range(94)}


class FollowForm(forms.Form):
    """Both are cleaned of blanks and dashes; whether they belong together only the service says.

    ``too_often``: why they were not even looked up, when somebody guessed too often.
    """

    too_often: TooOften | None = None

    code = forms.CharField(
        label="查询码",
        max_length=40,
        help_text="回执上的12位字母和数字，大小写都可以",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    phone_tail = forms.CharField(
        label="申请时所填电话的后四位",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_code(self) -> str:
        """In capitals."""
        return re.sub(r"[^0-9A-Z]", "", self.cleaned_data["code"].translate(_NARROW).upper())

    def clean_phone_tail(self) -> str:
        """Four digits, however they were typed."""
        tail = re.sub(r"\D", "", self.cleaned_data["phone_tail"].translate(_NARROW))
        if len(tail) != 4:
            raise forms.ValidationError("请填写电话号码的最后4位数字")
        return tail


class ResumeForm(forms.Form):
    """The key of a draft."""

    code = forms.CharField(
        label="续填码",
        max_length=60,
        help_text="保存草稿时记下的20位字母和数字",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
