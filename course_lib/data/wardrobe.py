"""How each kind of garment is cut and drawn.

Lengths are pixels from the centre of the image; y grows downwards, toes point left. Each function draws one
kind on all pages of a sketch and returns the images, shape (n, 28, 28), uint8.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course_lib.data.shapes import Field, Size, box, cover, curve, limb, paint, ring
from course_lib.data.sketch import SIDE, Sketch, cloth_of, contrast, paint_cloth


@dataclass(frozen=True)
class _Cut:
    """Sizes of a top, from the neck down; half-widths in pixels, heights as y."""

    neck: Size
    shoulder: Size
    chest: Size
    waist: Size
    hem: Size
    bottom: Size
    sleeve: Size  # length as a part of the arm: 0 is none, 1 reaches the hand
    sleeve_width: Size
    spread: Size  # how far the hand hangs from the middle
    collar_depth: Size


def _top(sketch: Sketch, cloth: Field, cut: _Cut) -> Field:
    """Paint sleeves and body, cut out the neck; return the body's signed distance."""
    side = np.abs(sketch.x)
    shoulder = (cut.shoulder - cut.sleeve_width * 0.8, -9.2)
    hand = (cut.spread + sketch.normal(0.5) * np.sign(sketch.x), sketch.between(11.5, 13))
    part = np.maximum(cut.sleeve, 0.05)
    end = (shoulder[0] + (hand[0] - shoulder[0]) * part, shoulder[1] + (hand[1] - shoulder[1]) * part)
    sleeve = limb(side, sketch.y, shoulder, end, (cut.sleeve_width, cut.sleeve_width * 0.8))
    sleeve = np.where(cut.sleeve > 0, sleeve, 9)

    width = curve(
        sketch.y,
        [
            (-13.2, cut.neck),
            (-10.5, cut.shoulder),
            (-4.0, cut.chest),
            (2.0, cut.waist),
            (cut.bottom, cut.hem),
        ],
    )
    body: Field = np.maximum(np.maximum(side - width, sketch.y - cut.bottom), -13.2 - sketch.y)
    neck = np.hypot(side / (cut.neck - 0.3), (sketch.y + 13.4) / cut.collar_depth) - 1
    body = np.maximum(body, -neck * cut.collar_depth)
    paint_cloth(sketch, sleeve, cloth * sketch.between(0.85, 1))
    paint_cloth(sketch, body, cloth)
    return body


def _logo(sketch: Sketch, cloth: Field, body: Field, odds: float) -> None:
    """Paint a printed block on the chest, broken up like lettering."""
    n = len(sketch.canvas)
    letters = sketch.rng.random((n, SIDE, SIDE), np.float32) < 0.7
    place = box(
        sketch.x - sketch.normal(1),
        sketch.y + sketch.between(-2, 6),
        sketch.between(1, 5),
        sketch.between(0.7, 3.5),
    )
    paint(sketch.canvas, np.maximum(place, body), contrast(sketch, cloth), sketch.chance(odds) * letters)


def _front(sketch: Sketch, cloth: Field, body: Field, line: Size, buttons: Size) -> None:
    """Paint a front that opens: a thin line down the middle and a row of buttons."""
    middle = sketch.x - sketch.normal(0.3)
    tone = contrast(sketch, cloth)
    paint(sketch.canvas, np.maximum(np.abs(middle) - 0.35, body), tone, line)
    spacing = sketch.between(2.6, 4.2)
    from_button = np.abs((sketch.y / spacing) % 1 - 0.5) * spacing
    paint(sketch.canvas, np.maximum(np.hypot(middle - 0.6, from_button) - 0.75, body), tone, buttons)


def _collar(sketch: Sketch, cloth: Field, size: Size, strength: Size) -> None:
    """Paint two flaps that fall away from the neck."""
    flap = np.abs(np.abs(sketch.x) - 1.2 - 0.45 * (sketch.y + 13)) - 1.1
    flap = np.maximum(flap, np.abs(sketch.y + 12.8) - size)
    paint(sketch.canvas, flap, contrast(sketch, cloth, 0.1, 0.3), strength)


