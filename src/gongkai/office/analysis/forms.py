"""What is asked when reports are handed in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings

from gongkai.office.analysis.limits import ACCEPTED, MAX_FILES
from gongkai.office.bodies.models import Body, Person
from gongkai.office.bodies.selectors.standing import standings


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; empty ones are let through, so that they are named beside the others."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=_FilesInput(attrs={"accept": ACCEPTED, "data-files": ""}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files. Raises ``ValidationError`` for none, too many, or too much in all."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file is not None]
        if not files:
            raise forms.ValidationError("请选择要上传的文件。")
        if len(files) > MAX_FILES:
            raise forms.ValidationError(f"一次最多上传 {MAX_FILES} 个文件，您选了 {len(files)} 个；请打成 ZIP 压缩包。")
        if sum(file.size for file in files) > settings.UPLOAD_BYTES:
            raise forms.ValidationError(f"所选文件合计超过 {settings.UPLOAD_BYTES // 1024**2} MB，请分几次上传。")
        return files


class UploadForm(forms.Form):
    """Files, for which body, and whether the others are the parts of a county's report."""

    files = FilesField(  # type: ignore[assignment]  # a field: Django takes it out of the class
        label="报告文件", help_text="可以一次选择多个文件。同一机关两个年度的报告一起上传，会自动核对上下年是否衔接。"
    )
    body = forms.ModelChoiceField(Body.objects.none(), label="上传机关", empty_label=None)
    with_parts = forms.BooleanField(
        label="这一批含有县级汇总报告和全部所属单位的报告，请核对汇总数",
        required=False,
        help_text="只有所属单位的报告齐全时才勾选，否则汇总数当然对不上。",
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        bodies = {person.body_id, *(standing.body_id for standing in standings(person))}
        field = cast("forms.ModelChoiceField[Body]", self.fields["body"])
        field.queryset = Body.objects.filter(pk__in=bodies)
        field.initial = person.body_id
        if len(bodies) == 1:
            # Nothing to choose: no question.
            field.widget = forms.HiddenInput()
