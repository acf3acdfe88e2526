"""Scenes at people's homes: visit, household."""

from __future__ import annotations

from jiangong.config.example.pictures import people, things
from jiangong.config.example.pictures.sketch import (
    GOLD,
    HEIGHT,
    RED,
    WHITE,
    WIDTH,
    Colour,
    Point,
    Sketch,
    darker,
    hue,
    lighter,
)

WALLS = tuple(map(hue, (0xEDE4D4, 0xDCE4E6, 0xE6D8C6, 0xD5DECF, 0xC6D2DA, 0xF1EADF, 0xD9C2A6)))
BRICKS = tuple(map(hue, (0xEDE7DA, 0xC98D6B, 0xB9B4A8, 0xE3D3B8, 0xA9776A)))
FLOORS = tuple(map(hue, (0xB08968, 0xA3A9AD, 0xC2A887, 0x8C7A6B, 0x9AA5A8, 0xCDBFA9)))
WISHES = ("平安是福", "春满人间", "和谐家园", "幸福满堂")


def visit(s: Sketch, caption: str) -> None:
    (_living_room if s.chance.random() < 0.62 else _yard_visit)(s, caption)


def _living_room(s: Sketch, caption: str) -> None:
    horizon = s.vary(400, 490)
    things.room(s, wall=s.pick(WALLS, jitter=0.2), floor=s.pick(FLOORS), horizon=horizon)
    side = s.vary(40, 110) if s.chance.random() < 0.5 else s.vary(620, 700)
    if s.chance.random() < 0.75:
        things.window(s, side, s.vary(165, 195), s.vary(150, 230), s.vary(130, 190))
    else:
        _cupboard(s, side - 20, horizon + 10, s.vary(190, 240), s.vary(190, 240))
    _wall_picture(s, s.vary(370, 480) if side > 300 else s.vary(540, 650), s.vary(165, 205))
    things.banner(
        s, s.vary(70, 230), s.vary(50, 76), s.vary(520, 720), s.vary(50, 62), caption=caption, ropes=False
    )
    seat, hosts = s.vary(90, 200), s.chance.randint(1, 2)
    _sofa(s, seat, horizon + 40, s.vary(300, 400))
    for place in range(hosts):
        x = seat + s.vary(90, 120) + place * 130
        who = people.look(s, old=place == 0 or s.chance.random() < 0.5)
        people.bust(s, x, horizon - 62, s.vary(32, 36), who, turned=0.7)
        s.rect(x - 60, horizon + 88, 120, 34, hue(0x59606B), radius=14)
    _visitors(s, s.vary(540, 580), horizon + 185)
    _tea_table(s, seat + s.vary(-10, 30), s.vary(628, 660))


def _tea_table(s: Sketch, x: float, y: float) -> None:
    wood = s.pick(things.WOODS)
    s.oval(x + 200, y, 210, 46, lighter(wood, 0.15))
    s.rect(x + 20, y, 360, 90, darker(wood, 0.15))
    for left in (x + 120, x + 180):
        things.cup(s, left, y, 30)
    s.oval(x + 280, y - 8, 46, 14, hue(0xEFEAE0))
    for step in range(4):
        fruit = s.pick(tuple(map(hue, (0xF28C28, 0xE63946, 0xF9C74F))))
        s.disc(x + 256 + step * 16, y - 18 - step % 2 * 8, 11, fruit)


def _visitors(s: Sketch, start: float, foot: float) -> None:
    """Two or three, the first hands something over to the left."""
    vest = s.chance.random() < 0.7
    for place in range(s.chance.randint(2, 3)):
        pose: people.Pose = "give" if place == 0 else s.chance.choice(("stand", "hold", "talk"))
        who = people.look(s, vest=vest, formal=True)
        ground, tall = foot + s.vary(-15, 15) - place * 14, s.vary(325, 370)
        hands = people.person(
            s, start + place * 120, ground, tall, who, pose=pose, facing=-1, shadow=hue(0x7A6A5A)
        )
        if pose in {"give", "hold"}:
            things.gift(s, (hands[0][0] + hands[1][0]) / 2, hands[0][1] - 6, s.vary(56, 74))


def _yard_visit(s: Sketch, caption: str) -> None:
    """Before a house in the village."""
    line = s.vary(430, 490)
    _yard(s, line, door=s.vary(160, 620))
    things.banner(s, s.vary(70, 200), s.vary(46, 70), s.vary(560, 740), s.vary(52, 62), caption=caption)
    foot = line + s.vary(150, 190)
    start = s.vary(430, 560)
    for place in range(s.chance.randint(1, 2)):
        who = people.look(s, old=True)
        x = start - s.vary(125, 150) - place * 115
        people.person(s, x, foot, s.vary(290, 320), who, pose="give", shadow=hue(0x8D8474))
    _visitors(s, start, foot + 10)
    for place in range(s.chance.randint(0, 3)):
        things.gift(s, start - 60 + place * 70, foot + s.vary(24, 44), s.vary(48, 62))


