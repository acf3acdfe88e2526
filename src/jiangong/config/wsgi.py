"""The WSGI application that `jiangong serve` runs under Granian."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiangong.config.settings")

application = get_wsgi_application()
