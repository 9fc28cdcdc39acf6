"""The declarations of this room: for now the watch of a committee's term."""

from gongzhi.procedures.catalogue import declared
from gongzhi.procedures.declare import Ahead, Procedure
from gongzhi.procedures.kinds import Submit
from gongzhi.procedures.reads import Reads
from gongzhi.procedures.terms import NamedDate, ahead, before
from gongzhi.procedures.watching import watched_on
from gongzhi.registry.roles import COMMUNITY, COUNTY, OWNERS, SUBDISTRICT

from . import facts, queries, rules

TERM_END = NamedDate("term_end", "任期届满日", watched_on)


@declared
class CommitteeWatch(Procedure):
    """业主委员会任期届满预警. 《业主大会和业主委员会指导规则》第47条; 《绍兴市物业管理条例》第24条."""

    code, title, subject = "committee_watch", "业主委员会任期届满预警", "estate"
    overseers = (SUBDISTRICT, COUNTY)
    outcomes = ("done", "gone", "moved", "withdrawn", "ended")
    opens = Ahead(
        "watch.committee_term",
        of=queries.terms_watched,
        date="ends_on",
        about="committee__estate",
        gone=queries.why_term_gone,
    )
    dates = (TERM_END,)
    reads = Reads(situation=queries.term_situation)

    restart = Submit(
        "换届启动",
        by=SUBDISTRICT,
        facts=facts.ReelectionStarted,
        rule=rules.reelection_has_begun,
        due=before(rules.REELECTION, of=TERM_END),
        marks="restarted",
        realises="SL-013 SL-112",
    )
    conclusion = Submit(
        "换届结果",
        by=SUBDISTRICT,
        facts=facts.TermConcluded,
        rule=rules.conclusion_fits,
        ends={"done": "done"},
        due=ahead(
            "watch.committee_term", of=TERM_END, tells=(OWNERS, COMMUNITY, SUBDISTRICT), at_last=(COUNTY,)
        ),
    )
