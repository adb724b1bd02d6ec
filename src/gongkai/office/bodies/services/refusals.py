"""The database's refusals as sentences for people: see ``models.guards`` and the models' constraints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

# Constraint → field of the form, sentence; without a sentence the database's own is meant for people.
_SENTENCES = {
    "body_uscc_once": ("uscc", "已有机关使用这个统一社会信用代码"),
    "body_name_once": ("name", "已有同名的机关"),
    "former_name_once": ("on", "这一天已有一次更名"),
    "alias_once": ("name", "已有这个别名"),
    "account_once_in_any_case": ("account", "已有人使用这个登录名"),
    "bodies_person_account_key": ("account", "已有人使用这个登录名"),
    "stand_in_is_another": ("deputy", "代行人不能是本人"),
    "succession_once": ("into", "这次变动已经登记"),
    "role_held_once": ("role", ""),
    "three_administrators": ("role", ""),
    "role_in_abolished_body": ("__all__", ""),
    "one_stand_in": ("__all__", ""),
}


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """What the database refuses within becomes a ``ValidationError``; anything it refuses for another reason stays."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        found = getattr(error.__cause__, "diag", None)
        if found is None or found.constraint_name not in _SENTENCES:
            raise
        field, sentence = _SENTENCES[found.constraint_name]
        raise ValidationError({field: [sentence or str(found.message_primary)]}) from error
