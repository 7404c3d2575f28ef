"""Misconceptions in `soft_mask_branch`: down to a small map and up again, to a full mask."""

from autograder.keys.misconceptions import variant, wrong

MISCONCEPTIONS = (
    wrong(
        "no_skip",
        "There are no skips.",
        "What was seen in detail on the way down is then lost at the bottom.",
        "Keep the map of each size but the smallest, send it through one unit, and add it on the way up.",
        (
            'm = units(enlarge(m, skip) + skip, f"{name}_up{k}", r)',
            'm = units(enlarge(m, skip), f"{name}_up{k}", r)',
        ),
    ),
    wrong(
        "bare_skip",
        "The skip is added without a unit on it.",
        "The released network has one residual unit on each skip.",
        'Use `units(…, name + "_skip…", 1)` on what the way down had.',
        ('skip = units(seen[k - 1], f"{name}_skip{k}", 1)', "skip = seen[k - 1]"),
    ),
    wrong(
        "r_units_on_skip",
        "The skip has `r` units.",
        "It has one, whatever `r` is.",
        "Ask for one unit on each skip.",
        (
            'skip = units(seen[k - 1], f"{name}_skip{k}", 1)',
            'skip = units(seen[k - 1], f"{name}_skip{k}", r)',
        ),
    ),
    wrong(
        "skip_after_units",
        "The skip is added behind the units of the way up.",
        "It is added before them, so that they see both.",
        "Add first, then the units.",
        (
            'm = units(enlarge(m, skip) + skip, f"{name}_up{k}", r)',
            'm = units(enlarge(m, skip), f"{name}_up{k}", r) + skip',
        ),
    ),
    wrong(
        "skip_before_units",
        "The skip starts before the units of the way down.",
        "It starts from what they give.",
        "Keep the map behind the `r` units, not behind the pooling.",
        (
            'm = units(m, f"{name}_down{k}", r)  # (N, H/2^k, W/2^k, C)\n        seen.append(m)',
            'seen.append(m)\n        m = units(m, f"{name}_down{k}", r)',
        ),
    ),
    wrong(
        "skip_multiplied",
        "The skip is multiplied.",
        "It is added.",
        "Use a plus sign.",
        (
            'm = units(enlarge(m, skip) + skip, f"{name}_up{k}", r)',
            'm = units(enlarge(m, skip) * skip, f"{name}_up{k}", r)',
        ),
    ),
    wrong(
        "skip_joined",
        "The skip is put beside the map, not added.",
        "That is another well-known network; here the channels stay as many as they are.",
        "Add the skip.",
        (
            'm = units(enlarge(m, skip) + skip, f"{name}_up{k}", r)',
            'm = units(keras.ops.concatenate([enlarge(m, skip), skip], axis=-1), f"{name}_up{k}", r)',
        ),
    ),
    wrong(
        "skips_in_wrong_order",
        "The skips come in the order of the way down.",
        "The way up begins with the smallest map, so that the last kept is the first used.",
        "Go through what you kept in reverse order.",
        ("seen[k - 1]", "seen[poolings - 1 - k]"),
    ),
    wrong(
        "skip_of_input",
        "The input is added once more at its own size.",
        "At the size of `x` there is no skip: the mask is only enlarged there.",
        "Enlarge to the size of `x`, and go on to the last layers.",
        ("m = enlarge(m, x)", "m = enlarge(m, x) + x"),
    ),
    wrong(
        "nearest",
        "The map is enlarged by repeating its numbers.",
        "Bilinear weighs the four nearest numbers. (`UpSampling2D` repeats unless told otherwise.)",
        'Say `interpolation="bilinear"`.',
        ('interpolation="bilinear"', 'interpolation="nearest"'),
    ),
    wrong(
        "bicubic",
        "The map is enlarged with cubic curves.",
        "The branch enlarges linearly.",
        'Say `interpolation="bilinear"`.',
        ('interpolation="bilinear"', 'interpolation="bicubic"'),
    ),
    wrong(
        "by_two",
        "The map is enlarged by a factor of two.",
        "Sizes may be odd: 7 is pooled to 4, and twice 4 is not 7.",
        "Enlarge to the size of the skip, and at the end to that of `x`.",
        (
            'keras.ops.image.resize(t, like.shape[1:3], interpolation="bilinear")',
            'layers.UpSampling2D(2, interpolation="bilinear")(t)',
        ),
    ),
    wrong(
        "average_pooling",
        "The map is pooled with means.",
        "The branch takes the maximum: one strong answer is enough.",
        "Use `layers.MaxPooling2D`.",
        (
            'm = layers.MaxPooling2D(3, 2, padding="same", name=f"{name}_pool{k}")(m)',
            'm = layers.AveragePooling2D(3, 2, padding="same", name=f"{name}_pool{k}")(m)',
        ),
    ),
    wrong(
        "small_window",
        "The pooling looks at 2 × 2 positions.",
        "Its window is 3 × 3, moved by 2.",
        'Use `layers.MaxPooling2D(3, 2, padding="same")`.',
        ("MaxPooling2D(3, 2,", "MaxPooling2D(2, 2,"),
    ),
    wrong(
        "unpadded_pooling",
        "The pooling does not pad.",
        "Then the sizes are rounded down, and the border is lost.",
        'Use `padding="same"`.',
        ('(3, 2, padding="same"', "(3, 2"),
    ),
    wrong(
        "strided_convolution",
        "The map is made smaller by a convolution.",
        "The branch pools: nothing is learned there.",
        "Use `layers.MaxPooling2D`.",
        (
            'm = layers.MaxPooling2D(3, 2, padding="same", name=f"{name}_pool{k}")(m)',
            'm = layers.Conv2D(x.shape[-1], 3, 2, padding="same", name=f"{name}_pool{k}")(m)',
        ),
    ),
    wrong(
        "no_pooling",
        "The map is never pooled.",
        "Then no number sees far.",
        'Use `layers.MaxPooling2D(3, 2, padding="same")` before the units of each step down.',
        ('m = layers.MaxPooling2D(3, 2, padding="same", name=f"{name}_pool{k}")(m)', ""),
    ),
    wrong(
        "units_before_pooling",
        "The units of the way down come before the pooling.",
        "Each step pools first, then has its units.",
        "Pool first.",
        (
            'm = layers.MaxPooling2D(3, 2, padding="same", name=f"{name}_pool{k}")(m)',
            'PLACE\n        m = layers.MaxPooling2D(3, 2, padding="same", name=f"{name}_pool{k}")(m)',
        ),
        ('m = units(m, f"{name}_down{k}", r)  # (N, H/2^k, W/2^k, C)', ""),
        ("PLACE", 'm = units(m, f"{name}_down{k}", r)'),
    ),
    wrong(
        "always_one_pooling",
        "The map is pooled once, whatever `poolings` is.",
        "The paper pools large maps three times, to reach 7 × 7.",
        "Let a loop run `poolings` times.",
        ("m, seen = x, []", "m, seen, poolings = x, [], 1"),
    ),
    wrong(
        "one_pooling_too_many",
        "The map is pooled once too often.",
        "`poolings` says how often.",
        "Let a loop run `poolings` times.",
        ("m, seen = x, []", "m, seen, poolings = x, [], poolings + 1"),
    ),
    wrong(
        "no_bottom",
        "The bottom has no units of its own.",
        "Behind the last pooling there are `r` units of the way down and `r` more.",
        "Add `r` units at the smallest map.",
        ('m = units(m, name + "_bottom", r)', ""),
    ),
    wrong(
        "no_units_down",
        "There are no units on the way down.",
        "Each pooling is followed by `r` units.",
        "Add `r` units behind each pooling.",
        ('m = units(m, f"{name}_down{k}", r)', ""),
    ),
    wrong(
        "no_units_up",
        "There are no units on the way up.",
        "Each addition is followed by `r` units.",
        "Add `r` units behind each skip.",
        ('m = units(enlarge(m, skip) + skip, f"{name}_up{k}", r)', "m = enlarge(m, skip) + skip"),
    ),
    wrong(
        "ignores_r",
        "There is one unit everywhere, whatever `r` is.",
        "`r` counts the units between two poolings.",
        "Hand `r` to `units`.",
        ('m = units(m, f"{name}_down{k}", r)', 'm = units(m, f"{name}_down{k}", 1)'),
        ('m = units(m, name + "_bottom", r)', 'm = units(m, name + "_bottom", 1)'),
        (
            'm = units(enlarge(m, skip) + skip, f"{name}_up{k}", r)',
            'm = units(enlarge(m, skip) + skip, f"{name}_up{k}", 1)',
        ),
    ),
    wrong(
        "units_at_full_size",
        "There are units once more at the size of `x`.",
        "The units are on the small maps, where they cost little. At full size come the last layers.",
        "Leave out the units behind the last enlargement.",
        ("m = enlarge(m, x)", 'm = enlarge(m, x)\n    m = units(m, name + "_full", r)'),
    ),
    wrong(
        "straight_up",
        "The bottom is enlarged to the full size at once.",
        "The way up goes step by step, with a skip at each size.",
        "Keep the map of each size but the smallest, send it through one unit, and add it on the way up.",
        ("for k in range(poolings - 1, 0, -1):", "for k in ():"),
    ),
    wrong(
        "one_convolution",
        "There is one 1×1 convolution at the end.",
        "There are two, each behind a normalisation and a ReLU.",
        "Repeat normalisation, ReLU and convolution.",
        ('for step in ("a", "b"):', 'for step in ("a",):'),
    ),
    wrong(
        "one_channel",
        "The mask has one channel.",
        "It has a weight for each position *and* channel.",
        "Give the last convolution as many filters as `x` has channels.",
        (
            "m = layers.Conv2D(x.shape[-1], 1, **options)(m)",
            'm = layers.Conv2D(x.shape[-1] if step == "a" else 1, 1, **options)(m)',
        ),
    ),
    wrong(
        "narrow_scores",
        "The first of the last convolutions is narrower.",
        "Both have as many filters as `x` has channels.",
        "Use `x.shape[-1]` filters in both.",
        (
            "m = layers.Conv2D(x.shape[-1], 1, **options)(m)",
            'm = layers.Conv2D(x.shape[-1] // (2 if step == "a" else 1), 1, **options)(m)',
        ),
    ),
    wrong(
        "large_scores",
        "The last convolutions are 3×3.",
        "They are 1×1: what a position needs to know of its surroundings it has from below.",
        "Use 1×1 kernels.",
        (
            "m = layers.Conv2D(x.shape[-1], 1, **options)(m)",
            'm = layers.Conv2D(x.shape[-1], 3, padding="same", **options)(m)',
        ),
    ),
    wrong(
        "no_last_relu",
        "There is no ReLU before the last convolutions.",
        "Two convolutions with none between them are no more than one.",
        "Normalise and activate before each of the two.",
        ('m = layers.ReLU(name=f"{name}_relu_{step}")(m)', ""),
    ),
    wrong(
        "relu_between_only",
        "There is a ReLU between the two last convolutions only.",
        "One stands before the first of them too, as in the released network.",
        "Normalise and activate before each of the two.",
        ('m = layers.ReLU(name=f"{name}_relu_{step}")(m)', 'm = m if step == "a" else layers.ReLU()(m)'),
    ),
    wrong(
        "relu_on_scores",
        "The ReLUs stand behind the last convolutions, not before them.",
        "Then no score is ever negative, and no mask below one half.",
        "Normalise, ReLU, convolve; twice.",
        ('m = layers.ReLU(name=f"{name}_relu_{step}")(m)', ""),
        (
            "m = layers.Conv2D(x.shape[-1], 1, **options)(m)",
            "m = layers.Conv2D(x.shape[-1], 1, **options)(m)\n        m = layers.ReLU()(m)",
        ),
    ),
    wrong(
        "no_last_norm",
        "There is no batch normalisation before the last convolutions.",
        "The released network normalises before each ReLU, here too.",
        "Normalise, ReLU, convolve; twice.",
        ('m = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}_norm_{step}")(m)', ""),
    ),
    wrong(
        "norm_after_convolution",
        "The normalisation comes behind the convolution.",
        "As in the unit, it comes first: normalise, ReLU, convolve.",
        "Put the normalisation before the ReLU.",
        ('m = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}_norm_{step}")(m)', ""),
        (
            "m = layers.Conv2D(x.shape[-1], 1, **options)(m)",
            (
                "m = layers.Conv2D(x.shape[-1], 1, **options)(m)\n"
                "        m = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, "
                'name=f"{name}_norm_{step}")(m)'
            ),
        ),
    ),
    wrong(
        "enlarged_scores",
        "The last convolutions work on the small map, and the scores are enlarged.",
        "The map is enlarged to the size of `x` first.",
        "Enlarge before the last layers.",
        ("m = enlarge(m, x)", ""),
        (
            'activate(m, name + "_activation", activation)',
            'activate(enlarge(m, x), name + "_activation", activation)',
        ),
    ),
    wrong(
        "no_activation",
        "The scores come back, not a mask.",
        "A mask is what `activate` makes of them.",
        "Return `activate(scores, name, activation)`.",
        ('activate(m, name + "_activation", activation)', "m"),
    ),
    wrong(
        "own_sigmoid",
        "The mask is always a sigmoid: its kind is not handed on.",
        "There are three kinds of mask; `activate` knows them, if it is told which.",
        "Return `activate(scores, name, activation)`.",
        ('activate(m, name + "_activation", activation)', "keras.ops.sigmoid(m)"),
    ),
    wrong(
        "own_units",
        "You call your own function, `trunk_branch`, not the one handed in.",
        "The branch should work with any units; yours are only the default.",
        "Call `units`.",
        ('m = units(m, f"{name}_down{k}", r)', 'm = trunk_branch(m, f"{name}_down{k}", r)'),
        ('m = units(m, name + "_bottom", r)', 'm = trunk_branch(m, name + "_bottom", r)'),
        (
            'skip = units(seen[k - 1], f"{name}_skip{k}", 1)',
            'skip = trunk_branch(seen[k - 1], f"{name}_skip{k}", 1)',
        ),
        (
            'm = units(enlarge(m, skip) + skip, f"{name}_up{k}", r)',
            'm = trunk_branch(enlarge(m, skip) + skip, f"{name}_up{k}", r)',
        ),
    ),
    wrong(
        "own_activation",
        "You call your own function, `mask_activation`, not the one handed in.",
        "The branch should work with any activation; yours is only the default.",
        "Call `activate`.",
        (
            'activate(m, name + "_activation", activation)',
            'mask_activation(m, name + "_activation", activation)',
        ),
    ),
    wrong(
        "one_unit_at_the_bottom",
        "The bottom has one unit, whatever `r` is.",
        "Behind the last pooling there are `r` units of the way down and `r` more.",
        "Ask for `r` units at the bottom.",
        ('m = units(m, name + "_bottom", r)', 'm = units(m, name + "_bottom", 1)'),
    ),
    wrong(
        "scores_on_the_small_map",
        "The first of the last two convolutions stands before the map is enlarged.",
        "The map is enlarged to the size of `x` first; then come both convolutions.",
        "Enlarge before the last layers.",
        ("m = enlarge(m, x)", ""),
        (
            'for step in ("a", "b"):',
            'for step in ("a", "b"):\n        m = enlarge(m, x) if step == "b" else m',
        ),
    ),
    wrong(
        "bare_scores",
        "The last two convolutions have no normalisation and no ReLU before them.",
        "Two convolutions with none between them are no more than one.",
        "Normalise, ReLU, convolve; twice.",
        ('m = layers.BatchNormalization(epsilon=1e-5, momentum=0.9, name=f"{name}_norm_{step}")(m)', ""),
        ('m = layers.ReLU(name=f"{name}_relu_{step}")(m)', ""),
    ),
    wrong(
        "masked_input",
        "The mask is multiplied by the input.",
        "The branch returns the mask alone. Where it meets the trunk is exercise 5.",
        "Return what `activate` gives.",
        (
            'activate(m, name + "_activation", activation)',
            'x * activate(m, name + "_activation", activation)',
        ),
    ),
    wrong(
        "one_plus",
        "One is added to the mask.",
        "The branch returns the mask alone. The 1 comes where it meets the trunk.",
        "Return what `activate` gives.",
        (
            'activate(m, name + "_activation", activation)',
            '1 + activate(m, name + "_activation", activation)',
        ),
    ),
    wrong(
        "same_name",
        "The name of a layer does not come from `name`.",
        "The second branch in a model would have the same names, which Keras refuses.",
        "Build every name from `name`.",
        ('"name": f"{name}_scores_{step}"', '"name": f"scores_{step}"'),
    ),
)

# Right answers that give other numbers.
VARIANTS = (
    variant(
        "aligned_corners",
        (
            'keras.ops.image.resize(t, like.shape[1:3], interpolation="bilinear")',
            (
                "layers.Lambda(lambda s: tf.compat.v1.image.resize_bilinear(s, tuple(like.shape[1:3]), "
                "align_corners=True), output_shape=lambda s: (s[0], *like.shape[1:3], s[-1]))(t)"
            ),
        ),
    ),
)
