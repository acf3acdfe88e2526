"""Reminders by mail and robot: each once, told apart when it is not known, and never to a private address."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from jiangong.governance.plan import operations
from jiangong.governance.plan.models import Delivery, Reminder, Robot
from jiangong.governance.plan.operations import errors, robots
from jiangong.governance.plan.operations.robots import Message
from jiangong.ground.audit.models import AuditEvent
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, StaleForm
from tests.conftest import AT, SYSTEM
from tests.governance.plan.conftest import START, Planning
from tests.governance.plan.test_nightly import LATE
from tests.governance.plan.test_notices import issued

ClientOf = Callable[[str], Client]
MESSAGE = Message("建功：提醒", (("创建", ""), ("任务逾期 · [大讲堂]", "https://jg.example.cn/plan/")))


@dataclass
class Chat:
    """What a robot got, and what it answers."""

    address: str = ""
    answer: bytes = b'{"errcode": 0, "errmsg": "ok"}'
    status: int = 200
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@pytest.fixture
def chat(settings: LazySettings) -> Iterator[Chat]:
    """A server on this machine, which the setting allows."""
    chat = Chat()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            chat.got.append((self.path, json.loads(body)))
            self.send_response(chat.status)
            self.send_header("Location", f"{chat.address}/elsewhere")
            self.end_headers()
            self.wfile.write(chat.answer)

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    chat.address = f"http://127.0.0.1:{server.server_port}/send?key=k"
    settings.ROBOT_HOSTS = ["127.0.0.1"]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield chat
    server.shutdown()
    server.server_close()


@pytest.fixture
def mailing(settings: LazySettings) -> None:
    settings.EMAIL_HOST = "mail.example.cn"
    settings.DEFAULT_FROM_EMAIL = "jiangong@example.cn"


def robot(planning: Planning, address: str, *, kind: str = "wecom", rhythm: str = "at_once") -> Robot:
    return operations.add_robot(
        actor=planning.head,
        federation_id=planning.world.federation.pk,
        uuid=uuid4(),
        name="创建工作群",
        kind=kind,
        address=address,
        secret="SEC1" if kind != "wecom" else "",
        rhythm=rhythm,
        at=AT,
    )


def choose(planning: Planning, rhythm: str, *, by: str = "clerk", version: int = 0) -> None:
    operations.choose_reminders(
        actor=planning.cast[by], version=version, rhythm=rhythm, mail=f"{by}@example.cn", at=AT
    )


def deliver_all() -> list[str]:
    waiting = Delivery.objects.order_by("pk").values_list("uuid", flat=True)
    return [operations.deliver(uuid=uuid, at=AT).value for uuid in list(waiting)]


def test_a_robot_is_told_once_however_often_the_job_runs(planning: Planning, chat: Chat) -> None:
    robot(planning, chat.address)
    notice = issued(planning)
    assert deliver_all() == ["sent"]
    assert deliver_all() == ["sent"]
    ((path, body),) = chat.got
    assert path == "/send?key=k"
    content = body["markdown"]["content"]
    assert body["msgtype"] == "markdown"
    assert f"收到督办单 {notice} · 大讲堂" in content
    assert reverse("plan:notice", args=[notice.uuid]) in content
    assert "同志" not in content


def test_dingtalk_signs_in_the_address_and_feishu_in_the_body() -> None:
    stamp = str(int(AT.timestamp() * 1000))
    dingtalk = robots.sending(
        kind="dingtalk", address="https://x.cn/r?a=1", secret="S", message=MESSAGE, at=AT
    )
    query = parse_qs(urlsplit(dingtalk.address).query)
    mac = hmac.new(b"S", f"{stamp}\nS".encode(), hashlib.sha256).digest()
    assert query == {"a": ["1"], "timestamp": [stamp], "sign": [base64.b64encode(mac).decode()]}
    assert dingtalk.body["msgtype"] == "markdown"
    assert "[任务逾期 · 大讲堂](https://jg.example.cn/plan/)" in dingtalk.body["markdown"]["text"]
    feishu = robots.sending(kind="feishu", address="https://x.cn/r", secret="S", message=MESSAGE, at=AT)
    seconds = str(int(AT.timestamp()))
    mac = hmac.new(f"{seconds}\nS".encode(), b"", hashlib.sha256).digest()
    assert feishu.address == "https://x.cn/r"
    assert (feishu.body["timestamp"], feishu.body["sign"]) == (seconds, base64.b64encode(mac).decode())
    post = feishu.body["content"]["post"]["zh_cn"]
    assert post["content"][1] == [
        {"tag": "a", "text": "任务逾期 · [大讲堂]", "href": "https://jg.example.cn/plan/"}
    ]


@pytest.mark.parametrize(
    ("status", "answer", "state"),
    [
        (200, b'{"errcode": 93000, "errmsg": "invalid webhook url"}', "refused"),
        (200, b'{"code": 19021, "msg": "sign match fail"}', "refused"),
        (200, b"<html>", "refused"),
        (302, b"", "refused"),
        (404, b"", "refused"),
        (502, b"", "claimed"),
        (200, b'{"StatusCode": 0}', "sent"),
    ],
)
def test_what_the_other_side_says_is_told(
    planning: Planning, chat: Chat, status: int, answer: bytes, state: str
) -> None:
    chat.status, chat.answer = status, answer
    robot(planning, chat.address)
    issued(planning)
    assert deliver_all() == [state]
    assert len(chat.got) == 1
    assert bool(Delivery.objects.get().reason) is (state != "sent")


def test_killed_between_claim_and_sending_nothing_goes_twice_and_nothing_is_lost(
    planning: Planning, chat: Chat, monkeypatch: pytest.MonkeyPatch, client_of: ClientOf
) -> None:
    def killed(_sending: object) -> None:
        raise KeyboardInterrupt

    robot(planning, chat.address)
    issued(planning)
    with monkeypatch.context() as patched:
        patched.setattr(robots, "post", killed)
        with pytest.raises(KeyboardInterrupt):
            deliver_all()
    assert deliver_all() == ["claimed"]
    head, delivery = client_of("head"), Delivery.objects.get()
    operations.look_at_night(actor=SYSTEM, on=LATE - timedelta(340), at=AT)
    assert deliver_all() == ["claimed"]
    assert chat.got == []
    assert "未确认送达" in head.get(reverse("plan:robots")).content.decode()
    head.post(reverse("plan:send_again", args=[delivery.uuid]))
    assert deliver_all() == ["sent"]
    assert len(chat.got) == 1
    with pytest.raises(errors.AlreadySent):
        operations.send_again(actor=planning.head, uuid=delivery.uuid, at=AT)


def test_a_job_that_came_to_nothing_before_the_claim_is_asked_for_again(
    planning: Planning, chat: Chat
) -> None:
    robot(planning, chat.address)
    issued(planning)
    DBTaskResult.objects.all().delete()
    for hours, asked in ((0, 0), (2, 1)):
        operations.look_at_night(actor=SYSTEM, on=START, at=AT + timedelta(hours=hours))
        assert DBTaskResult.objects.count() == asked
    assert deliver_all() == ["sent"]
    operations.look_at_night(actor=SYSTEM, on=START, at=AT + timedelta(hours=4))
    assert len(chat.got) == DBTaskResult.objects.count() == 1


def test_with_another_key_of_the_server_it_is_said_what_to_do(
    planning: Planning, chat: Chat, settings: LazySettings
) -> None:
    robot(planning, chat.address)
    issued(planning)
    settings.SECRET_KEY = "another key of forty characters and more"
    assert deliver_all() == ["refused"]
    assert "重新添加" in Delivery.objects.get().reason


@pytest.mark.parametrize(
    "address",
    [
        "http://robot.example.cn/send", "ftp://x.cn", "https://u:p@x.cn/", "https://x.cn:8443/", "https://",
        "https://x.cn/#f", "https://x.cn/ a", "https://例子.cn/", "https://[::1", "robot",
        "https://a..b/", "https://.a/", f"https://{'a' * 64}.cn/", f"https://{'a.' * 127}cn/", "https://-a.cn/",
        "https://a.cn../", "https://2130706433/", "https://127.1/", "https://0x7f.0.0.1/", "https://0177.0.0.1/",
        "https://0x7f000001/",
    ],
)  # fmt: skip
def test_addresses_that_are_not_a_robots_are_refused(planning: Planning, address: str) -> None:
    with pytest.raises(robots.AddressUnsafe):
        robot(planning, address)
    assert not Robot.objects.exists()


@pytest.mark.parametrize(
    "found",
    [
        "127.0.0.1",
        "10.0.0.8",
        "192.168.1.1",
        "169.254.169.254",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "::10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "0.0.0.0",
    ],
)
def test_private_addresses_get_no_message(
    planning: Planning, monkeypatch: pytest.MonkeyPatch, found: str
) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_a, **_k: [(0, 0, 0, "", (found, 443))])
    robot(planning, "https://robot.example.cn/send")
    issued(planning)
    assert deliver_all() == ["refused"]
    assert "内网" in Delivery.objects.get().reason


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "10.0.0.8", "169.254.169.254", "[::1]", "[fd00::1]",
        "[::ffff:7f00:1]", "[::7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    ],
)  # fmt: skip
def test_a_robot_in_a_private_network_is_not_added(planning: Planning, host: str) -> None:
    with pytest.raises(robots.AddressPrivate, match="内网") as refused:
        robot(planning, f"https://{host}/send")
    assert refused.value.field == "address"
    assert not Robot.objects.exists()


@pytest.mark.parametrize(
    "host",
    [
        "qyapi.weixin.qq.com",
        "a_b.example.cn.",
        "8.8.8.8",
        "[2400:3200::1]",
        "[64:ff9b::808:808]",
        f"{'a' * 63}.cn",
    ],
)
def test_a_robot_in_a_public_network_is_added(planning: Planning, host: str) -> None:
    robot(planning, f"https://{host}/send")
    assert Robot.objects.exists()


def test_a_name_that_cannot_be_encoded_is_told_and_was_not_sent(
    planning: Planning, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As lookups say of names that were taken before they were refused."""

    def looked_up(host: str, *_a: object, **_k: object) -> None:
        host.encode("idna")
        "\ud800".encode()

    monkeypatch.setattr("socket.getaddrinfo", looked_up)
    robot(planning, "https://robot.example.cn/send")
    issued(planning)
    assert deliver_all() == ["refused"]
    assert "robot.example.cn" in Delivery.objects.get().reason


