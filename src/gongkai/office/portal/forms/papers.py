"""Papers: to a draft, to a correction, to a message."""

from __future__ import annotations

from django import forms
from django.conf import settings

from gongkai.office.applications.forms.files import FilesField
from gongkai.office.applications.selectors.content import AUTHORISATION, IDENTITY_PAPER
from gongkai.office.look.words import size_cn

PAPERS = (IDENTITY_PAPER, AUTHORISATION, "申请材料")
MOST = 10  # files of one draft
MOST_BYTES = 50 * 1024**2  # of one draft
KINDS = "可以是照片、扫描件、PDF、Word 等文件"
_KEPT = f"{KINDS}；最多{MOST}个，合计不超过{size_cn(min(MOST_BYTES, settings.UPLOAD_BYTES))}"
_SENT = f"{KINDS}；一次合计不超过{size_cn(settings.UPLOAD_BYTES)}"


class PaperForm(forms.Form):
    """Files of one sort."""

    label = forms.ChoiceField(
        label="这是什么材料", choices=[(one, one) for one in PAPERS], widget=forms.RadioSelect, initial=PAPERS[0]
    )
    files = FilesField(label="选择文件", required=True, help_text=_KEPT)  # type: ignore[assignment]


class CorrectForm(forms.Form):
    """The correction: the description as it shall read, a word to the clerk, papers."""

    description = forms.CharField(
        label="您需要什么信息",
        max_length=4000,
        min_length=4,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="按机关的要求改写或者补充；不需要改的保持原样",
    )
    words = forms.CharField(
        label="其他说明（可以不填）", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    files = FilesField(label="补交的材料（没有就不选）", help_text=_SENT)  # type: ignore[assignment]


class MessageForm(forms.Form):
    """A word to the clerk."""

    words = forms.CharField(label="您要告诉机关什么", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    files = FilesField(label="材料（没有就不选）", help_text=_SENT)  # type: ignore[assignment]
