"""Settings of the libraries that sign people in: django-allauth and django-axes. ``settings`` takes them over."""

from __future__ import annotations

import datetime

from gongkai.office.config.environment import catalogue as env
from gongkai.office.config.environment import sign_in as own

_HERE = "gongkai.office.bodies.sign_in"

# Behind gongkai.office.bodies in INSTALLED_APPS: its templates come before the library's own.
SIGN_IN_APPS = [
    _HERE,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
]
# After the one that knows who is signed in, before and after the gate, and at the very end.
SIGN_IN_MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware", f"{_HERE}.watch.Watch"]
DUTIES_MIDDLEWARE = [f"{_HERE}.duties.Duties"]
LOCK_MIDDLEWARE = ["axes.middleware.AxesMiddleware"]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: it stops those who are locked out before a password is looked at
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "/account/login/"  # the address itself: pages that may not ask the URLs need it
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_HERE}.validators.Length", "OPTIONS": {"least": 10}},
    {"NAME": f"{_HERE}.validators.Kinds", "OPTIONS": {"least": 3}},
    {"NAME": f"{_HERE}.validators.NotLikePerson"},
    {"NAME": f"{_HERE}.validators.NotCommon"},
    {"NAME": f"{_HERE}.validators.NotRecent", "OPTIONS": {"last": 5}},
]
PASSWORD_RESET_TIMEOUT = 3600
PASSWORD_DAYS = own.PASSWORD_DAYS.value()
ONE_TIME_PASSWORD_HOURS = own.ONE_TIME_HOURS.value()
MFA_ROLES = own.MFA_ROLES.value()
SESSION_LIMIT = own.SESSION_LIMIT.value()

# Accounts: made by the office, entered by their sign-in name.
ACCOUNT_ADAPTER = f"{_HERE}.adapters.account.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "account"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_USER_DISPLAY = str
# One counter of failures, and that one in the database: axes. The library's own would open before it.
ACCOUNT_RATE_LIMITS = {
    "login_failed": None,
    "login": "120/m/ip",  # a whole building may stand behind one address at half past eight
    "reauthenticate": "20/m/user",
    "change_password": "20/m/user",
}
ACCOUNT_FORMS = {
    "login": f"{_HERE}.forms.SignInForm",
    "reauthenticate": f"{_HERE}.forms.PasswordAgainForm",
    "change_password": f"{_HERE}.forms.ChangePasswordForm",
    "reset_password": f"{_HERE}.forms.AskForLinkForm",
    "reset_password_from_key": f"{_HERE}.forms.NewPasswordForm",
}

# The second factor.
MFA_ADAPTER = f"{_HERE}.adapters.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "政府信息公开"
MFA_TOTP_TOLERANCE = 1  # telephones' clocks: the code before and the one after are taken too
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": f"{_HERE}.forms.FactorForm",
    "reauthenticate": f"{_HERE}.forms.FactorAgainForm",
    "activate_totp": f"{_HERE}.forms.EnrolForm",
    "deactivate_totp": f"{_HERE}.forms.GiveUpFactorForm",
    "generate_recovery_codes": f"{_HERE}.forms.RecoveryCodesForm",
}

# Locks after failures, by sign-in name and address: who fails elsewhere does not shut a person out.
AXES_FAILURE_LIMIT = own.LOCK_FAILURES.value()
AXES_COOLOFF_TIME = datetime.timedelta(minutes=own.LOCK_MINUTES.value())
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else the time that the page names would not hold
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = f"{_HERE}.lockout.account_key"
AXES_CLIENT_IP_CALLABLE = f"{_HERE}.lockout.address"
AXES_LOCKOUT_CALLABLE = f"{_HERE}.lockout.page"
AXES_SENSITIVE_PARAMETERS = ["login", "username", "ip_address", "oldpassword", "password1", "password2", "code"]
AXES_DISABLE_ACCESS_LOG = True  # the act log keeps sign-ins
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# 统一身份认证.
SOCIALACCOUNT_ADAPTER = f"{_HERE}.adapters.outside.OutsideAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
OIDC_CLAIM = own.OIDC_CLAIM.value()
OIDC_NAME = env.OIDC_NAME.value()
_OUTSIDE = {
    "provider_id": "county",
    "name": OIDC_NAME,
    "client_id": env.OIDC_CLIENT.value(),
    "secret": env.OIDC_SECRET.value(),
    "settings": {"server_url": env.OIDC_SERVER.value(), "oauth_pkce_enabled": True},
}
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": f"{_HERE}.oidc.provider.CountyProvider",
        "APPS": [_OUTSIDE] if env.OIDC_SERVER.value() else [],
    }
}

# Limits and codes already used are counted for all processes together.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
