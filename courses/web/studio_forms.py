"""What the studio's forms share."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LANGUAGE_NAMES: dict[str, str | Promise] = {
    "vi": _("Vietnamese"),
    "en": _("English"),
    "de": _("German"),
}
