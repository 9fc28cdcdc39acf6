"""Watches of this room: a contract's end, that of a service meanwhile, an exit whose successor nobody has named.

Read `practice.md` 1.1 and 1.16.
"""

from gongzhi.procedures.catalogue import declared
from gongzhi.procedures.declare import Ahead, Procedure, Standing
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.reads import Reads
from gongzhi.procedures.terms import ActSpec, NamedDate, ahead, before, latest, required
from gongzhi.procedures.watching import watched_on
from gongzhi.registry.roles import ASSEMBLY, COMMUNITY, COUNTY, OWNERS, PROVIDER, SUBDISTRICT

from .. import watch_facts, watch_queries, watch_rules
from .exit import ProviderExit

CONTRACT_END = NamedDate("contract_end", "合同到期日", watched_on)
SERVICE_END = NamedDate("service_end", "临时接管期满日", watched_on)
EXIT_DAY = NamedDate("planned_exit", "计划退出日", watched_on)
#: The exit keeps its planned day beside it, for the watch to look at.
ProviderExit.towards = NamedDate("planned_exit", "计划退出日", watch_queries.planned_exit)


@declared
class ContractWatch(Procedure):
    """物业服务合同到期预警. 《民法典》第946条至第948条; 《绍兴市物业管理条例》第34条."""

    code, title, subject = "contract_watch", "物业服务合同到期预警", "estate"
    parties = (PROVIDER,)
    overseers = (SUBDISTRICT, COUNTY)
    outcomes = ("done", "gone", "moved", "withdrawn", "ended")
    opens = Ahead(
        "watch.contract_end",
        of=watch_queries.contracts_watched,
        date="ends_on",
        about="estate",
        gone=watch_queries.why_contract_gone,
    )
    dates = (CONTRACT_END,)
    reads = Reads(situation=watch_queries.watch_situation, terms=watch_queries.watched_terms)

    intention = Submit(
        "到期去留意向",
        by=OWNERS,
        facts=watch_facts.Intention,
        rule=watch_rules.intention_is_told_in_time,
        due=ahead("watch.contract_end", of=CONTRACT_END, rings=False),
    )
    meeting = Submit(
        "合同到期业主大会会议",
        by=ASSEMBLY,
        when=required(watch_rules.MEETING),
        facts=watch_facts.MeetingHeld,
        rule=watch_rules.meeting_was_held,
        due=before(watch_rules.MEETING, of=CONTRACT_END),
    )
    conclusion = Submit(
        "到期预警办结",
        by=SUBDISTRICT,
        facts=watch_facts.WatchConcluded,
        rule=watch_rules.conclusion_fits,
        ends={"done": "done"},
        due=[
            ahead(
                "watch.contract_end",
                of=CONTRACT_END,
                tells=(OWNERS, PROVIDER, COMMUNITY, SUBDISTRICT),
                at_last=(COUNTY,),
            ),
            latest(watch_rules.OWNERS_NOTICE, of=CONTRACT_END, tells=(OWNERS,)),
            latest(watch_rules.PROVIDER_NOTICE, of=CONTRACT_END, tells=(PROVIDER,)),
        ],
    )

    standing = {
        "change_intention": Standing(
            ActSpec("change_intention", "变更去留意向", watch_facts.Intention),
            (OWNERS,),
            watch_rules.intention_is_told_in_time,
        ),
    }


@declared
class InterimWatch(Procedure):
    """临时接管期满预警. 《白山市物业服务人退出及应急服务管理办法》第27、32、33条."""

    code, title, subject = "interim_watch", "临时接管期满预警", "estate"
    parties = (PROVIDER,)
    overseers = (SUBDISTRICT, COUNTY)
    outcomes = ("done", "gone", "moved", "withdrawn", "ended")
    opens = Ahead(
        "watch.emergency_term",
        of=watch_queries.interims_watched,
        date="serves_until",
        about="estate",
        gone=watch_queries.why_interim_gone,
    )
    dates = (SERVICE_END,)
    reads = Reads(situation=watch_queries.watch_situation)

    arrangement = Submit(
        "临时接管期满安排",
        by=SUBDISTRICT,
        facts=watch_facts.InterimConcluded,
        due=ahead(
            "watch.emergency_term",
            of=SERVICE_END,
            tells=(OWNERS, PROVIDER, COMMUNITY, SUBDISTRICT),
            at_last=(COUNTY,),
        ),
        realises="BS-099",
    )


@declared
class NoticeWatch(Procedure):
    """退出在即、接替未定预警. 《民法典》第950条; 《白山市物业服务人退出及应急服务管理办法》第3条."""

    code, title, subject = "notice_watch", "退出在即接替未定预警", "estate"
    parties = (PROVIDER,)
    overseers = (SUBDISTRICT, COUNTY)
    outcomes = ("done", "gone", "moved", "withdrawn", "ended")
    opens = Ahead(
        "watch.notice",
        of=watch_queries.exits_watched,
        date="towards_on",
        about="estate",
        gone=watch_queries.why_exit_gone,
    )
    dates = (EXIT_DAY,)
    reads = Reads(situation=watch_queries.watch_situation)

    fallback = Submit(
        "接替安排",
        by=SUBDISTRICT,
        facts=watch_facts.Fallback,
        rule=watch_rules.fallback_is_ready_in_time,
        due=ahead(
            "watch.notice",
            of=EXIT_DAY,
            tells=(OWNERS, PROVIDER, COMMUNITY, SUBDISTRICT),
            at_last=(COUNTY,),
        ),
    )
