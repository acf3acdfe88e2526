"""`jiangong backup FILE`: the database and the files that it names, as one archive, while others work."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from jiangong.config.backups import keeping
from jiangong.config.commands.common import Branches, byte_bar, say, say_json
from jiangong.ground.shared import clock


def add_to(branches: Branches) -> None:
    parser = branches.add_parser("backup", help="keep the database and its files in one archive")
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="archive to write, such as /backup/monday.tar"
    )
    parser.add_argument("--with-secret", action="store_true", help="put the secret key in as well")
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """1 when evidence is not whole: the archive is kept all the same, and is as good as the house."""
    with ExitStack() as shown:
        kept = keeping.keep(
            options.file.absolute(),
            with_secret=options.with_secret,
            at=clock.now(),
            started=lambda total: shown.enter_context(byte_bar(what="backup", total=total)).update,
        )
    _tell(kept, options)
    return 1 if kept.faults else 0


def _tell(kept: keeping.Kept, options: argparse.Namespace) -> None:
    manifest = kept.manifest
    if options.json:
        say_json(
            {
                "file": str(options.file),
                "bytes": kept.bytes,
                "vendor": manifest.vendor,
                "made_at": manifest.made_at,
                "books": manifest.books,
                "audit_events": manifest.audit_events,
                "files": manifest.files,
                "with_secret": options.with_secret,
                "faults": kept.faults,
            }
        )
        return
    for sentence in kept.faults:
        say(sentence)
    positions = ", ".join(f"{book['federation']} #{book['position']}" for book in manifest.books) or "-"
    say(f"{options.file}: {kept.bytes} bytes, {manifest.files} files, {positions}")
