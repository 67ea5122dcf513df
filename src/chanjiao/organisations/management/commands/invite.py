"""``chanjiao invite``: the way in for the first people, before anybody is there to invite them."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from chanjiao.core import audit
from chanjiao.core.actor import SYSTEM
from chanjiao.core.refusals import Refused
from chanjiao.core.roles import Role
from chanjiao.organisations.choices import Kind
from chanjiao.organisations.models import Organisation
from chanjiao.organisations.services.invitations import DAYS, MAX_DAYS, Offer, invite


class Command(BaseCommand):
    help = "邀请一位用户并打印一次性链接 · invite somebody and print the one-time link"

    def add_arguments(self, parser: ArgumentParser) -> None:
        roles = [r.value for r in Role if r not in {Role.PUBLIC, Role.GUARDIAN}]
        parser.add_argument("email")
        parser.add_argument("--role", required=True, choices=roles, help="letters of the matrix")
        parser.add_argument("--organisation", required=True, help="name of the body")
        parser.add_argument(
            "--new", choices=Kind.values, metavar="KIND",
            help=f"create the body if it is missing: {', '.join(Kind.values)}",
        )  # fmt: skip
        parser.add_argument("--name", default="", help="the person's name")
        parser.add_argument("--admin", action="store_true", help="may invite and grant")
        parser.add_argument("--days", type=int, default=DAYS, help=f"1 to {MAX_DAYS}")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as fault:
            raise CommandError(f"不是邮箱 · not an e-mail address: {options['email']}") from fault
        with transaction.atomic():
            body = self._body(options["organisation"], options["new"])
            offer = Offer(options["role"], is_admin=options["admin"])
            try:
                _invitation, link = invite(
                    SYSTEM, body.pk, options["email"], offer,
                    name=options["name"], days=options["days"],
                )  # fmt: skip
            except Refused as refusal:
                raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(link)

    def _body(self, name: str, kind: str | None) -> Organisation:
        found = Organisation.objects.filter(name=name).first()
        if found is not None:
            return found
        if kind is None:
            raise CommandError(
                f"没有名为“{name}”的机构；新建请加 --new 类别。"
                f" No body is called {name!r}; add --new KIND to create it."
            )
        made = Organisation.objects.create(name=name, name_key=name, kind=kind)
        audit.record(SYSTEM, "organisation.created", made, kind=kind)
        return made
