"""Misconceptions in `decoder`: upsampling and block in every stage, then a convolution with a sigmoid."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "no_upsampling",
        "Nothing gets larger.",
        "Every stage of the encoder halved the size. Every stage of the decoder has to double it.",
        "Begin every stage with an upsampling.",
        ('z = layers.UpSampling2D(2, name=f"{name}{stage}_up")(z)', "z = z"),
    ),
    wrong(
        "upsampling_once",
        "The size is doubled once only.",
        "There must be as many doublings as the encoder had halvings.",
        "Put the upsampling inside the loop, whatever the stage.",
        (
            'z = layers.UpSampling2D(2, name=f"{name}{stage}_up")(z)',
            'z = layers.UpSampling2D(2, name=f"{name}{stage}_up")(z) if stage == 1 else z',
        ),
    ),
    wrong(
        "too_large",
        "Every stage makes the size four times as large.",
        "The encoder divided it by two in every stage.",
        "Upsample by 2.",
        ("UpSampling2D(2,", "UpSampling2D(4,"),
    ),
    wrong(
        "bilinear",
        "The upsampling draws soft edges between the values.",
        "The exercise repeats every value in a square of 2 × 2. The convolution behind it may smooth them.",
        "Leave `interpolation` as it is.",
        ("UpSampling2D(2,", 'UpSampling2D(2, interpolation="bilinear",'),
    ),
    wrong(
        "block_first",
        "The block comes before the upsampling.",
        "Then nobody works on the enlarged map, and its squares of 2 × 2 stay.",
        "Upsampling, then block.",
        ('z = layers.UpSampling2D(2, name=f"{name}{stage}_up")(z)', "LARGER"),
        (
            'z = autoencoder_block(z, width, f"{name}{stage}")',
            'z = layers.UpSampling2D(2, name=f"{name}{stage}_up")(z)',
        ),
        ("LARGER", 'z = autoencoder_block(z, width, f"{name}{stage}")'),
    ),
    wrong(
        "transposed",
        "A transposed convolution stands in place of the upsampling.",
        "It has weights of its own; the upsampling of this exercise has none.",
        "Use `layers.UpSampling2D`.",
        ("layers.UpSampling2D(2,", "layers.Conv2DTranspose(width, 2, strides=2,"),
    ),
    wrong(
        "same_order",
        "The widths are used in the order of the encoder.",
        "The decoder is the mirror image: it begins with the last width.",
        "Go through `filters` backwards.",
        (
            "for stage, width in enumerate(reversed(filters), 1):",
            "for stage, width in enumerate(filters, 1):",
        ),
    ),
    wrong(
        "sorted_widths",
        "The widths are sorted by size.",
        "The mirror image of the encoder goes backwards through `filters`, whatever the numbers are.",
        "Use `reversed(filters)`.",
        ("reversed(filters)", "sorted(filters)"),
    ),
    wrong(
        "one_stage",
        "Only one stage is done.",
        "There are as many stages as `filters` has numbers.",
        "Loop over all of `filters`.",
        ("reversed(filters)", "filters[-1:]"),
    ),
    wrong(
        "no_last_layer",
        "The last convolution is missing.",
        "What comes out of the last block has many channels. An image has one.",
        "End with a convolution that has one filter.",
        ('layers.Conv2D(1, 3, padding="same", activation="sigmoid", name=name + "_pixels")(z)', "z"),
    ),
    wrong(
        "many_images",
        "The last convolution has more than one filter.",
        "A grey image has one channel.",
        "Give the last convolution one filter.",
        ("layers.Conv2D(1, 3,", "layers.Conv2D(filters[0], 3,"),
    ),
    wrong(
        "last_shrinks",
        "The last convolution takes the border off.",
        "The image that comes out has to be as large as the one that went in.",
        'Keep the size with `padding="same"`.',
        ('padding="same"', 'padding="valid"'),
    ),
    wrong(
        "last_one_by_one",
        "The last kernel is 1×1.",
        "It sees no neighbours. The exercise asks for 3×3.",
        "Make the last kernel 3×3.",
        ("layers.Conv2D(1, 3,", "layers.Conv2D(1, 1,"),
    ),
    wrong(
        "linear",
        "The last convolution has no activation.",
        "It can then give any number, and a pixel lies between 0 and 1.",
        "Finish with a sigmoid.",
        (' activation="sigmoid",', ""),
    ),
    wrong(
        "relu",
        "The last activation is a ReLU.",
        "It has no upper end, and where it gives 0 nothing is learned any more.",
        "Finish with a sigmoid.",
        ('"sigmoid"', '"relu"'),
    ),
    wrong(
        "tanh",
        "The last activation is a tanh.",
        "Half of its values are below 0, where no pixel is.",
        "Finish with a sigmoid.",
        ('"sigmoid"', '"tanh"'),
    ),
    wrong(
        "softmax",
        "A softmax over one channel is 1 everywhere.",
        "Pixels do not compete. Every pixel has a brightness of its own.",
        "Finish with a sigmoid.",
        ('"sigmoid"', '"softmax"'),
    ),
    wrong(
        "softmax_over_pixels",
        "The pixels of an image add up to 1.",
        "Pixels do not compete. Every pixel has a brightness of its own.",
        "Finish with a sigmoid at every pixel.",
        ('"sigmoid"', '"linear"'),
        (
            'return layers.Conv2D(1, 3, padding="same", activation="linear", name=name + "_pixels")(z)',
            (
                'scores = layers.Conv2D(1, 3, padding="same", activation="linear", name=name + "_pixels")'
                "(z)\n"
                "    shares = layers.Softmax()(layers.Flatten()(scores))\n"
                "    return layers.Reshape(scores.shape[1:])(shares)"
            ),
        ),
    ),
    wrong(
        "hard_sigmoid",
        "The last activation is a hard sigmoid.",
        "It is made of straight lines, and quite flat outside the middle. The equation has the smooth one.",
        "Use `sigmoid`.",
        ('"sigmoid"', '"hard_sigmoid"'),
    ),
    wrong(
        "block_last",
        "The image comes out of a block.",
        "Its ReLU has no upper end. The last step is a convolution with a sigmoid, without a normalisation.",
        "End with `layers.Conv2D` and a sigmoid.",
        (
            'layers.Conv2D(1, 3, padding="same", activation="sigmoid", name=name + "_pixels")(z)',
            'autoencoder_block(z, 1, name + "_pixels")',
        ),
    ),
    wrong(
        "same_block_name",
        "Two blocks get the same name.",
        "Keras refuses two layers of one name. Every stage needs a name of its own.",
        "Put the number of the stage into the name you hand to `autoencoder_block`.",
        ('z = autoencoder_block(z, width, f"{name}{stage}")', "z = autoencoder_block(z, width, name)"),
    ),
    wrong(
        "named_by_width",
        "The names of a stage hold its width, not its number.",
        "Two stages may have the same width. Keras refuses two layers of one name.",
        "Put the number of the stage into the names.",
        ("{name}{stage}", "{name}{width}"),
    ),
    wrong(
        "fixed_name",
        "The last convolution's name does not come from `name`.",
        "The second decoder in a model would have the same layer name as the first, which Keras refuses.",
        'Build the name from `name`, such as `name + "_pixels"`.',
        ('name=name + "_pixels"', 'name="pixels"'),
    ),
)
