"""Scenes in halls and offices: lecture, study, award, meeting."""

from __future__ import annotations

from jiangong.config.example.pictures import people, things
from jiangong.config.example.pictures.sketch import (
    BLACK,
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

WALLS = tuple(map(hue, (0xE9E1D2, 0xDDE5E8, 0xE5DACB, 0xD8DFD3, 0xC9D3DA, 0xEFE8DC, 0xBFA98F, 0x9FB3BF)))
FLOORS = tuple(map(hue, (0xB08968, 0xA3A9AD, 0xC2A887, 0x8C7A6B, 0x9AA5A8, 0x7F6A5A)))
SEATS = tuple(map(hue, (0x8C2F39, 0x34506B, 0x5C6770, 0x6B4E3D, 0x3F6B5C)))


def lecture(s: Sketch, caption: str) -> None:
    (_workshop if s.chance.random() < 0.25 else _hall)(s, caption)


def _hall(s: Sketch, caption: str) -> None:
    wall, horizon = s.pick(WALLS, jitter=0.25), s.vary(330, 400)
    things.room(s, wall=wall, floor=s.pick(FLOORS), horizon=horizon)
    if s.chance.random() < 0.5:
        _panels(s, wall, horizon)
    else:
        for x in (s.vary(-40, 20), s.vary(830, 880)):
            things.window(s, x, s.vary(130, 170), s.vary(90, 130), s.vary(150, 190))
    _lights(s, s.chance.randint(2, 4))
    s.rect(0, horizon - 34, WIDTH, 36, darker(s.pick(things.WOODS), 0.1))
    things.banner(s, s.vary(90, 150), s.vary(46, 86), s.vary(640, 760), s.vary(52, 66), caption=caption)
    wide = s.vary(290, 420)
    left = s.chance.choice((s.vary(120, 200), (WIDTH - wide) / 2, s.vary(400, 480)))
    top = s.vary(158, 178)
    things.slide(s, left, top, wide, horizon - 50 - top)
    desk = left + wide + 110 if left + wide < 700 else left - 120
    _lecturer(s, desk, horizon)
    for x in (70, 900):
        things.plant(s, x + s.vary(-14, 14), horizon + 6, s.vary(80, 120))
    _audience(s, horizon)


def _lecturer(s: Sketch, x: float, foot: float) -> None:
    who = people.look(s, formal=s.chance.random() < 0.6)
    people.person(s, x, foot + 4, s.vary(160, 180), who, pose="talk", facing=-1 if x > WIDTH / 2 else 1)
    wood = s.pick(things.WOODS)
    s.poly([(x - 44, foot - 78), (x + 44, foot - 78), (x + 36, foot + 8), (x - 36, foot + 8)], wood)
    s.rect(x - 50, foot - 86, 100, 12, lighter(wood, 0.2), radius=3)
    s.disc(x, foot - 40, 13, RED)
    s.disc(x, foot - 40, 8, GOLD)
    s.line([(x + 18, foot - 86), (x + 10, foot - 108)], BLACK, 3)


def _panels(s: Sketch, wall: Colour, horizon: float) -> None:
    step = s.vary(70, 130)
    for place in range(int(WIDTH / step) + 1):
        s.rect(place * step, 0, 3, horizon, darker(wall, 0.1))


def _lights(s: Sketch, count: int) -> None:
    for place in range(count):
        x = WIDTH * (place + 0.5) / count
        s.poly([(x - 60, 0), (x + 60, 0), (x + 44, 20), (x - 44, 20)], hue(0xFFFBEF))


def _audience(s: Sketch, horizon: float) -> None:
    """Rows of people from behind, larger and lower towards us."""
    seat, rows = s.pick(SEATS), s.chance.randint(3, 5)
    vests = s.chance.random() < 0.2
    y, r = horizon + s.vary(22, 40), s.vary(12, 16)
    grown = s.vary(1.32, 1.5)
    for row in range(rows):
        gap = r * s.vary(4.3, 5.2)
        aisle = s.vary(0.3, 0.7) * WIDTH if rows > 3 else -1000
        x = -gap * s.chance.random()
        while x < WIDTH + gap:
            if abs(x - aisle) > gap * 0.6:
                if s.chance.random() < 0.9:
                    people.back(s, x + s.vary(-3, 3), y + s.vary(-3, 4), r, people.look(s, vest=vests))
                s.rect(
                    x - r * 2.15, y + r * 2.1, r * 4.3, r * 5, mix(seat, BLACK, row * 0.05), radius=r * 0.8
                )
                s.rect(x - r * 1.9, y + r * 2.3, r * 3.8, r * 0.35, lighter(seat, 0.18), radius=r * 0.2)
            x += gap
        y += r * 3.4
        r *= grown


def _workshop(s: Sketch, caption: str) -> None:
    """A lecture among the machines."""
    wall, horizon = s.pick(tuple(map(hue, (0xB7C4CC, 0xC8CDC8, 0xA9B8B5)))), s.vary(300, 370)
    things.room(s, wall=wall, floor=s.pick(tuple(map(hue, (0x7F8C8D, 0x6F8F7B, 0x8E8B82)))), horizon=horizon)
    for place in range(5):
        s.rect(20 + place * 200, 22, 160, 66, hue(0xDDEBF2))
        s.rect(98 + place * 200, 22, 4, 66, wall)
    s.line([(0, 8), (WIDTH, 8)], hue(0xE0A030), 14)
    for place in range(4):
        _machine(s, s.vary(-20, 60) + place * 250, horizon + 10, s.vary(130, 190), s.vary(90, 150))
    things.banner(s, s.vary(110, 190), s.vary(100, 130), s.vary(580, 700), s.vary(50, 62), caption=caption)
    x = s.vary(380, 580)
    people.person(
        s, x, horizon + 120, s.vary(215, 245), people.look(s, formal=True, helmet=True), pose="talk"
    )
    s.rect(x - 190, horizon - 30, 110, 130, WHITE)
    for row in range(4):
        s.rect(x - 176, horizon - 12 + row * 24, s.vary(50, 84), 7, hue(0x8FA7B8))
    r, y = s.vary(24, 30), horizon + s.vary(90, 120)
    for _ in range(2):
        left = -r * s.vary(0, 3)
        while left < WIDTH + r:
            if abs(left - x) > r * 3.4 or y > horizon + 190:
                people.back(s, left, y + s.vary(-8, 8), r, people.look(s, helmet=True))
            left += r * s.vary(3.9, 5.0)
        y, r = y + r * 4.6, r * 1.5


def _machine(s: Sketch, x: float, foot: float, w: float, h: float) -> None:
    body = s.pick(tuple(map(hue, (0x5C8A8A, 0x7FA6B8, 0x9AA5AD, 0x6B8E6B))))
    s.rect(x, foot - h, w, h, body, radius=6)
    s.rect(x + w * 0.1, foot - h * 0.86, w * 0.42, h * 0.4, darker(body, 0.35), radius=4)
    s.rect(x + w * 0.62, foot - h * 0.8, w * 0.26, h * 0.24, hue(0x2E3B44), radius=3)
    for place, colour in enumerate((0xE63946, 0xF9C74F, 0x52B788)):
        s.disc(x + w * (0.66 + place * 0.09), foot - h * 0.44, 5, hue(colour))


def study(s: Sketch, caption: str) -> None:
    wall, horizon = s.pick(WALLS), s.vary(360, 410)
    things.room(s, wall=wall, floor=s.pick(FLOORS), horizon=horizon)
    top = s.vary(120, 150)
    place, end = s.vary(-30, 30), WIDTH + 40
    while place < end:
        wide = s.vary(150, 260)
        if s.chance.random() < 0.24:
            things.window(s, place + 16, top, wide - 40, horizon - top - 90)
        else:
            things.shelf(s, place, top, wide, horizon - top)
        place += wide + 8
    things.banner(
        s, s.vary(90, 200), s.vary(44, 62), s.vary(560, 720), s.vary(48, 60), caption=caption, ropes=False
    )
    _reading_table(s, horizon, readers=s.chance.randint(3, 6))


def _reading_table(s: Sketch, horizon: float, *, readers: int) -> None:
    wood, top, h = s.pick(things.WOODS), horizon + s.vary(60, 90), s.vary(100, 140)
    vest = s.chance.random() < 0.25
    for place in range(readers):
        x = 140 + (place + 0.5) * 680 / readers + s.vary(-14, 14)
        people.bust(
            s, x, top - s.vary(74, 88), s.vary(27, 31), people.look(s, vest=vest), turned=s.vary(-0.7, 0.7)
        )
    s.poly([(90, top), (870, top), (1010, top + h), (-50, top + h)], lighter(wood, 0.12))
    s.poly([(-50, top + h), (1010, top + h), (1010, top + h + 26), (-50, top + h + 26)], darker(wood, 0.2))
    for place in range(readers):
        x = 140 + (place + 0.5) * 680 / readers
        things.book(s, x, top + 34, s.vary(30, 38))
        if s.chance.random() < 0.6:
            things.cup(s, x + 62, top + 34, 24)
    if s.chance.random() < 0.6:
        things.flowers(s, s.vary(380, 460), top + h * 0.55, s.vary(60, 110))
    for place in range(s.chance.randint(1, 4)):
        x = s.vary(60, 180) + place * s.vary(210, 250)
        people.back(s, x, top + h + s.vary(0, 30), s.vary(44, 54), people.look(s, vest=vest))


def award(s: Sketch, caption: str) -> None:
    foot = s.vary(540, 610)
    (_curtain if s.chance.random() < 0.6 else _plain_stage)(s, foot)
    wide, high = s.vary(540, 780), s.vary(170, 260)
    left = (WIDTH - wide) / 2 + s.vary(-90, 90)
    _backdrop(s, left, s.vary(56, 84), wide, high, caption=caption)
    floor = s.pick(tuple(map(hue, (0xB5432F, 0xA68A64, 0x8A9299, 0xC9A87C))))
    s.fade(foot, HEIGHT - foot, floor, darker(floor, 0.35))
    s.rect(0, foot, WIDTH, 10, GOLD)
    formal, sash = s.chance.random() < 0.5, s.chance.random() < 0.6
    if s.chance.random() < 0.4:
        _winners(s, foot - 26, s.vary(205, 235), count=s.chance.randint(6, 9), formal=formal, sash=sash)
        _winners(s, foot + 44, s.vary(225, 250), count=s.chance.randint(5, 8), formal=formal, sash=sash)
    else:
        _winners(s, foot + 34, s.vary(225, 300), count=s.chance.randint(4, 9), formal=formal, sash=sash)
    if s.chance.random() < 0.5:
        things.flowers(s, 30, 700, 900)
    else:
        gap, r = s.vary(95, 150), s.vary(28, 40)
        for place in range(int(WIDTH / gap) + 1):
            people.back(s, place * gap + s.vary(-14, 14), s.vary(655, 690), r, people.look(s))


def _curtain(s: Sketch, foot: float) -> None:
    cloth = s.pick(tuple(map(hue, (0x9B1B30, 0xB3202E, 0x7B1E3A, 0x1F3A6E, 0xC9A227))))
    s.fade(0, foot, darker(cloth, 0.25), cloth)
    step = s.vary(34, 70)
    for place in range(int(WIDTH / step) + 1):
        s.rect(place * step, 0, step * 0.42, foot, darker(cloth, 0.16))


def _plain_stage(s: Sketch, foot: float) -> None:
    """A bright wall, with a curtain drawn to each side."""
    wall = s.pick(WALLS)
    s.fade(0, foot, lighter(wall, 0.3), wall)
    cloth = s.pick(tuple(map(hue, (0x9B1B30, 0xB3202E, 0x34506B, 0xB58B4C))))
    for side, wide in ((0.0, s.vary(60, 150)), (1.0, s.vary(60, 150))):
        for fold in range(4):
            x = fold * wide / 4 if side == 0 else WIDTH - wide + fold * wide / 4
            s.rect(x, 0, wide / 4 + 1, foot, darker(cloth, fold % 2 * 0.15))


def _winners(s: Sketch, foot: float, h: float, *, count: int, formal: bool, sash: bool) -> None:
    start, end = s.vary(80, 150), s.vary(810, 880)
    for place in range(count):
        x = start + (place + 0.5) * (end - start) / count
        _winner(s, x, foot + s.vary(-3, 3), h * s.vary(0.94, 1.04), formal=formal, sash=sash)


def _backdrop(s: Sketch, x: float, y: float, w: float, h: float, *, caption: str) -> None:
    ground = s.pick(tuple(map(hue, (0xC8102E, 0xD7263D, 0x1D4E89, 0xE07A1F))))
    s.rect(x - 8, y - 8, w + 16, h + 16, BLACK)
    s.rect(x, y, w, h, ground)
    for ray in range(9):
        end = x + w * (ray + 0.5) / 9
        s.poly([(x + w / 2, y + h), (end - w * 0.028, y), (end + w * 0.028, y)], lighter(ground, 0.1))
    s.rect(x, y + h * 0.8, w, h * 0.2, darker(ground, 0.2))
    s.write(x + w / 2, y + h * 0.4, caption, size=h * 0.27, fill=GOLD, width=w * 0.9)
    for place in range(5):
        s.disc(x + w * (0.38 + place * 0.06), y + h * 0.66, 5, WHITE)


def _winner(s: Sketch, x: float, foot: float, h: float, *, formal: bool, sash: bool) -> None:
    u = h / 100
    hands = people.person(s, x, foot, h, people.look(s, formal=formal), pose="hold", shadow=hue(0x5A211B))
    if sash:
        s.line([(x - 9 * u, foot - 80 * u), (x + 9 * u, foot - 50 * u)], RED, 5 * u)
    paper = s.chance.choice((RED, hue(0xB3202E), hue(0xD7263D)))
    s.rect(x - 13 * u, hands[0][1] - 9 * u, 26 * u, 17 * u, paper, radius=2)
    s.rect(
        x - 11 * u, hands[0][1] - 7 * u, 22 * u, 13 * u, GOLD if s.chance.random() < 0.4 else hue(0xFFF6DC)
    )
    s.rect(x - 6 * u, hands[0][1] - 3 * u, 12 * u, 2.2 * u, RED)


def meeting(s: Sketch, caption: str) -> None:
    wall, horizon = s.pick(WALLS, jitter=0.3), s.vary(280, 350)
    things.room(s, wall=wall, floor=s.pick(FLOORS, jitter=0.25), horizon=horizon)
    _lights(s, s.chance.randint(2, 3))
    if s.chance.random() < 0.5:
        for x in (s.vary(20, 60), s.vary(790, 830)):
            things.window(s, x, s.vary(130, 150), s.vary(90, 120), s.vary(120, 150))
    else:
        _panels(s, wall, horizon)
    for x in (s.vary(20, 150), s.vary(810, 940)):
        if s.chance.random() < 0.6:
            things.plant(s, x, horizon + 30, s.vary(100, 170))
    things.banner(s, s.vary(130, 200), s.vary(44, 60), s.vary(560, 680), s.vary(50, 60), caption=caption)
    (_long_table if s.chance.random() < 0.55 else _platform)(s, horizon)


def _long_table(s: Sketch, horizon: float) -> None:
    """Seen from its end, people on both sides."""
    wide, top = s.vary(180, 340), horizon + s.vary(34, 70)
    things.slide(s, 480 - wide / 2 + s.vary(-190, 190), 128, wide, horizon - s.vary(140, 175))
    far, near = s.vary(110, 210), s.vary(330, 520)
    wood, rows = s.pick((*things.WOODS, hue(0xE8E4DC), hue(0x9FB3BF)), jitter=0.2), s.chance.randint(3, 5)
    people.bust(s, 480, top - 34, 24, people.look(s, formal=True))
    places = [(row + 0.3) / rows for row in range(rows)]
    for share in places:
        for side in (-1, 1):
            r = 22 + share * 34
            x, y = 480 + side * (far + (near - far) * share + r * 1.5), top - 6 + share * 300 - r
            s.rect(x + side * r * 0.6 - r * 1.6, y - r * 0.2, r * 3.2, r * 6, hue(0x3B4048), radius=r * 0.8)
            people.bust(s, x, y, r, people.look(s, formal=s.chance.random() < 0.5), turned=-side * 0.95)
    s.poly(
        [(480 - far, top), (480 + far, top), (480 + near + 60, 740), (480 - near - 60, 740)],
        lighter(wood, 0.1),
    )
    s.poly(
        [
            (480 - far * 0.55, top + 20),
            (480 + far * 0.55, top + 20),
            (480 + near * 0.5, 740),
            (480 - near * 0.5, 740),
        ],
        darker(wood, 0.08),
    )
    things.flowers(s, 430, top + 70, 100)
    for share in places:
        for side in (-1, 1):
            x, y = 480 + side * (far + (near - far) * share) * 0.82, top + 34 + share * 300
            s.poly([(x - 30, y), (x + 30, y + 2), (x + 26, y - 22), (x - 26, y - 24)], WHITE)
            things.cup(s, x - side * 54, y + 6, 20 + share * 16)


def _platform(s: Sketch, horizon: float) -> None:
    """A row of speakers facing us over the heads of those who listen."""
    speakers = s.chance.randint(3, 6)
    cloth, top = s.pick(tuple(map(hue, (0x9B1B30, 0x2F4F7F, 0x7A4B3A, 0xB3202E)))), horizon + s.vary(20, 50)
    s.rect(0, horizon - 20, WIDTH, 24, darker(s.pick(things.WOODS), 0.1))
    for place in range(speakers):
        x = 150 + (place + 0.5) * 660 / speakers
        s.rect(x - 50, top - 110, 100, 120, hue(0x4A4038), radius=16)
        people.bust(
            s, x, top - s.vary(66, 74), s.vary(25, 29), people.look(s, formal=True), turned=s.vary(-0.5, 0.5)
        )
    s.rect(120, top, 720, 105, cloth)
    for place in range(18):
        s.rect(120 + place * 40, top, 12, 105, darker(cloth, 0.1))
    s.rect(112, top - 8, 736, 14, lighter(cloth, 0.1), radius=3)
    for place in range(speakers):
        x = 150 + (place + 0.5) * 660 / speakers
        s.poly([(x - 30, top - 4), (x + 30, top - 4), (x + 26, top - 26), (x - 26, top - 26)], WHITE)
        s.rect(x - 18, top - 19, 36, 8, RED)
        things.cup(s, x + 46, top - 6, 24)
    if s.chance.random() < 0.7:
        things.flowers(s, 140, top + 112, 680)
    _audience(s, top + 100)
