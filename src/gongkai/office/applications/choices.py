"""What an application may be: channel, kind of applicant, form and way. Labels as clerks and the form call them."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """How it came; decides the day of receipt (条例 31)."""

    COUNTER = "counter", "当面提交"
    REGISTERED_MAIL = "registered_mail", "邮寄（需签收）"
    ORDINARY_MAIL = "ordinary_mail", "平常信函（无需签收）"
    INTERNET = "internet", "网上提交"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"
    ORAL = "oral", "口头提出（代为填写）"

    @property
    def statute(self) -> str:
        """The channel in the course of a case: an e-mail comes by the internet."""
        return "internet" if self is Channel.EMAIL else self.value


class ApplicantKind(models.TextChoices):
    """The columns of the statutory table, by the keys of the form (report/forms)."""

    NATURAL_PERSON = "natural_person", "自然人"
    BUSINESS = "business", "商业企业"
    RESEARCH = "research", "科研机构"
    PUBLIC_WELFARE = "public_welfare", "社会公益组织"
    LEGAL_SERVICE = "legal_service", "法律服务机构"
    OTHER = "other", "其他"


class IdentityKind(models.TextChoices):
    """What proves who applies (条例 29)."""

    IDENTITY_CARD = "identity_card", "居民身份证"
    PASSPORT = "passport", "护照"
    PERMIT = "permit", "港澳台居民居住证或通行证"
    USCC = "uscc", "统一社会信用代码证书"
    OTHER = "other", "其他证明"


class Form(models.TextChoices):
    """In which form the information is wanted (条例 29, 40)."""

    PAPER = "paper", "纸质"
    ELECTRONIC = "electronic", "电子"
    CONSULT = "consult", "查阅、抄录"
    COPY = "copy", "复制"


class Way(models.TextChoices):
    """How it is to be obtained, and the reply delivered."""

    COLLECT = "collect", "自行领取"
    POST = "post", "邮寄"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"
    ONLINE = "online", "网上查看下载"
