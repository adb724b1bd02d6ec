"""How often somebody did something within an hour; of addresses and codes only a keyed hash is kept."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """``what``: a key of ``limits.LIMITS`` or a kind of wrong guess; ``who``: keyed hash; ``since``: the full hour."""

    what = models.CharField(max_length=20)
    who = models.CharField(max_length=64)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "次数"
        constraints = (models.UniqueConstraint(fields=["what", "who", "since"], name="tally_once"),)
        indexes = (models.Index(fields=["since"], name="tally_since"),)

    def __str__(self) -> str:
        return f"{self.what} {self.count}"
