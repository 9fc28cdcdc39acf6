"""The acts of an exit that see to who serves meanwhile: begun without a vote, named anew, on site before the handover.

《白山市…管理办法》第21条.
"""

from collections.abc import Mapping

from gongzhi.procedures.declare import Standing
from gongzhi.procedures.kinds.checklist import ON_THE_SPOT
from gongzhi.procedures.standing import Reason
from gongzhi.procedures.standing_acts import DECIDED
from gongzhi.procedures.terms import ActSpec
from gongzhi.registry.roles import SUBDISTRICT, SUCCESSOR

from .. import facts, queries, rules, urgent
from ..actions import interim as interim_actions

INTERIM_ACTS: Mapping[str, Standing] = {
    "replace_interim": Standing(
        ActSpec("replace_interim", "另行指定临时接管", Reason, posts=DECIDED),
        (SUBDISTRICT,),
        rule=rules.replaced_before_takeover,
        does=interim_actions.replace_interim,
        undoes=interim_actions.interim_undone,
        when=queries.nobody_took_over,
        realises="BS-084",
    ),
    "begin_without_vote": Standing(
        ActSpec("begin_without_vote", "业主尚未决定，启动指定临时接管", Reason, posts=DECIDED),
        (SUBDISTRICT,),
        rule=urgent.interim_is_urgent,
        does=interim_actions.begin_without_vote,
        foretells=urgent.what_begins,
        when=urgent.is_vote_awaited,
        realises="BS-081 BS-082",
    ),
    "enter_early": Standing(
        ActSpec("enter_early", "临时接管单位先行进场", facts.EnteredMeanwhile, pictures=ON_THE_SPOT),
        (SUCCESSOR, SUBDISTRICT),
        rule=urgent.comes_in_need,
        does=interim_actions.enter_early,
        when=urgent.may_come_early,
        realises="BS-081 BS-084",
    ),
}
