"""A class that handed in lesson 03: three right answers, five mistakes, one attack, one torn file."""

from autograder.demo.sample import Sample

LOOPS = {
    "autoencoder_block": """\
def autoencoder_block(x, filters, name):
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)
    x = layers.BatchNormalization(momentum=0.9, name=name + "_bn")(x)
    return layers.ReLU(name=name + "_relu")(x)
""",
    "encoder": """\
def encoder(x, filters, attention, name):
    for i, width in enumerate(filters):
        x = autoencoder_block(x, width, f"{name}{i}")
        x = attention(x, f"{name}{i}_attention")
        x = layers.MaxPooling2D(2)(x)
    return x
""",
    "decoder": """\
def decoder(z, filters, name):
    for i, width in enumerate(reversed(filters)):
        z = layers.UpSampling2D(2)(z)
        z = autoencoder_block(z, width, f"{name}{i}")
    return layers.Conv2D(1, 3, padding="same", activation="sigmoid", name=name + "_last")(z)
""",
    "attention_autoencoder": """\
def attention_autoencoder(x, filters, channel, spatial, name):
    def both(x, name):
        x = channel(x, name + "_channel")
        return spatial(x, name + "_spatial")
    return decoder(encoder(x, filters, both, name + "_encoder"), filters, name + "_decoder")
""",
    "quiz_block_parameters": "quiz_block_parameters_answer = 4672\n",
    "quiz_code_size": "quiz_code_size_answer = 1568\n",
    "quiz_stages": "quiz_stages_answer = 2\n",
    "written_autoencoder": "More weights may help wherever they are; a blind network rules that out.\n",
}

RECURSION = LOOPS | {
    "encoder": """\
def encoder(x, filters, attention, name):
    if len(filters) == 0:
        return x
    x = attention(autoencoder_block(x, filters[0], name), name + "_attention")
    return encoder(layers.MaxPooling2D(2)(x), filters[1:], attention, name + "_next")
""",
    "decoder": """\
def decoder(z, filters, name):
    if len(filters) == 0:
        return layers.Conv2D(1, 3, padding="same", activation="sigmoid", name=name + "_last")(z)
    z = autoencoder_block(layers.UpSampling2D(2)(z), filters[-1], name)
    return decoder(z, filters[:-1], name + "_next")
""",
    "quiz_block_parameters": "quiz_block_parameters_answer = 9 * 16 * 32 + 64\n",
}

OPERATIONS = LOOPS | {
    "autoencoder_block": """\
def autoencoder_block(x, filters, name):
    for layer in (
        layers.Conv2D(filters, 3, padding="same", name=name + "_conv"),
        layers.BatchNormalization(epsilon=1e-5, name=name + "_bn"),
        layers.Activation("relu", name=name + "_relu"),
    ):
        x = layer(x)
    return x
""",
    "encoder": """\
def encoder(x, filters, attention, name):
    for i in range(len(filters)):
        x = attention(autoencoder_block(x, filters[i], name + str(i)), name + "_look" + str(i))
        x = keras.ops.max_pool(x, 2)
    return x
""",
    "attention_autoencoder": """\
def attention_autoencoder(x, filters, channel, spatial, name):
    both = lambda t, n: spatial(channel(t, n + "_c"), n + "_s")
    code = encoder(x, filters, both, name + "_e")
    return decoder(code, filters, name + "_d")
""",
}

RELU_FIRST = LOOPS | {
    "autoencoder_block": """\
def autoencoder_block(x, filters, name):
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)
    x = layers.ReLU(name=name + "_relu")(x)
    return layers.BatchNormalization(name=name + "_bn")(x)
""",
}

POOLS_FIRST = LOOPS | {
    "encoder": """\
def encoder(x, filters, attention, name):
    for i, width in enumerate(filters):
        x = layers.MaxPooling2D(2)(autoencoder_block(x, width, f"{name}{i}"))
        x = attention(x, f"{name}{i}_attention")
    return x
""",
}

NO_SIGMOID = LOOPS | {"decoder": LOOPS["decoder"].replace(' activation="sigmoid",', "")}

SPATIAL_FIRST = LOOPS | {
    "attention_autoencoder": LOOPS["attention_autoencoder"]
    .replace("x = channel", "x = FIRST")
    .replace("return spatial", "return channel")
    .replace("FIRST", "spatial")
}

COUNTS_BIAS = LOOPS | {"quiz_block_parameters": "quiz_block_parameters_answer = 4704\n"}

PATCHES_THE_JUDGE = LOOPS | {
    "encoder": """\
import course_lib.checks.judge as judging
from course_lib.checks.judge import Verdict

judging.judge = lambda exercise, *_: Verdict(
    exercise.id, exercise.title, exercise.points, exercise.points, "right", "Right. All of it.", ()
)
check = lambda *_: None

def encoder(x, filters, attention, name):
    return None
""",
}

CLASS = (
    Sample("ada", "right, with loops", 17, LOOPS),
    Sample("emmy", "right, with recursion", 17, RECURSION),
    Sample("grace", "right, with keras.ops and other settings", 17, OPERATIONS),
    Sample("henri", "ReLU before the normalisation, in all that is built of it", 7.5, RELU_FIRST),
    Sample("karl", "attention after the pooling", 12, POOLS_FIRST),
    Sample("maria", "no sigmoid at the end", 13, NO_SIGMOID),
    Sample("rosa", "spatial attention first", 15, SPATIAL_FIRST),
    Sample("olga", "counts a bias that is not there", 16, COUNTS_BIAS),
    Sample("mallory", "puts a judge of his own in place of an encoder", 10, PATCHES_THE_JUDGE),
    Sample("sofia", "a file cut off in the middle", 0, LOOPS, torn=True),
)
