"""Verbs of bodies, people and rights. Each file is one act, or a small family of acts on the same facts.

All are called ``verb(actor, thing, …, ground="…")``. They raise ``acts.policy.Refused`` when the person may not,
``ValidationError`` with the fields' names when what is asked cannot be, ``changes.StaleError`` when somebody else was
first.
"""
