"""Every setting of the office, once. ``docs/settings.md`` is made of this; nothing else reads the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gongkai.office.config.environment import kinds, sign_in
from gongkai.office.config.environment.setting import Setting, SettingError, one_of, text, whole, yes_no

_KEY_EXAMPLE = "由 openssl rand -base64 32 生成"

DATA = Setting(
    "GONGKAI_DATA",
    "数据文件夹：内置数据库、附件、密钥都在这里，须列入备份",
    lambda value: Path(value).expanduser().absolute(),
    default=".gongkai",
    example="/var/lib/gongkai",
)
DATABASE_URL = Setting(
    "DATABASE_URL",
    "PostgreSQL 的连接地址；不写则自动启动内置数据库",
    kinds.database,
    example="postgresql://gongkai:密码@10.0.0.8/gongkai",
    secret=True,
)
DATABASE_DURABLE = Setting(
    "GONGKAI_DATABASE_DURABLE",
    "内置数据库每次提交是否落盘；只有测试可以关闭，关闭后断电会丢数据",
    yes_no,
    default="1",
)
DATABASE_SECONDS = Setting(
    "GONGKAI_DATABASE_SECONDS",
    "数据库连接保持多少秒后重建（0 为每次请求新建）",
    whole(0, 86_400),
    default="60",
)

HOSTS = Setting(
    "GONGKAI_HOSTS",
    "本系统的域名，几个之间用逗号分开；其他域名的访问一律拒绝。本机地址（localhost）总是可用",
    kinds.host_names,
    example="xxgk.example.gov.cn",
    needed="必填",
)
PLAIN_HTTP = Setting(
    "GONGKAI_PLAIN_HTTP",
    "不加密运行，仅供试用和开发；默认只监听本机。正式使用须经 HTTPS",
    yes_no,
    default="0",
)
PROXY = Setting(
    "GONGKAI_PROXY",
    "前面有反向代理（如 nginx），由它负责 HTTPS，并设置 X-Forwarded-Proto、X-Forwarded-For；"
    "设为 1 后即相信这两个请求头，因此不得让人绕过代理直接访问本系统的端口",
    yes_no,
    default="0",
    needed="与证书二选一",
)
TLS_CERTIFICATE = Setting(
    "GONGKAI_TLS_CERTIFICATE",
    "没有反向代理时，HTTPS 证书文件（PEM，含中间证书）",
    kinds.file,
    example="/etc/gongkai/fullchain.pem",
    needed="与反向代理二选一",
)
TLS_KEY = Setting(
    "GONGKAI_TLS_KEY",
    "证书的私钥文件（PEM）",
    kinds.file,
    example="/etc/gongkai/privkey.pem",
    needed="使用证书时必填",
)
HOST = Setting("GONGKAI_HOST", "监听的地址；0.0.0.0 为本机所有网卡", text, default="127.0.0.1", example="0.0.0.0")
PORT = Setting("GONGKAI_PORT", "监听的端口", whole(1, 65_535), default="8000", example="8443")
WORKERS = Setting("GONGKAI_WORKERS", "网页服务的进程数", whole(1, 64), default="2", example="4")
THREADS = Setting("GONGKAI_THREADS", "每个进程同时处理的请求数", whole(1, 64), default="8")
JOBS = Setting("GONGKAI_JOBS", "后台同时办理的任务数", whole(1, 32), default="2")
HSTS_SECONDS = Setting(
    "GONGKAI_HSTS_SECONDS",
    "要求浏览器只用 HTTPS 访问本域名及其下级域名的时间（秒）",
    whole(1, 63_072_000),
    default="31536000",
)
UPLOAD_MB = Setting("GONGKAI_UPLOAD_MB", "一次提交的总大小上限（MB）", whole(1, 10_240), default="200")
CLAMD = Setting(
    "GONGKAI_CLAMD",
    "杀毒程序 clamd 的地址（主机:端口，或套接字文件的路径）；不写则不用",
    text,
    example="127.0.0.1:3310",
)
SCAN_COMMAND = Setting(
    "GONGKAI_SCAN_COMMAND",
    "杀毒命令，临时解密的文件的路径接在后面，只有运行本系统的用户可读；返回 0 未发现，1 发现病毒。"
    "没有 clamd 时用；都不写，附件标明“未扫描”",
    text,
    example="clamdscan --fdpass --no-summary",
)

SECRET_KEY = Setting(
    "GONGKAI_SECRET_KEY",
    "签名用的密钥；不写则首次启动时生成，存在数据文件夹的 keys/secret_key",
    kinds.secret,
    secret=True,
    needed="几台机器共用一个数据库时必填，各台相同",
)
OLD_SECRET_KEYS = Setting(
    "GONGKAI_OLD_SECRET_KEYS",
    "更换签名密钥后，仍然承认的旧密钥，几个之间用逗号分开",
    kinds.secrets,
    secret=True,
)
DATA_KEYS = Setting(
    "GONGKAI_DATA_KEYS",
    "加密个人信息（证件号码、电话、住址）和全部上传文件的密钥，最新的写在最前，其后为旧密钥，用逗号分开；"
    "不写则首次启动时生成，存在数据文件夹的 keys/data_keys。丢失后已加密的内容无法恢复；"
    "写在这里、与数据文件夹和备份分开保管，数据或者备份单独泄露时内容才读不出",
    kinds.data_keys,
    example=_KEY_EXAMPLE,
    secret=True,
    needed="几台机器共用一个数据库时必填，各台相同",
)

SESSION_HOURS = Setting("GONGKAI_SESSION_HOURS", "登录后最长多少小时须重新登录", whole(1, 720), default="12")
SESSION_IDLE_MINUTES = Setting(
    "GONGKAI_SESSION_IDLE_MINUTES", "多少分钟没有操作须重新登录", whole(1, 1_440), default="30"
)
SESSION_CLOSES = Setting("GONGKAI_SESSION_CLOSES", "关闭浏览器即退出登录", yes_no, default="1")

OIDC_SERVER = Setting(
    "GONGKAI_OIDC_SERVER",
    "统一身份认证（OpenID Connect）的服务地址；不写则只用本系统的登录名和密码",
    kinds.https_address,
    example="https://sso.example.gov.cn",
)
OIDC_CLIENT = Setting("GONGKAI_OIDC_CLIENT", "在统一身份认证登记的客户端编号", text, example="gongkai")
OIDC_SECRET = Setting("GONGKAI_OIDC_SECRET", "在统一身份认证登记的客户端密钥", text, secret=True)
OIDC_NAME = Setting("GONGKAI_OIDC_NAME", "登录页上统一身份认证的名称", text, default="统一身份认证")

MAIL_URL = Setting(
    "GONGKAI_MAIL_URL",
    "发信服务器：smtp:// 不加密，smtp+starttls:// 连接后加密，smtps:// 全程加密；密码中的特殊字符按网址规则转写",
    kinds.mail,
    default="smtp://localhost:25",
    example="smtps://gongkai:密码@mail.example.gov.cn:465",
    secret=True,
)
MAIL_FROM = Setting("GONGKAI_MAIL_FROM", "发信人地址", text, default="gongkai@localhost", example="xxgk@example.gov.cn")

LOG_FORMAT = Setting(
    "GONGKAI_LOG_FORMAT",
    "日志格式：json（每行一条，供程序读）、text（供人读）、auto（终端上为 text，其他为 json）",
    one_of("auto", "json", "text"),
    default="auto",
)
LOG_LEVEL = Setting(
    "GONGKAI_LOG_LEVEL",
    "日志的详细程度；DEBUG 写出错误的原文，可能含有个人信息，只用于测试",
    one_of("DEBUG", "INFO", "WARNING", "ERROR"),
    default="INFO",
)

DEVELOPER = Setting("GONGKAI_DEVELOPER", "开发人员所用的页面（界面组件样本）是否开放", yes_no, default="0")

TOPICS: dict[str, tuple[Setting[Any], ...]] = {
    "数据": (DATA, DATABASE_URL, DATABASE_DURABLE, DATABASE_SECONDS),
    "访问": (
        HOSTS,
        PLAIN_HTTP,
        PROXY,
        TLS_CERTIFICATE,
        TLS_KEY,
        HOST,
        PORT,
        WORKERS,
        THREADS,
        JOBS,
        HSTS_SECONDS,
        UPLOAD_MB,
        CLAMD,
        SCAN_COMMAND,
    ),
    "密钥": (SECRET_KEY, OLD_SECRET_KEYS, DATA_KEYS),
    "登录": (
        SESSION_HOURS,
        SESSION_IDLE_MINUTES,
        SESSION_CLOSES,
        OIDC_SERVER,
        OIDC_CLIENT,
        OIDC_SECRET,
        OIDC_NAME,
        *sign_in.SETTINGS,
    ),
    "邮件": (MAIL_URL, MAIL_FROM),
    "日志": (LOG_FORMAT, LOG_LEVEL),
    "开发": (DEVELOPER,),
}


def problems() -> list[str]:
    """What is wrong with the environment as a whole, a Chinese line each; empty when the office can run."""
    found = []
    for setting in (setting for topic in TOPICS.values() for setting in topic):
        try:
            setting.value()
        except SettingError as error:
            found.append(str(error))
    return found or _missing()


def _missing() -> list[str]:
    """What production lacks, and what does not go together."""
    found = []
    if bool(TLS_CERTIFICATE.value()) != bool(TLS_KEY.value()):
        found.append(f"{TLS_CERTIFICATE.name} 和 {TLS_KEY.name} 须同时设置")
    if OIDC_SERVER.value() and not (OIDC_CLIENT.value() and OIDC_SECRET.value()):
        found.append(f"设置了 {OIDC_SERVER.name}，还须设置 {OIDC_CLIENT.name} 和 {OIDC_SECRET.name}")
    if PLAIN_HTTP.value():
        return found
    if not HOSTS.value():
        found.append(f"正式使用须用 {HOSTS.name} 写明域名；只在本机试用，请设置 {PLAIN_HTTP.name}=1")
    if not (PROXY.value() or TLS_CERTIFICATE.value()):
        found.append(
            f"正式使用须经 HTTPS：前面有反向代理，设置 {PROXY.name}=1；"
            f"没有，用 {TLS_CERTIFICATE.name}、{TLS_KEY.name} 指明证书；只在本机试用，设置 {PLAIN_HTTP.name}=1"
        )
    return found
