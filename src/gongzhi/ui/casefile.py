"""A whole case as page and API show it: the case itself, its notices, who has been told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from gongzhi.law import queries as law
from gongzhi.messages.presenting import told_of
from gongzhi.notices.presenting import notices_of_case
from gongzhi.procedures.presenting import present_case
from gongzhi.procedures.queries import case_seen, reader_of
from gongzhi.registry.models import Appointment


def case_file(case_id: UUID, appointment: Appointment, at: datetime) -> dict[str, Any]:
    """One visible case for its reader, as of `at`; NotFound otherwise."""
    reader = reader_of(appointment)
    row = case_seen(case_id, appointment)
    with law.pinned():
        told = present_case(row, reader, at)
    told["notices"] = notices_of_case(row, at, masked=reader.masked)
    told["messages"] = [] if reader.masked else told_of(row)
    return told
