"""Records with personal data, as an app of the office would keep them."""

from __future__ import annotations

from django.db import models

from gongkai.office.acts.personal.fields import EncryptedField, LookupHash


class Record(models.Model):
    """An applicant."""

    name = models.CharField("姓名", max_length=20, default="")
    id_number = EncryptedField("identity", verbose_name="身份证号码", null=True, blank=True)
    id_number_hash = LookupHash("id_number")
    phone = EncryptedField("phone", verbose_name="联系电话", null=True, blank=True)
    phone_hash = LookupHash("phone")
    address = EncryptedField("address", verbose_name="住址", null=True, blank=True)

    class Meta:
        app_label = "sample"
        verbose_name = "申请人"

    def __str__(self) -> str:
        return self.name
