"""Sending messages: claimed before they go out, so that none goes twice; and how people and federations get them."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jiangong.books.ledger.models import Book
from jiangong.books.ledger.operations.errors import BookMissing
from jiangong.governance.plan import access
from jiangong.governance.plan.models import (
    Delivery,
    DeliveryState,
    Reminder,
    ReminderChoice,
    Rhythm,
    Robot,
    RobotKind,
)
from jiangong.governance.plan.operations import robots
from jiangong.governance.plan.operations.errors import (
    AlreadySent,
    MailMissing,
    MailUnset,
    RhythmUnknown,
    RobotEnded,
    RobotKindUnknown,
    RobotNameMissing,
    RobotSealed,
    SecretTooLong,
)
from jiangong.governance.plan.operations.reminders import begin_of_choice, enqueue
from jiangong.governance.plan.operations.repeats import made_before
from jiangong.governance.plan.operations.robots import AnswerUncertain, Message
from jiangong.ground.audit import operations as audit
from jiangong.ground.organization import access as organization
from jiangong.ground.organization.access import Right
from jiangong.ground.organization.models import Account
from jiangong.ground.shared import sealing, seals, statements
from jiangong.ground.shared.actors import Actor
from jiangong.ground.shared.errors import DomainError, Forbidden, NotFound, StaleForm, require_all
from jiangong.ground.shared.rules import words

MOST_LINES = 12
LONGEST_SECRET = 200
LONGEST_ADDRESS = 500


def mail_is_set() -> bool:
    return bool(settings.EMAIL_HOST)


def deliver(*, uuid: UUID, at: datetime) -> DeliveryState:
    """Claim it, send it, say what became of it. One that somebody claimed already is left alone.

    Killed after the claim, it stays claimed: not sent again by itself, and shown as unconfirmed.
    """
    claimed = Delivery.objects.filter(uuid=uuid, state=DeliveryState.WAITING)
    if not claimed.update(state=DeliveryState.CLAIMED, claimed_at=at, reason=""):
        return DeliveryState(Delivery.objects.values_list("state", flat=True).get(uuid=uuid))
    delivery = Delivery.objects.select_related("account", "robot").get(uuid=uuid)
    try:
        _send(delivery, at)
    except AnswerUncertain as uncertain:
        delivery.reason = str(uncertain)[:300]
    except DomainError as refusal:
        delivery.state, delivery.reason = DeliveryState.REFUSED, str(refusal)[:300]
    else:
        delivery.state, delivery.done_at = DeliveryState.SENT, at
    delivery.save(update_fields=["state", "done_at", "reason"])
    return DeliveryState(delivery.state)


def _send(delivery: Delivery, at: datetime) -> None:
    told = list(delivery.reminders.select_related("task__programme__campaign", "notice").order_by("pk"))
    if delivery.robot:
        with translation.override(settings.LANGUAGE_CODE):
            _to_robot(delivery.robot, _message(told), at)
    elif delivery.account:
        with translation.override(delivery.account.language):
            message = _message(told)
        _mail(delivery.account, message)


def _to_robot(robot: Robot, message: Message, at: datetime) -> None:
    if robot.ended_at:
        raise RobotEnded
    address, secret = _opened(robot)
    robots.post(robots.sending(kind=robot.kind, address=address, secret=secret, message=message, at=at))


def _opened(robot: Robot) -> tuple[str, str]:
    try:
        address = sealing.unseal(robot.address, purpose=_purpose(robot.uuid, "address"))
        secret = sealing.unseal(robot.secret, purpose=_purpose(robot.uuid, "secret")) if robot.secret else ""
    except sealing.SealBroken as error:
        raise RobotSealed from error
    return address, secret


def _message(told: Sequence[Reminder]) -> Message:
    """By campaign, newest last; what is too much for a chat is told as a number."""
    by_campaign: dict[str, list[Reminder]] = {}
    for item in told:
        by_campaign.setdefault(item.task.programme.campaign.name, []).append(item)
    lines: list[tuple[str, str]] = []
    for name, items in by_campaign.items():
        lines.append((name, ""))
        lines += [(said(item), link(item)) for item in items[: max(1, MOST_LINES // len(by_campaign))]]
    left = len(told) - (len(lines) - len(by_campaign))
    title = (
        _("Jiangong: %(count)s reminders") % {"count": len(told)}
        if len(told) > 1
        else _("Jiangong: reminder")
    )
    return Message(title, tuple(lines), left, f"{settings.BASE_URL}{reverse('plan:reminders')}")


def said(reminder: Reminder) -> str:
    """What is told: the kind, the number of the notice, the task; no person."""
    number = f" {reminder.notice}" if reminder.notice else ""
    return f"{capfirst(reminder.get_kind_display())}{number} · {reminder.task.title}"


def link(reminder: Reminder) -> str:
    if reminder.notice:
        return f"{settings.BASE_URL}{reverse('plan:notice', args=[reminder.notice.uuid])}"
    return f"{settings.BASE_URL}{reverse('plan:task', args=[reminder.task.uuid])}"


def _mail(account: Account, message: Message) -> None:
    choice = begin_of_choice(account.pk)
    if not mail_is_set():
        raise MailUnset
    if not choice.mail or not account.is_active:
        raise MailMissing
    text = "\n".join(f"{line}\n{address}" if address else f"\n{line}" for line, address in message.told)
    mail = EmailMessage(message.title, text.strip() + "\n", settings.DEFAULT_FROM_EMAIL, [choice.mail])
    try:
        mail.send()
    except (
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPSenderRefused,
        smtplib.SMTPAuthenticationError,
    ) as error:
        raise robots.RobotRefused(answer=type(error).__name__) from error
    except (ConnectionRefusedError, smtplib.SMTPConnectError) as error:
        raise robots.Unreachable(host=settings.EMAIL_HOST) from error
    except (OSError, smtplib.SMTPException) as error:
        raise AnswerUncertain from error


def send_again(*, actor: Actor, uuid: UUID, at: datetime) -> Delivery:
    """再次发送, asked for by somebody who looks after the federation's plan, or by whom it is for."""
    with transaction.atomic():
        found = _in_reach(actor, uuid)
        if found.state not in {DeliveryState.CLAIMED, DeliveryState.REFUSED}:
            raise AlreadySent
        found.state, found.claimed_at, found.reason = DeliveryState.WAITING, None, ""
        found.save(update_fields=["state", "claimed_at", "reason"])
        enqueue(found.uuid)
        audit.write(
            actor=actor,
            verb="delivery.send_again",
            subject_type="delivery",
            subject_id=found.uuid,
            unit_id=found.book.federation_id,
            at=at,
        )
    return found


