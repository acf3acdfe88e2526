"""Signing in at a provider outside: a real one, in a process of its own, with PKCE and signed tokens."""

from __future__ import annotations

import http.cookiejar
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import jwt
import pyotp
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import LazySettings
from django.test import Client

from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.identity import operations
from jiangong.ground.identity.models import OutsideIdentity
from jiangong.ground.identity.operations import provider
from jiangong.ground.identity.operations.provider import Attempt, ProviderDoubted
from jiangong.ground.organization.models import Account
from jiangong.ground.shared import clock
from jiangong.ground.shared.actors import Actor, Role
from tests.conftest import PASSWORD

ClientOf = Callable[[str], Client]
ROOT = Path(__file__).resolve().parents[2]
HOUSE = "https://jiangong.example.org"
BACK = f"{HOUSE}/sign-in/outside/back/"
NAME, SECRET = "市政务统一登录", "a secret between the two"


@dataclass(frozen=True)
class Provider:
    issuer: str
    key: rsa.RSAPrivateKey

    def token(self, *, key: rsa.RSAPrivateKey | None = None, **claims: object) -> str:
        """As the provider would sign it, with other claims, or with another's key."""
        now = int(time.time())
        said = {"iss": self.issuer, "aud": "jiangong", "sub": "1", "iat": now, "exp": now + 60, "nonce": "n"}
        named = jwt.PyJWKSet.from_dict(dict(provider._answer(f"{self.issuer}/.well-known/jwks.json")))
        headers = {"kid": named.keys[0].key_id}
        return jwt.encode({**said, **claims}, key or self.key, algorithm="RS256", headers=headers)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    folder = tmp_path_factory.mktemp("provider")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    written = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(written)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    issuer = f"http://127.0.0.1:{port}/o"
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.provider", str(port), str(folder), BACK],
            cwd=ROOT,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(f"{issuer}/.well-known/openid-configuration", folder / "log")
            yield Provider(issuer, key)
        finally:
            process.terminate()
            process.wait(timeout=10)


def wait_for(address: str, log: Path) -> None:
    for _time in range(150):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"the provider did not answer: {log.read_text()[-2000:]}")


@pytest.fixture(autouse=True)
def house(running: Provider, settings: LazySettings, accounts: dict[str, Account]) -> None:
    settings.BASE_URL = HOUSE
    settings.OIDC_ISSUER, settings.OIDC_CLIENT = running.issuer, "jiangong"
    settings.OIDC_SECRET, settings.OIDC_NAME = SECRET, NAME
    accounts["clerk"].set_password(PASSWORD)
    accounts["clerk"].save(update_fields=["password"])


class Home(urllib.request.HTTPRedirectHandler):
    """Follows the provider's own steps, and stops where it sends people back to the house."""

    def redirect_request(self, *given: Any) -> urllib.request.Request | None:
        return None if given[-1].startswith(HOUSE) else super().redirect_request(*given)


