"""The web office: the disclosure work of a county's bodies, all year (Django). Needs the extra ``gongkai[office]``."""
