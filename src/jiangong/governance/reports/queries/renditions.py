"""Issues as files: HTML, Word and PDF, each made once from the frozen document and then kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from jiangong.governance.reports.models import Issue
from jiangong.governance.reports.queries.resolving import content_of, document_of
from jiangong.governance.reports.queries.trails import with_annex
from jiangong.governance.reports.rules import layout, titles
from jiangong.governance.reports.rules.blocks import Document, Paragraph, Run
from jiangong.governance.reports.rules.docx import to_docx
from jiangong.governance.reports.rules.html import to_html
from jiangong.governance.reports.rules.pdf import missing_faces, pages_before_colophon, replaced_faces, to_pdf
from jiangong.ground.shared.errors import NotFound
from jiangong.ground.shared.storage import made_once

EDITION = 4
"""Raised when the page makers change what they make of the same document."""


@dataclass(frozen=True, slots=True)
class Form:
    media_type: str
    make: Callable[[Document], bytes]


@dataclass(frozen=True, slots=True)
class Rendition:
    content: bytes
    media_type: str
    name: str


def _html(document: Document) -> bytes:
    context = {
        "title": document.title,
        "body": mark_safe(to_html(document)),  # noqa: S308 — the page maker escapes all that it is given
        "base_url": settings.BASE_URL,
        "layout": layout,
    }
    return render_to_string("reports/documents/issue.html", context).encode()


def _docx(document: Document) -> bytes:
    breaks = pages_before_colophon(document, font_folders=tuple(settings.FONT_FOLDERS))
    return to_docx(document, base_url=settings.BASE_URL, breaks=breaks)


def _pdf(document: Document) -> bytes:
    return to_pdf(document, base_url=settings.BASE_URL, font_folders=tuple(settings.FONT_FOLDERS))


def missing_face_names() -> list[str]:
    """The official faces that no folder of fonts has, so that PDF shows free ones."""
    return [face.name for face in missing_faces(font_folders=tuple(settings.FONT_FOLDERS))]


def replaced_face_names() -> list[str]:
    """方正小标宋简体 → Noto Serif SC: what PDF shows in place of which."""
    replaced = replaced_faces(font_folders=tuple(settings.FONT_FOLDERS))
    return [f"{face.name} → {family}" for face, family in replaced]


FORMS = {
    "html": Form("text/html; charset=utf-8", _html),
    "docx": Form("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "pdf": Form("application/pdf", _pdf),
}


def rendition(*, issue: Issue, form: str) -> Rendition:
    """An issue as a file with its name. Refuses a form that is not made."""
    if form not in FORMS:
        raise NotFound
    title = issue.document["title"]
    if _withdrawn_on(issue):
        title = f"{titles.WITHDRAWN}{title}"
    name = titles.file_name(title=title, number=issue.number, form=form)
    return Rendition(render(issue=issue, form=form), FORMS[form].media_type, name)


def render(*, issue: Issue, form: str) -> bytes:
    """The file's bytes, made from the frozen document; the first line of a withdrawn one says so."""

    def make() -> bytes:
        document = with_annex(document_of(content_of(issue)), issue)
        return FORMS[form].make(_marked(document, _withdrawn_on(issue)))

    return made_once(_path(issue, form), make)


def _withdrawn_on(issue: Issue) -> date | None:
    return timezone.localtime(issue.withdrawal.withdrawn_at).date() if hasattr(issue, "withdrawal") else None


def _marked(document: Document, withdrawn_on: date | None) -> Document:
    if withdrawn_on is None:
        return document
    mark = Paragraph(runs=(Run(titles.withdrawn_mark(withdrawn_on), bold=True),))
    return replace(document, blocks=(mark, *document.blocks))


def _path(issue: Issue, form: str) -> str:
    """What the file depends on beside the document: its withdrawal, where its links lead, and the faces."""
    around = f"{EDITION} {settings.BASE_URL} {reverse('desk:figure', args=['-'])} {settings.FONT_FOLDERS}"
    if withdrawn_on := _withdrawn_on(issue):
        around += f" {withdrawn_on}"
    mark = hashlib.sha256(around.encode()).hexdigest()[:12]
    return f"renditions/reports/{issue.digest[:2]}/{issue.digest}-{mark}.{form}"
