"""The handover of documents and assets. Read it beside the articles."""

from gongzhi.procedures.catalogue import declared
from gongzhi.procedures.declare import Procedure, Standing
from gongzhi.procedures.kinds import File, Submit
from gongzhi.procedures.kinds.checklist import OF_AN_ITEM
from gongzhi.procedures.reads import Reads
from gongzhi.procedures.terms import ActSpec, NamedDay, happens, within
from gongzhi.registry.roles import COMMUNITY, COUNTY, OWNERS, PROVIDER, SUBDISTRICT
from gongzhi.values.exchange import HandoverTold

from .. import foretelling, handover_facts, handover_rules, left_open
from .. import handover_queries as queries
from ..actions import handover as handover_actions
from ..papers import confirming, handing, site
from ..parties import RECEIVER
from ..signers import AUTHORISE
from ..signing import SignedList, SignedReview

#: The plan names when the lists are gone through; no period does.
ON_THE_DAY = NamedDay(queries.planned_for, "交接方案定于", ("fill", "sign", "witness"))


@declared
class Handover(Procedure):
    """资料、资产交接. 《白山市物业服务人退出及应急服务管理办法》第16条至第19条; 《民法典》第949条."""

    code, title, subject = "handover", "资料与资产交接", "estate"
    child_only = True
    overseers = (SUBDISTRICT, COUNTY)
    result = HandoverTold
    reads = Reads(
        situation=queries.handover_situation,
        gives=queries.handover_told,
        ends_as=left_open.handover_ends_as,
        notes=left_open.noted,
    )

    plan = Submit(
        "交接方案",
        by=SUBDISTRICT,
        facts=handover_facts.HandoverPlan,
        rule=handover_rules.plan_is_ahead,
        realises="BS-008 BS-061 ZJ-019",
    )
    documents = SignedList(
        "资料移交清单",
        by=PROVIDER,
        to=RECEIVER,
        witness=COMMUNITY,
        items="handover.documents",
        named=ON_THE_DAY,
        after=plan,
        goes=("refused",),
        marks="listed",
        realises="BS-062 BS-063 BS-064 BS-065 BS-066 BS-067 BS-068 BS-069 YC-007",
        makes=(handing.DOCUMENTS,),
    )
    assets = SignedList(
        "资产移交清单",
        by=PROVIDER,
        to=RECEIVER,
        witness=COMMUNITY,
        items="handover.assets",
        named=ON_THE_DAY,
        after=plan,
        goes=("refused",),
        rule=handover_rules.goods_are_counted,
        marks="listed",
        realises="BS-070 BS-071 BS-072 BS-073 BS-074 YC-007",
        makes=(handing.ASSETS,),
    )
    extra = SignedList(
        "其他交接事项清单",
        by=PROVIDER,
        to=RECEIVER,
        witness=COMMUNITY,
        items="handover.extra_items",
        named=ON_THE_DAY,
        after=plan,
        goes=("refused",),
        rule=handover_rules.extra_is_backed,
        marks="listed",
        makes=(handing.FURTHER,),
    )
    joint_check = SignedList(
        "共用设施设备共同查验清单",
        by=PROVIDER,
        to=RECEIVER,
        witness=(OWNERS, COMMUNITY),
        items="handover.joint_checks",
        named=ON_THE_DAY,
        after=plan,
        goes=("refused",),
        marks="listed",
        realises="ZJ-052",
        makes=(handing.FURTHER,),
    )
    inventory_served = Submit(
        "清点结果送达",
        by=RECEIVER,
        to=PROVIDER,
        after=[documents, assets, extra, joint_check],
        when=happens(queries.was_unsigned, "清单均由双方签字"),
        facts=handover_facts.InventoryServed,
        serves=handing.lists_served,
        realises="BS-062 BS-070",
    )
    confirmation = SignedReview(
        "项目交接确认书",
        by=RECEIVER,
        countersign=PROVIDER,
        acknowledge="handover.supervisors",
        witness="handover.witness",
        recorder=COMMUNITY,
        after=[documents, assets, extra, joint_check],
        facts=handover_facts.HandoverConfirmation,
        rule=handover_rules.confirms_what_was_listed,
        foretells=foretelling.meters_to_read_again,
        writes=handover_actions.claim_missing,
        marks="confirmed",
        back={"return": documents},
        goes=("refuse", "refused"),
        realises="BS-060 BS-061 BS-075",
        makes=(confirming.CONFIRMATION,),
    )
    filing = File(
        "交接确认书备案",
        by=RECEIVER,
        to="handover.confirmation_filed_with",
        after=confirmation,
        due=within("handover.confirmation_filing_within", of="confirmation.confirmed"),
        realises="BS-076",
    )

    makes = (handing.METERS, handing.PREPAID, handing.POWER, site.SITE)
    standing = {
        "authorise_signer": Standing(
            AUTHORISE,
            (PROVIDER, RECEIVER, COMMUNITY, SUBDISTRICT, COUNTY),
            handover_rules.signer_is_empowered,
            handover_actions.empower_signer,
            "BS-062 BS-070",
            under=(documents, assets, extra, confirmation),
        ),
        "record_reading": Standing(
            ActSpec("record_reading", "登记读数", handover_facts.ReadingTaken, pictures=OF_AN_ITEM),
            (PROVIDER, RECEIVER, COMMUNITY),
            handover_rules.reading_is_of_the_change,
            handover_actions.keep_reading,
            under=(extra,),
        ),
        "record_prepaid": Standing(
            ActSpec("record_prepaid", "登记预收费用", handover_facts.PrepaidTold),
            (PROVIDER, RECEIVER),
            handover_rules.prepaid_is_of_the_estate,
            handover_actions.keep_prepaid,
            under=(extra,),
            foretells=foretelling.prepaid_as_it_stands,
        ),
        "record_prepaid_table": Standing(
            ActSpec("record_prepaid_table", "登记多户预收费用", handover_facts.PrepaidTable),
            (PROVIDER, RECEIVER),
            handover_rules.prepaid_are_of_the_estate,
            handover_actions.keep_prepaid_table,
            under=(extra,),
        ),
        "settle_prepaid": Standing(
            ActSpec("settle_prepaid", "登记预收退还或转移", handover_facts.PrepaidSettled),
            (RECEIVER, OWNERS),
            handover_rules.prepaid_was_settled,
            handover_actions.settle_prepaid,
            outlives=True,
        ),
        "settle_prepaid_table": Standing(
            ActSpec("settle_prepaid_table", "登记多户预收退还或转移", handover_facts.PrepaidSettledTable),
            (RECEIVER, OWNERS),
            handover_rules.prepaid_were_settled,
            handover_actions.settle_prepaid_table,
            outlives=True,
        ),
        "record_lift": Standing(
            ActSpec("record_lift", "登记电梯", handover_facts.LiftTold),
            (PROVIDER, RECEIVER),
            handover_rules.lift_is_told,
            handover_actions.keep_lift,
            outlives=True,
            under=(extra,),
        ),
        "record_defect": Standing(
            ActSpec("record_defect", "登记缺陷", handover_facts.DefectFound, pictures=OF_AN_ITEM),
            (RECEIVER, OWNERS, COMMUNITY),
            handover_rules.defect_is_attributed,
            handover_actions.keep_defect,
            "ZJ-052",
            under=(joint_check,),
        ),
        "state_deletion": Standing(
            ActSpec("state_deletion", "声明删除业主信息", handover_facts.DataDeleted),
            (PROVIDER,),
            handover_rules.data_is_deleted,
            handover_actions.keep_deletion,
            outlives=True,
            under=(confirmation,),
        ),
        "after_check": Standing(
            ActSpec("after_check", "交接后复查", handover_facts.AfterCheck),
            (RECEIVER,),
            handover_rules.check_is_over,
            outlives=True,
        ),
    }
