"""Forms in the office's markup, for every Django form (``FORM_RENDERER = "gongkai.office.look.forms.Renderer"``).

What a form adds to Django's own: ``fieldsets = [Fieldset("申请人", ["name", "phone"], columns=2)]``. A page for a
form is ``form_page(request, form, title=…)``, a question before a dangerous act ``confirm_page(…)``.
"""

from gongkai.office.look.forms.fields import ReasonField, ReasonForm
from gongkai.office.look.forms.groups import Fieldset
from gongkai.office.look.forms.pages import confirm_page, form_page
from gongkai.office.look.forms.renderer import Renderer

__all__ = ["Fieldset", "ReasonField", "ReasonForm", "Renderer", "confirm_page", "form_page"]
