"""Second factors: an authenticator app, recovery codes, passkeys; and who somebody is at an outside provider."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiangong.ground.organization.models import Account


class Authenticator(models.Model):
    """An app that shows a code every half minute. The secret is sealed; `last_step` is the last code that was used."""

    account = models.OneToOneField(Account, models.PROTECT, related_name="authenticator")
    secret = models.CharField(max_length=200)
    last_step = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """Stands in for a lost phone, once. Only its digest is kept."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once"),)


class Passkey(models.Model):
    """A key pair on somebody's own device, opened by finger, face or PIN: both factors in one. Public half only."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="passkeys")
    name = models.CharField(_("name"), max_length=60)
    credential_id = models.CharField(max_length=1400, unique=True)
    public = models.TextField()
    sign_count = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("made_at", "id")


class OutsideIdentity(models.Model):
    """Somebody at an outside provider who may sign in as this account, since its owner said so."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="outside_identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["issuer", "subject"], name="outside_identity_of_one_account"),
            models.UniqueConstraint(fields=["account", "issuer"], name="outside_identity_one_per_account"),
        )
