"""What reviewer, signatory and whoever delivers the reply say."""

from __future__ import annotations

from django import forms

from gongkai.office.applications.choices import Way
from gongkai.office.bodies.forms.fields import VersionedForm

_AREA = {"rows": 3}


class ReviewForm(VersionedForm):
    """The reviewer's answer."""

    opinion = forms.CharField(label="审核意见", required=False, widget=forms.Textarea(attrs=_AREA), max_length=2000)


class SignForm(VersionedForm):
    """The signatory's: when it goes out."""

    on = forms.DateField(label="签发并送出日期", required=False)
    opinion = forms.CharField(
        label="退回意见", required=False, widget=forms.Textarea(attrs=_AREA), help_text="退回修改的填写"
    )
    override = forms.CharField(
        label="例外办理的理由",
        required=False,
        max_length=300,
        help_text="承办、审核、签发只能由不同的人办理；确有特殊情况的写明理由，长期保留",
    )


class DeliverForm(VersionedForm):
    """送达."""

    way = forms.ChoiceField(label="送达方式", choices=Way.choices)
    on = forms.DateField(label="送达日期")
    proof = forms.CharField(
        label="送达凭证", max_length=200, required=False, help_text="邮件号、签收人、邮件发送记录等"
    )
