"""What a column of somebody's register may be, and by which headings it is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEAD_ROWS = 10  # registers begin with titles; the row of headings is looked for among so many


@dataclass(frozen=True, slots=True)
class Target:
    """``heads``: headings that mean it, without blanks and brackets."""

    key: str
    label: str
    heads: tuple[str, ...]
    required: bool = False
    note: str = ""


TARGETS = (
    Target(
        "arrived_on",
        "提交或收到日期",
        (
            "收到日期",
            "收件日期",
            "申请日期",
            "登记日期",
            "接收日期",
            "收到申请日期",
            "提交日期",
            "收到时间",
            "申请时间",
        ),
        True,
    ),
    Target("applicant_name", "申请人", ("申请人", "申请人姓名", "申请人名称", "姓名", "申请人姓名或名称"), True),
    Target(
        "description",
        "所需信息",
        ("所需信息", "申请内容", "申请事项", "信息名称", "申请公开内容", "所需政府信息", "内容描述"),
        True,
    ),
    Target("applicant_kind", "申请人类别", ("申请人类别", "申请人类型", "申请人性质", "类别"), note="不填写为自然人"),
    Target(
        "channel",
        "提交方式",
        ("提交方式", "申请方式", "申请渠道", "受理方式", "受理渠道", "接收方式", "渠道"),
        note="不填写为当面提交",
    ),
    Target("identity_number", "证件号码", ("证件号码", "身份证号", "身份证号码", "证件号", "统一社会信用代码")),
    Target("phone", "联系电话", ("联系电话", "电话", "手机", "联系方式", "手机号码")),
    Target("address", "通信地址", ("通信地址", "地址", "联系地址", "通讯地址")),
    Target("email", "电子邮箱", ("电子邮箱", "邮箱", "电子邮件")),
    Target("outcome", "处理结果", ("处理结果", "答复结果", "答复类型", "办理结果", "答复情况", "答复方式")),
    Target("replied_on", "答复日期", ("答复日期", "答复时间", "办结日期", "办结时间", "回复日期")),
    Target(
        "due",
        "答复期限",
        ("答复期限", "办理期限", "应答复日期", "截止日期", "到期日"),
        note="已经答复的，曾延期或者征求意见的填最后的期限；尚未答复的留空，由系统推算",
    ),
    Target("reply_number", "答复文号", ("答复文号", "文号", "答复书文号", "答复书编号")),
    Target("old_number", "原登记号", ("登记号", "编号", "序号", "受理编号", "申请编号", "登记编号")),
)
BY_KEY = {target.key: target for target in TARGETS}


def tidy(head: str) -> str:
    """A heading without what differs from office to office: blanks, stars, and what stands in brackets."""
    return re.sub(r"[\s*＊:：]|[（(].*?[）)]", "", head)


def head_row(grid: list[list[str]]) -> int:
    """Which row holds the headings: among the first, the one with most that are known."""
    known = {head for target in TARGETS for head in target.heads}
    counts = [sum(tidy(cell) in known for cell in row) for row in grid[:HEAD_ROWS]]
    return max(range(len(counts)), key=counts.__getitem__) if counts else 0


def guess(heads: list[str]) -> dict[str, int]:
    """Target → column, by heading: first those that are the same, then those that contain it; each column once."""
    found: dict[str, int] = {}
    for same in (True, False):
        for target in TARGETS:
            if target.key in found:
                continue
            for place, head in enumerate(heads):
                text = tidy(head)
                fits = text in target.heads if same else any(len(one) > 2 and one in text for one in target.heads)
                if fits and place not in found.values():
                    found[target.key] = place
                    break
    return found
