"""The door for the web server (granian)."""

import os

from django.core.wsgi import get_wsgi_application

from gongkai.office.config.serve.parent import end_with_parent

end_with_parent()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.config.settings")
application = get_wsgi_application()
