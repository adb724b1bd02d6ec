"""What signing in remembers besides the libraries' own tables."""

from gongkai.office.bodies.sign_in.models.attempts import UnknownAttempts
from gongkai.office.bodies.sign_in.models.outside import OutsideRequest
from gongkai.office.bodies.sign_in.models.password import KeptPassword

__all__ = ["KeptPassword", "OutsideRequest", "UnknownAttempts"]
