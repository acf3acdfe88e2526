from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IdentityConfig(AppConfig):
    name = "jiangong.ground.identity"
    label = "identity"
    verbose_name = _("identity")

    def ready(self) -> None:
        from jiangong.ground.shared import frame

        frame.acts.add(
            frame.Act("factor.add", _("set up a second factor"), "shield-lock"),
            frame.Act("factor.remove", _("removed a second factor"), "shield-lock"),
            frame.Act("factor.codes", _("made new recovery codes"), "shield-lock"),
            frame.Act("factor.use", _("confirmed the sign-in with a second factor"), "shield-check"),
            frame.Act("factor.fail", _("typed a wrong code as second factor"), "alert-triangle"),
            frame.Act("outside.link", _("linked an outside sign-in"), "external-link"),
            frame.Act("outside.unlink", _("unlinked an outside sign-in"), "external-link"),
            frame.Act("factor.reset", _("reset the second factors"), "shield-lock"),
        )
