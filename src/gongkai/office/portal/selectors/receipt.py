"""What a receipt says: on the page, on paper, in the mail."""

from __future__ import annotations

from gongkai.office.applications.models import Application
from gongkai.office.look.components import Fact
from gongkai.office.look.words import date_cn, datetime_cn
from gongkai.statute import calendar

CONFIRMATION = "互联网提交的申请，以机关与您确认收到之日为收到申请之日（条例 第三十一条）"


def facts_of(case: Application) -> list[Fact]:
    """The applicant's own receipt, below its code; no identity number."""
    return [
        Fact("登记号", str(case)),
        Fact("受理机关", case.body.name),
        Fact("申请人", "、".join(filter(None, [case.applicant_name, case.joint_applicants]))),
        Fact("提交时间", datetime_cn(case.registered_at)),
        Fact("需要的信息", case.description),
        Fact("形式和方式", f"{case.get_form_display()}，{case.get_way_display()}"),
    ]


def next_steps(case: Application) -> list[str]:
    """What happens now and by when, in plain words."""
    if_today = calendar.add_working_days(case.arrived_on, 20)
    return [
        f"{case.body.name}应当尽快与您确认收到，可能会给您打电话或者发邮件。{CONFIRMATION}。",
        f"从确认的第二天起20个工作日内答复您。如果当天就确认，最迟应在{date_cn(if_today)}答复。",
        "需要您补充说明的，机关应在收到后7个工作日内一次性告诉您；征求第三方意见的时间不计入期限；"
        "确需延长的，最多延长20个工作日，并会告诉您。",
        "您可以随时用查询码和电话后四位查看进度、补交材料、撤回申请、下载答复。",
    ]


def mail_text(case: Application) -> str:
    """The mail of receipt. It says neither who applied nor for what: mail is read by others too."""
    lines = [
        "您好：",
        "",
        f"您向{case.body.name}提交的政府信息公开申请已经收到并登记，等待该机关与您确认。",
        "",
        f"登记号：{case}",
        f"查询码：{spaced(case.code)}",
        f"提交时间：{datetime_cn(case.registered_at)}",
        "",
        *next_steps(case),
        "",
        "如果不是您本人提交的，请与该机关联系"
        + (f"（电话：{case.body.contact_phone}）。" if case.body.contact_phone else "。"),
        "这封邮件由系统自动发出，请不要直接回复。",
    ]
    return "\n".join(lines)


def spaced(code: str) -> str:
    """In groups of four, to be read aloud: ABCD EFGH JKMN."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
