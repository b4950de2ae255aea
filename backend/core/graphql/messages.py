"""What the doors say to people; what only a developer can cause is said in English where it happens."""

from django.utils.translation import gettext_lazy as _

WENT_WRONG = _("Something went wrong on our side. Try again; if it stays, tell us the number below.")
TOOK_TOO_LONG = _("This took too long. Try again in a moment.")
TOO_BUSY = _("Too many people are here at once. Try again in a moment.")
OUT_OF_DATE = _("This page is out of date. Reload it and try again.")
TOO_MUCH = _("Too much at once. Wait a moment and try again.")
