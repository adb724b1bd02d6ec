"""The upload of a table."""

from __future__ import annotations

from django import forms


class UploadForm(forms.Form):
    """Excel or CSV."""

    file = forms.FileField(
        label="表格文件",
        help_text="Excel（.xlsx、.xls）、WPS表格或CSV，最大10MB",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.xlsm,.ods,.csv"}),
        error_messages={"required": "请选择文件", "empty": "文件是空的"},
    )
