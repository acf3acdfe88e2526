"""What really applies to a run or a paragraph: direct, then character style, paragraph style and those it is based on,
then the document's defaults; faces of the theme looked up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
DEEPEST: Final = 20
MOST_PROPERTIES: Final = 300
"""Three times as many as there are. They are laid over one another for every run."""
NESTED: Final = frozenset({"pBdr", "tabs", "numPr", "sectPr", "rPr", "pPrChange", "rPrChange"})

Properties = dict[str, str]
"""`ind.left`, `rFonts.eastAsia`, `jc.val`…: element and attribute, as the file writes them."""


def q(name: str) -> str:
    return f"{{{W}}}{name}"


def local(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def value(element: etree._Element | None, name: str = "val", default: str = "") -> str:
    return default if element is None else str(element.get(q(name), default))


def flat(properties: etree._Element | None) -> Properties:
    """An element such as `w:pPr` as a dictionary. A switch without a value is on."""
    found: Properties = {}
    for child in properties if properties is not None else ():
        if len(found) > MOST_PROPERTIES:
            break
        name = local(child)
        if name == "pBdr":
            for side in child:
                found |= {f"{local(side)}Border.{key}": text for key, text in _attributes(side)}
        elif name == "numPr":
            found |= {f"numPr.{local(part)}": value(part) for part in child}
        elif name not in NESTED:
            attributes = _attributes(child)
            found |= {f"{name}.{key}": text for key, text in attributes} or {f"{name}.val": "1"}
    return found


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return [(etree.QName(name).localname, str(text)) for name, text in element.attrib.items()]


def over(below: Properties, above: Properties) -> Properties:
    """`above` laid over `below`: a face by name ends one by theme, a hanging indent a first line's."""
    kept = dict(below)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        if f"rFonts.{script}" in above:
            kept.pop(f"rFonts.{script}Theme", None)
    for one, other in (("hanging", "firstLine"), ("firstLine", "hanging")):
        if f"ind.{one}" in above or f"ind.{one}Chars" in above:
            kept.pop(f"ind.{other}", None)
            kept.pop(f"ind.{other}Chars", None)
    return kept | above


class Styles:
    """The styles of a file, each resolved once."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None) -> None:
        self._styles: dict[str, etree._Element] = {}
        self._default = ""
        self._run_defaults: Properties = {}
        self._paragraph_defaults: Properties = {}
        if styles is not None:
            self._read(styles)
        self._theme = _theme_faces(theme)
        self._kept: dict[tuple[str, str], Properties] = {}

    def _read(self, styles: etree._Element) -> None:
        for style in styles.findall(q("style")):
            name = value(style, "styleId")
            self._styles[name] = style
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true", "on"}:
                self._default = name
        defaults = styles.find(q("docDefaults"))
        if defaults is not None:
            self._run_defaults = flat(defaults.find(f"{q('rPrDefault')}/{q('rPr')}"))
            self._paragraph_defaults = flat(defaults.find(f"{q('pPrDefault')}/{q('pPr')}"))

    def paragraph(self, properties: etree._Element | None) -> Properties:
        style = value(properties.find(q("pStyle")) if properties is not None else None) or self._default
        return over(over(self._paragraph_defaults, self._chain(style, "pPr")), flat(properties))

    def run(self, paragraph: etree._Element | None, run: etree._Element | None) -> Properties:
        style = value(paragraph.find(q("pStyle")) if paragraph is not None else None) or self._default
        own = value(run.find(q("rStyle")) if run is not None else None)
        below = over(self._run_defaults, self._chain(style, "rPr"))
        return over(over(below, self._chain(own, "rPr")), flat(run))

    def face(self, properties: Properties, script: str) -> str:
        """The face for a script: `eastAsia` or `ascii`; by theme where the file says so."""
        theme = properties.get(f"rFonts.{script}Theme", "")
        return self._theme.get(theme, "") or properties.get(f"rFonts.{script}", "")

    def _chain(self, style: str, kind: str) -> Properties:
        known = self._kept.get((style, kind))
        if known is None:
            known = {}
            for one in reversed(list(self._ancestry(style))):
                known = over(known, flat(one.find(q(kind))))
            self._kept[style, kind] = known
        return known

    def _ancestry(self, style: str) -> Iterable[etree._Element]:
        seen: set[str] = set()
        while style in self._styles and style not in seen and len(seen) < DEEPEST:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style].find(q("basedOn")))


def _theme_faces(theme: etree._Element | None) -> dict[str, str]:
    """`minorEastAsia`, `majorAscii`… → face."""
    if theme is None:
        return {}
    found: dict[str, str] = {}
    for kind, tag in (("major", "majorFont"), ("minor", "minorFont")):
        fonts = next(theme.iter(f"{{{A}}}{tag}"), None)
        if fonts is None:
            continue
        han = [font.get("typeface", "") for font in fonts if font.get("script") == "Hans"]
        east = _typeface(fonts, "ea") or (han[0] if han else "")
        latin = _typeface(fonts, "latin")
        found |= {f"{kind}EastAsia": east, f"{kind}Ascii": latin, f"{kind}HAnsi": latin}
    return {name: str(face) for name, face in found.items() if face}


def _typeface(fonts: etree._Element, tag: str) -> str:
    found = fonts.find(f"{{{A}}}{tag}")
    return "" if found is None else str(found.get("typeface", ""))
