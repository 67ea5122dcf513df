"""``chanjiao serve``: the site itself, for a machine of one's own or behind a proxy."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces

MOST_WORKERS = 4


class Command(BaseCommand):
    help = "Serve the site; Ctrl-C or SIGTERM ends it after the requests in hand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--workers", type=int, default=min(os.cpu_count() or 1, MOST_WORKERS),
            help="processes; one a core is right, for Python computes in one thread at a time",
        )  # fmt: skip
        parser.add_argument("--threads", type=int, default=4, help="requests at once per process")

    def handle(self, *args: Any, **options: Any) -> None:
        # Workers are processes of their own and read the settings anew.
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chanjiao.config.settings.demo")
        Granian(
            "chanjiao.config.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=options["threads"],
            log_access=False,
            log_level="warning",
            websockets=False,
            respawn_failed_workers=True,
        ).serve()
