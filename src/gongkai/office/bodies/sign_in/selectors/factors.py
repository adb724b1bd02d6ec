"""Second factors: who has one, who must."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.conf import settings

from gongkai.office.bodies.models import Person
from gongkai.office.bodies.selectors.standing import standings


@dataclass(frozen=True, slots=True)
class Factors:
    """``totp``: since when a telephone makes codes. ``codes_left``: recovery codes not used yet; ``codes_open``: they
    were made and the person has not yet said that they are put down."""

    totp: Authenticator | None
    recovery: Authenticator | None

    @property
    def codes_left(self) -> int:
        """How many recovery codes are still good."""
        if self.recovery is None:
            return 0
        return settings.MFA_RECOVERY_CODE_COUNT - int(self.recovery.data["used_mask"]).bit_count()

    @property
    def codes_open(self) -> bool:
        """Made, and not yet put down."""
        return self.recovery is not None and not self.recovery.data.get("viewed_at")


def factors(person: Person) -> Factors:
    """What the person has. One query."""
    found = {row.type: row for row in Authenticator.objects.filter(user=person)}
    return Factors(found.get(Authenticator.Type.TOTP), found.get(Authenticator.Type.RECOVERY_CODES))


def must_have_factor(person: Person) -> bool:
    """Whether one of today's roles, own or as stand-in, asks for a second factor (``GONGKAI_MFA_ROLES``)."""
    if not settings.MFA_ROLES:
        return False
    return any(standing.role in settings.MFA_ROLES for standing in standings(person))
