"""The door for the web server (granian)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.config.settings")
application = get_wsgi_application()