def test_wecom_gets_as_many_items_as_it_takes() -> None:
    link = f"https://jg.example.cn/plan/tasks/{uuid4()}/"
    items = [(f"任务逾期 · {'建' * 120}{turn}", link) for turn in range(12)]
    message = Message("建功：15条提醒", (("创建", ""), *items[:6], ("复查", ""), *items[6:]), 3, link)
    with translation.override("zh-hans"):
        said = robots.sending(kind="wecom", address="https://x.cn/r", secret="", message=message, at=AT)
        whole = robots.sending(kind="dingtalk", address="https://x.cn/r", secret="", message=message, at=AT)
    text = said.body["markdown"]["content"]
    shown = text.count("任务逾期")
    assert len(text.encode()) <= robots.MOST_BYTES < len(text.encode()) + 600
    assert 6 < shown < 12
    assert text.endswith(f"- [… 其余{15 - shown}项见系统]({link})")
    assert whole.body["markdown"]["text"].count("任务逾期") == 12


def test_no_heading_stands_over_nothing() -> None:
    message = Message("提醒", (("创建", ""), ("甲", "/a"), ("复查", ""), ("乙", "/b")), 1, "/r")
    shorter = message.shorter()
    assert shorter == Message("提醒", (("创建", ""), ("甲", "/a")), 2, "/r")
    assert shorter.shorter() == Message("提醒", (), 3, "/r")