def signed_in_outside(address: str, name: str) -> str:
    """What the browser does at the provider; the path and query with which it comes back."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), Home())
    cookie = http.cookiejar.Cookie(
        *(
            0,
            "as",
            name,
            None,
            False,
            "127.0.0.1",
            False,
            False,
            "/",
            False,
            False,
            None,
            True,
            None,
            None,
            {},
        )
    )
    jar.set_cookie(cookie)
    try:
        opener.open(address, timeout=10)
    except urllib.error.HTTPError as answer:
        return str(answer.headers["Location"]).removeprefix(HOUSE)
    pytest.fail("the provider did not send anybody back")


def come_back(client: Client, name: str, *, next_: str = "/") -> Any:
    gone = client.get("/sign-in/outside/", {"next": next_})
    assert gone.status_code == 302
    return client.get(signed_in_outside(gone["Location"], name))


def linked(client_of: ClientOf, name: str = "zhang") -> Client:
    """The clerk, who has linked the account with that somebody."""
    clerk = client_of("clerk")
    page = clerk.post("/settings/second-factor/outside/", {"password": PASSWORD}).content.decode()
    assert 'href="/sign-in/outside/"' in page
    assert come_back(clerk, name)["Location"] == "/settings/second-factor/"
    return clerk


def is_in(client: Client) -> bool:
    return client.get("/settings/").status_code == 200


def test_who_has_linked_signs_in_and_lands_where_they_wanted(client_of: ClientOf, client: Client) -> None:
    linked(client_of)
    assert NAME in client.get("/sign-in/").content.decode()
    answer = come_back(client, "zhang", next_="/records/")
    assert answer["Location"] == "/records/"
    assert client.get("/records/").status_code == 200
    assert AuditEvent.objects.filter(verb="outside.link").count() == 1
    assert AuditEvent.objects.get(verb="account.sign_in").detail == {"way": "outside"}


def test_who_has_not_linked_gets_a_sentence_and_no_account(client: Client, world: object) -> None:
    before = Account.objects.count()
    answer = come_back(client, "li")
    assert answer.status_code == 403
    assert "尚未绑定本系统账号" in answer.content.decode()
    assert not is_in(client)
    assert Account.objects.count() == before


def test_linking_asks_for_the_password_first(client_of: ClientOf) -> None:
    clerk = client_of("clerk")
    assert clerk.post("/settings/second-factor/outside/", {"password": "wrong"}).status_code == 422
    come_back(clerk, "zhang")
    assert not OutsideIdentity.objects.exists()


def test_one_outside_belongs_to_one_account_only(client_of: ClientOf, accounts: dict[str, Account]) -> None:
    linked(client_of)
    accounts["stranger"].set_password(PASSWORD)
    accounts["stranger"].save(update_fields=["password"])
    stranger = client_of("stranger")
    stranger.post("/settings/second-factor/outside/", {"password": PASSWORD})
    answer = come_back(stranger, "zhang")
    assert answer.status_code == 409
    assert "已绑定其他账号" in answer.content.decode()


def test_an_unlinked_or_closed_account_is_out(
    client_of: ClientOf, client: Client, accounts: dict[str, Account]
) -> None:
    clerk = linked(client_of)
    Account.objects.filter(pk=accounts["clerk"].pk).update(is_active=False)
    assert come_back(client, "zhang").status_code == 403
    Account.objects.filter(pk=accounts["clerk"].pk).update(is_active=True)
    clerk.force_login(accounts["clerk"], backend="django.contrib.auth.backends.ModelBackend")
    clerk.post("/settings/second-factor/outside/unlink/")
    assert come_back(client, "zhang").status_code == 403
    assert clerk.post("/settings/second-factor/outside/unlink/").status_code == 404


def test_the_second_factor_is_asked_all_the_same(
    client_of: ClientOf, client: Client, cast: dict[str, Actor], settings: LazySettings
) -> None:
    linked(client_of)
    secret = pyotp.random_base32()
    operations.add_authenticator(
        actor=cast["clerk"], secret=secret, code=pyotp.TOTP(secret).now(), password=PASSWORD, at=clock.now()
    )
    assert come_back(client, "zhang")["Location"] == "/sign-in/code/"
    assert not is_in(client)
    settings.OIDC_SECOND_FACTOR = True
    settings.SECOND_FACTOR_ROLES = frozenset({Role.CLERK})
    trusting = Client()
    assert come_back(trusting, "zhang")["Location"] == "/"
    assert is_in(trusting), "the setting says that the provider asks for it"


def test_an_answer_that_nobody_asked_for_is_refused(client_of: ClientOf, client: Client) -> None:
    linked(client_of)
    gone = client.get("/sign-in/outside/")
    address = signed_in_outside(gone["Location"], "zhang")
    assert Client().get(address).status_code == 403, "another browser has not gone"
    client.get("/sign-in/outside/")
    assert client.get(address).status_code == 403, "the state is of the time before"
    assert "未能通过验证" in client.get(address).content.decode()


def test_a_code_is_of_use_once_and_with_its_verifier_only(running: Provider) -> None:
    attempt = Attempt.fresh()

    def code() -> str:
        address = provider.address_to_go(attempt=attempt, back=BACK)
        return signed_in_outside(address, "zhang").split("code=")[1].split("&")[0]

    stolen = Attempt(attempt.state, attempt.nonce, Attempt.fresh().verifier)
    with pytest.raises(ProviderDoubted):
        provider.token_for(code=code(), attempt=stolen, back=BACK)
    good = code()
    token = provider.token_for(code=good, attempt=attempt, back=BACK)
    assert provider.subject_of(token, nonce=attempt.nonce)
    with pytest.raises(ProviderDoubted):
        provider.token_for(code=good, attempt=attempt, back=BACK)
    with pytest.raises(ProviderDoubted):
        provider.subject_of(token, nonce=Attempt.fresh().nonce)


def tampered(token: str, other: str) -> str:
    """The content of another token under the signature of the first."""
    head, _body, signature = token.split(".")
    return ".".join((head, other.split(".")[1], signature))


def others_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


BENT: dict[str, Callable[[Provider], str]] = {
    "expired": lambda running: running.token(exp=int(time.time()) - 120),
    "of another issuer": lambda running: running.token(iss="https://elsewhere.example.org"),
    "for another client": lambda running: running.token(aud="somebody else"),
    "given to another party": lambda running: running.token(azp="somebody else"),
    "with another nonce": lambda running: running.token(nonce="other"),
    "signed by another": lambda running: running.token(key=others_key()),
    "with tampered content": lambda running: tampered(running.token(), running.token(sub="2")),
    "with tampered signature": lambda running: running.token()[:-8] + "AAAAAAAA",
    "unsigned": lambda _running: jwt.encode({"sub": "1"}, "", algorithm="none"),
    "signed with the shared secret": lambda _running: jwt.encode({"sub": "1"}, SECRET * 2),
    "no token": lambda _running: "x",
}


@pytest.mark.parametrize("bent", BENT)
def test_a_bent_token_lets_nobody_in(
    running: Provider, client_of: ClientOf, client: Client, monkeypatch: pytest.MonkeyPatch, bent: str
) -> None:
    """The account is linked with the very subject, and the nonce is the one that was sent: the rest decides."""
    linked(client_of)
    subject = OutsideIdentity.objects.get().subject
    attempt = Attempt("s", "n", "v")
    monkeypatch.setattr(Attempt, "fresh", lambda: attempt)

    def come_back_with(token: str) -> Any:
        monkeypatch.setattr(provider, "token_for", lambda **_given: token)
        client.get("/sign-in/outside/")
        return client.get("/sign-in/outside/back/?code=c&state=s")

    answer = come_back_with(BENT[bent](running))
    assert answer.status_code == 403
    assert f"{NAME}返回的结果未能通过验证" in answer.content.decode()
    assert not is_in(client)
    assert come_back_with(running.token(sub=subject))["Location"] == "/"


def test_a_provider_that_is_down_says_so_in_one_sentence(client: Client, settings: LazySettings) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.OIDC_ISSUER = f"http://127.0.0.1:{probe.getsockname()[1]}/o"
        answer = client.get("/sign-in/outside/")
    assert answer.status_code == 503
    assert f"{NAME}暂无响应" in answer.content.decode()
    assert client.get("/sign-in/").status_code == 200


def test_a_provider_that_calls_itself_otherwise_is_doubted(
    running: Provider, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = cast("Callable[..., dict[str, Any]]", provider._answer)
    bent = {"issuer": "https://elsewhere.example.org"}
    monkeypatch.setattr(provider, "_answer", lambda *given: {**real(*given), **bent})
    assert client.get("/sign-in/outside/").status_code == 403


def test_without_the_setting_there_is_nothing_of_it(client_of: ClientOf, settings: LazySettings) -> None:
    settings.OIDC_ISSUER = ""
    clerk, visitor = client_of("clerk"), client_of("visitor")
    assert visitor.get("/sign-in/outside/").status_code == 404
    assert visitor.get("/sign-in/outside/back/").status_code == 404
    assert NAME not in visitor.get("/sign-in/").content.decode()
    assert clerk.get("/settings/second-factor/outside/").status_code == 404
    assert NAME not in clerk.get("/settings/second-factor/").content.decode()


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("https://idp.example.org/token", True),
        ("http://127.0.0.1:9000/token", True),
        ("http://[::1]:9000/token", True),
        ("http://idp.example.org/token", False),
        ("http://127.0.0.1.example.org/token", False),
        ("http://localhost@example.org/token", False),
        ("http://[broken/token", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_secrets_go_nowhere_unencrypted(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings, address: str, is_taken: bool
) -> None:
    monkeypatch.setattr(provider, "_metadata", lambda: {"token_endpoint": address})
    settings.OIDC_NAME = NAME
    if is_taken:
        assert provider._endpoint("token_endpoint") == address
    else:
        with pytest.raises(ProviderDoubted):
            provider._endpoint("token_endpoint")
