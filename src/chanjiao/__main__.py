"""``chanjiao`` on the command line: Django's own commands and the platform's."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chanjiao.config.settings.demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["chanjiao", *sys.argv[1:]])


if __name__ == "__main__":
    main()
