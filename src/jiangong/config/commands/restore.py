"""`jiangong restore FILE`: a backup into an empty home, proved before, and the books proved after."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jiangong.config import environment
from jiangong.config.backups import archives, databases, restoring
from jiangong.config.backups.archives import Manifest
from jiangong.config.commands import init, verify
from jiangong.config.commands.common import Branches, byte_bar, say
from jiangong.ground.shared.errors import DomainError


class NotConfirmed(DomainError):
    code = "not_confirmed"
    message = gettext_lazy(
        "Nothing was changed: %(name)s was not typed. Type it when asked, or add --yes to --replace."
    )


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("restore", help="put a backup into an empty home, and prove it")
    parser.add_argument("file", type=Path, metavar="FILE", help="archive that `jiangong backup` wrote")
    parser.add_argument("--replace", action="store_true", help="in place of the book that is there")
    parser.add_argument("--yes", action="store_true", help="do not ask before replacing")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 only when the restored books, audit trail, reports and evidence agree."""
    try:
        done = _placed(options)
    except BaseException:
        environment.forget_made_keys()
        raise
    agrees = False
    try:
        init.migrate()
        status = verify.run(argparse.Namespace(without_files=False, json=options.json))
        agrees = status == 0
    finally:
        _finish(done, agrees=agrees, quiet=options.json)
    return status


def _placed(options: argparse.Namespace) -> restoring.Restored:
    """Refused, or put in place; what is refused leaves nothing behind, not even the key of a home just begun."""
    path = options.file.absolute()
    size = path.stat().st_size if path.is_file() else 0
    with byte_bar(what="reading", total=size) as shown:
        manifest = archives.proved(path, tick=shown.update)
    restoring.require_fits(path, manifest)
    databases.require_tools()
    if options.replace:
        _require_confirmed(manifest, sure=options.yes)
    else:
        restoring.require_free()
    databases.require_unused()
    with byte_bar(what="writing", total=size) as shown:
        return restoring.restore(path, tick=shown.update)


def _require_confirmed(manifest: Manifest, *, sure: bool) -> None:
    name = restoring.federation_there() or manifest.federation
    if sure:
        return
    asked = _("Type %(name)s to replace it with the backup: ") % {"name": name}
    if not os.isatty(0) or input(asked).strip() != name:
        raise NotConfirmed(name=name)


def _finish(done: restoring.Restored, *, agrees: bool, quiet: bool) -> None:
    if agrees:
        done.forget_before()
    if quiet:
        return
    for kept in () if agrees else done.kept_before():
        say(_("What was there before is kept in %(place)s.") % {"place": kept})
    if not done.with_secret:
        say(_("The secret key is not in this backup. Put secret.key back from where you keep it."))
