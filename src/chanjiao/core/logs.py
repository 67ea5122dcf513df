"""Logs as JSON lines in which phones, identity numbers, mails and secrets are masked."""

import json
import logging
import re

PATTERNS = (
    (re.compile(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?!\d)"), "<identity>"),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "<phone>"),
    (re.compile(r"(?<!\d)000\d{8}(?!\d)"), "<phone>"),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "<email>"),
    (re.compile(r"(?i)(token|secret|password|key)=[^\s&\"']+"), r"\1=<secret>"),
)


def masked(text: str) -> str:
    """``text`` without the personal data and secrets a log has no business keeping.

    >>> masked("call 13800000000 or a.b@example.cn, token=abc")
    'call <phone> or <email>, token=<secret>'
    """
    for pattern, stand_in in PATTERNS:
        text = pattern.sub(stand_in, text)
    return text


class MaskPersonalData(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = masked(record.getMessage()), ()
        return True


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.msg,
        }
        if record.exc_info:
            line["traceback"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)
