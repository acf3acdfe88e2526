"""The mark on sentences that people read, for rules, which import no framework themselves."""

from django.utils.translation import gettext, gettext_lazy

__all__ = ["gettext", "gettext_lazy"]
