"""``chanjiao load_reference``: shipped lists, links, parameters, holidays; as often as wanted."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from chanjiao.core import reference as core_reference
from chanjiao.standards.services import crosswalk, reference


class Command(BaseCommand):
    help = "装入随产品提供的标准代码、规则参数与节假日 Load code lists, parameters and holidays"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--streets", action="store_true", help="also the 41,352 streets and towns"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            rows = reference.load(with_streets=options["streets"])
            links = crosswalk.load_shipped()
            parameters = core_reference.load_parameters()
            days = core_reference.load_holidays()
        if options["verbosity"] < 1:
            return
        for row in rows:
            self.stdout.write(f"{row.system:12} +{row.new} ~{row.changed} ={row.same}")
        self.stdout.write(f"{'crosswalk':12} +{links}")
        self.stdout.write(f"{'parameters':12} +{parameters}")
        self.stdout.write(f"{'holidays':12} +{days}")
