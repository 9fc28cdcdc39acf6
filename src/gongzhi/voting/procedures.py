"""The joint decision as one recorded step."""

from gongzhi.procedures.catalogue import declared
from gongzhi.procedures.declare import Procedure
from gongzhi.procedures.reads import Reads
from gongzhi.registry.roles import ASSEMBLY, COUNTY, SUBDISTRICT
from gongzhi.values.exchange import VoteAsked, VoteTold

from . import actions, papers, queries, rules
from .facts import VoteResult
from .recording import RecordResult


@declared
class JointDecision(Procedure):
    """业主共同决定. 《民法典》第278条."""

    code, title, subject = "joint_decision", "业主共同决定", "estate"
    overseers = (SUBDISTRICT, COUNTY)
    volume_by = ASSEMBLY
    stands = True
    outcomes = ("done", queries.FAILED, "withdrawn", "ended")
    takes, result = VoteAsked, VoteTold
    reads = Reads(situation=queries.vote_situation, gives=queries.told, ends_as=queries.ends_as)

    record = RecordResult(
        "记录表决结果",
        by=ASSEMBLY,
        facts=VoteResult,
        rule=rules.is_recorded,
        writes=actions.keep_result,
        marks="decided",
        realises="BS-017 BS-038",
        makes=(papers.RESULT, papers.MINUTES),
    )
