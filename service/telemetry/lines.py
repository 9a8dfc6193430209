"""Log records as lines of JSON, one each."""

import logging
from datetime import UTC, datetime
from typing import Any

from pydantic_core import to_json

from service.telemetry.account import current


class JsonLines(logging.Formatter):
    """`extra={"told": {…}}` of a record becomes fields of its own; what is logged while a request is answered has its
    `requestId`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        told = getattr(record, "told", None)
        if told:
            line |= told
        account = current()
        if account is not None:
            line["requestId"] = account.request_id
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return to_json(line, fallback=str).decode()
