"""What every app records the same way: the act log, numbers, attachments, personal data."""
