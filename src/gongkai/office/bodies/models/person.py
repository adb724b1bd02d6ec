"""People: one account each."""

from __future__ import annotations

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from gongkai.office.acts.personal.fields import EncryptedField
from gongkai.office.bodies import formats


class PersonManager(BaseUserManager["Person"]):
    """Finds people by their sign-in name. Making one is a verb (``services``), not a manager's affair."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with this sign-in name, in whatever case it was typed."""
        return self.get(account__iexact=username)


@pghistory.track(exclude=["password", "last_login", "mobile", "identity_number"])
class Person(AbstractBaseUser):
    """Someone who works in the office. Rights come from role holdings alone.

    ``version`` grows with every change of the data that people edit (not with sign-ins).
    """

    account = models.CharField("登录名", max_length=60, unique=True, validators=[formats.validate_account])
    name = models.CharField("姓名", max_length=60, validators=[formats.validate_name])
    body = models.ForeignKey("bodies.Body", models.PROTECT, related_name="people", verbose_name="所在机关")
    position = models.CharField("职务", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    mobile = EncryptedField("phone", verbose_name="手机号码", null=True, blank=True)
    identity_number = EncryptedField("identity", verbose_name="身份证号码", null=True, blank=True)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("下次登录须改密码", default=False)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "account"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = verbose_name_plural = "人员"
        ordering = ("body__order", "pk")
        # Signing in does not mind capitals, so two accounts must not differ by them alone.
        constraints = (models.UniqueConstraint(Lower("account"), name="account_once_in_any_case"),)

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """For libraries that ask."""
        return self.name