def _t_shirt(sketch: Sketch) -> NDArray[np.uint8]:
    cloth = cloth_of(sketch)
    chest = sketch.between(5.8, 7.8)
    cut = _Cut(
        neck=sketch.between(2.4, 4.0),
        shoulder=chest + sketch.between(0.2, 1.2),
        chest=chest,
        waist=chest - sketch.between(-0.2, 0.8),
        hem=chest + sketch.between(-0.3, 0.9),
        bottom=sketch.between(12.2, 13.5),
        sleeve=sketch.pick((0.68, 0.2, 0.4), (0.12, 0.0, 0.0), (0.2, 0.4, 1.0)),
        sleeve_width=sketch.between(2.5, 3.4),
        spread=sketch.between(8.8, 13.5),
        collar_depth=sketch.between(1.5, 4),
    )
    body = _top(sketch, cloth, cut)
    _logo(sketch, cloth, body, 0.4)
    _front(sketch, cloth, body, 0, sketch.chance(0.06))
    return sketch.finish()


def _pullover(sketch: Sketch) -> NDArray[np.uint8]:
    cloth = cloth_of(sketch)
    chest = sketch.between(5.8, 7.4)
    cut = _Cut(
        neck=sketch.between(2.4, 3.8),
        shoulder=chest + sketch.between(0, 0.8),
        chest=chest,
        waist=chest - sketch.between(-0.3, 0.7),
        hem=chest - sketch.between(-0.3, 0.9),
        bottom=sketch.between(10.8, 13.4),
        sleeve=sketch.between(0.75, 1.0),
        sleeve_width=sketch.between(2.1, 3.0),
        spread=sketch.between(8.6, 10.6),
        collar_depth=sketch.between(0.8, 3.2),
    )
    body = _top(sketch, cloth, cut)
    hood = np.hypot(sketch.x / sketch.between(3.5, 4.5), (sketch.y + 11.5) / 2.2) - 1
    paint(sketch.canvas, 2 * hood, cloth * sketch.between(0.7, 0.9), sketch.chance(0.18))
    rib = np.maximum(np.abs(sketch.y - cut.bottom + 0.8) - 1, body)
    paint(sketch.canvas, rib, contrast(sketch, cloth, 0.08, 0.2), sketch.chance(0.5))
    _logo(sketch, cloth, body, 0.25)
    _front(sketch, cloth, body, sketch.chance(0.05), 0)
    return sketch.finish()


def _dress(sketch: Sketch) -> NDArray[np.uint8]:
    cloth = cloth_of(sketch, (0.45, 0.08, 0.06, 0.04, 0.2, 0.1, 0.07))
    chest = sketch.between(3.6, 6.4)
    cut = _Cut(
        neck=sketch.between(2.0, 3.4),
        shoulder=chest + sketch.between(-0.4, 0.6),
        chest=chest,
        waist=chest - sketch.between(0, 1.2),
        hem=chest + sketch.pick((0.6, -0.3, 1.8), (0.4, 1.8, 4.5)),
        bottom=sketch.between(12.6, 13.6),
        sleeve=sketch.pick((0.55, 0.0, 0.0), (0.25, 0.15, 0.4), (0.25, 0.5, 1.0)),
        sleeve_width=sketch.between(1.5, 2.2),
        spread=sketch.between(7.5, 11.5),
        collar_depth=sketch.between(1.2, 4.5),
    )
    body = _top(sketch, cloth, cut)
    belt = np.maximum(np.abs(sketch.y - sketch.between(-3, 1)) - 0.6, body)
    paint(sketch.canvas, belt, contrast(sketch, cloth, 0.15, 0.4), sketch.chance(0.35))
    pleats = np.clip(sketch.y / 8, 0, 1) * np.sin(sketch.between(1.3, 2.2) * sketch.x)
    sketch.shade(1 - sketch.between(0, 0.25) * sketch.chance(0.5) * pleats)
    return sketch.finish()


