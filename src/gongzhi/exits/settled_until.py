"""Until which day the figures of a settlement reach, and whether the service went on after it: the rest is to settle.

《白山市物业服务人退出及应急服务管理办法》第14条: the whole time under management is settled. What the report could not
reach yet is settled on its own; the text does not say how, so that it is told and asked.
"""

from dataclasses import dataclass
from datetime import date

from gongzhi.procedures.view import CaseView
from gongzhi.values.wording import date_words

from . import ground_queries


@dataclass(frozen=True, slots=True)
class Rest:
    """The figures reach to a day; the service to a later one, None where its last day is not known yet."""

    reached_on: date
    served_to: date | None

    @property
    def words(self) -> str:
        """清算至2026年3月10日，此后至2026年6月30日的收支另行结清."""
        until = f"至{date_words(self.served_to)}" if self.served_to is not None else ""
        return f"清算至{date_words(self.reached_on)}，此后{until}的收支另行结清"


def service_ends(root: CaseView) -> date | None:
    """The last day of the service of an exit: taken over, else the contract's end, else as the provider plans."""
    from .procedures import ProviderExit as Exit

    if root.row.procedure != Exit.code:
        return None
    taken = root.heard(Exit.takeover)
    if taken is not None:
        return root.local_day(taken.taken_over_at)
    ends_on, application = ground_queries.contract_ends(root), root.heard(Exit.application)
    return ends_on or (application.exit_on if application is not None else None)


def rest_of(settlement: CaseView | None) -> Rest | None:
    """What the report of a settlement leaves; None where there is no report, or it reaches to the end."""
    from .procedures import Settlement

    report = settlement.heard(Settlement.report) if settlement is not None else None
    if settlement is None or report is None:
        return None
    last = service_ends(settlement.root)
    return Rest(report.reached_on, last) if last is None or report.reached_on < last else None


def rest_of_exit(case: CaseView) -> Rest | None:
    """The same of an exit, of the settlement it has."""
    from .procedures import ProviderExit as Exit

    return rest_of(case.child(Exit.settlement.code))
