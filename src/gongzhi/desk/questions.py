"""A form asked one question a screen: which are there, which is asked now, what the others were answered."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField

from gongzhi.ui.forms import FactsForm
from gongzhi.ui.forms.facts_form import paper_name

from .deeds import Shown


@dataclass(frozen=True)
class Asked:
    """The question of a screen; `number` counts from 0."""

    page: Shown
    number: int

    @property
    def fields(self) -> list[BoundField]:
        """Every question that says something beside the answers so far.

        Photographs come first, then the rest in the order of the form.
        """
        form: FactsForm = self.page.form
        shots = [paper_name(paper.code) for paper in form.papers if paper.is_photograph]
        rest = [name for name in form.fields if name not in shots and form.is_asked(name)]
        return [form[name] for name in (*shots, *rest)]

    @property
    def field(self) -> BoundField:
        """The question asked now."""
        return self.fields[self.number]

    @property
    def others(self) -> list[BoundField]:
        """What is carried along unseen; files are stored already, and what is not asked any more is let go."""
        shots = {paper_name(paper.code) for paper in self.page.form.papers}
        return [one for one in self.fields if one.name not in shots and one.name != self.field.name]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.fields)

    @property
    def of_the_whole(self) -> list[str]:
        """What is wrong with no answer alone."""
        form: FactsForm = self.page.form
        return [str(sentence) for sentence in form.non_field_errors()] if form.is_bound else []

    @property
    def is_last(self) -> bool:
        """Whether the form can be sent from here."""
        return self.number == self.count - 1

    @property
    def first_mistake(self) -> int:
        """The first question whose answer cannot stay; this one where all can."""
        wrong = (number for number, one in enumerate(self.fields) if one.errors)
        return next(wrong, self.number)
