"""Misconceptions in `preprocess`: bytes to float32 from 0 to 1, with an axis for the channel."""

from autograder.keys.misconceptions import wrong

MISCONCEPTIONS = (
    wrong(
        "not_scaled",
        "The values still run from 0 to 255.",
        "Networks learn more easily from numbers near 1.",
        "Divide by 255.",
        (" / 255", ""),
    ),
    wrong(
        "divided_by_256",
        "The values are divided by 256.",
        "The largest value of a byte is 255, so white would stay a little below 1.",
        "Divide by 255.",
        (" / 255", " / 256"),
    ),
    wrong(
        "divided_by_largest",
        "The values are divided by the largest one that is there.",
        "The same garment would then look different in another batch, as the scale changes with its company.",
        "Divide by 255 always.",
        (" / 255", " / images.max()"),
    ),
    wrong(
        "stretched",
        "The values are stretched from the smallest to the largest one that is there.",
        "The scale then changes with the company an image is in.",
        "Divide by 255, and subtract nothing.",
        (
            'return images[..., np.newaxis].astype("float32") / 255',
            "x = images[..., None].astype('float32')\n    return (x - x.min()) / (x.max() - x.min())",
        ),
    ),
    wrong(
        "whole_division",
        "The division throws away everything behind the point.",
        "`//`, or a type for whole numbers, leaves 0 for every value but the brightest.",
        "Divide with a single `/`, and keep float32 until the end.",
        (" / 255", " // 255"),
    ),
    wrong(
        "minus_one_to_one",
        "The values run from -1 to 1.",
        "That is a scale some networks use, but here black is 0.",
        "Divide by 255, and subtract nothing.",
        (" / 255", " / 127.5 - 1"),
    ),
    wrong(
        "standardised",
        "The values are standardised: mean 0, spread 1.",
        "That is useful too, but here black is 0 and white is 1.",
        "Divide by 255, and subtract nothing.",
        (
            'return images[..., np.newaxis].astype("float32") / 255',
            "x = images[..., None].astype('float32')\n    return (x - x.mean()) / x.std()",
        ),
    ),
    wrong(
        "negative",
        "Black and white have changed places.",
        "The brightest value should become 1.",
        "Do not subtract from 1.",
        ("return images", "return 1 - images"),
    ),
    wrong(
        "no_channel_axis",
        "The axis for the channel is missing.",
        "Convolution layers expect (N, H, W, C), and a grey image has one channel.",
        "Add an axis of size 1 at the end.",
        ("[..., np.newaxis]", ""),
    ),
    wrong(
        "channel_first",
        "The channel axis stands before height and width.",
        "In this course the channels come last.",
        "Add the axis of size 1 at the end.",
        ("[..., np.newaxis]", "[:, None]"),
    ),
    wrong(
        "three_channels",
        "There are three channels where one is asked for.",
        "The images are grey: three channels would hold the same numbers three times.",
        "Leave one channel.",
        ("[..., np.newaxis]", "[..., None].repeat(3, axis=-1)"),
    ),
    wrong(
        "flattened",
        "Height and width are flattened into one axis.",
        "Convolutions need to know which pixels are neighbours.",
        "Keep height and width.",
        ("[..., np.newaxis]", ".reshape(len(images), -1)"),
    ),
    wrong(
        "float64",
        "The values are float64.",
        "They take twice the memory, and Keras works with float32.",
        "Convert to float32.",
        ('.astype("float32")', ""),
    ),
    wrong(
        "float16",
        "The values are float16.",
        "Its steps are coarse; the exercise asks for float32.",
        "Convert to float32.",
        (
            'return images[..., np.newaxis].astype("float32") / 255',
            "return (images[..., np.newaxis] / 255).astype('float16')",
        ),
    ),
    wrong(
        "first_image_only",
        "Only the first image comes back.",
        "The function gets a whole stack of images.",
        "Work on all images at once: no index, no loop.",
        ("return images", "return images[0]"),
    ),
)
