"""Model fields for personal data: encrypted in the database, ``Sealed`` in Python, looked up by keyed hash.

    id_number = EncryptedField("identity", verbose_name="证件号码", null=True, blank=True)
    id_number_hash = LookupHash("id_number")

    Applicant.objects.filter(id_number_hash="110105199001011234")

The hash stands in the encrypted value itself and the database takes it out into the column beside (a generated
column), so that no ``update``, ``bulk_create`` or ``save(update_fields=…)`` can leave the two apart.
"""

from __future__ import annotations

import base64
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from gongkai.office.acts.personal.keys import HASH_FROM, keyring
from gongkai.office.acts.personal.kinds import KINDS
from gongkai.office.acts.personal.sealed import Sealed

_SERIALISED = "sealed:"
_HASH_BYTES = 32


class SealedAttribute(DeferredAttribute):
    """Whatever is put into the attribute is ``Sealed`` from then on: the text does not lie about in ``__dict__``."""

    field: EncryptedField

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = self.field.held(value)


class EncryptedField(models.BinaryField):  # type: ignore[type-arg]
    """Personal data of one kind (a key of ``kinds.KINDS``). Blank is NULL.

    ``context`` is bound into the ciphertext, "app.model.field" unless told: give the old one when a model is renamed.
    """

    descriptor_class = SealedAttribute

    def __init__(self, kind: str, *args: Any, context: str | None = None, **kwargs: Any) -> None:
        self.kind = KINDS[kind]
        self._given, self.context = context, context or ""
        super().__init__(*args, **{"editable": True, **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        if not self.editable:
            kwargs["editable"] = False
        # Always written down: copies of this field elsewhere (history) open what was sealed here.
        if self.context:
            kwargs["context"] = self.context
        return name, path, [self.kind.key, *args], kwargs

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            self.context = self._given or f"{cls._meta.label_lower}.{name}"

    def held(self, value: Any) -> Any:
        """The value as the attribute holds it. Raises ValidationError for text that is not of this kind."""
        if value is None or value == "" or isinstance(value, Sealed | models.Expression):
            return None if value == "" else value
        if isinstance(value, str):
            try:
                return Sealed.fresh(self.kind, value)
            except ValueError as error:
                raise ValidationError(str(error)) from None
        return value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith(_SERIALISED):
            sealed = base64.b64decode(value.removeprefix(_SERIALISED))
            return Sealed(self.kind, sealed=sealed, field=self.context)
        return self.held(value)

    def value_to_string(self, obj: models.Model) -> str:
        """For dumps of the database: as it is stored, to be loaded under the same keys."""
        value = self.value_from_object(obj)
        return _SERIALISED + base64.b64encode(value.sealed_for(self.context)).decode() if value else ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(self.kind, sealed=bytes(value), field=self.context)

    def get_prep_value(self, value: Any) -> Any:
        value = self.held(value)
        return value.sealed_for(self.context) if isinstance(value, Sealed) else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: look up by its LookupHash")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is encrypted: look up by its LookupHash")

    def formfield(self, **kwargs: Any) -> Any:
        from gongkai.office.acts.personal.forms import PersonalField

        return models.Field.formfield(self, **{"form_class": PersonalField, "kind": self.kind.key, **kwargs})


class _HashColumn(models.BinaryField):  # type: ignore[type-arg]
    """What a ``LookupHash`` holds; compared with the hashes of the text that is sought."""

    source: LookupHash

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name not in ("exact", "in", "isnull"):
            raise FieldError("a hash finds the whole value only: use exact, in or isnull")
        return super().get_lookup(lookup_name)


class LookupHash(models.GeneratedField):
    """The keyed hash of an ``EncryptedField`` of the same model; ``filter(…=text)`` finds it however it was written."""

    def __init__(self, of: str, **kwargs: Any) -> None:
        self.of = of
        column = _HashColumn()
        column.source = self
        for name in ("expression", "output_field", "db_persist"):
            kwargs.pop(name, None)
        super().__init__(
            expression=models.Func(
                models.F(of),
                template=f"SUBSTRING(%(expressions)s FROM {HASH_FROM} FOR {_HASH_BYTES})",
                output_field=models.BinaryField(),
            ),
            output_field=column,
            db_persist=True,
            **{"db_index": True, **kwargs, "null": True},
        )

    def deconstruct(self) -> Any:
        name, path, _, kwargs = super().deconstruct()
        for own in ("expression", "output_field", "db_persist", "null"):
            kwargs.pop(own, None)
        return name, path, [self.of], kwargs

    def hashes(self, value: Any) -> list[bytes]:
        """What to compare with for one sought value (text, or a ``Sealed`` of another record)."""
        field = self.model._meta.get_field(self.of)
        assert isinstance(field, EncryptedField)
        text = value.reveal() if isinstance(value, Sealed) else str(value)
        return keyring().hashes(field.kind.key, field.kind.sought(text))


class _Sought(models.Lookup):  # type: ignore[type-arg]
    """One text has as many hashes as there are keys: values that wait for the new key are found too."""

    prepare_rhs = False

    def texts(self) -> list[Any]:
        raise NotImplementedError

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.process_lhs(compiler, connection)
        source = self.lhs.output_field.source
        sought = [each for text in self.texts() for each in source.hashes(text)]
        if not sought:
            return "FALSE", ()
        return f"{sql} IN ({', '.join(['%s'] * len(sought))})", (*params, *sought)


@_HashColumn.register_lookup
class _SoughtExact(_Sought):
    lookup_name = "exact"

    def texts(self) -> list[Any]:
        return [self.rhs]


@_HashColumn.register_lookup
class _SoughtIn(_Sought):
    lookup_name = "in"

    def texts(self) -> list[Any]:
        return list(self.rhs)
