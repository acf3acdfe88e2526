"""Files as they are kept: once, whole, put back when lost, and shown smaller than they are."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from jiangong.books.evidence import operations, queries
from jiangong.books.evidence.models import File
from jiangong.books.evidence.rules import PIXEL_LIMIT
from tests.conftest import AT, photo

pytestmark = pytest.mark.django_db


def stored(data: bytes) -> File:
    return operations.store_file(stream=io.BytesIO(data), size=len(data), at=AT)


def content_of(file: File) -> bytes:
    with queries.reading(file) as stream:
        return stream.read()


def test_the_same_content_is_kept_once() -> None:
    assert stored(photo()) == stored(photo())
    assert File.objects.count() == 1


def test_a_file_that_was_lost_is_put_back_when_it_comes_again() -> None:
    data = photo()
    file = stored(data)
    default_storage.delete(queries.path_of(file.sha256))
    assert list(queries.damaged_files()) == [f"evidence file {file.sha256} is missing"]
    stored(data)
    assert content_of(file) == data
    assert list(queries.damaged_files()) == []


def test_a_picture_as_big_as_the_limit_allows_is_shown() -> None:
    side = 8100
    assert side * side > PIXEL_LIMIT
    target = io.BytesIO()
    Image.new("L", (side, side), 200).save(target, "JPEG")
    shown = Image.open(io.BytesIO(queries.rendition(stored(target.getvalue()), longest=320)))
    assert shown.size == (320, 320)
