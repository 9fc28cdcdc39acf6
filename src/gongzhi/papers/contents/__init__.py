"""What each paper says: typed facts, put into the forms of `documents.py`. No paper knows a case."""

import re

from .agreements import Entrustment, ExitAgreement, PowerOfAttorney
from .applications import ApplicationReceipt, CompletionRequest, ExitApplication
from .archive import CaseContents, CaseCover, CaseTimeline, ClosingNote
from .changeover import DepartureConfirmation, EntryConfirmation
from .content import Content, Person
from .figures import VoteResult
from .filing import FilingForm, FilingReceipt
from .handover import AssetList, DocumentList, HandoverConfirmation, MeterSheet
from .notice_report import NoticeReport
from .notices import PublicNotice
from .orders import FormalDemand, InterimDecision, RefundOrder, TakeoverDecision, TimedOrder, UrgingLetter
from .prepaid import PrepaidList
from .records import Minutes, RefusalRecord, ServiceRecord, SiteRecord
from .settlement import ObjectionReply, SettlementCover

_ALL: tuple[type[Content], ...] = (
    ExitApplication,
    ApplicationReceipt,
    CompletionRequest,
    ExitAgreement,
    PowerOfAttorney,
    ServiceRecord,
    SiteRecord,
    RefusalRecord,
    Minutes,
    VoteResult,
    PublicNotice,
    NoticeReport,
    Entrustment,
    SettlementCover,
    ObjectionReply,
    DocumentList,
    AssetList,
    MeterSheet,
    PrepaidList,
    HandoverConfirmation,
    EntryConfirmation,
    DepartureConfirmation,
    FilingForm,
    FilingReceipt,
    UrgingLetter,
    TimedOrder,
    FormalDemand,
    RefundOrder,
    TakeoverDecision,
    InterimDecision,
    CaseCover,
    CaseContents,
    ClosingNote,
    CaseTimeline,
)
#: Every content by its code: exit_application, service_record …
CONTENTS: dict[str, type[Content]] = {re.sub(r"(?<!^)([A-Z])", r"_\1", c.__name__).lower(): c for c in _ALL}

__all__ = ["CONTENTS", "Content", "Person", *(content.__name__ for content in _ALL)]
