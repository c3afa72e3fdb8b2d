"""What the web server loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django_application = get_wsgi_application()

from gongkai.portal.pagecache.front import in_front_of  # noqa: E402 - models need Django set up

application = in_front_of(django_application)
