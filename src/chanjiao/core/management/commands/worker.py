"""``chanjiao worker``: the queue of long work, and the clock that drives what nobody clicks."""

import logging
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils.module_loading import import_string

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run queued jobs and the regular rounds (outbox, lost jobs, expiry of old lines)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks")
        parser.add_argument("--once", action="store_true", help="do what waits, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            for path, _seconds in settings.CHANJIAO_ROUNDS:
                run_round(path)
            call_command("ox_worker", batch=True)
            return
        stop = threading.Event()
        for path, seconds in settings.CHANJIAO_ROUNDS:
            threading.Thread(target=_rounds, args=(path, seconds, stop), daemon=True).start()
        try:
            call_command("ox_worker", interval=options["interval"])
        finally:
            stop.set()


def run_round(path: str) -> None:
    """One regular round; a fault in it is logged and must not stop the others."""
    try:
        import_string(path)()
    except Exception:
        log.exception("round %s failed", path)
    finally:
        close_old_connections()


def _rounds(path: str, seconds: float, stop: threading.Event) -> None:
    while not stop.wait(seconds):
        run_round(path)
