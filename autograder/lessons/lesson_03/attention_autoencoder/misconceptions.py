"""Misconceptions in `attention_autoencoder`: encoder and decoder, with channel and then spatial attention."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "spatial_first",
        "Spatial attention comes first.",
        "The order is channel, then spatial: the map is made from the channels that the gates have weighed.",
        "Hand what `channel` returns to `spatial`.",
        (
            'spatial(channel(x, name + "_channel"), name + "_spatial")',
            'channel(spatial(x, name + "_spatial"), name + "_channel")',
        ),
    ),
    wrong(
        "channel_only",
        "Only channel attention is used.",
        "The exercise asks for both, one after the other.",
        "Hand what `channel` returns to `spatial`.",
        ('spatial(channel(x, name + "_channel"), name + "_spatial")', 'channel(x, name + "_channel")'),
    ),
    wrong(
        "spatial_only",
        "Only spatial attention is used.",
        "The exercise asks for both, one after the other.",
        "Call `channel` first, and hand what it returns to `spatial`.",
        ('spatial(channel(x, name + "_channel"), name + "_spatial")', 'spatial(x, name + "_spatial")'),
    ),
    wrong(
        "no_attention",
        "No attention is used.",
        "The encoder got a function that returns its input.",
        "Hand the encoder a function that calls `channel`, then `spatial`.",
        ('spatial(channel(x, name + "_channel"), name + "_spatial")', "x"),
    ),
    wrong(
        "side_by_side",
        "Both attentions look at the same feature map, and the results are added.",
        "They should follow each other, so that the second sees what the first has done.",
        "Hand what `channel` returns to `spatial`.",
        (
            'spatial(channel(x, name + "_channel"), name + "_spatial")',
            'channel(x, name + "_channel") + spatial(x, name + "_spatial")',
        ),
    ),
    wrong(
        "multiplied",
        "The results of both attentions are multiplied.",
        "Each already holds the feature map, so the feature map comes in twice.",
        "Hand what `channel` returns to `spatial`.",
        (
            'spatial(channel(x, name + "_channel"), name + "_spatial")',
            'channel(x, name + "_channel") * spatial(x, name + "_spatial")',
        ),
    ),
    wrong(
        "added_back",
        "The feature map is added back after the attention.",
        "There is no shortcut here: both attentions only turn down.",
        "Return what `spatial` gives, alone.",
        (
            'spatial(channel(x, name + "_channel"), name + "_spatial")',
            'x + spatial(channel(x, name + "_channel"), name + "_spatial")',
        ),
    ),
    wrong(
        "same_name",
        "Two parts of the network get the same name.",
        (
            "Keras refuses two layers of one name. The two attentions of a stage need a name each; so do "
            "encoder and decoder."
        ),
        'Add a word of its own to each, such as `name + "_channel"`.',
        ('spatial(channel(x, name + "_channel"), name + "_spatial")', "spatial(channel(x, name), name)"),
    ),
    wrong(
        "code_only",
        "Attention is used on the code alone.",
        "It belongs into every stage of the encoder.",
        "Hand it to `encoder` as the argument `attention`.",
        (
            'code = encoder(x, filters, both, name + "_encoder")',
            'code = both(encoder(x, filters, lambda x, name: x, name + "_encoder"), name)',
        ),
    ),
    wrong(
        "code_too",
        "Attention is used once more, on the code.",
        "The stages of the encoder have theirs; the code has none.",
        "Hand the code to the decoder as it is.",
        ("decoder(code,", "decoder(both(code, name),"),
    ),
    wrong(
        "image_too",
        "Attention is used on the image as well.",
        "It should refine what a block has found. An image has one channel, and nothing to choose from.",
        "Hand the image to the encoder as it is.",
        ("encoder(x,", "encoder(both(x, name),"),
    ),
    wrong(
        "leak",
        "The image itself gets past the code.",
        "With a way around the code the network can copy, and the task is trivial.",
        "Return what the decoder gives, alone.",
        (
            'return decoder(code, filters, name + "_decoder")',
            'return 0.5 * x + 0.5 * decoder(code, filters, name + "_decoder")',
        ),
    ),
    wrong(
        "returns_code",
        "The code comes back, not an image.",
        "The decoder is missing.",
        "Hand the code to `decoder`.",
        ('return decoder(code, filters, name + "_decoder")', "return code"),
    ),
    wrong(
        "turned_widths",
        "The decoder gets the widths backwards.",
        "It turns them round itself; handed in backwards, they come out in the order of the encoder.",
        "Hand `filters` to both as they are.",
        ("decoder(code, filters,", "decoder(code, filters[::-1],"),
    ),
    wrong(
        "fixed_name",
        "The names do not come from `name`.",
        "A second autoencoder in a model would have the same layer names, which Keras refuses.",
        'Build every name from `name`, such as `name + "_encoder"`.',
        ('name + "_encoder"', '"encoder"'),
    ),
)
