"""How the papers of an exit are worded that an authority issues."""

from gongzhi.papers.documents import Letter
from gongzhi.procedures.view import CaseView
from gongzhi.values.wording import date_words

from .ground_facts import Urging
from .grounds import TITLES

#: Said in every letter that urges: whom it binds, and whom not. 《民法典》第278、946条.
BINDS_NOBODY = (
    "是否解聘由业主依法共同决定。本函不是对物业服务人的退出命令，"
    "物业服务人的退出义务以业主共同决定和依法通知为前提。"
)


def urging_letter(case: CaseView, facts: Urging) -> Letter:
    """The county urges the owners' assembly to decide. 《白山市…管理办法》第10条."""
    estate = case.row.estate.name if case.row.estate is not None else ""
    answer = f"请于{date_words(facts.answer_by_on)}前反馈办理情况。" if facts.answer_by_on is not None else ""
    paragraphs = (
        f"经查，你小区现物业服务人存在“{TITLES[case.variant]}”的情形：{facts.facts_found}",
        f"依据{facts.basis}，{facts.request}",
        BINDS_NOBODY,
        f"{answer}联系人：{facts.contact}",
    )
    return Letter(title="督促启动解聘程序的函", recipient=f"{estate}业主大会", paragraphs=paragraphs)
