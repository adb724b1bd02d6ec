"""Several files at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

MOST = 20


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Cleans to a list of uploaded files, empty when none was chosen."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "附件")
        super().__init__(widget=_FilesInput(), required=options.pop("required", False), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Raises ``ValidationError`` for too many or too much; whether a file is taken the act decides."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if self.required and not files:
            raise forms.ValidationError("请选择文件")
        if len(files) > MOST:
            raise forms.ValidationError(f"一次最多上传{MOST}个文件，您选了{len(files)}个。")
        if sum(file.size for file in files) > settings.UPLOAD_BYTES:
            raise forms.ValidationError(f"所选文件合计超过{settings.UPLOAD_BYTES // 1024**2} MB，请分几次上传。")
        return files
