"""Whether the office can send mail at all."""

from django.conf import settings


def mail_is_set_up() -> bool:
    """Django's own default, a server on this machine that nobody named, does not count."""
    return settings.EMAIL_HOST not in ("", "localhost")