def _yard(s: Sketch, line: float, *, door: float) -> None:
    things.sky(s, line)
    for _ in range(s.chance.randint(1, 3)):
        things.tree(s, s.vary(20, 940), line - 60, s.vary(230, 330))
    eaves, left, wide = s.vary(170, 215), s.vary(-60, 90), s.vary(760, 940)
    wall = s.pick(BRICKS)
    s.rect(left, eaves, wide, line - eaves, wall)
    tiles = s.pick(tuple(map(hue, (0x5D6468, 0x8B4B3B, 0x4F5D62, 0x7D6B5A))))
    s.poly(
        [
            (left - 34, eaves + 14),
            (left + 40, eaves - 66),
            (left + wide - 40, eaves - 66),
            (left + wide + 34, eaves + 14),
        ],
        tiles,
    )
    for place in range(int(wide / 40)):
        x = left + 30 + place * 40
        s.line([(x, eaves - 62), (x - 8, eaves + 10)], darker(tiles, 0.15), 3, capped=False)
    s.rect(left, line - 46, wide, 46, darker(wall, 0.18))
    _doorway(s, door, line, scale=(line - eaves) / 460)
    for x in (door - s.vary(200, 240), door + s.vary(240, 290)):
        if left + 20 < x < left + wide - 130:
            things.window(s, x, eaves + 50, s.vary(80, 110), s.vary(80, 100))
    ground = s.pick(tuple(map(hue, (0xC9BBA2, 0xBFBDB5, 0xB3A98F, 0xA8B38C))))
    s.fade(line, HEIGHT - line, lighter(ground, 0.1), darker(ground, 0.12))
    for _ in range(s.chance.randint(1, 3)):
        things.plant(s, s.vary(30, 930), line + s.vary(6, 30), s.vary(70, 120))


def _cupboard(s: Sketch, x: float, foot: float, w: float, h: float) -> None:
    wood = s.pick(things.WOODS)
    s.rect(x, foot - h, w, h, wood)
    for place in range(2):
        s.rect(x + 8 + place * w / 2, foot - h * 0.55, w / 2 - 16, h * 0.47, lighter(wood, 0.12))
        s.disc(x + w / 2 - 16 + place * 32, foot - h * 0.3, 4, GOLD)
    s.rect(x + w * 0.2, foot - h * 0.95, w * 0.6, h * 0.36, hue(0x2B2F36), radius=4)
    s.rect(x + w * 0.22, foot - h * 0.93, w * 0.56, h * 0.31, hue(0x6F8FA6))


def _wall_picture(s: Sketch, x: float, y: float) -> None:
    if s.chance.random() < 0.5:
        s.rect(x, y, 130, 92, s.pick(things.WOODS))
        s.rect(x + 8, y + 8, 114, 76, hue(0xDCE8E4))
        s.poly([(x + 8, y + 84), (x + 52, y + 34), (x + 88, y + 84)], hue(0x7FA08A))
        s.poly([(x + 58, y + 84), (x + 96, y + 48), (x + 122, y + 84)], hue(0x5F8671))
        s.disc(x + 100, y + 28, 9, hue(0xE76F51))
    else:
        s.poly([(x + 45, y - 8), (x + 92, y + 39), (x + 45, y + 86), (x - 2, y + 39)], RED)
        s.write(x + 45, y + 39, "福", size=46, fill=GOLD)


def _sofa(s: Sketch, x: float, y: float, w: float) -> None:
    cloth = s.pick(tuple(map(hue, (0x8A9BA8, 0xA68A64, 0x7D8F7B, 0xB08D8D, 0x6D7B8D, 0x5F4B45))))
    s.rect(x, y - 130, w, 150, cloth, radius=26)
    s.rect(x - 34, y - 70, 62, 150, darker(cloth, 0.12), radius=24)
    s.rect(x + w - 28, y - 70, 62, 150, darker(cloth, 0.12), radius=24)
    s.rect(x + 16, y - 6, w - 32, 70, lighter(cloth, 0.12), radius=16)


def household(s: Sketch, caption: str) -> None:
    if s.chance.random() < 0.35:
        line, door = s.vary(490, 540), s.vary(330, 640)
        _yard(s, line, door=door)
    else:
        line, door = s.vary(570, 630), s.vary(330, 660)
        _corridor(s, line, door)
    things.banner(
        s, s.vary(60, 240), s.vary(46, 70), s.vary(520, 720), s.vary(48, 60), caption=caption, ropes=False
    )
    tall = s.vary(290, 335) * (0.76 if line < 560 else 1.0)
    host = people.look(s, old=s.chance.random() < 0.5)
    people.person(s, door + s.vary(70, 110), line + 6, tall, host, pose="talk", facing=-1)
    helpers = s.chance.randint(1, 3)
    for place in range(helpers):
        x = max(90.0, door - s.vary(70, 110) - place * s.vary(100, 125))
        foot = min(705.0, line + s.vary(45, 70) + place * 8)
        pose: people.Pose = s.chance.choice(("hold", "give", "talk"))
        who = people.look(s, vest=True)
        hands = people.person(s, x, foot, tall * s.vary(1.08, 1.2), who, pose=pose, shadow=hue(0x7E7C77))
        _paper(s, hands[1])
    if s.chance.random() < 0.4:
        x = min(890.0, door + s.vary(250, 330))
        who = people.look(s, old=s.chance.random() < 0.5)
        people.person(
            s, x, min(705.0, line + s.vary(40, 80)), tall * 1.08, who, facing=-1, shadow=hue(0x7E7C77)
        )


