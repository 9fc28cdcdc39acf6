"""What a notice offers to the public: by which step it hangs, and who may object."""

from gongzhi.procedures.models import Task
from gongzhi.procedures.view import CaseView
from gongzhi.registry.roles import Role

from .hanging import CHECK
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


def checks_ended(notice: Notice) -> int:
    """How many times somebody has looked whether it hangs as it should: what is reported now belongs to the next."""
    return Task.objects.filter(round_id=notice.round_id, name__startswith=f"{CHECK}:", open=False).count()