def _coat(sketch: Sketch) -> NDArray[np.uint8]:
    cloth = cloth_of(sketch, (0.5, 0.05, 0.05, 0.06, 0.12, 0.06, 0.16))
    chest = sketch.between(5.6, 7.2)
    cut = _Cut(
        neck=sketch.between(2.2, 3.4),
        shoulder=chest + sketch.between(-0.2, 0.7),
        chest=chest,
        waist=chest - sketch.between(-0.2, 0.9),
        hem=chest + sketch.between(-0.4, 1.2),
        bottom=sketch.between(11.8, 13.6),
        sleeve=sketch.between(0.75, 1.0),
        sleeve_width=sketch.between(2.2, 3.0),
        spread=sketch.between(8.4, 10.2),
        collar_depth=sketch.between(0.7, 2),
    )
    body = _top(sketch, cloth, cut)
    lapel = np.abs(np.abs(sketch.x) - curve(sketch.y, [(-13, 2.6), (sketch.between(-7, -2), 0.2)])) - 0.55
    paint(
        sketch.canvas,
        np.maximum(lapel, sketch.y + 4),
        contrast(sketch, cloth, 0.15, 0.35),
        sketch.chance(0.5),
    )
    _collar(sketch, cloth, sketch.between(1.5, 2.8), sketch.chance(0.6))
    _front(sketch, cloth, body, sketch.chance(0.92), sketch.chance(0.4))
    pocket = box(np.abs(sketch.x) - 4, sketch.y - sketch.between(3, 6), 1.5, 0.5)
    paint(sketch.canvas, pocket, contrast(sketch, cloth, 0.1, 0.3), sketch.chance(0.5))
    return sketch.finish()


def _shirt(sketch: Sketch) -> NDArray[np.uint8]:
    cloth = cloth_of(sketch, (0.34, 0.08, 0.1, 0.16, 0.18, 0.04, 0.1))
    chest = sketch.between(5.0, 7.4)
    cut = _Cut(
        neck=sketch.between(2.3, 3.6),
        shoulder=chest + sketch.between(0, 1.0),
        chest=chest,
        waist=chest - sketch.between(-0.1, 1.0),
        hem=chest + sketch.between(-0.3, 1.2),
        bottom=sketch.between(11.4, 13.6),
        sleeve=sketch.pick((0.27, 0.22, 0.4), (0.08, 0.0, 0.0), (0.2, 0.45, 0.8), (0.45, 0.85, 1.0)),
        sleeve_width=sketch.between(2.2, 3.0),
        spread=sketch.between(8.6, 11.5),
        collar_depth=sketch.between(1, 3.2),
    )
    body = _top(sketch, cloth, cut)
    # Curved tails: the hem rises towards the sides.
    tails = sketch.y - cut.bottom + sketch.chance(0.35) * 0.05 * sketch.x**2
    sketch.shade(np.where(np.abs(sketch.x) < cut.hem, cover(tails), 1))
    _collar(sketch, cloth, sketch.between(1.2, 2.2), sketch.chance(0.6))
    _front(sketch, cloth, body, sketch.chance(0.15), sketch.chance(0.8))
    pocket = box(sketch.x - 3, sketch.y + 4, 1.3, 1.3)
    paint(sketch.canvas, np.abs(pocket) - 0.3, contrast(sketch, cloth, 0.1, 0.3), sketch.chance(0.25))
    return sketch.finish()


