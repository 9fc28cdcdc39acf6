"""The handover of documents and assets. Read it beside the articles."""

from gongzhi.procedures.catalogue import declared
from gongzhi.procedures.declare import Procedure, Reads
from gongzhi.procedures.kinds import Checklist, File, Review, Submit
from gongzhi.procedures.terms import within
from gongzhi.registry.roles import (
    COMMUNITY,
    COUNTY,
    PROVIDER,
    SUBDISTRICT,
)
from gongzhi.values.exchange import HandoverTold

from .. import (
    handover_facts,
    handover_queries,
    handover_rules,
)
from ..actions import handover as handover_actions
from ..parties import RECEIVER


@declared
class Handover(Procedure):
    """资料、资产交接. 《白山市物业服务人退出及应急服务管理办法》第16条至第19条; 《民法典》第949条."""

    code, title, subject = "handover", "资料与资产交接", "estate"
    child_only = True
    overseers = (SUBDISTRICT, COUNTY)
    result = HandoverTold
    reads = Reads(situation=handover_queries.handover_situation, gives=handover_queries.handover_told)

    plan = Submit(
        "交接方案",
        by=SUBDISTRICT,
        facts=handover_facts.HandoverPlan,
        rule=handover_rules.plan_is_ahead,
        realises="BS-008 BS-061",
    )
    documents = Checklist(
        "资料移交清单",
        by=PROVIDER,
        to=RECEIVER,
        witness=COMMUNITY,
        items="handover.documents",
        after=plan,
        goes=("refused",),
        marks="listed",
        realises="BS-062 BS-063 BS-064 BS-065 BS-066 BS-067 BS-068 BS-069",
    )
    assets = Checklist(
        "资产移交清单",
        by=PROVIDER,
        to=RECEIVER,
        witness=COMMUNITY,
        items="handover.assets",
        after=plan,
        goes=("refused",),
        marks="listed",
        realises="BS-070 BS-071 BS-072 BS-073 BS-074",
    )
    confirmation = Review(
        "项目交接确认书",
        by=RECEIVER,
        countersign=PROVIDER,
        acknowledge="handover.supervisors",
        after=[documents, assets],
        facts=handover_facts.HandoverConfirmation,
        rule=handover_rules.confirms_what_was_listed,
        writes=handover_actions.claim_missing,
        marks="confirmed",
        back={"return": documents},
        goes=("refuse",),
        realises="BS-060 BS-061 BS-075",
    )
    filing = File(
        "交接确认书备案",
        by=RECEIVER,
        to="handover.confirmation_filed_with",
        after=confirmation,
        due=within("handover.confirmation_filing_within", of="confirmation.confirmed"),
        realises="BS-076",
    )
