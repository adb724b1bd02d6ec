"""Bodies, people and roles from a table: a template to fill in, a trial run, and all or nothing.

``columns`` say what a table holds, ``template`` makes one, ``tables`` reads one; ``body_rows``, ``person_rows`` and
``role_rows`` carry a row out by the verbs; ``running`` runs all of them, for trial or for good; ``uploads`` keeps what
was uploaded between the two.
"""
