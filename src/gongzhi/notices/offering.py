"""What a notice offers to the public: by which step it hangs, and who may object."""

from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import Role

from .models import Notice
from .publish import Publish


def step_of(notice: Notice) -> Publish | None:
    """The declaration the notice hangs by; `case` and `round__step` should be selected with it."""
    found = CaseView(notice.case).declaration.step(notice.round.step.code)
    return found if isinstance(found, Publish) else None


def objectors_of(notice: Notice) -> tuple[Role, ...]:
    """Who may object."""
    step = step_of(notice)
    return step.objectors if step is not None else ()
