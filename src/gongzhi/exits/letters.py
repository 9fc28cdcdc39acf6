"""How the papers of an exit are worded that an authority issues. Number, signature and date come at 签发."""

from collections.abc import Iterable

from gongzhi.papers.contents.content import reached, telephone
from gongzhi.papers.contents.orders import Demanded, TimedOrder, UrgingLetter
from gongzhi.papers.documents import Letter
from gongzhi.papers.kinds import PaperKind
from gongzhi.procedures.forms import lines_of
from gongzhi.procedures.holders import hold
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import COUNTY, PROVIDER

from .claim_facts import HandoverOrder
from .ground_facts import Urging
from .grounds import TITLES
from .reliance import about, lists_lacking, said_on
from .settlement_facts import BooksOrder

#: Said in every letter that urges: whom it binds, and whom not. 《民法典》第278、946条.
BINDS_NOBODY = (
    "是否解聘由业主依法共同决定。本函不是对物业服务人的退出命令，"
    "物业服务人的退出义务以业主共同决定和依法通知为前提。"
)
#: The paper with which the owners' side asks for the books of a settlement.
BOOKS_NOTICE = "财务清算及提供资料通知书"
#: What an order of an authority is kept as.
ORDER = PaperKind.ORDER_TO_CORRECT


def urging_letter(case: CaseView, facts: Urging) -> Letter:
    """The county urges the owners' assembly to decide. 《白山市…管理办法》第10条."""
    estate = case.row.estate.name if case.row.estate is not None else ""
    found = f"经查，你小区现物业服务人存在“{TITLES[case.variant]}”的情形：{facts.facts_found}"
    content = UrgingLetter(
        recipient=f"{estate}业主大会",
        facts_found=(*about(case, (), (facts.facts_found,)), found),
        basis=facts.basis,
        contact=facts.contact,
        about="启动解聘程序",
        asks=(facts.request,),
        answer_by_on=facts.answer_by_on,
        effect=BINDS_NOBODY,
        copies=facts.copies,
    )
    told = {"title": "督促启动解聘程序的函", "attachments": tuple(lines_of(facts.attachments))}
    return content.form().model_copy(update=told)


def handover_order(case: CaseView, facts: HandoverOrder) -> Letter:
    """责令限期移交: what is missing by which list, until when. 《民法典》第949条."""
    return _order(case, facts, "移交", lists_lacking(case.child("handover")))


def books_order(case: CaseView, facts: BooksOrder) -> Letter:
    """责令限期提供资料: the books a settlement needs, asked for and demanded by which papers."""
    from .procedures import Settlement

    asked = said_on(case, Settlement.scope, BOOKS_NOTICE)
    demanded = said_on(case, Settlement.books_demand, "催告函")
    return _order(case, facts, "提供资料", (*asked, *demanded))


def _order(case: CaseView, facts: HandoverOrder | BooksOrder, to_do: str, papers: Iterable[str]) -> Letter:
    """What the draft leaves open says so; the authority's telephone is the registered one."""
    county = hold(case, COUNTY, case.row.opened_at).organisation
    phone = telephone(county.phone_service if county is not None else "")
    provider = case.organisation(PROVIDER.code)
    content = TimedOrder(
        recipient=provider.name if provider is not None else "",
        facts_found=(*about(case, papers, (facts.facts_found, facts.items)), facts.facts_found),
        basis=facts.basis,
        contact=facts.contact or reached(county.name if county is not None else "", phone),
        to_do=to_do,
        items=tuple(Demanded(what=line) for line in lines_of(facts.items)),
        deadline_at=facts.until_on,
        consequence=facts.consequence,
        defence=facts.defence,
        remedy=facts.remedy,
        copies=facts.copies,
    )
    return content.form().model_copy(update={"attachments": tuple(lines_of(facts.attachments))})
