"""The rules of what is owed after an exit, pure. 《白山市物业服务人退出及应急服务管理办法》第15条."""

from gongzhi.procedures.lawview import CaseLaw
from gongzhi.values.decision import Decision, allow, refuse

from .claim_facts import Recovery, Refund
from .situations import ExitSituation


def refunds_in_full(law: CaseLaw, facts: Refund, situation: ExitSituation) -> Decision:
    """Irregular money is paid back in full. 《白山市…管理办法》第15条."""
    cites = law.cites("settlement.refund_within")
    if facts.amount_cents != situation.irregular_cents:
        return refuse("违规资金要足额退还，退还金额与查实确认的金额不一致，请核对。", citations=cites)
    if facts.paid_on > situation.today:
        return refuse("退还日期不能晚于今天，请核对。")
    return allow(citations=cites)


#: Who may authorise a suit for the owners: a body acts for them in court only where it was empowered.
AUTHORITIES = {"assembly": "业主大会决议", "rules": "议事规则或者管理规约授权", "owners": "业主书面授权"}


def suit_is_authorised(law: CaseLaw, facts: Recovery) -> Decision:
    """Whoever sues for the owners says by whom it was authorised. 第15条、第36条; `practice.md` 12.2."""
    cites = law.cites_known("settlement.recovery_by", "exit.owners_recovery_claims")
    if facts.step == "suit" and (not facts.authority or not facts.authority_paper.strip()):
        names = "、".join(AUTHORITIES.values())
        return refuse(f"起诉要写明由谁授权和授权文书：{names}，请补充后提交。")
    return allow(citations=cites)


def authority_of(facts: Recovery) -> str:
    """By whom and by which paper it was authorised; "" where nothing was said."""
    return f"{AUTHORITIES[facts.authority]}：{facts.authority_paper}" if facts.authority else ""
