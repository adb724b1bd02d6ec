"""The value of an encrypted field in Python: shows its mask wherever it is shown, and opens only when asked to."""

from __future__ import annotations

import hmac
from typing import Any, NoReturn

from gongkai.office.acts.personal.keys import SealError, keyring
from gongkai.office.acts.personal.kinds import KINDS, PersonalKind

UNREADABLE = "（无法解密）"


class Sealed:
    """Personal data. ``str``, ``repr``, ``format``, templates and logs get the mask; ``reveal()`` gives the text.

    Either fresh (typed just now, text in memory until it is saved) or as read from the database (sealed).
    """

    __slots__ = ("_field", "_sealed", "_text", "kind")

    def __init__(self, kind: PersonalKind, *, text: str = "", sealed: bytes = b"", field: str = "") -> None:
        self.kind = kind
        self._text = text
        self._sealed = sealed
        self._field = field

    @classmethod
    def fresh(cls, kind: str | PersonalKind, text: str) -> Sealed:
        """Personal data that was typed. Raises ValueError with a sentence when it is no such thing."""
        kind = KINDS[kind] if isinstance(kind, str) else kind
        return cls(kind, text=kind.checked(text))

    def reveal(self) -> str:
        """The text itself. Raises SealError when it does not open.

        For services only: to show it to a person is an act (``services.personal.reveal``).
        """
        return self._text if not self._sealed else keyring().open(self._sealed, self._field)

    def sealed_for(self, field: str) -> bytes:
        """As the database keeps it in ``field``: what came from there is given back, all else is sealed."""
        if self._sealed and self._field == field:
            return self._sealed
        text = self.reveal()
        return keyring().seal(text, field, self.kind.key, self.kind.sought(text))

    @property
    def mask(self) -> str:
        """What may be shown; a sentence in brackets when it does not open. Never raises."""
        try:
            return self.kind.mask(self.reveal())
        except SealError:
            return UNREADABLE

    def __str__(self) -> str:
        return self.mask

    def __repr__(self) -> str:
        return f"<{self.kind.label} {self.mask}>"

    def __format__(self, specification: str) -> str:
        return format(self.mask, specification)

    def __bool__(self) -> bool:
        return bool(self._sealed or self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sealed):
            return NotImplemented
        try:
            return hmac.compare_digest(self.reveal().encode(), other.reveal().encode())
        except SealError:
            return self is other

    def __hash__(self) -> int:
        return hash((self.kind.key, self.mask))

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("personal data goes into no session, cache or job: hand over the record's number")

    def __copy__(self) -> Sealed:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Sealed:
        return self
