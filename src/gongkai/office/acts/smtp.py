"""Django's SMTP backend, which besides tells a mail that surely did not go out from one of which nobody can know."""

from __future__ import annotations

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

_PATIENCE = 30  # seconds for each answer of the server, unless EMAIL_TIMEOUT says otherwise


class UncertainError(Exception):
    """The whole text went to the server and its answer did not come back: it may have been taken, or not."""


class _TellsPhase:
    """Mixed into smtplib's classes. RFC 5321 4.2.5: what follows the final dot decides who answers for the mail."""

    def data(self, msg: Any) -> Any:
        """As smtplib's, for which every failure in here looks the same."""
        self._handing_over = False
        try:
            return super().data(msg)  # type: ignore[misc]
        except smtplib.SMTPResponseException:
            raise  # the server did answer, and refused
        except (OSError, smtplib.SMTPException) as error:
            if self._handing_over:
                raise UncertainError(str(error)) from error
            raise

    def send(self, s: Any) -> None:
        """Commands are a line; the text is the only thing that ends with a line of one dot."""
        if s[-5:] in (b"\r\n.\r\n", "\r\n.\r\n"):
            self._handing_over = True
        super().send(s)  # type: ignore[misc]


class _Plain(_TellsPhase, smtplib.SMTP):
    pass


class _Encrypted(_TellsPhase, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """For ``EMAIL_BACKEND``. Raises ``UncertainError`` besides what Django's raises."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.timeout is None:
            self.timeout = _PATIENCE

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """The classes above in place of smtplib's."""
        return _Encrypted if self.use_ssl else _Plain
