"""``chanjiao load FILE --sheet companies``: import from the command line, all rows or none."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chanjiao.accounts.models import User
from chanjiao.core.actor import SYSTEM, Actor
from chanjiao.core.refusals import Refused
from chanjiao.core.sheets import SheetHandler, handlers
from chanjiao.exchange.services.loading import load
from chanjiao.organisations.actors import actor_for


class Command(BaseCommand):
    help = "Import a spreadsheet; the same file twice changes nothing the second time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--sheet", required=True)
        parser.add_argument("--update", action="store_true", help="更新已有数据")
        parser.add_argument("--as", dest="email", default="", help="act as this user")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        handler = handlers().get(options["sheet"])
        path = Path(options["file"])
        if handler is None:
            raise CommandError(f"no sheet {options['sheet']!r}; there are: {', '.join(handlers())}")
        if not path.is_file():
            raise CommandError(f"no such file: {path}")
        outcome = self._load(handler, _actor(options["email"]), path, options["update"])
        if options["json"]:
            self.stdout.write(json.dumps(outcome, ensure_ascii=False))
        else:
            self._tell(outcome)
        if outcome["outcome"] == "refused":
            raise SystemExit(1)

    def _load(
        self, handler: SheetHandler, actor: Actor, path: Path, is_update: bool
    ) -> dict[str, Any]:
        try:
            return load(actor, handler, path.read_bytes(), path.name, updates_existing=is_update)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def _tell(self, outcome: dict[str, Any]) -> None:
        self.stdout.write(outcome["outcome"])
        for name in ("new", "updated", "kept", "unchanged"):
            if name in outcome:
                self.stdout.write(f"  {name}: {outcome[name]}")
        for fault in [*outcome["faults"][:50], *outcome["warnings"][:20]]:
            self.stdout.write(f"  [{fault['code']}] {fault['message']}")


def _actor(email: str) -> Actor:
    if not email:
        return SYSTEM
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        raise CommandError(f"no user {email}")
    return actor_for(user, via="command")
