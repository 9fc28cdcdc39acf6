"""Django forms of Facts classes: `form_of(kind, ...)` builds one, `.facts()` reads it back.

What is asked, in which bounds and which words stands in the Facts class alone; Django's own fields and widgets do the
parsing, the class decides.
"""

from .facts_form import FactsForm, form_of

__all__ = ["FactsForm", "form_of"]