def test_nobody_there_is_told_and_was_not_sent(planning: Planning, settings: LazySettings) -> None:
    settings.ROBOT_HOSTS = ["127.0.0.1"]
    robot(planning, "http://127.0.0.1:9/send")
    issued(planning)
    assert deliver_all() == ["refused"]


def test_secrets_are_kept_sealed_and_go_with_the_robot(
    planning: Planning, chat: Chat, client_of: ClientOf
) -> None:
    made = robot(planning, chat.address, kind="dingtalk")
    assert "key=k" not in made.address
    assert "SEC1" not in made.secret
    page = client_of("head").get(reverse("plan:robots")).content.decode()
    assert "创建工作群" in page
    assert "key=k" not in page
    assert "SEC1" not in str(list(AuditEvent.objects.values("detail", "seals")))
    operations.end_robot(actor=planning.head, uuid=made.uuid, at=AT)
    made.refresh_from_db()
    assert (made.address, made.secret) == ("", "")
    with pytest.raises(errors.RobotEnded):
        operations.end_robot(actor=planning.head, uuid=made.uuid, at=AT)
    issued(planning)
    assert not Delivery.objects.exists()


@pytest.mark.usefixtures("mailing")
def test_mail_at_once_in_the_readers_language(planning: Planning) -> None:
    choose(planning, "at_once")
    notice = issued(planning)
    assert deliver_all() == ["sent"]
    (sent,) = mail.outbox
    assert sent.to == ["clerk@example.cn"]
    assert f"{notice} · 大讲堂" in sent.body
    assert reverse("plan:notice", args=[notice.uuid]) in sent.body


