"""What stands around in the scenes."""

from __future__ import annotations

from jiangong.config.example.pictures.sketch import (
    EDGE,
    GOLD,
    HEIGHT,
    RED,
    WHITE,
    WIDTH,
    Colour,
    Sketch,
    darker,
    hue,
    lighter,
    mix,
)

BOOKS = tuple(map(hue, (0xB23A48, 0x3D5A80, 0xE0A458, 0x588157, 0x6D597A, 0xD9D2C5, 0x8D5B4C, 0x4F7CAC)))
HOUSES = tuple(map(hue, (0xE7D8C3, 0xD5C3AA, 0xC9D3D8, 0xE3C9B5, 0xB9C4C9, 0xD8CFC4, 0xC7B7A3)))
SIGNS = tuple(map(hue, (0x2A6F97, 0x8C2F39, 0x386641, 0x6F4E37, 0x1D3557, 0xB5651D)))
WOODS = tuple(map(hue, (0x8B5E3C, 0xA9744F, 0x6F4A34, 0xBF9270)))
SKIES = ((0xA9D2EE, 0xE9F4FA), (0x8EC1E6, 0xDDEEF8), (0xC3D5E0, 0xF0F1EC), (0x9CC7D9, 0xF6EBDD))


def banner(s: Sketch, x: float, y: float, w: float, h: float, *, caption: str, ropes: bool = True) -> None:
    """A red cloth with the caption; `x`, `y` is its upper left corner."""
    x, w = max(x, EDGE + 14), min(w, WIDTH - 2 * EDGE - 28)
    x = min(x, WIDTH - EDGE - 14 - w)
    if ropes:
        for side in (x, x + w):
            for end in (y, y + h):
                outward = -26 if side == x else 26
                s.line([(side, end), (side + outward, end + (-16 if end == y else 16))], hue(0xEFE7DA), 1.6)
    s.rect(x, y + 4, w, h, darker(RED, 0.45))
    s.rect(x, y, w, h, RED)
    s.rect(x, y, w, h * 0.07, lighter(RED, 0.18))
    s.rect(x, y + h * 0.93, w, h * 0.07, darker(RED, 0.18))
    s.write(
        x + w / 2, y + h / 2, caption, size=h * 0.58, fill=s.chance.choice((GOLD, WHITE)), width=w - h * 0.8
    )


def sky(s: Sketch, horizon: float) -> None:
    top, bottom = map(hue, s.chance.choice(SKIES))
    if s.month in {12, 1, 2}:
        top, bottom = mix(top, hue(0xC9CFD6), 0.5), mix(bottom, hue(0xECECEA), 0.5)
    s.fade(0, horizon + 4, top, bottom)
    for _ in range(s.chance.randint(0, 3)):
        x, y, size = s.vary(60, 900), s.vary(40, 150), s.vary(22, 44)
        for step in (-1.2, -0.4, 0.5, 1.3):
            s.oval(x + step * size, y + abs(step) * size * 0.18, size, size * 0.42, lighter(bottom, 0.6))


def leaves(s: Sketch) -> Colour:
    if s.month in {3, 4, 5}:
        return s.pick(tuple(map(hue, (0x8CB369, 0x9BC178, 0xE7B7C8, 0x7FAE6A))))
    if s.month in {6, 7, 8}:
        return s.pick(tuple(map(hue, (0x4F8A4B, 0x3F7D4E, 0x5B9152))))
    if s.month in {9, 10, 11}:
        return s.pick(tuple(map(hue, (0xD9A441, 0xC9803B, 0x94A34F, 0xB4622D))))
    return s.pick(tuple(map(hue, (0x6B7F5B, 0x7B8468, 0x8A8370))))


