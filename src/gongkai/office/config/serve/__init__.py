"""``gongkai serve``: one command that runs database, web and worker, and stops them in order.

The supervisor imports no Django; its children are programs of their own: ``prepare``, ``web``, ``worker``.
"""
