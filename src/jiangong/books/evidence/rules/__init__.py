from jiangong.books.evidence.rules.captions import CAPTION_PARTS, Caption
from jiangong.books.evidence.rules.media import (
    EmptyFile,
    FileTooLarge,
    MediaType,
    NotAccepted,
    TwoKindsAtOnce,
    digest_of,
    require_size,
    sniff,
)
from jiangong.books.evidence.rules.pictures import (
    PIXEL_LIMIT,
    NotAPicture,
    Picture,
    TooManyPixels,
    inspect_picture,
    rendition,
)

__all__ = [
    "CAPTION_PARTS",
    "PIXEL_LIMIT",
    "Caption",
    "EmptyFile",
    "FileTooLarge",
    "MediaType",
    "NotAPicture",
    "NotAccepted",
    "Picture",
    "TooManyPixels",
    "TwoKindsAtOnce",
    "digest_of",
    "inspect_picture",
    "rendition",
    "require_size",
    "sniff",
]
