"""Django's settings, from the environment."""

from __future__ import annotations

import os
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from gongkai.office.config.database.layout import Layout

DATA = Path(os.environ.get("GONGKAI_DATA", ".gongkai")).absolute()
SECRET_KEY = os.environ.get("GONGKAI_SECRET_KEY", "to be generated")
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "gongkai.office.look",
    "gongkai.office.acts",
    "gongkai.office.bodies",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gongkai.office.bodies.gate.Gate",
]
ROOT_URLCONF = "gongkai.office.config.urls"
WSGI_APPLICATION = "gongkai.office.config.wsgi.application"
AUTH_USER_MODEL = "bodies.Person"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
_connection = conninfo_to_dict(os.environ.get("DATABASE_URL") or Layout.of(DATA / "postgres").conninfo)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _connection.get("dbname"),
        "USER": _connection.get("user"),
        "PASSWORD": _connection.get("password"),
        "HOST": _connection.get("host"),
        "PORT": _connection.get("port"),
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
STATIC_URL = "/static/"