@pytest.mark.usefixtures("mailing")
def test_a_digest_gathers_a_day_or_a_week_by_campaign(planning: Planning) -> None:
    choose(planning, "daily")
    choose(planning, "weekly", by="reviewer")
    choose(planning, "none", by="head")
    issued(planning)
    issued(planning, title="书屋")
    assert not Delivery.objects.exists()
    monday = LATE + timedelta((7 - LATE.weekday()) % 7)
    tuesday = monday - timedelta(6)
    for on, to in ((tuesday, ["clerk"]), (monday, ["reviewer"])):
        operations.look_at_night(actor=SYSTEM, on=on, at=AT)
        deliver_all()
        assert {sent.to[0].partition("@")[0] for sent in mail.outbox} >= set(to)
    first = mail.outbox[0]
    assert first.to == ["clerk@example.cn"]
    assert first.body.count("创建全国文明城市（2020年）") == 1
    assert "head@example.cn" not in [to for sent in mail.outbox for to in sent.to]
    before = len(mail.outbox)
    operations.look_at_night(actor=SYSTEM, on=monday, at=AT)
    deliver_all()
    assert len(mail.outbox) == before


def test_without_mail_it_is_said_so(planning: Planning, client_of: ClientOf) -> None:
    choose(planning, "at_once")
    issued(planning)
    assert deliver_all() == ["refused"]
    clerk = client_of("clerk")
    assert "服务器还没有设置邮件" in clerk.get(reverse("plan:choose_reminders")).content.decode()
    page = clerk.get(reverse("plan:reminders")).content.decode()
    assert "JIANGONG_MAIL_HOST" in page
    assert "再次发送" in page


@pytest.mark.parametrize(
    ("rhythm", "address", "refusal"),
    [
        ("hourly", "a@example.cn", errors.RhythmUnknown),
        ("daily", "", errors.MailMissing),
        ("daily", "not a mail", errors.MailMissing),
    ],
)
def test_a_choice_that_cannot_be_is_refused(
    planning: Planning, rhythm: str, address: str, refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        operations.choose_reminders(
            actor=planning.cast["clerk"], version=0, rhythm=rhythm, mail=address, at=AT
        )


def test_a_choice_is_ones_own_and_an_overtaken_form_is_told(planning: Planning, client_of: ClientOf) -> None:
    client, here = client_of("clerk"), reverse("plan:choose_reminders")
    sent = {"rhythm": "daily", "mail": "a@example.cn", "version": 0}
    assert client.post(here, sent).status_code == 302
    assert client.post(here, sent).status_code == 409
    assert client.post(here, sent | {"version": 1, "mail": ""}).status_code == 422
    with pytest.raises(StaleForm):
        choose(planning, "none")
    assert 'value="a@example.cn"' in client.get(here).content.decode()
    assert 'value="a@example.cn"' not in client_of("reviewer").get(here).content.decode()


def test_the_list_on_the_desk_is_ones_own_and_is_read(planning: Planning, client_of: ClientOf) -> None:
    clerk, here = client_of("clerk"), reverse("plan:reminders")
    assert "没有提醒" in clerk.get(here).content.decode()
    notice = issued(planning)
    page = clerk.get(here).content.decode()
    assert str(notice) in page
    assert "未读" in page
    assert str(notice) not in client_of("stranger").get(here).content.decode()
    assert "未读提醒" in clerk.get(reverse("desk:home")).content.decode()
    clerk.post(reverse("plan:read_reminders"))
    assert "未读" not in clerk.get(here).content.decode()
    assert Reminder.objects.filter(account__username="reviewer", read_at__isnull=True).exists()


def test_robots_are_looked_after_by_those_who_plan(planning: Planning, client_of: ClientOf) -> None:
    head, here = client_of("head"), reverse("plan:add_robot")
    assert "还没有群机器人" in head.get(reverse("plan:robots")).content.decode()
    sent = {"uuid": uuid4(), "name": "群", "kind": "feishu", "rhythm": "daily", "secret": ""}
    assert head.post(here, sent | {"address": "http://x.cn"}).status_code == 422
    assert head.post(here, sent | {"address": "https://open.feishu.cn/hook/1"}).status_code == 302
    made = Robot.objects.get()
    client_of("head").post(reverse("plan:end_robot", args=[made.uuid]))
    made.refresh_from_db()
    assert made.ended_at
    with pytest.raises(Forbidden):
        operations.add_robot(
            actor=planning.cast["administrator"],
            federation_id=planning.world.federation.pk,
            uuid=uuid4(),
            name="群",
            kind="wecom",
            address="https://x.cn/",
            secret="",
            rhythm="daily",
            at=AT,
        )
    with pytest.raises(NotFound):
        operations.end_robot(actor=planning.cast["clerk"], uuid=made.uuid, at=AT)


def test_statements_do_not_grow_with_the_reminders(planning: Planning, client_of: ClientOf) -> None:
    client, here = client_of("clerk"), reverse("plan:reminders")

    def count() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(here).status_code == 200
        return len(caught)

    issued(planning)
    count()
    few = count()
    for number in range(12):
        issued(planning, title=f"任务{number}")
    assert count() == few
