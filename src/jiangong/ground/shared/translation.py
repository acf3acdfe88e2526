"""The mark on sentences that people read, for rules, which import no framework themselves."""

from django.utils.translation import gettext_lazy

__all__ = ["gettext_lazy"]
