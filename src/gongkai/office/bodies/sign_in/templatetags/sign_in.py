"""``{% outside_name as name %}``: what 统一身份认证 is called here; empty where there is none."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def outside_name() -> str:
    """For the button of the sign-in page."""
    return settings.OIDC_NAME if settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] else ""
