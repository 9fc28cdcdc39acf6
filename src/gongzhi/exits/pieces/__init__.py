"""What stands under the steps of an exit, a settlement, a handover: days, money and things as they now are.

Sums are for everybody who may read the case; what single units paid, owe or paid beforehand is for those who act in it.
"""

from gongzhi.ui.pieces import offer

from . import following, handing, settling

LISTINGS = "ui/parts/_listings.html"


def offer_pieces() -> None:
    """Tell the case's page what stands under which step."""
    from ..procedures import Handover, ProviderExit, Settlement

    offer(ProviderExit, ProviderExit.successor, LISTINGS, following.between)
    offer(Settlement, Settlement.comparison, LISTINGS, settling.quotes)
    offer(Settlement, Settlement.funding, LISTINGS, settling.cost)
    offer(Settlement, Settlement.collection, LISTINGS, settling.collection)
    offer(Settlement, Settlement.accounts, LISTINGS, settling.bill)
    offer(Handover, Handover.extra, LISTINGS, handing.readings)
    offer(Handover, Handover.extra, LISTINGS, handing.beforehand)
    offer(Handover, Handover.joint_check, LISTINGS, handing.defects)
    offer(Handover, Handover.confirmation, LISTINGS, handing.signers)
