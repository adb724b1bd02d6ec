"""What pages of bodies and people ask. Forms check the writing; what may be is said by the services."""
