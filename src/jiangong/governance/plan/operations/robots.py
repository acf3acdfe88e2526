"""Robots of group chats: WeCom, DingTalk, Feishu. Their messages as their documents say, sent safely."""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import ipaddress
import json
import re
import socket
import ssl
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, quote_plus, urlsplit

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jiangong.governance.plan.models import RobotKind
from jiangong.ground.shared.errors import DomainError

PATIENCE_SECONDS = 8
LARGEST_ANSWER = 64_000
MOST_BYTES = 4096
"""Of one message in markdown, as WeCom takes it; the others take more."""
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
LONGEST_HOST = 253
INNER_NETWORKS = tuple(
    (ipaddress.IPv6Network(network), shift)
    for network, shift in (("::/96", 0), ("::ffff:0:0/96", 0), ("64:ff9b::/96", 0), ("2002::/16", 80))
)
"""Addresses that stand for one of IPv4, and how far to the right that one begins."""


class AddressUnsafe(DomainError):
    code = "robot.address_unsafe"
    message = _("Give the whole address as the chat shows it; it begins with https://.")


class AddressPrivate(DomainError):
    code = "robot.address_private"
    message = _(
        "%(host)s lies in a private network, where messages are not sent. The operator can allow it by "
        "JIANGONG_ROBOT_HOSTS."
    )


class HostUnknown(DomainError):
    code = "robot.host_unknown"
    message = _("%(host)s cannot be found. Check the address, and the server's way to the outside.")
    status = 503


class Unreachable(DomainError):
    code = "robot.unreachable"
    message = _("%(host)s took no connection. Nothing was sent; try again later.")
    status = 503


class RobotRefused(DomainError):
    """The other side answered, and did not take the message."""

    code = "robot.refused"
    message = _("The robot answered %(answer)s. Check its address, its secret and its safety settings.")


class AnswerUncertain(DomainError):
    """Sent, but what became of it is not known."""

    code = "robot.uncertain"
    message = _("The robot did not answer in time, so it is not known whether the message arrived.")
    status = 503


@dataclass(frozen=True, slots=True)
class Message:
    """`lines`: text and link of each; without a link it is a heading. `left`: how many are left out, `rest`: the link
    to where they are read."""

    title: str
    lines: tuple[tuple[str, str], ...]
    left: int = 0
    rest: str = ""

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """Its lines, and how many more there are."""
        if not self.left:
            return self.lines
        return (*self.lines, (gettext("… %(count)s more in the system") % {"count": self.left}, self.rest))

    def shorter(self) -> Message:
        """Without its last item, which is counted instead, nor the headings that then stand over nothing."""
        lines = list(self.lines)
        while lines and not lines[-1][1]:
            lines.pop()
        lines = lines[:-1]
        while lines and not lines[-1][1]:
            lines.pop()
        return replace(self, lines=tuple(lines), left=self.left + 1)


@dataclass(frozen=True, slots=True)
class Sending:
    address: str
    body: dict[str, Any]


def sending(*, kind: str, address: str, secret: str, message: Message, at: datetime) -> Sending:
    """What is posted where. WeCom has no signature; DingTalk signs in the address (milliseconds), Feishu in the body
    (seconds).
    """
    if kind == RobotKind.WECOM:
        return Sending(address, {"msgtype": "markdown", "markdown": {"content": _fitted(message)}})
    if kind == RobotKind.DINGTALK:
        body = {"msgtype": "markdown", "markdown": {"title": message.title, "text": _markdown(message)}}
        return Sending(_signed_address(address, secret, at), body)
    body = {"msg_type": "post", "content": {"post": {"zh_cn": _post(message)}}}
    if secret:
        stamp = str(int(at.timestamp()))
        body = {"timestamp": stamp, "sign": _signature(f"{stamp}\n{secret}", ""), **body}
    return Sending(address, body)


def _signed_address(address: str, secret: str, at: datetime) -> str:
    if not secret:
        return address
    stamp = str(int(at.timestamp() * 1000))
    sign = quote_plus(_signature(secret, f"{stamp}\n{secret}"))
    return f"{address}{'&' if '?' in address else '?'}timestamp={stamp}&sign={sign}"


