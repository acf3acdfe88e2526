"""A real OpenID provider of its own: django-oauth-toolkit in a process on a loopback port.

`python -m tests.provider PORT FOLDER BACK`: FOLDER holds its database and its signing key (key.pem), BACK is where it
may send people back to. Whoever opens its sign-in page is signed in as the name in the cookie `as`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIServer, make_server

import django
from django.conf import settings
from django.core.management import call_command

CLIENT, SECRET = "jiangong", "a secret between the two"  # of this test provider only
PORT, FOLDER, BACK = sys.argv[1], Path(sys.argv[2]), sys.argv[3]

settings.configure(
    DEBUG=True,
    SECRET_KEY="the provider's own, known to nobody else here",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF="tests.provider.urls",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "oauth2_provider",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "provider.sqlite3"}},
    LOGIN_URL="/login/",
    USE_TZ=True,
    LOGGING_CONFIG=None,
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": (FOLDER / "key.pem").read_text("ascii"),
        "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{PORT}/o",
        "SCOPES": {"openid": "who you are"},
        "PKCE_REQUIRED": True,
    },
)
django.setup()


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def prepare() -> None:
    from django.contrib.auth.models import User
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for name in ("zhang", "li"):
        User.objects.create_user(name)
    Application.objects.create(
        client_id=CLIENT,
        client_secret=SECRET,
        name="Jiangong",
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=BACK,
        algorithm=Application.RS256_ALGORITHM,
        skip_authorization=True,
    )


def main() -> None:
    from django.core.wsgi import get_wsgi_application

    prepare()
    make_server("127.0.0.1", int(PORT), get_wsgi_application(), server_class=Server).serve_forever()


if __name__ == "__main__":
    main()
