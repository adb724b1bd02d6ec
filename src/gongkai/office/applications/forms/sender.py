"""What the letters of a body need to know of it."""

from __future__ import annotations

from django import forms

from gongkai.office.bodies.forms.fields import VersionedForm
from gongkai.statute.remedies import BODIES


class PrefixForm(VersionedForm):
    """What letters of a body need besides the case."""

    text = forms.CharField(label="答复文号代字", max_length=40, help_text="如“清民依复”，文号为“清民依复〔2024〕3号”")
    code = forms.CharField(
        label="机关代字",
        max_length=30,
        required=False,
        help_text="答复书以外的文书用，如“清民”，文号为“清民公开补〔2024〕1号”；不填写的，取答复文号代字的前段",
    )
    kind = forms.ChoiceField(
        label="行政复议上的机关种类",
        required=False,
        choices=[("", "与机关种类一致"), *BODIES.items()],
        help_text="司法行政部门、垂直领导的机关、部门的派出机构须选择（行政复议法 第二十四条、第二十七条、第二十八条）",
    )
    authority = forms.CharField(
        label="行政复议机关",
        max_length=120,
        required=False,
        help_text="不填写的，县级部门、乡镇写本级（县级）人民政府（行政复议法 第二十四条）",
    )
    upper_authority = forms.CharField(
        label="上一级人民政府或者主管部门",
        max_length=120,
        required=False,
        help_text="县级人民政府、司法行政部门、垂直领导的机关填写：向其申请行政复议",
    )
    basic_court = forms.CharField(
        label="受理行政诉讼的基层人民法院",
        max_length=120,
        required=False,
        help_text="不填写的，写县级人民政府所在地的基层人民法院，如“清源县人民法院”",
    )
    intermediate_court = forms.CharField(
        label="中级人民法院", max_length=120, required=False, help_text="被告是县级人民政府的（行政诉讼法 第十五条）"
    )
