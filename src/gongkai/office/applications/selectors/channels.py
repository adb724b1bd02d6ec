"""Which day counts as the day of receipt, channel by channel, in words (条例 第三十一条)."""

from __future__ import annotations

from gongkai.office.applications.choices import Channel

RECEIPT_RULES = {
    Channel.COUNTER: "提交之日为收到申请之日",
    Channel.REGISTERED_MAIL: "签收之日为收到申请之日（机关任何收发室签收均算）",
    Channel.ORDINARY_MAIL: "应当于寄达当日与申请人确认，确认之日为收到申请之日",
    Channel.INTERNET: "双方确认之日为收到申请之日",
    Channel.EMAIL: "双方确认之日为收到申请之日",
    Channel.FAX: "双方确认之日为收到申请之日（限政府信息公开工作机构的传真）",
    Channel.ORAL: "确有困难的申请人口头提出，由工作机构代为填写并经本人签名；提交之日为收到申请之日",
}
ARTICLE = "条例 第三十一条"


def choices_with_rules() -> list[tuple[str, str]]:
    """For a form: what the channel is called and what it does to the day of receipt."""
    return [(channel.value, f"{channel.label}：{rule}") for channel, rule in RECEIPT_RULES.items()]
