"""What is said when a rehearsal begins or is thrown away."""

from uuid import UUID

from pydantic import Field

from gongzhi.acts.facts import Facts


class BeginRehearsal(Facts):
    """Copy an estate into a cell. With drafts, texts of the place that nobody adopted decide in the copy."""

    estate_id: UUID = Field(title="小区")
    with_drafts: bool = Field(
        title="征求意见稿和未载日期的文本也按已施行演练",
        description="只在演练里这样办；正式系统里这些文本仍不得据以作出决定。",
    )


class DiscardRehearsal(Facts):
    """Throw a copy away, with all that was played in it."""

    rehearsal_id: UUID = Field(title="演练")
