"""The words of each error page: what happened, and what to do now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """``todo``: sentences, the most useful first."""

    title: str
    text: str
    todo: tuple[str, ...]


_ASK = "仍然不行，请把下面的请求编号告诉本单位的系统管理员。"

WORDS = {
    400: Words(
        "请求有误",
        "系统没有看懂这次请求，没有保存任何内容。",
        ("请返回上一页重新操作。", _ASK),
    ),
    403: Words(
        "不能进行这项操作",
        "您现在的角色不能进行这项操作，没有保存任何内容。",
        ("如果您认为应当可以，请联系本单位的系统管理员核对您的角色和任期。",),
    ),
    404: Words(
        "没有这个页面",
        "地址不对，或者这项内容不在您可以查看的范围内。",
        ("请检查地址，或从首页重新进入。",),
    ),
    413: Words(
        "提交的内容太大",
        "提交的文件或文字超过了上限，没有保存任何内容。",
        ("请压缩或拆分文件，分几次提交。", "需要提交更大的文件，请联系系统管理员调整上限。"),
    ),
    429: Words(
        "操作过于频繁",
        "短时间内尝试的次数太多，系统暂时不接受。",
        ("请过一会儿再试。", "忘记密码，请联系本单位的系统管理员。"),
    ),
    500: Words(
        "系统出错",
        "系统内部出了错，这次操作没有正常完成。",
        ("请先看看内容是否已经保存；没有保存，再试一次。", _ASK),
    ),
}
EXPIRED = Words(
    "页面已过期",
    "这个页面打开的时间太长，或者在另一个窗口重新登录过，为安全起见没有保存。",
    ("您填写的内容仍在下面，核对后再提交一次即可。", "浏览器须允许本网站使用 Cookie。"),
)
SIGNED_OUT = Words(
    "登录已失效",
    "您已退出登录，或者太久没有操作，这次提交没有保存。",
    ("请先在新窗口中登录，再回到本页提交。",),
)
# The page had done its work when the session turned out to be gone.
ENDED_MEANWHILE = Words(
    "登录已结束",
    "这次操作还在办理时，登录被结束了，例如在另一个窗口退出了登录。",
    ("请重新登录，看看这次操作是否已经保存；没有保存，再做一次。",),
)
STATE_SECRET = Words(
    "不得提交国家秘密",
    "提交的文字或者文件名中有“机密★”这样的密级标志。本系统不得存储、处理国家秘密，没有保存任何内容。",
    (
        "属于国家秘密的，请立即停止操作，按保密规定处理，并报告本单位的保密工作机构。",
        "不属于国家秘密的，请删去密级标志后再提交；填写的内容仍在下面。",
    ),
)

_ASK_BODY = "仍然不行，请把下面的请求编号告诉受理机关；也可以当面或者邮寄申请、提交材料。"

# What the public reads instead: nobody of them signs in, has a role, or knows who administers the system.
PUBLIC = {
    WORDS[400]: Words(WORDS[400].title, WORDS[400].text, ("请返回上一页重新操作。", _ASK_BODY)),
    WORDS[404]: Words("没有这个页面", "地址不对，或者页面已经没有了。", ("请检查地址，或从首页重新进入。",)),
    WORDS[413]: Words(
        WORDS[413].title,
        WORDS[413].text,
        (
            "按浏览器的“后退”回到原来的页面，填写的文字一般还在；请压缩或拆分文件，分几次提交。",
            "文件不能再小的，可以当面或者邮寄提交。",
        ),
    ),
    WORDS[500]: Words(WORDS[500].title, WORDS[500].text, (WORDS[500].todo[0], _ASK_BODY)),
    STATE_SECRET: Words(
        STATE_SECRET.title,
        STATE_SECRET.text,
        ("涉及国家秘密的，不要在网上提交，请与受理机关联系。", STATE_SECRET.todo[1]),
    ),
    EXPIRED: Words(
        EXPIRED.title, "这个页面打开的时间太长，或者浏览器清除了 Cookie，为安全起见没有保存。", EXPIRED.todo
    ),
}
