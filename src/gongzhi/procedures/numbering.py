"""The numbers that authorities give filings by their own registers: of one body each only once."""

from django.db import IntegrityError, transaction

from gongzhi.values.refusals import NotPossible
from gongzhi.values.text import half_width

from .models import ReceiptNumber
from .terms import RoundView


def compared(text: str) -> str:
    """A number as two are compared: without blanks, with full-width signs made half-width."""
    return "".join(half_width(text).split())


def keep_number(view: RoundView, task: str, text: str) -> None:
    """Keep what a receipt says its number is, as it was typed; "" gives none. NotPossible: the body gave it before.

    The constraint is what holds where two cases, each under its own lock, are given one number at the same time.
    """
    said = view.done(task)
    if said is None or said.organisation_id is None:
        return
    ReceiptNumber.objects.filter(round=view.id, task=task).delete()
    if not text:
        return
    row = ReceiptNumber(
        case=view.case.row,
        round_id=view.id,
        task=task,
        organisation_id=said.organisation_id,
        text=text,
        compared=compared(text),
    )
    given = ReceiptNumber.objects.filter(organisation=said.organisation_id, compared=row.compared)
    given = given.select_related("case")
    other = given.first()
    if other is None:
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            other = given.get()
    if other is not None:
        raise NotPossible(
            f"回执编号“{text}”已经用于本单位{other.case.number}的备案，请核对本单位的备案登记后改填。"
        )
