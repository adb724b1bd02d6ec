"""Sealing anew under the current key: all encrypted fields of all models, in batches, and what is sealed elsewhere.

What is done is seen in the values themselves, so it may be stopped at any moment and run again, beside the running
office; a second run finds nothing to do. When it reports nothing left and nothing broken, old keys may be removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pgtrigger
from django.apps import apps
from django.db import models, transaction

from gongkai.office.acts.personal.fields import EncryptedField
from gongkai.office.acts.personal.keys import HEADER, SealError, keyring
from gongkai.office.acts.personal.sealed import Sealed

BATCH = 500


@dataclass(slots=True)
class Rotated:
    """One field: how many values were sealed anew, and the keys of the rows whose value does not open.

    ``column`` is ``None`` for values that stand in no encrypted field.
    """

    name: str
    column: EncryptedField | None = None
    done: int = 0
    broken: list[object] = field(default_factory=list)


Progress = Callable[[Rotated], None]
# Sealed files, and values in tables of libraries, which know no encrypted fields: whoever has such seals them anew.
ELSEWHERE: list[Callable[[Progress], Rotated]] = []


def encrypted_fields() -> Iterator[EncryptedField]:
    """Of all models that have a table, histories too."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            for each in model._meta.local_concrete_fields:
                if isinstance(each, EncryptedField):
                    yield each


def waiting(each: EncryptedField) -> models.QuerySet[models.Model]:
    """The rows whose value is sealed with another key than the current one."""
    header: models.Func = models.Func(
        models.F(each.name),
        template=f"SUBSTRING(%(expressions)s FROM 1 FOR {HEADER})",
        output_field=models.BinaryField(),
    )
    rows = each.model._base_manager.filter(**{f"{each.name}__isnull": False})
    return rows.annotate(sealed_with=header).exclude(sealed_with=keyring().current)


def rotate(progress: Progress = lambda _: None) -> list[Rotated]:
    """Seal everything anew that is not under the current key; ``progress`` is called after each batch."""
    results = []
    for each in encrypted_fields():
        result = Rotated(f"{each.model._meta.verbose_name}·{each.verbose_name}", each)
        results.append(result)
        last: object = None
        while (last := _batch(each, result, last)) is not None:
            progress(result)
    for reseal in ELSEWHERE:
        results.append(reseal(progress))
    return results


def _batch(each: EncryptedField, result: Rotated, after: object) -> object:
    """One transaction; the last row's key, ``None`` when there was none. Other writers of these rows wait for it."""
    rows = waiting(each) if after is None else waiting(each).filter(pk__gt=after)
    manager = each.model._base_manager
    last: object = None
    # The words do not change, so no history of the rows is written and no guard against changing them is asked.
    with transaction.atomic(), pgtrigger.ignore():
        for row in rows.order_by("pk").only("pk", each.name).select_for_update(no_key=True)[:BATCH]:
            last = row.pk
            value: Sealed = getattr(row, each.attname)
            try:
                text = value.reveal()
            except SealError:
                result.broken.append(row.pk)
                continue
            sealed = keyring().seal(text, each.context, each.kind.key, each.kind.sought(text))
            manager.filter(pk=row.pk).update(**{each.name: Sealed(each.kind, sealed=sealed, field=each.context)})
            result.done += 1
    return last