def _trouser(sketch: Sketch) -> NDArray[np.uint8]:
    cloth = cloth_of(sketch, (0.56, 0.03, 0.06, 0.04, 0.13, 0.03, 0.15))
    waist, cuff = sketch.between(3.2, 4.6), sketch.between(1.2, 2.4)
    crotch = sketch.between(-6.5, -3)
    stand = sketch.between(1.8, 4.4)  # how far the feet stand from the middle
    side = np.abs(sketch.x - sketch.normal(0.04) * (sketch.y + 13))
    hip = waist + sketch.between(0, 0.9)
    outer = curve(sketch.y, [(-13.4, waist), (-8, hip), (13.4, stand + cuff)])
    inner = curve(sketch.y, [(crotch, -0.7), (crotch + 3, 0.3), (13.4, stand - cuff)])
    legs = np.maximum(np.maximum(side - outer, inner - side), np.abs(sketch.y) - sketch.between(12.8, 13.6))
    fade = 1 + sketch.between(-0.1, 0.45) * np.exp(-(((side - 2.6) / 1.6) ** 2)) * np.exp(-(sketch.y**2) / 90)
    paint_cloth(sketch, legs, np.minimum(cloth * fade, 1))
    tone = contrast(sketch, cloth, 0.1, 0.35)
    belt = np.maximum(np.abs(sketch.y + 12.4) - 0.6, legs)
    paint(sketch.canvas, belt, tone, sketch.chance(0.6))
    fly = np.maximum(np.maximum(np.abs(sketch.x) - 0.4, sketch.y - crotch), legs)
    paint(sketch.canvas, fly, tone, sketch.chance(0.6))
    pocket = np.maximum(np.abs(side - 2.2 + 0.5 * (sketch.y + 10)) - 0.35, np.abs(sketch.y + 10) - 1.6)
    paint(sketch.canvas, np.maximum(pocket, legs), tone, sketch.chance(0.5))
    return sketch.finish()


def _sandal(sketch: Sketch) -> NDArray[np.uint8]:
    cloth = cloth_of(sketch, (0.7, 0.0, 0.02, 0.0, 0.06, 0.0, 0.22))
    heel = sketch.pick((0.55, 0, 1.5), (0.45, 4, 13))
    ground = sketch.between(5, 7) + 0.35 * heel
    wedge = sketch.chance(0.4)
    thickness = sketch.between(0.7, 1.5)
    # The sole: flat under the toes, rising to the heel.
    sole = ground - curve(sketch.x, [(-6, 0), (sketch.between(5, 8), heel)])
    length = np.abs(sketch.x) - 13.4
    plank = np.maximum(np.abs(sketch.y - sole) - thickness, length)
    under = np.where(wedge > 0, -4 - sketch.x, np.abs(sketch.x - 11.5 + 0.1 * (sketch.y - ground)) - 1.1)
    prop = np.maximum(np.maximum(under, np.maximum(sole - sketch.y, sketch.y - ground - thickness)), length)
    tone = np.clip(cloth * sketch.between(0.55, 1.1), 0.12, 1)
    paint(sketch.canvas, prop, tone, sketch.between(0.7, 1))
    paint(sketch.canvas, plank, tone)

    # Straps are arches that stand on the sole; more of them towards the ankle.
    for centre, height, odds in ((-8.0, 3.5, 0.9), (-4.0, 5.5, 0.75), (1.0, 6.5, 0.4), (7.0, 7.0, 0.5)):
        at = centre + sketch.normal(0.8)
        top = height * sketch.between(0.7, 1.25)
        foot = ground - curve(at * np.ones_like(sketch.x), [(-6, 0), (7, heel)])
        arch = ring(
            sketch.x - at - 0.3 * (foot - sketch.y), sketch.y - foot, sketch.between(2.2, 4.2), top, 1.3
        )
        paint(sketch.canvas, np.maximum(arch, sketch.y - sole), cloth, sketch.chance(odds))
    back = sketch.chance(0.55)
    counter = limb(sketch.x, sketch.y, (12.2, ground - heel - 7.5), (12.6, ground - heel), (0.8, 0.9))
    strap = limb(sketch.x, sketch.y, (12.2, ground - heel - 6.5), (-2.0, ground - heel * 0.4 - 1), (0.6, 0.7))
    paint(sketch.canvas, counter, cloth, back)
    paint(sketch.canvas, strap, cloth, back * sketch.chance(0.7))
    return sketch.finish(0.05)


