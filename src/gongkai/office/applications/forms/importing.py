"""The upload of a register, and which of its columns is what."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.office.applications.services.importing.columns import TARGETS
from gongkai.office.bodies.models import Body

_NONE = "-1"


class RegisterFileForm(forms.Form):
    """Excel or CSV, of one body."""

    body = forms.ModelChoiceField(Body.objects.none(), label="机关", empty_label=None)
    file = forms.FileField(
        label="台账文件",
        help_text="Excel（.xlsx、.xls）、WPS表格或CSV，最多1000行；表头是什么名称都可以，下一步逐栏对应",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.xlsm,.ods,.csv"}),
        error_messages={"required": "请选择文件", "empty": "文件是空的"},
    )

    def __init__(self, *args: Any, bodies: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.queryset = Body.objects.filter(pk__in=[one.pk for one in bodies])


class MappingForm(forms.Form):
    """For each of our fields a column of the file, or none."""

    def __init__(self, *args: Any, heads: list[str], mapping: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [(str(place), f"第{place + 1}列：{head or '（无表头）'}") for place, head in enumerate(heads)]
        for target in TARGETS:
            self.fields[target.key] = forms.ChoiceField(
                label=target.label,
                choices=[(_NONE, "（没有这一栏）"), *columns],
                initial=str(mapping.get(target.key, _NONE)),
                help_text=target.note,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """What a case cannot do without, and no column twice."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen: dict[str, str] = {}
        for target in TARGETS:
            place = data.get(target.key) or _NONE
            if place == _NONE:
                if target.required:
                    self.add_error(target.key, "必须对应一栏")
            elif place in chosen:
                self.add_error(target.key, f"这一列已经对应“{chosen[place]}”")
            else:
                chosen[place] = target.label
        return data

    def mapping(self) -> dict[str, int]:
        """Target → column."""
        return {key: int(place) for key, place in self.cleaned_data.items() if place and place != _NONE}
