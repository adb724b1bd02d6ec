"""What the tables hold: for each sheet its columns, with what people read about them."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.office.bodies.roles import Role
from gongkai.report.model import KINDS


@dataclass(frozen=True)
class ImportColumn:
    """``key``: the field; ``heading`` as in the table; ``others`` are headings that mean the same."""

    key: str
    heading: str
    note: str
    example: str = ""
    required: bool = False
    is_day: bool = False
    choices: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.heading, *self.others)


@dataclass(frozen=True)
class Sheet:
    """One table: ``name`` of the sheet, what a row is found again by, the columns."""

    key: str
    name: str
    found_by: str
    columns: tuple[ImportColumn, ...]

    @property
    def by_heading(self) -> dict[str, ImportColumn]:
        return {heading: column for column in self.columns for heading in column.headings}


C = ImportColumn
BODIES = Sheet(
    "bodies",
    "机关",
    "先按统一社会信用代码，再按全称",
    (
        C(
            "name",
            "全称",
            "与印章、机构编制文件一致",
            "青禾县财政局",
            required=True,
            others=("机关全称", "单位名称", "机关名称"),
        ),
        C("kind", "种类", "从列表中选", "县级人民政府部门", required=True, choices=tuple(KINDS.values())),
        C("parent", "上级机关", "填全称；本表中的机关也可以，先后不限", "青禾县人民政府"),
        C("short_name", "简称", "", "县财政局"),
        C("uscc", "统一社会信用代码", "18位；单元格设为文本", ""),
        C("division_code", "行政区划代码", "6位，乡镇9位或12位；单元格设为文本", ""),
        C("established_on", "成立日期", "如2019-03-01", "2019-03-01", is_day=True),
        C("order", "次序", "整数，由小到大排列", "10"),
        C("aliases", "别名", "几个别名之间用顿号；只增不减", "财政局、县财政"),
        C("contact_office", "政府信息公开工作机构", "", "办公室", others=("工作机构",)),
        C("contact_address", "办公地址", "", "青禾县人民路1号"),
        C("contact_postcode", "邮政编码", "6位；单元格设为文本", ""),
        C("contact_hours", "办公时间", "", "工作日9:00—12:00，14:30—17:30"),
        C("contact_phone", "联系电话", "几个号码之间用顿号；单元格设为文本", ""),
        C("contact_fax", "传真号码", "", ""),
        C("contact_internet", "互联网联系方式", "电子邮箱或网址", ""),
    ),
)
PEOPLE = Sheet(
    "people",
    "人员",
    "登录名",
    (
        C("account", "登录名", "小写字母、数字，如姓名拼音；不能重复", "zhangmin", required=True),
        C("name", "姓名", "", "张敏", required=True),
        C("body", "所在机关", "填全称", "青禾县财政局", required=True),
        C("position", "职务", "", "办公室科员"),
        C("email", "电子邮箱", "", ""),
        C("mobile", "手机号码", "加密保存；单元格设为文本", ""),
        C("identity_number", "身份证号码", "加密保存，一般不必填写；单元格设为文本", ""),
    ),
)
ROLES = Sheet(
    "roles",
    "角色",
    "登录名、角色、机关和起始日期",
    (
        C("account", "登录名", "已有人员，或“人员”表中的人员", "zhangmin", required=True),
        C("name", "姓名", "可不填；填了则与登录名核对", "张敏"),
        C("role", "角色", "从列表中选", Role.HANDLER.label, required=True, choices=tuple(Role.labels)),
        C("body", "机关", "填全称", "青禾县财政局", required=True),
        C("valid_from", "自", "如2026-01-01；不能早于今天", "2026-01-01", required=True, is_day=True),
        C("valid_to", "至", "当日仍有效；不填为长期", "", is_day=True),
        C("ground", "依据", "任职或授权文件", "青财〔2026〕1号", required=True),
    ),
)
SHEETS = (BODIES, PEOPLE, ROLES)