def _shoe(
    sketch: Sketch, cloth: Field, ground: Size, knots: list[tuple[Size, Size]], sole: Size, sole_tone: Size
) -> Field:
    """Paint an upper under the line through `knots`, and a sole; returns the upper's signed distance."""
    roof = curve(sketch.x, knots)
    length = np.abs(sketch.x) - 13.4
    upper: Field = np.maximum(np.maximum((roof - sketch.y) * 0.85, sketch.y - ground + sole), length)
    paint_cloth(sketch, upper, cloth)
    toe_spring = sketch.between(0, 0.12) * np.maximum(-9 - sketch.x, 0) ** 2 * 0.5
    base = np.maximum(np.abs(sketch.y - ground + sole / 2 + toe_spring) - sole / 2, length)
    paint(sketch.canvas, base, sole_tone)
    return upper


def _sneaker(sketch: Sketch) -> NDArray[np.uint8]:
    cloth = cloth_of(sketch, (0.6, 0.0, 0.02, 0.02, 0.06, 0.05, 0.25))
    ground = sketch.between(4.5, 8)
    toe, tongue = sketch.between(3.2, 4.6), sketch.pick((0.7, 8.2, 10.5), (0.3, 10.5, 17))
    heel = tongue - sketch.between(-0.6, 1.6)
    peak = sketch.between(1.5, 4)
    knots: list[tuple[Size, Size]] = [
        (-13.6, ground - 1.5),
        (-12, ground - toe),
        (-7, ground - toe - 1.2),
        (peak, ground - tongue),
        (peak + 3, ground - tongue + sketch.between(0.8, 2.2)),
        (11.5, ground - heel + 0.8),
        (13.2, ground - heel),
    ]
    tone = contrast(sketch, cloth)
    sole_tone = np.where(sketch.chance(0.55) > 0, sketch.between(0.75, 1), tone)
    upper = _shoe(sketch, cloth, ground, knots, sketch.between(1.5, 2.8), sole_tone)
    # Laces: short bars across the slope of the tongue.
    slope = sketch.y - ground + curve(sketch.x, [(-7, toe + 1.2), (peak, tongue)])
    laces = np.maximum(np.abs((sketch.x / 1.9) % 1 - 0.5) * 1.9 - 0.45, np.abs(slope - 1.3) - 0.9)
    laces = np.maximum(laces, np.abs(sketch.x - peak + 4.5) - 4)
    paint(sketch.canvas, np.maximum(laces, upper), tone, sketch.chance(0.75))
    # A stripe on the side, straight or curved.
    bend = sketch.between(-0.06, 0.06) * (sketch.x - 2) ** 2
    flank = np.abs(
        sketch.y - ground + sketch.between(3.4, 5) + sketch.between(-0.7, 0.3) * (sketch.x - 2) + bend
    )
    flank = np.maximum(flank - sketch.between(0.5, 1), np.abs(sketch.x - 2) - sketch.between(2, 6))
    paint(sketch.canvas, np.maximum(flank, upper), tone, sketch.chance(0.6))
    counter = np.maximum(10 - sketch.x + 0.3 * (sketch.y - ground), upper)
    paint(sketch.canvas, counter, tone, sketch.chance(0.4))
    return sketch.finish(0.04)


