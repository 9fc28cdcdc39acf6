"""The kinds of step: each says its tasks, its acts and its outcomes, and nothing else. Publish lives in notices/."""

from .checklist import Checklist
from .child import Child
from .file import File
from .issue import Issue
from .review import Review
from .submit import Submit

__all__ = ["Checklist", "Child", "File", "Issue", "Review", "Submit"]