def _paper(s: Sketch, hand: Point) -> None:
    x, y = hand
    colour = s.pick(tuple(map(hue, (0xFDFCF8, 0x6FA8DC, 0xF9E79F))))
    s.poly([(x - 22, y - 34), (x + 24, y - 28), (x + 20, y + 24), (x - 26, y + 18)], colour)


def _corridor(s: Sketch, line: float, door: float) -> None:
    wall = s.pick(WALLS, jitter=0.25)
    dado = s.pick(tuple(map(hue, (0x8FB09A, 0xA9BCC8, 0xC9B79C, 0xB7C3AE, 0x7FA0A8, 0xD9D3C7))))
    things.room(s, wall=wall, floor=s.pick(FLOORS), horizon=line)
    s.rect(0, line - s.vary(150, 260), WIDTH, 260, dado)
    s.rect(0, line, WIDTH, HEIGHT - line, s.pick(FLOORS))
    s.rect(0, line, WIDTH, 6, darker(dado, 0.3))
    _doorway(s, door, line, scale=s.vary(0.86, 1.02))
    far = 60.0 if door > 480 else 720.0
    what = s.chance.random()
    if what < 0.35:
        _stairs(s, far - 60, line, dado)
    elif what < 0.6:
        things.window(s, far, s.vary(180, 220), s.vary(140, 200), s.vary(150, 200))
    elif what < 0.85:
        _meter(s, far + s.vary(0, 60), s.vary(170, 240))
    else:
        _other_door(s, far, line, wall)
    if s.chance.random() < 0.5:
        things.plant(s, 890 if door < 480 else 60, line + 30, s.vary(110, 170))


def _stairs(s: Sketch, x: float, line: float, colour: Colour) -> None:
    rise = s.chance.choice((-1, 1))
    for step in range(7):
        left = x + step * 40 if rise > 0 else x + (6 - step) * 40
        s.rect(left, line - (step + 1) * 26, 40, (step + 1) * 26 + 8, darker(colour, 0.1 + step * 0.02))
        s.rect(left, line - (step + 1) * 26, 40, 5, lighter(colour, 0.4))
        s.rect(left + 18, line - (step + 1) * 26 - 88, 4, 90, hue(0x6B7278))
    low, high = (x + 20, x + 260) if rise > 0 else (x + 260, x + 20)
    s.line([(low, line - 112), (high, line - 268)], hue(0x8C5A3C), 9)


def _other_door(s: Sketch, x: float, line: float, wall: Colour) -> None:
    s.rect(x, line - 370, 170, 370, darker(wall, 0.35))
    s.rect(x + 12, line - 358, 146, 358, s.pick(things.WOODS))
    s.disc(x + 140, line - 170, 7, GOLD)
    s.poly([(x + 85, line - 300), (x + 120, line - 265), (x + 85, line - 230), (x + 50, line - 265)], RED)


def _doorway(s: Sketch, x: float, foot: float, *, scale: float) -> None:
    """Open, with couplets at its sides; `x` is its left edge."""
    frame = s.pick(tuple(map(hue, (0x6B4A3A, 0x7A3B2E, 0x4E5A63, 0x8C6A4F))))
    k = scale
    s.rect(x - 16, foot - 400 * k, 212, 400 * k, frame)
    s.rect(x, foot - 384 * k, 180, 384 * k, s.pick(tuple(map(hue, (0xF4E7C9, 0xE9E3D6, 0x8A7A69, 0xDCE3E6)))))
    s.rect(x + 96, foot - 250 * k, 70, 120 * k, hue(0xD9C29A))
    s.poly(
        [(x + 180, foot - 384 * k), (x + 262, foot - 360 * k), (x + 262, foot + 26), (x + 180, foot)],
        lighter(frame, 0.12),
    )
    s.disc(x + 246, foot - 170 * k, 6, GOLD)
    for left in (x - 62, x + 204):
        s.rect(left, foot - 372 * k, 36, 230 * k, RED)
        for row in range(5):
            s.rect(left + 11, foot - (358 - row * 44) * k, 14, 22 * k, GOLD, radius=4)
    s.rect(x + 4, foot - 400 * k - 42, 172, 34, RED)
    s.write(x + 90, foot - 400 * k - 25, s.chance.choice(WISHES), size=25, fill=GOLD)


def _meter(s: Sketch, x: float, y: float) -> None:
    s.rect(x, y, 110, 84, hue(0xC8CDD0), radius=4)
    for place in range(2):
        s.rect(x + 10 + place * 48, y + 12, 40, 44, hue(0xEEF2F4))
        s.disc(x + 30 + place * 48, y + 34, 12, hue(0x9FB3BF))
    s.rect(x, y + 110, 110, 74, WHITE)
    for row in range(4):
        s.rect(x + 10, y + 122 + row * 15, s.vary(50, 88), 6, hue(0x9DB4C0))