def _signature(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


def _fitted(message: Message) -> str:
    """As many items as the chat takes."""
    while len((text := _markdown(message)).encode()) > MOST_BYTES and message.lines:
        message = message.shorter()
    return text


def _markdown(message: Message) -> str:
    lines = [f"- [{_bare(text)}]({link})" if link else f"- {_bare(text)}" for text, link in message.told]
    return "\n".join([f"**{_bare(message.title)}**", "", *lines])


def _bare(text: str) -> str:
    """Without the signs that markdown or a mention of everybody is made of."""
    return "".join(sign for sign in text if sign not in "[]()<>*`@\\")


def _post(message: Message) -> dict[str, Any]:
    lines = [
        [{"tag": "a", "text": text, "href": link} if link else {"tag": "text", "text": text}]
        for text, link in message.told
    ]
    return {"title": message.title, "content": lines}


def require_address(address: str) -> str:
    """The host of an address to which messages may go."""
    return _parts(address).hostname or ""


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise AddressUnsafe("address") from error
    is_allowed = host in settings.ROBOT_HOSTS
    if not host or parts.username or parts.password or parts.fragment or not address.isascii():
        raise AddressUnsafe("address")
    if parts.scheme != "https" and not (parts.scheme == "http" and is_allowed):
        raise AddressUnsafe("address")
    if port not in {None, 443} and not is_allowed:
        raise AddressUnsafe("address")
    if any(ord(sign) <= 32 for sign in address):
        raise AddressUnsafe("address")
    if not is_allowed:
        _require_host(host)
    return parts


def _require_host(host: str) -> None:
    """A name that can be looked up, or an address written in full that is public."""
    name = host.removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        raise AddressPrivate("address", host=host)
    if ":" in name or NUMBER.fullmatch(name.rpartition(".")[2]):
        _require_public_literal(name)
    elif len(name) > LONGEST_HOST or not all(LABEL.fullmatch(label) for label in name.split(".")):
        raise AddressUnsafe("address")


def _require_public_literal(host: str) -> None:
    try:
        is_public = _is_public(host)
    except ValueError as error:
        raise AddressUnsafe("address") from error
    if not is_public:
        raise AddressPrivate("address", host=host)


def post(what: Sending) -> None:
    """One request, no redirects, to an address that was looked up once and is public (or allowed by its name).

    Refuses before anything was sent (AddressUnsafe, AddressPrivate, HostUnknown, Unreachable), when the answer is no
    (RobotRefused), and when it is not known whether the message arrived (AnswerUncertain).
    """
    parts = _parts(what.address)
    host = parts.hostname or ""
    connection = _connected(parts, host)
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    content = json.dumps(what.body, ensure_ascii=False).encode()
    try:
        connection.request("POST", path, content, {"Content-Type": "application/json; charset=utf-8"})
        answer = connection.getresponse()
        text = answer.read(LARGEST_ANSWER)
    except (OSError, http.client.HTTPException) as error:
        raise AnswerUncertain from error
    finally:
        connection.close()
    _require_taken(answer.status, text)


def _connected(parts: SplitResult, host: str) -> http.client.HTTPConnection:
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
    try:
        sock = socket.create_connection((_public(host, port), port), timeout=PATIENCE_SECONDS)
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except (OSError, ValueError) as error:
        raise Unreachable(host=host) from error
    connection.sock = sock
    return connection


def _public(host: str, port: int) -> str:
    """The first address of the host; all of them have to be public, or the host allowed."""
    try:
        found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, ValueError) as error:
        raise HostUnknown(host=host) from error
    if host not in settings.ROBOT_HOSTS and not all(_is_public(item) for item in found):
        raise AddressPrivate(host=host)
    return found[0]


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    for network, shift in INNER_NETWORKS:
        if address in network:
            address = ipaddress.IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return address.is_global and not address.is_multicast


def _require_taken(status: int, text: bytes) -> None:
    """All three answer 200 with a number that is 0 where the message was taken."""
    if status >= 500:
        raise AnswerUncertain
    if status != 200:
        raise RobotRefused(answer=f"HTTP {status}")
    try:
        content = json.loads(text)
        number = content.get("errcode", content.get("code", content.get("StatusCode")))
        said = str(content.get("errmsg", content.get("msg", "")))[:120]
    except (ValueError, AttributeError) as error:
        raise RobotRefused(answer="HTTP 200") from error
    if number != 0:
        raise RobotRefused(answer=f"{number} {said}".strip())
