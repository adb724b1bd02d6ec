"""The staff's home: what waits, what is late, what is stuck; the manual; mails that did not get through."""