def _in_reach(actor: Actor, uuid: UUID) -> Delivery:
    known = Delivery.objects.filter(uuid=uuid).values_list("pk", flat=True).first()
    found = statements.locked(Delivery, known) if known else None
    if found is None:
        raise NotFound
    if actor.account_id is None or found.account_id != actor.account_id:
        organization.require(actor, Right.PLAN, unit_id=found.book.federation_id)
    return found


def choose_reminders(*, actor: Actor, version: int, rhythm: str, mail: str, at: datetime) -> ReminderChoice:
    """How often, and to which address; the first time with version 0. The list on the desk is always there."""
    if actor.account_id is None:
        raise Forbidden
    with transaction.atomic():
        choice = begin_of_choice(actor.account_id)
        if choice.version != version:
            raise StaleForm
        address = words.line(mail)
        require_all(lambda: _require_rhythm(rhythm), lambda: _require_mail(address, rhythm))
        choice.rhythm, choice.mail, choice.version = rhythm, address, version + 1
        choice.save()
        audit.write(
            actor=actor,
            verb="reminders.choose",
            subject_type="account",
            subject_id=actor.account_id,
            at=at,
            detail={"rhythm": rhythm},
            seals=seals.taken(choice),
        )
    return choice


def _require_rhythm(rhythm: str) -> None:
    if rhythm not in Rhythm.values:
        raise RhythmUnknown("rhythm")


def _require_mail(address: str, rhythm: str) -> None:
    if not address and rhythm == Rhythm.NONE:
        return
    try:
        validate_email(address)
    except ValidationError as error:
        raise MailMissing("mail") from error


def add_robot(
    *,
    actor: Actor,
    federation_id: int,
    uuid: UUID,
    name: str,
    kind: str,
    address: str,
    secret: str,
    rhythm: str,
    at: datetime,
) -> Robot:
    """A form that is sent twice adds one. Address and secret are sealed and never shown again."""
    with transaction.atomic():
        organization.require(actor, Right.PLAN, unit_id=federation_id)
        book = Book.objects.filter(federation_id=federation_id).first()
        if book is None:
            raise BookMissing
        known = made_before(model=Robot, uuid=uuid, book_id=book.pk)
        if known:
            return known
        said_name, where, key = words.line(name), address.strip(), secret.strip()
        require_all(
            lambda: _require_name(said_name),
            lambda: _require_kind(kind),
            lambda: _require_short(where, key),
            lambda: robots.require_address(where),
            lambda: _require_rhythm(rhythm),
        )
        robot = Robot(
            uuid=uuid,
            book=book,
            name=said_name,
            kind=kind,
            host=robots.require_address(where),
            address=sealing.seal(where, purpose=_purpose(uuid, "address")),
            secret=sealing.seal(key, purpose=_purpose(uuid, "secret")) if key else "",
            rhythm=rhythm,
        )
        robot.save(force_insert=True)
        _audit_robot(actor, "robot.add", robot, at)
    return robot


def end_robot(*, actor: Actor, uuid: UUID, at: datetime) -> Robot:
    """It is told nothing any more, and its secrets are forgotten."""
    with transaction.atomic():
        found = access.robots_in_reach(actor).filter(uuid=uuid).first()
        robot = statements.locked(Robot, found.pk) if found else None
        if robot is None:
            raise NotFound
        organization.require(actor, Right.PLAN, unit_id=robot.book.federation_id)
        if robot.ended_at:
            raise RobotEnded
        robot.ended_at, robot.address, robot.secret = at, "", ""
        robot.save()
        _audit_robot(actor, "robot.end", robot, at)
    return robot


def _require_name(name: str) -> None:
    if not 1 <= len(name) <= 60:
        raise RobotNameMissing("name")


def _require_kind(kind: str) -> None:
    if kind not in RobotKind.values:
        raise RobotKindUnknown("kind")


def _require_short(address: str, secret: str) -> None:
    if len(address) > LONGEST_ADDRESS or len(secret) > LONGEST_SECRET:
        raise SecretTooLong("address")


def _purpose(uuid: UUID, part: str) -> str:
    return f"robot {part} {uuid}"


def _audit_robot(actor: Actor, verb: str, robot: Robot, at: datetime) -> None:
    audit.write(
        actor=actor,
        verb=verb,
        subject_type="robot",
        subject_id=robot.uuid,
        unit_id=robot.book.federation_id,
        at=at,
        detail={"name": robot.name, "kind": robot.kind, "host": robot.host},
        seals=seals.taken(robot),
    )
