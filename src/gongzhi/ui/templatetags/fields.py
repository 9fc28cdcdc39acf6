"""Forms of facts on a page: `{% load fields %}{% facts_form form %}`."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongzhi.accounts import unsent
from gongzhi.ui.forms.facts_form import ADD, FactsForm, Paper, RowForm, paper_name
from gongzhi.ui.forms.fields import MoneyField

register = template.Library()


@register.inclusion_tag("ui/forms/_facts.html")
def facts_form(form: FactsForm) -> dict[str, Any]:
    """The list of errors, the fields, the rows and the papers of a form. The page brings `<form>` and buttons.

    `<form method="post" novalidate>`, with `enctype="multipart/form-data"` where the form has papers.
    """
    return {"form": form, "mistakes": list(form.mistakes()), "add_name": form.add_prefix(ADD)}


@register.inclusion_tag("ui/forms/_facts.html")
def plain_form(form: forms.Form) -> dict[str, Any]:
    """A Django form that is no form of facts, in the same clothes."""
    wrong = [("", "", str(words)) for words in form.non_field_errors()] if form.is_bound else []
    for bound in form if form.is_bound else ():
        wrong += [(f"box_{bound.auto_id}", str(bound.label), str(words)) for words in bound.errors]
    return {"form": form, "mistakes": wrong}


@register.simple_tag(takes_context=True)
def whose_form(context: Context) -> SafeString:
    """Says in a form who fills it in, so that it is not lost where the session ends meanwhile."""
    user = context["request"].user
    field = '<input type="hidden" name="{}" value="{}">'
    return format_html(field, unsent.BY, unsent.mark(user.pk)) if user.is_authenticated else SafeString("")


@register.filter
def is_boxes(field: BoundField) -> bool:
    """Whether a field's choices are shown as boxes."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether it is one box to tick."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def unit_of(field: BoundField) -> str:
    """The unit that stands behind the field."""
    if isinstance(field.field, MoneyField):
        return "元"
    return "㎡" if isinstance(field.field, forms.DecimalField) and "area" in field.name else ""


@register.filter
def when_needed(form: forms.BaseForm, name: str) -> str:
    """When a field that may stay empty has to be filled in; that it may be left out, where there is no such case."""
    need = form.needs.get(name) if isinstance(form, FactsForm) else None
    return f"“{need.words}”时才填" if need is not None else "可不填"


@register.filter
def kept_file(form: forms.BaseForm, name: str) -> tuple[str, str] | None:
    """Id and name of the file that is stored already for a paper's field."""
    papers = form.papers if isinstance(form, FactsForm) else ()
    return next((paper.kept for paper in papers if name == f"paper-{paper.code}"), None)


@register.filter
def photograph(form: forms.BaseForm, name: str) -> Paper | None:
    """The photograph a field asks for; None where it asks for something else."""
    papers = form.papers if isinstance(form, FactsForm) else ()
    return next((paper for paper in papers if paper.is_photograph and name == paper_name(paper.code)), None)


__all__ = [
    "RowForm",
    "facts_form",
    "is_boxes",
    "is_tick",
    "kept_file",
    "photograph",
    "plain_form",
    "unit_of",
    "whose_form",
]
