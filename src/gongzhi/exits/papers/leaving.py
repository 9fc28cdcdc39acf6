"""Papers of the exit itself: the application, the agreement, the owners' notice, the urging of those who stay."""

from __future__ import annotations

from gongzhi.papers.contents.agreements import ExitAgreement
from gongzhi.papers.contents.applications import STAYS, ExitApplication
from gongzhi.papers.contents.content import Content, Person, reached, seal_of, sentence, telephone
from gongzhi.papers.contents.figures import VoteResult
from gongzhi.papers.contents.orders import Demanded, FormalDemand
from gongzhi.papers.documents import Document as Form
from gongzhi.papers.documents import Letter
from gongzhi.papers.kinds import PaperKind
from gongzhi.procedures.completing import sent_at
from gongzhi.procedures.documents import UNKNOWN, Document, Source, heard
from gongzhi.procedures.forms import attached, entered_words, estate_of, title_of_use
from gongzhi.procedures.lawview import CaseLaw
from gongzhi.registry.roles import OWNERS, PROVIDER, ROLES
from gongzhi.values.citations import Citation
from gongzhi.values.money import yuan
from gongzhi.values.now import ZONE
from gongzhi.values.numerals import articles_in_words
from gongzhi.values.wording import date_words

from .. import facts, ground_facts
from ..ground_rules import INDEFINITE_NOTICE, NOT_RENEWING_NOTICE, notice_key
from ..letters import BOOKS_NOTICE
from ..reliance import about, said_on
from ..rules import AGREEMENT as AGREED_BY_COMMITTEE
from ..rules import UNTIL_TAKEOVER
from .sources import (
    acting_for,
    body,
    code_of,
    contacts,
    contract_words,
    items,
    legal_representative,
    named,
    paragraphs,
    phone_of,
    signed_by,
    signer,
)
from .voted import decided

#: By which a preliminary contract ends with another taking effect; nobody has to give notice of that.
NEW_CONTRACT = "contract.preliminary_ends"
#: The kinds the signed application itself is kept as: it is no annex of its own.
ITSELF = (PaperKind.EXIT_APPLICATION.value, PaperKind.PAPER_ORIGINAL.value)
#: The kinds a signed notice of ending is kept as.
SIGNED_NOTICE = ("termination_notice", PaperKind.PAPER_ORIGINAL.value)


def exit_application(source: Source) -> Content:
    """书面退出申请, as it was said: sums that the handover registers later stand in a paper of their own."""
    said: facts.ExitApplication = heard(source)
    acts = source.view.acts("submit")[-1:]
    day = (sent_at(acts[-1]) if acts else source.made_at).astimezone(ZONE).date()
    return ExitApplication(
        recipient=named(source, OWNERS),
        provider=named(source, PROVIDER),
        estate=estate_of(source),
        contract=contract_words(source),
        reason=said.reason,
        leaves_on=said.exit_on,
        handover_plan=paragraphs(said.handover_plan),
        staff=contacts(said.contact, capacity="联系人"),
        staffing=paragraphs(said.staff_until_takeover),
        prepaid_told=paragraphs(said.prepaid) or ("申请中没有写明。",),
        attachments=tuple(title_of_use(use) for use in attached(acts) if use.kind not in ITSELF),
        legal_representative=legal_representative(source),
        entered=entered_words(acts[-1] if acts else None),
        made_on=day,
    )


def exit_agreement(source: Source) -> Content:
    """退出协议: what both said they agreed."""
    said: facts.ExitAgreement = heard(source)
    countersigned = source.view.done("countersign:provider")
    signed = countersigned if countersigned is not None and countersigned.act == "countersign" else None
    left = said.leave_within_days
    ours, theirs = signer(source, OWNERS, source.view.last("approve")), signer(source, PROVIDER, signed)
    return ExitAgreement(
        number=source.case.row.number,
        owners_side=named(source, OWNERS),
        owners_capacity=acting_for(source, OWNERS),
        owners_signer=_hand(ours),
        owners_signed_at=ours.signed_at,
        provider=named(source, PROVIDER),
        provider_code=code_of(body(source, PROVIDER)),
        provider_signer=_hand(theirs),
        provider_signed_at=theirs.signed_at,
        estate=estate_of(source),
        contract=contract_words(source),
        leaves_on=said.ends_on,
        leave_within_days=left,
        settlement=paragraphs(said.settlement),
        fees_until_on=said.fees_until,
        prepaid=paragraphs(said.prepaid),
        breach=paragraphs(said.breach),
        others=(f"乙方在合同终止后{left}日内离场。",) if left is not None else (),
        serving_on="、".join(one.in_words() for one in source.case.law.cites_known(UNTIL_TAKEOVER)),
        effect=_effect(said),
        copies=f"甲乙双方各执一份{_filed_with(source)}。",
        made_on=signed.at.astimezone(ZONE).date() if signed is not None else None,
    )


