"""What is asked when papers are added."""

from __future__ import annotations

from django import forms

from gongkai.office.applications.forms.files import FilesField
from gongkai.office.applications.selectors.content import AUTHORISATION, IDENTITY_PAPER

LABELS = ("申请材料", IDENTITY_PAPER, AUTHORISATION, "补正材料", "征求意见材料", "答复附件", "送达凭证", "其他")


class AttachForm(forms.Form):
    """Files and what they are."""

    label = forms.ChoiceField(label="材料种类", choices=[(one, one) for one in LABELS])
    papers = FilesField(label="文件", required=True)
