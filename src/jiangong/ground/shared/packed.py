"""Packed files (.xlsx, .docx): what may come up while one is read that is damaged."""

import lzma
import zipfile
import zlib

DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
    *(RuntimeError, NotImplementedError),  # packed in a way, or locked, that the library does not know
)
