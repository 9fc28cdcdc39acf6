"""Who follows: the days between the contract's end and the planned entry, as long as nobody has taken over."""

from gongzhi.procedures.view import CaseView
from gongzhi.ui.parts.listing import Listing
from gongzhi.ui.pieces import Look

from .. import ground_queries
from ..rules import gap_before


def between(case: CaseView, look: Look) -> list[Listing] | None:
    """The gap as it now stands: it also opens when the contract's end is settled after the successor."""
    from ..procedures import ProviderExit as Exit

    named = case.heard(Exit.successor)
    if named is None or case.instant("takeover.taken_over") is not None:
        return None
    application, ends_on = case.heard(Exit.application), ground_queries.contract_ends(case)
    said = application.exit_on if application is not None else None
    gap = gap_before(case.law, named.starts_on, ends_on, said)
    return [Listing("接替衔接", notes=(gap.words,))] if gap is not None else None
