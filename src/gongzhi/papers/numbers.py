"""发文字号: drawn inside the door, one after another, per organisation and calendar year; void ones stay."""

import re
import unicodedata
from datetime import datetime

from django.db import transaction

from gongzhi.registry.models import Organisation
from gongzhi.values.now import ZONE
from gongzhi.values.refusals import Conflict, Invalid, NotPossible

from .models import DocumentNumber, NumberSeries

_TYPED = re.compile(r"(?P<code>\D+?)[〔\[(【]?(?P<year>\d{4})[〕\])】]?(?P<serial>\d{1,9})号?")


def number_text(document_code: str, year: int, serial: int) -> str:
    """机关代字〔年〕号: hexagonal brackets, the full year, no leading zero, no 第. GB/T 9704-2012 7.2.5."""
    return f"{document_code}〔{year}〕{serial}号"


def read_typed(text: str) -> str:
    """A number as somebody typed it, in the form it is printed in; "" where it is none."""
    found = _TYPED.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    return number_text(found["code"], int(found["year"]), int(found["serial"])) if found else ""


def draw_number(organisation: Organisation, at: datetime) -> DocumentNumber:
    """The organisation's next number of the year of `at` in Asia/Shanghai. Inside an open transaction only.

    Locks the series' row after the door has locked the root: two offices drawing at once get two numbers, and a
    number drawn by a change that fails is drawn again by the next, so that none is missing.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is drawn inside the door only")
    if not organisation.document_code:
        raise NotPossible(f"“{organisation.name}”还没有登记机关代字，请先登记机关代字再编号。")
    year = at.astimezone(ZONE).year
    series, _ = NumberSeries.objects.select_for_update().get_or_create(organisation=organisation, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return DocumentNumber.objects.create(
        organisation=organisation,
        year=year,
        serial=series.last,
        text=number_text(organisation.document_code, year, series.last),
        issued_at=at,
    )


def void_number(number: DocumentNumber, reason: str, at: datetime) -> DocumentNumber:
    """Mark the number 作废 with its reason; it stays registered and is never drawn again."""
    if not reason.strip():
        raise Invalid("请写明作废原因。", fields={"reason": "请写明作废原因。"})
    changed = DocumentNumber.objects.filter(pk=number.pk, voided_at=None).update(
        voided_at=at, void_reason=reason.strip()
    )
    if not changed:
        raise Conflict(f"{number.text}已经作废，请另编新号。")
    number.refresh_from_db()
    return number
