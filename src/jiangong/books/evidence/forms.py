"""Captions, and the files that come with them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from jiangong.books.evidence.models import Exhibit
from jiangong.books.evidence.rules import CAPTION_PARTS, Caption


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files in one field; what they are is told later, by their content."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = (data if isinstance(data, list | tuple) else [data]) or [None]
        return [super(ManyFilesField, self).clean(file, initial) for file in files if file or self.required]


class CaptionForm(forms.ModelForm[Exhibit]):
    class Meta:
        model = Exhibit
        fields = tuple(CAPTION_PARTS)

    @property
    def caption(self) -> Caption:
        return Caption(**{part: self.cleaned_data.get(part, "") for part in CAPTION_PARTS})


class FilesForm(forms.Form):
    chosen = ManyFilesField(allow_empty_file=True)  # refused by itself, beside the others
