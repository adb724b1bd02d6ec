"""Signing in: passwords, second factors, locks, sessions, and the county's 统一身份认证."""
