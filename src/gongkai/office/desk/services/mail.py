"""A mail whose fate is uncertain, or that failed, is sent again by a person who has looked into it."""

from __future__ import annotations

from gongkai.office.acts.models import Mail
from gongkai.office.acts.policy import Actor, Refused
from gongkai.office.acts.services import mail as outbox
from gongkai.office.acts.verbs import Done, verb
from gongkai.office.desk.policy import policy


@verb("desk.send_again", "重发邮件", policy=policy)
def send_again(actor: Actor, mail: Mail) -> Done:
    """Put it back into the queue under its old identity."""
    if mail.state not in (Mail.State.UNCERTAIN, Mail.State.FAILED):
        raise Refused(f"这封邮件{mail.get_state_display()}，不需要重发。")
    was = mail.get_state_display()
    outbox.send_again(mail)
    return Done(mail, {"原状态": was})