def _effect(said: facts.ExitAgreement) -> str:
    """The owners' decision it rests on; none where the text of the place has the committee agree."""
    if said.decided_on is None:
        return ""
    return f"本协议依据业主共同决定（{date_words(said.decided_on)}，{said.decided_by}）签订，自双方签署之日起生效。"


def _filed_with(source: Source) -> str:
    """With whom it is filed, where the law of the place knows the agreement and asks for the exit to be filed."""
    law = source.case.law
    codes = law.named("exit.filed_with") if law.is_wanted(AGREED_BY_COMMITTEE) else ()
    names = [named(source, ROLES[code]) for code in codes]
    return f"，另报{'、'.join(names)}备案" if names else ""


def _hand(one: Person) -> str:
    """Who signs, in which capacity; for whom stands beside it."""
    return one.model_copy(update={"unit": ""}).words()


def ending_notice(source: Source) -> Form:
    """解聘（不续聘）通知: the owners tell the provider that the contract ends. 《民法典》第946、948条."""
    said: ground_facts.EndingNotice = heard(source)
    voted = decided(source.case, source.made_at)
    letter = Letter(
        title="终止物业服务合同通知书",
        number="",
        recipient=named(source, PROVIDER),
        paragraphs=(
            "一、通知事项",
            f"{contract_words(source)}于{date_words(said.ends_on)}终止。",
            "二、依据",
            sentence(said.basis),
            *((f"合同条款：{sentence(said.clause)}",) if said.clause else ()),
            *_articles(source, said.basis),
            *_vote(voted),
            "三、应移交的内容和期限",
            *(sentence(part) for part in paragraphs(said.hand_over)),
            "在新的管理人接管之前，你单位应继续提供物业服务。",
            f"联系人：{said.contact}。",
        ),
        attachments=_enclosed(source, voted),
    )
    return signed_by(letter, source, OWNERS)


def _articles(source: Source, told: str) -> tuple[str, ...]:
    """The law by which the owners end it, where the basis does not name it already."""
    cited = source.case.law.cites_known(notice_key(source.case.variant) or NEW_CONTRACT)
    told = articles_in_words(told)
    missing = [words for words in dict.fromkeys(one.in_words() for one in cited) if words not in told]
    return (f"法律依据：{'、'.join(missing)}。",) if missing else ()


def _vote(voted: VoteResult | None) -> tuple[str, ...]:
    """The owners' decision it rests on, with its figures, where it was recorded."""
    if voted is None:
        return ()
    figures = (f"{one.label}：{one.value}。" for one in voted.figures())
    on = date_words(voted.voted_on)
    return (f"业主共同决定（{on}表决）：{voted.decided}。{voted.verdict()}", *figures)


def _enclosed(source: Source, voted: VoteResult | None) -> tuple[str, ...]:
    """The resolution, and what was sent with the notice."""
    sent = [title_of_use(use) for use in attached(source.view.acts("submit")[-1:])]
    resolution = ("业主共同决定结果",) if voted is not None and "业主共同决定结果" not in sent else ()
    return (*resolution, *sent)


def non_renewal(source: Source) -> Form:
    """不再续约通知书: the provider tells the owners that it will not renew. 《民法典》第947条第2款."""
    said: ground_facts.NonRenewal = heard(source)
    told = (
        f"{contract_words(source)}于{date_words(said.contract_ends_on)}期满。"
        "我单位决定期满后不再续约，特此书面通知。"
    )
    return _leaving(source, "不再续约通知书", said, told, NOT_RENEWING_NOTICE)


