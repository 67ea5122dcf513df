"""What a real worker runs under while it is being killed: the demo's settings, one sheet."""

import os

from chanjiao.config.settings.demo import *  # noqa: F403

CHANJIAO_SHEETS = [
    "tests.exchange.area_sheet." + ("TornAreaSheet" if os.environ.get("TORN") else "AreaSheet")
]