def _bag(sketch: Sketch) -> NDArray[np.uint8]:
    cloth = cloth_of(sketch, (0.52, 0.05, 0.05, 0.06, 0.14, 0.06, 0.12))
    width, height = sketch.between(8.5, 13.3), sketch.between(5.5, 9.5)
    middle = 13 - height
    handle_kind = sketch.pick(
        (0.45, 0.35, 0.6), (0.25, 0.75, 0.95), (0.3, 0, 0)
    )  # width as a part of the bag's
    middle = np.where(handle_kind > 0, middle, middle * sketch.between(0, 0.8))
    flare = 1 + sketch.between(-0.03, 0.015) * (sketch.y - middle)
    body = box(sketch.x / flare, sketch.y - middle, width, height, sketch.between(0.3, 4))
    top = middle - height
    rise = np.minimum(sketch.between(4, 10), top + 13.2)
    handle = ring(
        sketch.x,
        sketch.y - top,
        np.maximum(width * handle_kind, 1),
        np.maximum(rise, 1),
        sketch.between(1.1, 2),
    )
    handle = np.where((handle_kind > 0) & (rise > 2), np.maximum(handle, sketch.y - top - 0.5), 9)
    tone = contrast(sketch, cloth)
    paint(sketch.canvas, handle, np.clip(cloth * sketch.between(0.6, 1.05), 0.12, 1))
    paint_cloth(sketch, body, cloth)
    flap = np.maximum(sketch.y - middle - sketch.between(-0.4, 0.4) * height + 0.02 * sketch.x**2, body)
    paint(sketch.canvas, np.abs(flap) - 0.4, tone, sketch.chance(0.45) * cover(body + 1))
    paint(sketch.canvas, flap, cloth * 0.85, sketch.chance(0.3))
    clasp = box(
        sketch.x - sketch.normal(0.5),
        sketch.y - middle + sketch.between(-1, 3),
        1.2,
        sketch.between(0.7, 1.5),
    )
    paint(sketch.canvas, clasp, tone, sketch.chance(0.55))
    seams = np.abs(np.abs(sketch.x) - 0.55 * width) - 0.4
    paint(sketch.canvas, np.maximum(seams, body), tone, 0.7 * sketch.chance(0.3))
    return sketch.finish()


def _ankle_boot(sketch: Sketch) -> NDArray[np.uint8]:
    cloth = cloth_of(sketch, (0.66, 0.0, 0.02, 0.0, 0.05, 0.07, 0.2))
    ground = sketch.between(6.5, 12)
    toe, shaft = sketch.between(3.6, 5.2), sketch.pick((0.7, 15, 22.5), (0.3, 10.5, 15))
    front = sketch.between(-1.5, 3)
    knots: list[tuple[Size, Size]] = [
        (-13.6, ground - 1.5),
        (-12, ground - toe),
        (-7, ground - toe - 1.5),
        (front - 2, ground - toe - sketch.between(4, 7)),
        (front, ground - shaft),
        (13.2, ground - shaft + sketch.normal(0.8)),
    ]
    tone = contrast(sketch, cloth)
    sole = sketch.between(1.0, 2.4)
    sole_tone = np.where(sketch.chance(0.3) > 0, sketch.between(0.7, 1), np.clip(cloth * 0.6, 0.1, 1))
    upper = _shoe(sketch, cloth, ground, knots, sole, sole_tone)
    heel = sketch.chance(0.65) * sketch.between(1, 4.5)
    block = box(sketch.x - 10, sketch.y - ground - heel / 2, sketch.between(1.5, 3.5), heel / 2 + 0.1)
    paint(sketch.canvas, np.where(heel > 0, block, 9), sole_tone)
    # An elastic panel or a zip at the ankle.
    middle = sketch.between(4, 8)
    panel = np.abs(sketch.x - middle) - sketch.between(0.4, 2.4) * np.clip(
        1 - (sketch.y - ground + 5) / 12, 0.3, 1
    )
    panel = np.maximum(np.maximum(panel, sketch.y - ground + 6), upper)
    paint(sketch.canvas, panel, contrast(sketch, cloth, 0.12, 0.4), sketch.chance(0.45))
    laces = np.maximum(np.abs((sketch.y / 2) % 1 - 0.5) * 2 - 0.45, np.abs(sketch.x - front - 1.6) - 1.8)
    paint(
        sketch.canvas, np.maximum(np.maximum(laces, sketch.y - ground + 7), upper), tone, sketch.chance(0.35)
    )
    cuff = np.maximum(np.abs(sketch.y - ground + shaft - 1) - 1.2, upper)
    paint(sketch.canvas, cuff, contrast(sketch, cloth, 0.1, 0.35), sketch.chance(0.35))
    return sketch.finish(0.04)


DRAW: tuple[Callable[[Sketch], NDArray[np.uint8]], ...] = (
    _t_shirt,
    _trouser,
    _pullover,
    _dress,
    _coat,
    _sandal,
    _shirt,
    _sneaker,
    _bag,
    _ankle_boot,
)
