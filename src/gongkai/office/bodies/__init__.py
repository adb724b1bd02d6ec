"""Public bodies, the people who work there, their roles and rights, sign-in."""