def indefinite_ending(source: Source) -> Form:
    """解除不定期合同通知书: the provider ends a contract of indefinite term. 《民法典》第948条第2款."""
    said: ground_facts.IndefiniteEnding = heard(source)
    told = (
        f"{contract_words(source)}现为不定期合同，我单位决定解除，"
        f"合同于{date_words(said.ends_on)}终止，特此书面通知。"
    )
    return _leaving(source, "解除不定期物业服务合同通知书", said, told, INDEFINITE_NOTICE)


def _leaving(
    source: Source,
    title: str,
    said: ground_facts.NonRenewal | ground_facts.IndefiniteEnding,
    told: str,
    key: str,
) -> Form:
    """What a provider writes that leaves, with room for its seal and the hand of its legal representative."""
    cited = dict.fromkeys(one.in_words() for one in source.case.law.cites_known(key))
    prepaid = paragraphs(said.prepaid)
    return Letter(
        title=title,
        recipient=named(source, OWNERS),
        paragraphs=(
            "一、通知事项",
            told,
            *((f"依据：{'、'.join(cited)}。",) if cited else ()),
            "二、原因",
            *(sentence(part) for part in paragraphs(said.reason)),
            "三、交接安排",
            *(sentence(part) for part in paragraphs(said.handover_plan)),
            *(("预收费用和押金：", *(sentence(part) for part in prepaid)) if prepaid else ()),
            "四、承诺",
            STAYS,
            f"联系人：{said.contact}。",
        ),
        attachments=tuple(
            title_of_use(use)
            for use in attached(source.view.acts("submit")[-1:])
            if use.kind not in SIGNED_NOTICE
        ),
        signatures=(
            seal_of(
                "物业服务人",
                named(source, PROVIDER),
                f"法定代表人（签字）：{legal_representative(source)}",
            ),
        ),
        date=date_words(source.made_at.astimezone(ZONE).date()),
    )


def refund_note(source: Source) -> Form | None:
    """退还违规资金的书面说明: what was paid back, where, by which voucher."""
    said = heard(source)
    letter = Letter(
        title="违规资金退还情况说明",
        recipient=named(source, OWNERS),
        paragraphs=(
            f"我单位已于{date_words(said.paid_on)}退还查实的违规资金{yuan(said.amount_cents)}，"
            f"收款账户：{said.account}，凭证号：{said.voucher}。",
        ),
    )
    return signed_by(letter, source, PROVIDER)


def books_demand(source: Source) -> Content:
    """催告函: the books that were not provided, and until when they must be."""
    from ..procedures import Settlement
    from ..settlement_facts import BooksDemand

    said: BooksDemand = heard(source)
    return FormalDemand(
        recipient=named(source, PROVIDER),
        facts_found=(
            *about(source.case, said_on(source.case, Settlement.scope, BOOKS_NOTICE)),
            "你单位没有按通知提供下列账册资料。",
        ),
        basis="、".join(one.in_words() for one in _books_owed(source.case.law)) or UNKNOWN,
        contact=reached(named(source, OWNERS), telephone(phone_of(body(source, OWNERS)))),
        about="提供清算资料",
        demands=tuple(Demanded(what=item) for item in items(said.items)),
        deadline_on=said.until_on,
        consequence=said.consequence,
        signers=(named(source, OWNERS),),
        made_on=source.made_at.astimezone(ZONE).date(),
    )


def _books_owed(law: CaseLaw) -> tuple[Citation, ...]:
    """By which articles the books are owed: the time for them, else the settlement they are for, else the handover."""
    found = (law.cites_known(key) for key in BOOKS_OWED)
    return next((cited for cited in found if cited), ())


#: The keys whose articles oblige a provider to produce its books, the nearest first.
BOOKS_OWED = ("settlement.books_within", "settlement.report_parts", "handover.documents")

APPLICATION = Document("exit_application", "书面退出申请", exit_application, is_kept=True)
AGREEMENT = Document("exit_agreement", "退出协议", exit_agreement)
NON_RENEWAL = Document("non_renewal_notice", "不再续约通知书", non_renewal, is_kept=True)
INDEFINITE_ENDING = Document(
    "indefinite_ending", "解除不定期物业服务合同通知书", indefinite_ending, is_kept=True
)
ENDING_NOTICE = Document("ending_notice", "终止合同通知书", ending_notice, is_kept=True)
REFUND_NOTE = Document("refund_note", "违规资金退还情况说明", refund_note)
BOOKS_DEMAND = Document("formal_demand", "催告函", books_demand, is_kept=True)
