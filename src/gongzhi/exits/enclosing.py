"""What an authority's letter encloses: what its text says is enclosed (附后) has its line under the text (附件)."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from gongzhi.acts.facts import Facts

#: How a letter's text says that something is enclosed.
SAID = "附后"


#: What is enclosed, each on a line of its own.
Attachments = Annotated[
    str, Field(title="附件", description="每行一项；正文写“附后”的，要列在这里", max_length=1000)
]


class Encloses(Facts):
    """A draft with a field `attachments`: what its text says is enclosed is named there."""

    @model_validator(mode="after")
    def _listed(self) -> Self:
        texts = (getattr(self, name) for name in type(self).model_fields if name != "attachments")
        if not getattr(self, "attachments", "").strip() and any(
            isinstance(one, str) and SAID in one for one in texts
        ):
            raise ValueError("正文写了“附后”，请在附件中逐项列出，或者改写正文")
        return self
