"""Scenes in the street: desk, clean-up, banner."""

from __future__ import annotations

from jiangong.config.example.pictures import people, things
from jiangong.config.example.pictures.sketch import (
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

GROUNDS = tuple(map(hue, (0xC9C3B8, 0xBDBFBE, 0xD3C6B0, 0xB5B9B0, 0xC4B5A2)))
WALLS = tuple(map(hue, (0xE8DFD0, 0xD9D2C6, 0xC8D0D2, 0xE3D1BD, 0xB8C4BC)))


def _street(s: Sketch, horizon: float) -> Colour:
    """Sky, houses, ground. Returns the ground's colour."""
    things.sky(s, horizon)
    x = s.vary(-60, 0)
    while x < WIDTH:
        wide = s.vary(110, 220)
        if s.chance.random() < 0.82:
            things.house(s, x, horizon, wide, s.vary(0.35, 0.85) * horizon)
        x += wide + s.vary(-4, 40)
    ground = s.pick(GROUNDS)
    s.fade(horizon, HEIGHT - horizon, lighter(ground, 0.12), darker(ground, 0.1))
    return ground


def _paving(s: Sketch, horizon: float, ground: Colour) -> None:
    middle = s.vary(300, 660)
    for place in range(-7, 8):
        s.line(
            [(middle + place * 60, horizon), (middle + place * 260, HEIGHT)],
            darker(ground, 0.09),
            2,
            capped=False,
        )
    y, step = horizon + 18, 16.0
    while y < HEIGHT:
        s.rect(0, y, WIDTH, 2, darker(ground, 0.09))
        y, step = y + step, step * 1.35


def _trees(s: Sketch, foot: float, *, count: int, low: float, high: float) -> None:
    for place in range(count):
        things.tree(s, (place + s.vary(0.15, 0.85)) * WIDTH / count, foot + s.vary(-6, 10), s.vary(low, high))


def desk(s: Sketch, caption: str) -> None:
    horizon = s.vary(350, 410)
    ground = _street(s, horizon)
    _paving(s, horizon, ground)
    _trees(s, horizon + 12, count=s.chance.randint(2, 4), low=190, high=280)
    foot, wide = horizon + s.vary(150, 190), s.vary(480, 600)
    left = s.vary(90, 170) if s.chance.random() < 0.5 else (WIDTH - wide) / 2 + s.vary(-30, 60)
    on_table = s.chance.random() < 0.5
    _tent(s, left, foot, wide, horizon - s.vary(170, 210))
    helpers = s.chance.randint(3, 5)
    for place in range(helpers):
        x = left + 30 + (place + 0.5) * (wide - 60) / helpers
        people.bust(
            s, x, foot - s.vary(176, 192), s.vary(27, 30), people.look(s, vest=True), turned=s.vary(-0.8, 0.8)
        )
    _stall(s, left, foot, wide)
    if on_table:
        things.banner(s, left - 10, foot - 84, wide + 20, 58, caption=caption, ropes=False)
    else:
        things.banner(s, s.vary(110, 190), s.vary(50, 84), s.vary(560, 680), s.vary(52, 62), caption=caption)
    _residents(s, left, foot, wide, shade=darker(ground, 0.25))


def _residents(s: Sketch, left: float, foot: float, wide: float, *, shade: Colour) -> None:
    """Beside the table, or below it with their backs to us: never before what is written on it."""
    for x, facing in ((left - s.vary(25, 60), 1), (left + wide + s.vary(25, 60), -1)):
        if s.chance.random() < 0.8:
            who = people.look(s, old=s.chance.random() < 0.3)
            pose: people.Pose = s.chance.choice(("talk", "stand", "hold", "give"))
            height = s.vary(285, 330)
            people.person(s, x, foot + s.vary(60, 100), height, who, pose=pose, facing=facing, shadow=shade)
    for place in range(s.chance.randint(1, 3)):
        x = left + s.vary(40, 110) + place * s.vary(130, 190)
        people.back(s, x, foot + s.vary(64, 100), s.vary(42, 50), people.look(s))


def _tent(s: Sketch, x: float, foot: float, w: float, top: float) -> None:
    cloth = s.pick(tuple(map(hue, (0xC8102E, 0xD7263D, 0x2A6F97, 0x2F855A, 0xB3202E))))
    for side in (x + 8, x + w - 14):
        s.rect(side, top + 60, 7, foot - top - 60, hue(0xD5DADC))
    s.poly([(x - 26, top + 74), (x + w * 0.16, top), (x + w * 0.84, top), (x + w + 26, top + 74)], cloth)
    s.poly(
        [(x + w * 0.36, top + 74), (x + w * 0.42, top), (x + w * 0.6, top), (x + w * 0.66, top + 74)],
        lighter(cloth, 0.12),
    )
    flaps = (w + 52) / 12
    for place in range(12):
        colour = WHITE if place % 2 else cloth
        s.rect(x - 26 + place * flaps, top + 72, flaps, 16, colour)
        s.cut(x - 26 + (place + 0.5) * flaps, top + 87, flaps / 2, 12, colour, lower=True)


def _stall(s: Sketch, x: float, foot: float, w: float) -> None:
    cloth = s.pick(tuple(map(hue, (0xB3202E, 0x2F5D8A, 0xF1E9DC, 0x2F7A5A))))
    s.rect(x, foot - 108, w, 112, cloth)
    for place in range(14):
        s.rect(x + place * w / 14, foot - 108, w / 42, 112, darker(cloth, 0.1))
    s.poly(
        [(x - 8, foot - 104), (x + w + 8, foot - 104), (x + w - 8, foot - 128), (x + 8, foot - 128)],
        lighter(cloth, 0.25),
    )
    left = x + 26
    while left < x + w - 60:
        paper = s.pick((WHITE, *things.BOOKS))
        for layer in range(s.chance.randint(2, 4)):
            s.rect(left, foot - 116 - layer * 4, s.vary(36, 52), 5, mix(paper, WHITE, layer % 2 * 0.4))
        left += s.vary(64, 110)


def cleanup(s: Sketch, caption: str) -> None:
    horizon = s.vary(350, 400)
    things.sky(s, horizon)
    x = s.vary(-80, 0)
    shops = s.chance.random() < 0.7
    while x < WIDTH:
        wide = s.vary(150, 230)
        if shops:
            things.house(s, x, horizon - 130, wide - 6, s.vary(90, 200))
            things.shop(s, x, horizon, wide - 6, s.vary(140, 165))
        else:
            things.house(s, x, horizon, wide - 20, s.vary(160, 320))
        x += wide
    ground, kerb = s.pick(GROUNDS), horizon + s.vary(130, 210)
    s.fade(horizon, kerb - horizon, lighter(ground, 0.16), ground)
    _paving(s, horizon, ground)
    road = s.pick(tuple(map(hue, (0x7A7F84, 0x6C7176, 0x8A8580))))
    s.rect(0, kerb, WIDTH, 14, hue(0xE6E2DA))
    s.fade(kerb + 14, HEIGHT - kerb - 14, road, darker(road, 0.15))
    for place in range(5):
        s.rect(place * 230 + s.vary(-10, 10), HEIGHT - 44, 120, 9, hue(0xF2EFE6))
    _trees(s, kerb - 6, count=s.chance.randint(2, 4), low=260, high=340)
    things.banner(s, s.vary(100, 200), s.vary(48, 110), s.vary(560, 690), s.vary(50, 62), caption=caption)
    if s.chance.random() < 0.7:
        _bins(s, s.vary(60, 860), kerb - 4)
    _litter(s, kerb)
    count = s.chance.randint(3, 6)
    for place in range(count):
        tall, foot = s.vary(235, 300), min(700.0, kerb + s.vary(20, 130))
        _sweeper(s, 90 + (place + s.vary(0.2, 0.8)) * 780 / count, foot, tall, shade=darker(road, 0.25))


def _sweeper(s: Sketch, x: float, foot: float, h: float, *, shade: Colour) -> None:
    facing, u, tool = s.chance.choice((-1, 1)), h / 100, s.chance.random()
    if tool < 0.62:
        hands = people.person(
            s, x, foot, h, people.look(s, vest=True), pose="sweep", facing=facing, shadow=shade
        )
        end = (x + facing * 31 * u, foot - 9 * u)
        s.line([(hands[0][0] - facing * 4 * u, hands[0][1] - 12 * u), hands[1], end], hue(0xC79A5B), 2.6 * u)
        s.poly(
            [
                (end[0] - facing * 3 * u, end[1] - 3 * u),
                (end[0] + facing * 4 * u, end[1] - 2 * u),
                (end[0] + facing * 13 * u, foot + 1 * u),
                (end[0] - facing * 5 * u, foot + 2 * u),
            ],
            hue(0xD8B264),
        )
        for bristle in (-2, 1, 4, 7):
            s.line(
                [(end[0] + facing * u, end[1]), (end[0] + facing * bristle * u, foot)],
                hue(0xB08A42),
                u,
                capped=False,
            )
    elif tool < 0.85:
        hands = people.person(
            s, x, foot, h, people.look(s, vest=True), pose="stand", facing=facing, shadow=shade
        )
        bag = s.pick(tuple(map(hue, (0x3D4A55, 0xF2D16B, 0x7FB7A3))))
        s.oval(hands[1][0] + 2 * u, hands[1][1] + 15 * u, 9 * u, 14 * u, bag)
        s.poly(
            [
                (hands[1][0] - 3 * u, hands[1][1]),
                (hands[1][0] + 5 * u, hands[1][1]),
                (hands[1][0] + 6 * u, hands[1][1] + 6 * u),
                (hands[1][0] - 3 * u, hands[1][1] + 6 * u),
            ],
            darker(bag, 0.1),
        )
    else:
        people.person(s, x, foot, h, people.look(s, vest=True), pose="wave", facing=facing, shadow=shade)


def _bins(s: Sketch, x: float, foot: float) -> None:
    for place, colour in enumerate((0x3B7DD8, 0x4C9A5B, 0x6B7280)):
        body = hue(colour)
        s.poly(
            [
                (x + place * 52, foot - 72),
                (x + place * 52 + 44, foot - 72),
                (x + place * 52 + 39, foot),
                (x + place * 52 + 5, foot),
            ],
            body,
        )
        s.rect(x + place * 52 - 3, foot - 80, 50, 11, darker(body, 0.2), radius=4)
        s.disc(x + place * 52 + 22, foot - 38, 9, lighter(body, 0.6))


def _litter(s: Sketch, kerb: float) -> None:
    for _ in range(s.chance.randint(6, 14)):
        x, y = s.vary(40, 920), kerb + s.vary(20, 180)
        s.oval(x, y, s.vary(4, 9), s.vary(2, 4), s.pick(tuple(map(hue, (0xB88A44, 0xC96F3B, 0x9C8B52)))))


def put_up_banner(s: Sketch, caption: str) -> None:
    (_wall if s.chance.random() < 0.55 else _gate)(s, caption)


def _wall(s: Sketch, caption: str) -> None:
    """A long wall with posters under the banner."""
    ground_line = s.vary(520, 570)
    things.sky(s, 240)
    _trees(s, 260, count=s.chance.randint(3, 6), low=150, high=230)
    wall, top = s.pick(WALLS), s.vary(150, 200)
    s.rect(0, top, WIDTH, ground_line - top, wall)
    roof = s.pick(tuple(map(hue, (0x5C6670, 0x8C4A3A, 0x6E7B74))))
    s.rect(0, top - 16, WIDTH, 24, roof)
    for place in range(48):
        s.cut(place * 20 + 10, top - 16, 10, 8, darker(roof, 0.12))
    s.rect(0, ground_line - 60, WIDTH, 60, darker(wall, 0.2))
    things.banner(s, s.vary(70, 150), top + s.vary(26, 46), s.vary(640, 780), s.vary(68, 86), caption=caption)
    x, h = s.vary(60, 110), s.vary(120, 150)
    y = ground_line - 62 - h
    while x < WIDTH - 130:
        wide = s.vary(90, 160)
        _poster(s, x, y, wide, h)
        x += wide + s.vary(18, 60)
    ground = s.pick(GROUNDS)
    s.fade(ground_line, HEIGHT - ground_line, ground, darker(ground, 0.14))
    _paving(s, ground_line, ground)
    _passers(s, ground_line, ground)


def _gate(s: Sketch, caption: str) -> None:
    """A building with the banner over its door, or a strip of lights."""
    horizon = s.vary(520, 560)
    things.sky(s, horizon)
    _trees(s, horizon, count=3, low=240, high=330)
    left, wide = s.vary(90, 190), s.vary(580, 700)
    wall = s.pick(things.HOUSES)
    s.rect(left, 60, wide, horizon - 60, wall)
    for column in range(5):
        for row in range(2):
            s.rect(
                left + 30 + column * (wide - 40) / 5, 78 + row * 78, (wide - 40) / 5 - 26, 50, hue(0x9CBCCF)
            )
    s.rect(left - 26, 292, wide + 52, 22, darker(wall, 0.3))
    if s.chance.random() < 0.4:
        s.rect(left - 10, 236, wide + 20, 58, hue(0x1B1B1F))
        s.write(left + wide / 2, 265, caption, size=34, fill=hue(0xFF4B33), width=wide - 30)
    else:
        things.banner(s, left + 10, 224, wide - 20, 66, caption=caption)
    _glass_door(s, left + wide / 2 + s.vary(-80, 80), horizon, wall)
    for x in (left + 26, left + wide - 60):
        s.rect(x, 314, 34, horizon - 314, lighter(wall, 0.3))
    ground = s.pick(GROUNDS)
    s.fade(horizon, HEIGHT - horizon, ground, darker(ground, 0.14))
    for step in range(3):
        s.rect(
            left + 90 - step * 16,
            horizon - 12 + step * 12,
            wide - 180 + step * 32,
            12,
            lighter(ground, 0.3 - step * 0.1),
        )
    for x in (left - 20, left + wide + 20):
        things.plant(s, x, horizon + 26, s.vary(110, 150))
    _passers(s, horizon, ground)


def _glass_door(s: Sketch, door: float, horizon: float, wall: Colour) -> None:
    """With the unit's name on a white board beside it."""
    s.rect(door - 110, 330, 220, horizon - 330, hue(0xA9C6D4))
    for place in range(4):
        s.rect(door - 110 + place * 55, 330, 6, horizon - 330, darker(wall, 0.4))
    s.rect(door - 158, 350, 34, 150, WHITE)
    for row in range(6):
        s.rect(door - 147, 362 + row * 22, 12, 13, darker(RED, 0.2))


def _poster(s: Sketch, x: float, y: float, w: float, h: float) -> None:
    paper = s.pick(tuple(map(hue, (0xFDF6E8, 0xE9F3F8, 0xC8102E, 0x2A6F97, 0xEFF5E4))))
    ink = WHITE if sum(paper) < 400 else hue(0x8A97A1)
    s.rect(x - 4, y - 4, w + 8, h + 8, hue(0x8C9399))
    s.rect(x, y, w, h, paper)
    s.rect(x + w * 0.12, y + h * 0.1, w * 0.76, h * 0.1, RED if sum(paper) > 400 else hue(0xFFDD70))
    s.rect(x + w * 0.12, y + h * 0.28, w * 0.76, h * 0.34, s.chance.choice(things.BOOKS))
    s.disc(x + w * 0.5, y + h * 0.45, h * 0.1, lighter(paper, 0.6))
    for row in range(3):
        s.rect(x + w * 0.12, y + h * (0.7 + row * 0.09), w * s.vary(0.4, 0.76), h * 0.035, ink)


def _passers(s: Sketch, line: float, ground: Colour) -> None:
    shade = darker(ground, 0.25)
    count = s.chance.randint(2, 5)
    for place in range(count):
        people.person(
            s,
            90 + (place + s.vary(0.2, 0.8)) * 780 / count,
            min(705.0, line + s.vary(60, 150)),
            s.vary(220, 280),
            people.look(s, vest=s.chance.random() < 0.4, old=s.chance.random() < 0.2),
            pose=s.chance.choice(("stand", "talk", "wave")),
            facing=s.chance.choice((-1, 1)),
            shadow=shade,
        )
