"""News that leaves the house: written with the act, carried by the worker, never twice."""

import json
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction

from chanjiao.core import clock
from chanjiao.core.models import Channel, OutboxMessage, OutboxState

MAX_ATTEMPTS = 5


def put(
    channel: str,
    address: str,
    subject: str,
    body: str,
    *,
    about: str = "",
    organisation_id: int | None = None,
    is_secret: bool = False,
) -> OutboxMessage:
    """Queue one message in the caller's transaction; nothing is sent before it commits."""
    return OutboxMessage.objects.create(
        channel=channel,
        address=address,
        subject=subject[:200],
        body=body,
        about=about[:80],
        is_secret=is_secret,
        organisation_id=organisation_id,
        created_at=clock.now(),
    )


def deliver(limit: int = 100) -> tuple[int, int]:
    """Send what waits; returns (sent, failed). Each message commits on its own."""
    sent = failed = 0
    waiting = OutboxMessage.objects.filter(state=OutboxState.WAITING).order_by("pk")
    for pk in list(waiting.values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            message = (
                OutboxMessage.objects.select_for_update(skip_locked=_can_skip())
                .filter(pk=pk, state=OutboxState.WAITING)
                .first()
            )
            if message is None:
                continue
            if _send(message):
                sent += 1
            else:
                failed += 1
    return sent, failed


def _send(message: OutboxMessage) -> bool:
    message.attempts += 1
    try:
        ADAPTERS[message.channel](message)
    except OSError as error:
        message.last_error = str(error)[:300]
        if message.attempts >= MAX_ATTEMPTS:
            message.state = OutboxState.FAILED
        message.save()
        return False
    message.state, message.sent_at = OutboxState.SENT, clock.now()
    if message.is_secret:
        message.body = ""
    message.save()
    return True


def _by_email(message: OutboxMessage) -> None:
    send_mail(message.subject, message.body, settings.DEFAULT_FROM_EMAIL, [message.address])


def _by_file(message: OutboxMessage) -> None:
    """SMS, 企业微信 and 钉钉 until an operator plugs in a provider: one JSON line a message."""
    folder = Path(settings.OUTBOX_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    line = {
        "to": message.address,
        "subject": message.subject,
        "body": message.body,
        "about": message.about,
        "at": clock.now().isoformat(),
    }
    with (folder / f"{message.channel}.jsonl").open("a", encoding="utf-8") as out:
        out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _can_skip() -> bool:
    from django.db import connection

    return connection.features.has_select_for_update_skip_locked


ADAPTERS: dict[str, Callable[[OutboxMessage], None]] = {
    Channel.EMAIL: _by_email,
    Channel.SMS: _by_file,
    Channel.WECOM: _by_file,
    Channel.DINGTALK: _by_file,
}
