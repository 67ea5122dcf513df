"""``chanjiao`` on the command line: Django's own commands and the platform's."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chanjiao.config.settings.demo")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["chanjiao", *sys.argv[1:]])
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read along has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
