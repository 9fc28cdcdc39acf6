"""What stands under the steps of an exit, a settlement, a handover: days, money and things as they now are.

Sums are for everybody who may read the case; what single units paid, owe or paid beforehand is for those who act in it.
"""

from gongzhi.ui.pieces import offer

from . import arriving, following, handing, settling

LISTINGS, WARNED = "ui/parts/_listings.html", "ui/parts/_warned.html"


def offer_pieces() -> None:
    """Tell the case's page what stands under which step."""
    from ..procedures import Handover, ProviderExit, Settlement

    for step in (ProviderExit.application, ProviderExit.ending, ProviderExit.notice):
        offer(ProviderExit, step, WARNED, arriving.under_paper(step.code), stays=True)
    offer(ProviderExit, ProviderExit.publicity, WARNED, arriving.under_notice, stays=True)
    offer(ProviderExit, ProviderExit.successor, LISTINGS, following.between)
    offer(Settlement, Settlement.books, WARNED, settling.books_due, stays=True)
    offer(Settlement, Settlement.comparison, LISTINGS, settling.quotes)
    offer(Settlement, Settlement.funding, LISTINGS, settling.cost)
    offer(Settlement, Settlement.collection, LISTINGS, settling.collection)
    offer(ProviderExit, ProviderExit.departure, WARNED, settling.rest_at_departure, stays=True)
    offer(Settlement, Settlement.accounts, LISTINGS, settling.bill)
    offer(Handover, Handover.extra, LISTINGS, handing.readings)
    offer(Handover, Handover.extra, LISTINGS, handing.beforehand)
    offer(Handover, Handover.joint_check, LISTINGS, handing.defects)
    offer(Handover, Handover.confirmation, LISTINGS, handing.signers)