def tree(s: Sketch, x: float, foot: float, h: float) -> None:
    trunk, crown = s.pick(tuple(map(hue, (0x7A5A43, 0x6B4F3F)))), leaves(s)
    s.poly(
        [
            (x - h * 0.035, foot),
            (x - h * 0.02, foot - h * 0.6),
            (x + h * 0.02, foot - h * 0.6),
            (x + h * 0.035, foot),
        ],
        trunk,
    )
    s.rect(x - h * 0.035, foot - h * 0.16, h * 0.07, h * 0.16, hue(0xEDE9E1))
    spots = [
        (0.0, 0.72, 0.22),
        (-0.16, 0.62, 0.16),
        (0.17, 0.61, 0.16),
        (-0.08, 0.86, 0.15),
        (0.1, 0.83, 0.14),
    ]
    for dx, dy, r in spots:
        s.disc(x + dx * h + s.vary(-3, 3), foot - dy * h, r * h, darker(crown, 0.12))
    for dx, dy, r in spots:
        s.disc(x + dx * h - r * h * 0.16, foot - dy * h - r * h * 0.14, r * h * 0.78, crown)
    s.disc(x - h * 0.1, foot - h * 0.82, h * 0.07, lighter(crown, 0.22))


def house(s: Sketch, x: float, foot: float, w: float, h: float) -> None:
    wall = s.pick(HOUSES)
    s.rect(x, foot - h, w, h, wall)
    s.rect(x - 3, foot - h - 8, w + 6, 10, darker(wall, 0.25))
    glass, columns, rows = (
        mix(hue(0x8FB3C7), wall, s.vary(0, 0.4)),
        max(2, int(w // 46)),
        max(1, int(h // 58)),
    )
    for column in range(columns):
        for row in range(rows):
            left, top = x + (column + 0.22) * w / columns, foot - h + 18 + row * (h - 20) / rows
            s.rect(left, top, w / columns * 0.56, (h - 20) / rows * 0.55, glass)
            s.rect(left, top, w / columns * 0.56, 3, WHITE)


def shop(s: Sketch, x: float, foot: float, w: float, h: float) -> None:
    wall, sign = s.pick(HOUSES), s.pick(SIGNS)
    s.rect(x, foot - h, w, h, darker(wall, 0.08))
    s.rect(x + 4, foot - h + 8, w - 8, h * 0.24, sign, radius=3)
    for place in range(s.chance.randint(3, 4)):
        s.rect(
            x + w * (0.2 + place * 0.16),
            foot - h + 8 + h * 0.06,
            w * 0.1,
            h * 0.12,
            mix(sign, WHITE, 0.85),
            radius=2,
        )
    s.rect(x + w * 0.08, foot - h * 0.6, w * 0.5, h * 0.48, hue(0xBFD7E2))
    s.poly(
        [
            (x + w * 0.12, foot - h * 0.2),
            (x + w * 0.3, foot - h * 0.6),
            (x + w * 0.42, foot - h * 0.6),
            (x + w * 0.24, foot - h * 0.2),
        ],
        hue(0xD6E6EE),
    )
    s.rect(x + w * 0.66, foot - h * 0.62, w * 0.26, h * 0.62, darker(sign, 0.3))
    s.rect(x + w * 0.69, foot - h * 0.58, w * 0.2, h * 0.5, hue(0xA9C6D4))
    stripes = 8
    for stripe in range(stripes):
        colour = WHITE if stripe % 2 else sign
        left = x + stripe * w / stripes
        s.poly(
            [
                (left, foot - h * 0.68),
                (left + w / stripes, foot - h * 0.68),
                (left + w / stripes + 2, foot - h * 0.57),
                (left + 2, foot - h * 0.57),
            ],
            colour,
        )


def plant(s: Sketch, x: float, foot: float, h: float) -> None:
    green = s.pick(tuple(map(hue, (0x4E8B57, 0x3F7A4F, 0x6A9E5B))))
    for lean in (-0.42, -0.24, -0.08, 0.1, 0.26, 0.44):
        tip = (x + lean * h, foot - h * (1 - abs(lean) * 0.55))
        s.poly(
            [
                (x - h * 0.03, foot - h * 0.3),
                (x + lean * h * 0.4 - h * 0.06, foot - h * 0.62),
                tip,
                (x + lean * h * 0.6 + h * 0.05, foot - h * 0.55),
                (x + h * 0.03, foot - h * 0.3),
            ],
            darker(green, abs(lean) * 0.5),
        )
    pot = s.pick(tuple(map(hue, (0xC96F4A, 0xEFEBE4, 0x6E7F8D))))
    s.poly(
        [
            (x - h * 0.17, foot - h * 0.34),
            (x + h * 0.17, foot - h * 0.34),
            (x + h * 0.12, foot),
            (x - h * 0.12, foot),
        ],
        pot,
    )
    s.rect(x - h * 0.19, foot - h * 0.36, h * 0.38, h * 0.06, darker(pot, 0.12))


def window(s: Sketch, x: float, y: float, w: float, h: float) -> None:
    s.rect(x - 6, y - 6, w + 12, h + 12, hue(0xF3F1EC))
    light = s.pick(tuple(map(hue, (0xCFE6F3, 0xDDEBF0, 0xF3E9D2))))
    s.rect(x, y, w, h, light)
    green = leaves(s)
    for step in range(3):
        s.cut(x + w * (0.2 + step * 0.3), y + h, w * 0.2, h * s.vary(0.2, 0.4), mix(green, light, 0.35))
    s.rect(x + w / 2 - 2, y, 4, h, hue(0xF3F1EC))
    s.rect(x, y + h * 0.36, w, 4, hue(0xF3F1EC))
    cloth = s.pick(tuple(map(hue, (0xD9C7A8, 0xA8B8C0, 0xC6A5A0, 0xB9C2A5))))
    for left in (x - 16, x + w - w * 0.12):
        s.rect(left, y - 14, w * 0.12 + 16, h + 26, cloth)
        s.rect(left + (w * 0.12 + 16) * 0.45, y - 14, 4, h + 26, darker(cloth, 0.12))


def room(s: Sketch, *, wall: Colour, floor: Colour, horizon: float) -> None:
    s.fade(0, horizon, lighter(wall, 0.18), wall)
    s.fade(horizon, HEIGHT - horizon, lighter(floor, 0.08), darker(floor, 0.14))
    s.rect(0, horizon - 9, WIDTH, 9, darker(wall, 0.2))


def shelf(s: Sketch, x: float, y: float, w: float, h: float) -> None:
    wood = s.pick(WOODS)
    s.rect(x, y, w, h, darker(wood, 0.35))
    rows = max(2, int(h // 62))
    for row in range(rows):
        top, height = y + row * h / rows + 6, h / rows - 12
        left = x + 8
        while left < x + w - 18:
            thick = s.vary(11, 20)
            tall = height * s.vary(0.62, 0.95)
            s.rect(left, top + height - tall, thick - 1.5, tall, s.chance.choice(BOOKS))
            left += thick + (s.vary(8, 26) if s.chance.random() < 0.1 else 0)
        s.rect(x, top + height, w, 8, wood)
    for side in (x, x + w - 7):
        s.rect(side, y, 7, h, wood)
    s.rect(x - 4, y - 6, w + 8, 9, lighter(wood, 0.12))


def slide(s: Sketch, x: float, y: float, w: float, h: float) -> None:
    """A projected page: a heading, lines, and a chart or a picture."""
    s.rect(x - 7, y - 7, w + 14, h + 14, hue(0x2B2F36))
    ground = s.pick(tuple(map(hue, (0xF7F9FB, 0xEAF2F8, 0xFBF4EA, 0x1F4E79, 0x9B1B30))), jitter=0.06)
    ink = WHITE if sum(ground) < 380 else hue(0x3A4A5A)
    s.rect(x, y, w, h, ground)
    s.rect(x, y, w, h * 0.15, RED if sum(ground) > 380 else lighter(ground, 0.15))
    s.rect(x + w * 0.06, y + h * 0.05, w * s.vary(0.35, 0.6), h * 0.05, WHITE)
    for row in range(s.chance.randint(3, 5)):
        s.rect(
            x + w * 0.06,
            y + h * (0.27 + row * 0.13),
            w * s.vary(0.26, 0.42),
            h * 0.045,
            mix(ink, ground, 0.35),
        )
    if s.chance.random() < 0.5:
        for column in range(4):
            tall = h * s.vary(0.15, 0.5)
            s.rect(
                x + w * (0.56 + column * 0.1), y + h * 0.86 - tall, w * 0.065, tall, s.chance.choice(BOOKS)
            )
    else:
        s.rect(
            x + w * 0.55,
            y + h * 0.27,
            w * 0.38,
            h * 0.56,
            s.pick(tuple(map(hue, (0xBFD8E6, 0xDCE8C8, 0xF0D9B5)))),
        )
        s.poly(
            [(x + w * 0.55, y + h * 0.83), (x + w * 0.68, y + h * 0.45), (x + w * 0.78, y + h * 0.83)],
            hue(0x6C9A6B),
        )
        s.poly(
            [(x + w * 0.7, y + h * 0.83), (x + w * 0.82, y + h * 0.55), (x + w * 0.93, y + h * 0.83)],
            hue(0x557F62),
        )


def cup(s: Sketch, x: float, foot: float, size: float) -> None:
    s.rect(x - size * 0.4, foot - size, size * 0.8, size, hue(0xFAFAF7), radius=size * 0.15)
    s.rect(x - size * 0.45, foot - size * 1.12, size * 0.9, size * 0.2, hue(0xDDE3E6), radius=size * 0.08)
    s.rect(x - size * 0.4, foot - size * 0.55, size * 0.8, size * 0.12, hue(0x7FA3C4))


def book(s: Sketch, x: float, y: float, size: float) -> None:
    """Open on a table."""
    cover = s.chance.choice(BOOKS)
    s.poly(
        [
            (x - size, y - size * 0.1),
            (x, y + size * 0.16),
            (x + size, y - size * 0.1),
            (x + size * 0.9, y - size * 0.55),
            (x, y - size * 0.36),
            (x - size * 0.9, y - size * 0.55),
        ],
        cover,
    )
    for side in (-1, 1):
        s.poly(
            [
                (x + side * size * 0.92, y - size * 0.16),
                (x, y + size * 0.08),
                (x, y - size * 0.36),
                (x + side * size * 0.84, y - size * 0.54),
            ],
            hue(0xFBF8F1),
        )


def gift(s: Sketch, x: float, y: float, size: float) -> None:
    """A red box with a golden ribbon, its middle at (x, y)."""
    colour = s.pick(tuple(map(hue, (0xD7263D, 0xB3202E, 0xE4572E))))
    s.rect(x - size * 0.6, y - size * 0.45, size * 1.2, size * 0.9, colour, radius=3)
    s.rect(x - size * 0.09, y - size * 0.45, size * 0.18, size * 0.9, GOLD)
    s.rect(x - size * 0.6, y - size * 0.1, size * 1.2, size * 0.16, GOLD)
    s.oval(x - size * 0.18, y - size * 0.52, size * 0.18, size * 0.1, GOLD)
    s.oval(x + size * 0.18, y - size * 0.52, size * 0.18, size * 0.1, GOLD)


def flowers(s: Sketch, x: float, foot: float, w: float) -> None:
    step = 0.0
    while step < w:
        s.oval(x + step, foot - 6, 15, 11, s.pick(tuple(map(hue, (0x4E8B57, 0x3F7A4F)))))
        step += 18
    step = 4.0
    while step < w:
        s.disc(
            x + step,
            foot - s.vary(8, 20),
            s.vary(5, 8),
            s.pick(tuple(map(hue, (0xE63946, 0xF4A6B5, 0xF9C74F, 0xFFFFFF)))),
        )
        step += s.vary(10, 16)
