# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Lesson 03 · An autoencoder with attention
#
# **By the end you will have shown what channel and spatial attention do for a network that redraws garments
# and takes noise out of them, measured against a network with just as many weights that cannot look.**
#
# | | |
# |---|---|
# | Time | about 100 minutes |
# | Difficulty | ●●●○○ |
# | Run time | about two minutes on two processor cores (profile `quick`) |
# | You need | lessons 01 and 02 |
# | Points | 20: 14 for the exercises, 3 for the quiz, 3 for the written answer |

# %% [markdown]
# ## What you will do
#
# 1. **Build a block**: convolution, batch normalisation, ReLU, each with a name of its own.
# 2. **Encode**: squeeze an image into a code, with attention in every stage.
# 3. **Decode**: draw an image from the code.
# 4. **Join** both, and put the attentions of lessons 01 and 02 in, in the right order.
# 5. **Measure**: redrawing and denoising, with and without attention, and with a control of equal size.
# 6. **Look** where the maps look, and find out whether that matters.

# %% [markdown]
# ## Set-up

# %%
import course_lib

session = course_lib.setup(seed=1)

import keras
import numpy as np
from keras import layers

from course_lib import blocks, check, data, earlier, figures, scores, training

# %% [markdown]
# The two attention blocks come from your own lessons 01 and 02, if their notebooks are here and pass their
# checks. If not, the course's own take their place, and nothing is lost.

# %%
channel_block = earlier.block(
    "channel_attention", otherwise=blocks.plug(blocks.SqueezeExcitation, reduction=4), reduction=4
)
spatial_block = earlier.block(
    "spatial_attention",
    otherwise=blocks.plug(blocks.SpatialAttention, batch_norm=False, pools=("average", "max")),
)

# %% [markdown]
# ## A question to begin with
#
# Somebody has photographed garments in very bad light. Your network gets the spoilt image and has to draw the
# clean one. In between, the whole image has to fit through a **code** of 392 numbers, half as many as it has
# pixels.


# %%
def pixels(images):
    """Prepare images as your `preprocess` of lesson 00 does: float32, (N, 28, 28, 1), from 0 to 1."""
    return images[..., None].astype("float32") / 255


def noisy(images, seed, strength=0.4):
    """Add noise of that standard deviation to every pixel; what leaves [0, 1] is cut off."""
    noise = np.random.default_rng(seed).normal(0, strength, images.shape)
    return np.clip(images + noise, 0, 1).astype("float32")


dataset = data.fashion_mnist()
count = session.pick(smoke=200, quick=2000, full=30000)
x_train, x_test = pixels(dataset.x_train[:count]), pixels(dataset.x_test[:500])
noisy_train, noisy_test = noisy(x_train, seed=1), noisy(x_test, seed=2)

# %%
names = [data.CLASS_NAMES[y] for y in dataset.y_test[:6]]
fig = figures.reconstructions(x_test[:6], {"spoilt": noisy_test[:6]}, captions=names)
figures.show(
    fig, alt="Six garments, and below each the same garment under so much noise that its edge is lost."
)

# %% [markdown]
# The number below an image is its **mean squared error**, the mean of (pixel − true pixel)²:
#
# $$E = \frac{1}{N H W}\sum_{nij}(\hat y_{nij} - y_{nij})^2$$
#
# **Would it help to look?** A channel gate could turn down channels that carry noise. A spatial map could
# turn down the empty background. Write down your guess: by how many percent will both together make the
# error smaller than without attention?

# %%
my_guess = 20  # change me: percent

# %% [markdown]
# ## The idea
#
# An **autoencoder** is two networks with a bottleneck between them. The **encoder** turns the image into a
# code that is lower and narrower; the **decoder** draws the image from the code alone.
#
# $$z = \text{encode}(x), \qquad \hat y = \text{decode}(z)$$
#
# | symbol | in the code | meaning | shape here |
# |---|---|---|---|
# | $x$ | `x` | image that goes in | `(N, 28, 28, 1)` |
# | $z$ | `z`, or `code` | code | `(N, 7, 7, 8)` |
# | $\hat y$ | what comes out | image drawn from the code | `(N, 28, 28, 1)` |
# | $y$ | `x_train`, the clean images | image that should come out | `(N, 28, 28, 1)` |
#
# When $y$ is $x$ itself, the task is to **redraw**. When $x$ is a spoilt copy of $y$, it is to **denoise**. In books
# redrawing is called **reconstruction**, and so is the image $\hat y$ that comes out.
# Nobody has to label anything in either case.

# %% [markdown] worked="0.001"
# ---
# ## 1 · The block that everything is made of
#
# Three steps: a convolution $c$, batch normalisation, ReLU.
#
# $$y = \max\Big(0,\; \gamma\,\frac{c - \mu}{\sqrt{v + \varepsilon}} + \beta\Big), \qquad c = f^{3\times 3}(x)$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $x$ | `x` | feature map that comes in | `(N, H, W, C)` |
# | $f^{3\times 3}$ | `Conv2D` | `filters` kernels, each 3 × 3 × C | weights `(3, 3, C, filters)` |
# | $\mu, v$ | kept by the layer | running mean and variance of each channel | `(filters,)` each |
# | $\gamma, \beta$ | trained | scale and shift of each channel | `(filters,)` each |
# | $\varepsilon$ | kept by the layer | 0.001, against division by zero | |
# | $y$ | what you return | feature map that goes out | `(N, H, W, filters)` |
#
# By hand: one image of 3 × 3 pixels, one channel, one filter. The kernel subtracts the right neighbour.

# %%
tiny = np.array([[0, 2, 2], [1, 3, 0], [0, 0, 4]], dtype=float)
kernel = np.zeros((3, 3, 1, 1), dtype="float32")  # (rows, columns, channels in, filters)
kernel[1, 1], kernel[1, 2] = 1.0, -1.0  # here, minus the right neighbour
gamma, beta = 2.0, 1.0  # mean 0 and variance 1: those of a layer that has seen no image yet

# %%
block_loops = np.zeros((3, 3))
for i in range(3):
    for j in range(3):
        c = tiny[i, j] - (tiny[i, j + 1] if j + 1 < 3 else 0.0)
        normed = gamma * (c - 0) / np.sqrt(1 + 0.001) + beta
        block_loops[i, j] = max(0.0, normed)
        print(f"row {i}, column {j}: convolved {c:2g}, normalised {normed:6.3f}, y = {block_loops[i, j]:.3f}")

# %% [markdown] worked="0.001 6.997 0.9 0.99"
# <div class="alert alert-info">
#
# ### Exercise 1 · `autoencoder_block`
# **4 points · difficulty ●○○○○ · about 15 minutes**
#
# **Goal.** Convolution 3 × 3, batch normalisation, ReLU: three layers with the names `name_conv`, `name_bn`
# and `name_relu`, where `name` stands for the argument. For `name="first"` they are `first_conv`, `first_bn`,
# `first_relu`.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, C)` |
# | convolved, and normalised | `(N, H, W, filters)` each |
# | goes out, never below 0 | `(N, H, W, filters)` |
#
# **Two worked numbers.** Row 1, column 1 above: 3 − 0 = 3 becomes 6.997. Row 0, column 0: 0 − 2 = −2 becomes
# 0.
#
# **How.** `layers.Conv2D`, `layers.BatchNormalization`, `layers.ReLU`. Keep height and width with
# `padding="same"`. The convolution needs no bias, since $\beta$ does its work: `use_bias=False`. Give the
# normalisation `momentum=0.9`: in a training as short as ours its running mean and variance would otherwise lag
# behind the weights, and new images would come out worse than the training images did. (Keras' own value is
# 0.99. The check does not look at the momentum.)
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "autoencoder_block", "locked": false, "schema_version": 3, "solution": true, "task": false}
def autoencoder_block(x: keras.KerasTensor, filters: int, name: str) -> keras.KerasTensor:
    """Convolve 3 × 3, normalise, ReLU.

    x: feature map, (N, H, W, C). filters: channels of what goes out.
    name: the layers are called name_conv, name_bn and name_relu.
    Returns the new feature map, (N, H, W, filters).
    """
    ### BEGIN SOLUTION
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False, name=name + "_conv")(x)
    x = layers.BatchNormalization(momentum=0.9, name=name + "_bn")(x)  # (N, H, W, filters)
    return layers.ReLU(name=name + "_relu")(x)
    ### END SOLUTION


# %%
def your_block():
    by_hand = [kernel, np.array([gamma]), np.array([beta])]
    y = training.apply_block(lambda x: autoencoder_block(x, 1, "tiny"), tiny[None, ..., None], by_hand)
    return y[0, ..., 0]  # (1, 3, 3, 1) to (3, 3)


fig = figures.target_beside_yours(block_loops, your_block, rows="row", columns="column")
figures.show(fig, alt="Left, what the block makes of the tiny image. Right, what your block makes of it.")

# %% nbgrader={"grade": true, "grade_id": "check_autoencoder_block", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("autoencoder_block", autoencoder_block)

# %% [markdown]
# <details><summary>The picture says "weight arrays of sizes …"</summary>
#
# There should be three: the kernel, the scale and the shift. Is a layer missing, or one too many? (A bias in the
# convolution does no harm, and nothing useful either; picture and check let it pass.)
# </details>
#
# <details><summary>My output has negative values</summary>
#
# The ReLU is missing, or the normalisation comes after it.
# </details>
#
# <details><summary>My output is a little smaller than the input</summary>
#
# Without `padding="same"` a 3 × 3 kernel takes one pixel off each side.
# </details>
#
# <details><summary>Later on, my errors on new images are far above the loss in the progress line</summary>
#
# Is `momentum=0.9` there? Training uses the mean and variance of each batch, new images the running ones.
# </details>
#
# <details><summary>"The layers have other names than the exercise gives them", although I have all three</summary>
#
# An operation such as `keras.ops.relu(x)` is no layer and has no name. And names are compared letter by
# letter: `name + "_conv"`.
# </details>

# %% [markdown]
# ---
# ## 2 · The encoder
#
# One stage is: your block, then attention, then a max pooling that keeps the largest value of each 2 × 2
# square. A stage halves height and width. `filters` has one number for each stage.
#
# $$x_{s} = \text{pool}\big(\text{attention}(\text{block}_s(x_{s-1}))\big), \qquad s = 1, 2, \dots$$
#
# $x_0$ is the image. What the last stage gives is the code $z$.
#
# The pooling by hand, on one channel of 4 × 4:

# %%
square = np.array([[1, 5, 0, 0], [2, 0, 3, 1], [4, 4, 9, 7], [6, 0, 8, 2]], dtype=float)
pooled_loops = np.zeros((2, 2))
for i in range(2):
    for j in range(2):
        window = [float(square[2 * i + a, 2 * j + b]) for a in range(2) for b in range(2)]
        pooled_loops[i, j] = max(window)
        print(f"row {i}, column {j}: largest of {window} is {pooled_loops[i, j]:g}")

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 2 · `encoder`
# **4 points · difficulty ●●○○○ · about 20 minutes**
#
# **Goal.** One stage for each number in `filters`: block, attention, pooling, in this order. `attention` is
# a function that you are handed. You call it as `attention(x, some_name)`; it gives back the refined feature
# map, in the same shape. What it does inside is its own business.
#
# | with `filters=(16, 8)` | after stage 1 | after stage 2 |
# |---|---|---|
# | `x` comes in, `(N, 28, 28, 1)` | | |
# | block | `(N, 28, 28, 16)` | `(N, 14, 14, 8)` |
# | attention | `(N, 28, 28, 16)` | `(N, 14, 14, 8)` |
# | pooling | `(N, 14, 14, 16)` | `(N, 7, 7, 8)`: the code |
#
# **Two worked numbers.** Above, the square with 1, 5, 2, 0 becomes 5. The code of one image has
# 7 · 7 · 8 = 392 numbers.
#
# **How.** A `for` loop over `filters`; `enumerate(filters, 1)` counts the stages along. `layers.MaxPooling2D(2)`
# does the pooling. Keras wants every layer name only once in a model, so build the names from `name` *and* the
# number of the stage, also the name that you hand to `attention`. That one must differ from the block's: what
# `attention` makes inside may well be called `name_conv`, too.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "encoder", "locked": false, "schema_version": 3, "solution": true, "task": false}
def encoder(x: keras.KerasTensor, filters: tuple[int, ...], attention, name: str) -> keras.KerasTensor:
    """Turn images into codes: block, attention and max pooling in every stage.

    x: images, (N, H, W, C). filters: the channels of each stage.
    attention: a function of (feature map, name) that returns the refined feature map.
    name: start of the names of all layers made here.
    Returns the codes, (N, H / 2^stages, W / 2^stages, filters[-1]).
    """
    ### BEGIN SOLUTION
    for stage, width in enumerate(filters, 1):
        x = autoencoder_block(x, width, f"{name}{stage}")  # (N, H, W, width)
        x = attention(x, f"{name}{stage}_attention")  # (N, H, W, width)
        x = layers.MaxPooling2D(2, name=f"{name}{stage}_pool")(x)  # (N, H / 2, W / 2, width)
    return x
    ### END SOLUTION


# %%
def nothing(x, name):
    """Stand in the place of attention and change nothing."""
    return x


def your_code_shapes():
    images = keras.Input((28, 28, 1))
    return np.array([encoder(images, f, nothing, f"encoder{len(f)}").shape[1:] for f in ((16,), (16, 8))])


fig = figures.target_beside_yours(
    np.array([[14, 14, 16], [7, 7, 8]]),
    your_code_shapes,
    rows="2 stages, 1 stage",
    columns="shape of the code",
)
figures.show(
    fig,
    alt="Left, the shape of the code for one and for two stages. Right, the shapes that your encoder gives.",
)

# %% nbgrader={"grade": true, "grade_id": "check_encoder", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("encoder", encoder)

# %% [markdown] worked="2 times"
# <details><summary>"Two stages use the same name", or "Two layers have the same name"</summary>
#
# Two stages, or the block and the attention of one stage, give a layer the same name. Put the number of the stage into every name, for example
# `f"{name}{stage}"`.
# </details>
#
# <details><summary>My code has the shape after stage 1, whatever <code>filters</code> is</summary>
#
# The `return` stands inside the loop.
# </details>
#
# <details><summary>The shape is right, the numbers are not</summary>
#
# Is the order block, attention, pooling? Do you go on with what `attention` *returns*?
# </details>
#
# <details><summary>"the weights cannot be matched with the equation's"</summary>
#
# Some convolution has another width than asked for, or there is one too many. Only your block has weights here.
# </details>

# %% [markdown]
# ---
# ## 3 · The decoder
#
# The mirror image. One stage is: an upsampling that repeats every value in a 2 × 2 square, then your block.
# The stages go through `filters` **backwards**. A last convolution with one filter and a sigmoid makes the
# pixels.
#
# $$z_{s-1} = \text{block}'_s\big(\text{up}(z_s)\big), \qquad \hat y = \sigma\big(f^{3\times 3}(z_0)\big)$$
#
# The upsampling by hand:

# %%
small = np.array([[5, 3], [6, 9]], dtype=float)
up_loops = np.zeros((4, 4))
for i in range(4):
    for j in range(4):
        up_loops[i, j] = small[i // 2, j // 2]
print(up_loops)

# %% [markdown] worked="0.9526"
# <div class="alert alert-info">
#
# ### Exercise 3 · `decoder`
# **3 points · difficulty ●●○○○ · about 15 minutes**
#
# **Goal.** From the code back to an image of the first size. `filters` is the same tuple that the encoder
# got.
#
# | with `filters=(16, 8)` | first stage | second stage |
# |---|---|---|
# | `z` comes in, `(N, 7, 7, 8)` | | |
# | upsampling | `(N, 14, 14, 8)` | `(N, 28, 28, 8)` |
# | block | `(N, 14, 14, 8)` | `(N, 28, 28, 16)` |
# | last convolution goes out | | `(N, 28, 28, 1)`, each pixel between 0 and 1 |
#
# **Two worked numbers.** Above, row 3, column 0 is 6, the value of row 1, column 0 before. In the last
# step a score of 3 becomes a pixel of 0.9526.
#
# **How.** `layers.UpSampling2D(2)`, your block, `reversed(filters)`. The last step is no block: a
# `layers.Conv2D` with one filter, kernel 3 × 3, `padding="same"`, and `activation="sigmoid"`.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "decoder", "locked": false, "schema_version": 3, "solution": true, "task": false}
def decoder(z: keras.KerasTensor, filters: tuple[int, ...], name: str) -> keras.KerasTensor:
    """Draw images from codes: upsampling and block in every stage, then one convolution with a sigmoid.

    z: codes, (N, h, w, filters[-1]). filters: the channels of each stage of the encoder, its first stage first.
    name: start of the names of all layers made here.
    Returns images, (N, h * 2^stages, w * 2^stages, 1), from 0 to 1.
    """
    ### BEGIN SOLUTION
    for stage, width in enumerate(reversed(filters), 1):
        z = layers.UpSampling2D(2, name=f"{name}{stage}_up")(z)  # (N, 2h, 2w, C)
        z = autoencoder_block(z, width, f"{name}{stage}")  # (N, 2h, 2w, width)
    return layers.Conv2D(1, 3, padding="same", activation="sigmoid", name=name + "_pixels")(z)
    ### END SOLUTION


# %%
def your_image_shapes():
    codes = {(16,): keras.Input((14, 14, 16)), (16, 8): keras.Input((7, 7, 8))}
    return np.array([decoder(z, f, f"decoder{len(f)}").shape[1:] for f, z in codes.items()])


fig = figures.target_beside_yours(
    np.array([[28, 28, 1], [28, 28, 1]]),
    your_image_shapes,
    rows="2 stages, 1 stage",
    columns="shape of the image",
)
figures.show(
    fig, alt="Left, the shape of the image for one and for two stages. Right, what your decoder gives."
)

# %% nbgrader={"grade": true, "grade_id": "check_decoder", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("decoder", decoder)

# %% [markdown]
# <details><summary>My image is 7 × 7 or 14 × 14</summary>
#
# There must be as many upsamplings as the encoder had poolings, so the upsampling stands inside the loop.
# </details>
#
# <details><summary>My image has 16 channels</summary>
#
# The last convolution is missing, or it has more than one filter.
# </details>
#
# <details><summary>My pixels are all 1</summary>
#
# That is a softmax: over a single channel it is 1 everywhere. Every pixel wants its own sigmoid.
# </details>
#
# <details><summary>"'tuple' object has no attribute 'reverse'"</summary>
#
# A tuple cannot be turned round in place. `reversed(filters)` and `filters[::-1]` go through it backwards.
# </details>

# %% [markdown]
# ---
# ## 4 · The whole, with both attentions
#
# $$\text{attention}(x) = \text{spatial}\big(\text{channel}(x)\big)$$
#
# *What* first, then *where*: the map is made from channels that have been weighed already. Does the order
# matter? By hand, with two positions, two channels, and gates and a rule that a child could have chosen:

# %%
positions = np.array([[4, 2], [0, 6]], dtype=float)  # (positions, channels)


def weigh_channels(x):
    return x * np.array([1.0, 0.5])  # the second channel counts half


def choose_positions(x):
    return x * (x.mean(axis=-1, keepdims=True) >= 2)  # only where the mean over the channels is 2 or more


print("channel, then spatial:", choose_positions(weigh_channels(positions)).tolist())
print("spatial, then channel:", weigh_channels(choose_positions(positions)).tolist())

# %% [markdown]
# <div class="alert alert-info">
#
# ### Exercise 4 · `attention_autoencoder`
# **3 points · difficulty ●●○○○ · about 15 minutes**
#
# **Goal.** Encode, with channel and then spatial attention in every stage of the encoder; decode. `channel`
# and `spatial` are handed to you, each a function of a feature map and a name.
#
# | | shape |
# |---|---|
# | `x` comes in | `(N, H, W, 1)` |
# | code | `(N, H / 2^stages, W / 2^stages, filters[-1])` |
# | goes out | `(N, H, W, 1)` |
#
# **Two worked numbers.** Above, channel first leaves [4, 1] and [0, 0]; the other order leaves [4, 1] and
# [0, 3]. With `filters=(16, 8)` the network without attention has 3,265 numbers to train; both attentions
# with $r = 4$ bring 386 more (biases in the two dense layers counted, none in the 7 × 7 convolution).
#
# **How.** The encoder takes *one* function as `attention`. Write a small function inside yours that calls
# both and hand that over. Give every part a name of its own, all beginning with `name`; also the two
# attentions of one stage.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "attention_autoencoder", "locked": false, "schema_version": 3, "solution": true, "task": false}
def attention_autoencoder(
    x: keras.KerasTensor, filters: tuple[int, ...], channel, spatial, name: str
) -> keras.KerasTensor:
    """Draw images anew through a code, with channel and then spatial attention in every stage of the encoder.

    x: images, (N, H, W, 1). filters: the channels of each stage.
    channel, spatial: functions of (feature map, name) that return the refined feature map.
    name: start of the names of all layers made here.
    Returns images, (N, H, W, 1), from 0 to 1.
    """

    ### BEGIN SOLUTION
    def both(x, name):
        return spatial(channel(x, name + "_channel"), name + "_spatial")

    code = encoder(x, filters, both, name + "_encoder")
    return decoder(code, filters, name + "_decoder")
    ### END SOLUTION


# %%
def your_sizes():
    """How many numbers your network trains, without attention and with both of the course's."""
    x = keras.Input((28, 28, 1))
    course = [
        blocks.plug(blocks.SqueezeExcitation, reduction=4),
        blocks.plug(blocks.SpatialAttention, batch_norm=False, pools=("average", "max")),
    ]
    without, both = (
        attention_autoencoder(x, (16, 8), *pair, "sizes") for pair in ([nothing, nothing], course)
    )
    models = [keras.Model(x, without), keras.Model(x, both)]
    return np.array([[sum(w.numpy().size for w in model.trainable_weights) for model in models]], float)


fig = figures.target_beside_yours(
    np.array([[3265.0, 3265.0 + 386.0]]), your_sizes, columns="without attention, with both"
)
figures.show(
    fig, alt="Left, the numbers to train without attention and with both. Right, those of your network."
)

# %% nbgrader={"grade": true, "grade_id": "check_attention_autoencoder", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("attention_autoencoder", attention_autoencoder)

# %% [markdown] worked="2 times"
# <details><summary>"missing 1 required positional argument: 'name'"</summary>
#
# `channel` and `spatial` want two arguments each: a feature map and a name. And the function that you hand
# to the encoder gets two as well.
# </details>
#
# <details><summary>"Two parts of the network get the same name", or "Two layers have the same name"</summary>
#
# Encoder and decoder, or both attentions of a stage, got the same name. Add a word to each.
# </details>
#
# <details><summary>The numbers differ, although encoder and decoder are right</summary>
#
# Look at the order: `spatial` gets what `channel` returns, and nothing is added or multiplied in between.
# </details>

# %% [markdown]
# ---
# ## Put it to work: redraw, and denoise
#
# The same network twice: with both attentions, and with `nothing` in their place. Output shapes first,
# training second.

# %%
FILTERS = (16, 8)
WIDER = (19, 8)  # for one more comparison below: 498 weights more, and the code stays as it is


def network(channel, spatial, filters):
    """Return a compiled autoencoder for 28 × 28 images with these attentions."""
    images = keras.Input((28, 28, 1))  # (N, 28, 28, 1)
    drawn = attention_autoencoder(images, filters, channel, spatial, "net")  # (N, 28, 28, 1)
    model = keras.Model(images, drawn)
    model.compile(keras.optimizers.Adam(5e-3), "mean_squared_error")
    return model


# %%
keras.utils.set_random_seed(session.seed)
looking = network(channel_block, spatial_block, FILTERS)
plain = network(nothing, nothing, FILTERS)
code = encoder(keras.Input((28, 28, 1)), FILTERS, nothing, "shape")
print("image", looking.input_shape)
print("code ", code.shape)
print("drawn", looking.output_shape)


# %%
def trainable(model):
    """Count the numbers that training changes."""
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


print(f"to train: {trainable(looking):,d} with attention, {trainable(plain):,d} without")


# %% [markdown]
# ### Redraw
#
# Input and target are the same clean images.

# %%
budget = {"epochs": session.pick(smoke=1, quick=5, full=20), "batch_size": 32}


def redraw_error(model, seen):
    """Return the mean squared error of what a model draws from the test images as it sees them."""
    return float(np.mean((model.predict(seen, batch_size=500, verbose=0) - x_test) ** 2))


training.fit(plain, x_train, x_train, **budget, seed=session.seed, label="plain")
training.fit(looking, x_train, x_train, **budget, seed=session.seed, label="looking")
print(f"error on new images: {redraw_error(looking, x_test):.4f} with attention,")
print(f"                     {redraw_error(plain, x_test):.4f} without (one run each)")

# %%
drawn = {"looking": looking.predict(x_test[:6], verbose=0), "plain": plain.predict(x_test[:6], verbose=0)}
fig = figures.reconstructions(x_test[:6], drawn, captions=names)
figures.show(
    fig, alt="Six garments, and below each what the two networks draw of it, with the error of each drawing."
)

# %% [markdown]
# ### A control of equal size
#
# Attention also brings weights, and more weights may help by themselves. So we build a third network that has
# *the same* blocks with the *same* number of weights, and takes the looking away: its attention is shown a
# blank feature map, all ones. Its gates and its map can learn, but they are the same for every image. We call
# it **blind**.


# %%
def blind(attention):
    """The same attention with the same weights, but it sees a blank map: it cannot depend on the image."""

    def refine(x, name):
        return x * attention(keras.ops.ones_like(x), name)  # attention makes 1 · gate = gate of the ones

    return refine


sightless = network(blind(channel_block), blind(spatial_block), FILTERS)
print(f"to train: {trainable(sightless):,d} blind, {trainable(looking):,d} looking")

# %% [markdown]
# If the network with attention does better than the *blind* one, again and again over many seeds, that can only come
# from looking at the image. If the blind one does better than the plain one, it comes from the additional weights.

# %% [markdown]
# ### Denoise
#
# Now the input is spoilt and the target is clean. All three networks start anew.


# %%
def denoiser(channel, spatial, label, filters=FILTERS):
    """Train a network to draw clean images from spoilt ones."""
    keras.utils.set_random_seed(session.seed)
    model = network(channel, spatial, filters)
    training.fit(model, noisy_train, x_train, **budget, seed=session.seed, label=label)
    return model


# %%
seen = []  # what goes into the spatial attention of each stage, and what comes out


def watched(attention, seen):
    """The same attention, which also notes its input and output in `seen`."""

    def refine(x, name):
        y = attention(x, name)
        seen.append((x, y))
        return y

    return refine


# %%
seen.clear()
denoisers = {
    "looking": denoiser(channel_block, watched(spatial_block, seen), "looking"),
    "blind": denoiser(blind(channel_block), blind(spatial_block), "blind"),
    "plain": denoiser(nothing, nothing, "plain"),
}

# %%
drawn = {name: model.predict(noisy_test[:6], verbose=0) for name, model in denoisers.items()}
fig = figures.reconstructions(x_test[:6], {"spoilt": noisy_test[:6], **drawn}, captions=names)
figures.show(fig, alt="Six garments, spoilt, and as the three networks draw them from the spoilt image.")


# %%
def blurred(images):
    """Return the mean of the 3 × 3 pixels around each pixel: a rule without any learning."""
    return np.asarray(keras.ops.average_pool(images, 3, strides=1, padding="same"))


average = np.broadcast_to(x_train.mean(axis=0), x_test.shape)  # the same grey garment for every image
errors = {name: redraw_error(model, noisy_test) for name, model in denoisers.items()}
by_rule = {"blurred": blurred(noisy_test), "average image": average, "spoilt": noisy_test}
errors |= {name: float(np.mean((images - x_test) ** 2)) for name, images in by_rule.items()}

# %%
thousandths = {name: 1000 * error for name, error in errors.items()}
fig = figures.compare(
    thousandths,
    xlabel="mean squared error in thousandths (one run each)",
    limits=(0, 1.15 * max(thousandths.values())),
)
figures.show(fig)

# %% [markdown] worked="95 %"
# One run each: another seed gives other numbers, and the order of the three networks can change. Compare the
# distance between them with their distance from the rules that learn nothing.
#
# So the course has repeated it with {{claim:03.denoise_against_blind:seeds}} seeds. Every seed has training
# images, noise and first weights of its own. A fourth network has no attention and a **wider** first stage: 19
# channels, which bring 498 weights where attention brings 386. The mean squared errors, in thousandths:
#
# | | with attention | the other | 95 % interval of the difference |
# |---|---|---|---|
# | denoise, against *blind* | {{claim:03.denoise_against_blind:mean}} | {{claim:03.denoise_against_blind:against}} | {{claim:03.denoise_against_blind:interval}} |
# | denoise, against *plain* | {{claim:03.denoise_against_plain:mean}} | {{claim:03.denoise_against_plain:against}} | {{claim:03.denoise_against_plain:interval}} |
# | denoise, against *wider* | {{claim:03.denoise_against_wider:mean}} | {{claim:03.denoise_against_wider:against}} | {{claim:03.denoise_against_wider:interval}} |
# | redraw, against *blind* | {{claim:03.redraw_against_blind:mean}} | {{claim:03.redraw_against_blind:against}} | {{claim:03.redraw_against_blind:interval}} |
# | redraw, against *plain* | {{claim:03.redraw_against_plain:mean}} | {{claim:03.redraw_against_plain:against}} | {{claim:03.redraw_against_plain:interval}} |
#
# Such an interval is made from the paired differences, one per seed: they are drawn again and again, with repetition,
# and the interval shows where most of the means fall. In lesson 09 you build an interval yourself.
#
# **Every interval holds zero: no detectable difference.** The first row is the fair one, with as many weights on
# both sides; its interval is wide, so a gain from looking, or a small loss, is not ruled out. That is not the same as
# "equal": these runs are too few and too unlike each other to tell.

# %% [markdown]
# ---
# ## Where do the maps look?
#
# As in lesson 02, the map is read off what the spatial attention did: compare what came out with what went
# in, position by position.
#
# $$M_{ij} = \frac{\sum_c \tilde x_{ijc}\,x_{ijc}}{\sum_c x_{ijc}^2}$$


# %%
def maps_of(model_around, images):
    """Return the spatial map of each image, read off what comes out and what went in: (N, 28, 28)."""
    before, after = model_around.predict(images, batch_size=500, verbose=0)  # (N, 28, 28, 16) each
    size = (before * before).sum(axis=-1)  # (N, 28, 28)
    unreadable = np.full_like(size, 0.5)  # where all channels are 0, nothing shows what the map is
    return np.divide((after * before).sum(axis=-1), size, out=unreadable, where=size > 0)


around = keras.Model(denoisers["looking"].input, seen[0])  # the first stage
maps = maps_of(around, noisy_test)  # (N, 28, 28)
garment = x_test[..., 0] > 0.1  # (N, 28, 28): where the clean image is not background

# %%
fig = figures.attention_over_image(noisy_test[:6], maps[:6], garment[:6], captions=names)
figures.show(
    fig,
    alt="Six spoilt garments with the outline of the clean one, and below each the map of the first stage.",
)

# %% [markdown]
# Each map is stretched over its own range; read the numbers below it. The **AUROC** asks: *take one pixel of
# the garment and one of the background; how often has the garment's the higher map value?* A half is chance;
# clearly less than a half also tells the two apart, only the other way round.

# %%
control = scores.control_maps(maps, seed=session.seed)
candidates = {"map": maps, "brightness of the spoilt image": noisy_test[..., 0]} | control
auroc = {name: scores.map_auroc(m, garment) for name, m in candidates.items()}
fig = figures.compare(auroc, xlabel="AUROC against the garment's pixels (one run)")
figures.show(fig)

# %% [markdown] worked="95 %"
# Read the picture before the score. The number below a map says from where to where it runs: a map that runs
# from nine tenths to one turns hardly anything down.
#
# Then look at the controls. Garments lie in the middle, so a spot in the centre scores high and knows nothing of
# the image (in the picture "centre prior"), and a map that is merely darker at the edges scores high for the same reason. What the map knows
# about *this* image is only what it has over **another image's map**. And the brightness of the spoilt image
# tells garment from background without any learning.
#
# Over all seeds the garment had the higher map values in {{claim:03.maps_against_chance:pairs}} runs; in the rest
# it was the other way round, and the map marked the **background**. Nothing in the task says which of the two a high
# value must mean: the layers behind the map learn to read it either way.
#
# | AUROC | mean | map minus this, 95 % interval |
# |---|---|---|
# | map | {{claim:03.maps_against_other:mean}} | |
# | chance | {{claim:03.maps_against_chance:against}} | {{claim:03.maps_against_chance:interval}} |
# | another image's map | {{claim:03.maps_against_other:against}} | {{claim:03.maps_against_other:interval}} |
# | spot in the centre | {{claim:03.maps_against_centre:against}} | {{claim:03.maps_against_centre:interval}} |
#
# So a *high value* of a map is no detectably better sign of garment than a high value of another image's map, or than
# chance. A spot in the centre is a good one without any learning, and no map has shown that it is better. Mind the two
# questions: these rows ask whether high means garment. A map that marks the background knows where the garment is, too;
# lesson 05 asks that question.

# %% [markdown]
# ### Does it matter where they look?
#
# A map can be handsome and idle. So we **intervene**: the trained network stays as it is, but every image gets
# the spatial maps of *another* image. If the maps do work, the error must rise.


# %%
def swapped(attention):
    """The same attention, but every image gets the map of the image before it in the batch."""

    def refine(x, name):
        y = attention(x, name)  # (N, H, W, C)
        size = keras.ops.sum(x * x, axis=-1, keepdims=True)  # (N, H, W, 1)
        maps = keras.ops.sum(y * x, axis=-1, keepdims=True) / (size + 1e-9)
        maps = keras.ops.where(size > 0, maps, 0.5)
        return x * keras.ops.roll(maps, 1, axis=0)

    return refine


# %%
mixed_up = network(channel_block, swapped(spatial_block), FILTERS)
mixed_up.set_weights(denoisers["looking"].get_weights())
print(f"error with its own maps        {errors['looking']:.4f}")
print(f"error with another image's maps {redraw_error(mixed_up, noisy_test):.4f}")

# %% [markdown] worked="95 %"
# If the two errors are close, the maps are nearly idle; if the second is clearly larger, the trained network
# relies on them.
#
# Over {{claim:03.own_maps_against_swapped:seeds}} seeds the error was {{claim:03.own_maps_against_swapped:mean}}
# thousandths with its own maps and {{claim:03.own_maps_against_swapped:against}} with another image's (95 % interval
# of the difference {{claim:03.own_maps_against_swapped:interval}}). With another image's maps it was larger in
# {{claim:03.swapped_maps_against_own:pairs}} pairs. How much larger, these runs hardly say: in one single run the
# error rose by more than in all the others together, and this run carries most of the mean.
#
# **The trained networks use their maps. That they need them is not shown**: in the table above there is no detectable
# difference to a network without any maps.

# %% [markdown]
# ---
# ## Limits and controls
#
# - **A rising error shows use, not need.** The swapped maps disturb a network that was trained with its own.
#   Another network, trained without maps, may do the same work with its convolutions. Only the comparison
#   with *blind* and *plain* asks whether maps are needed.
# - **Mean squared error likes blur.** Where the network is not sure, the mean of all that might be there costs
#   least. A smaller error is not a sharper image; look at the pictures too.
# - **All of this is small.** A few thousand numbers to train, 2,000 images, five epochs. Deep networks have more
#   channels to choose from; lessons 04 to 06 ask again there.
# - **The code is the same for all.** 392 numbers are half of the pixels. A narrower code asks for another choice
#   of what to keep, and the verdict may be another one. Try it:

# %%
CODE = 4  # change me: channels of the code, 4, 8 (as before), 12 or 16

narrow = denoiser(channel_block, spatial_block, "narrow", filters=(16, CODE))
print(
    f"code of {7 * 7 * CODE} numbers: error {redraw_error(narrow, noisy_test):.4f}, before {errors['looking']:.4f}"
)

# %% [markdown]
# ### The question from the beginning

# %%
change = 100 * (errors["looking"] / errors["plain"] - 1)
fair_change = 100 * (errors["looking"] / errors["blind"] - 1)
print(f"You guessed that attention changes the error by {-my_guess:+g} percent. In this one run it was")
print(f"{change:+.0f} percent, and {fair_change:+.0f} percent against the blind network of equal size.")

# %% [markdown] worked="95 %"
# One run says little about attention, and much about the seed. Over {{claim:03.denoise_against_plain:seeds}} seeds
# the error was {{claim:03.denoise_against_plain:mean}} thousandths with attention and
# {{claim:03.denoise_against_plain:against}} without (95 % interval of the difference
# {{claim:03.denoise_against_plain:interval}}).
#
# So: **at this size we detect no gain from looking.** The trained networks use their maps, and yet nothing shows that
# they draw better for it. Whoever reports a gain has to show it against a control like *blind*, over several seeds.

# %% [markdown]
# ---
# ## Quiz
#
# Work these out on paper, then type the number.
#
# **Question 1.** A feature map of 16 channels goes into `autoencoder_block` with `filters=32`; the convolution
# has no bias. How many numbers does training change in this block? Put the number into
# `quiz_block_parameters_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_block_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_block_parameters_answer = None  # your number
### BEGIN SOLUTION
quiz_block_parameters_answer = 3 * 3 * 16 * 32 + 2 * 32
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_block_parameters", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_block_parameters", quiz_block_parameters_answer)

# %% [markdown]
# **Question 2.** An encoder with `filters=(16, 8)` gets one image of 56 × 56. How many numbers has its code?
# Put the number into `quiz_code_size_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_code_size", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_code_size_answer = None  # your number
### BEGIN SOLUTION
quiz_code_size_answer = (56 // 4) * (56 // 4) * 8
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_code_size", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_code_size", quiz_code_size_answer)

# %% [markdown]
# **Question 3.** Pooling drops a row when the height is odd, and no upsampling brings it back. How many stages
# can an encoder have at most for images of 28 × 28, so that the decoder gives 28 × 28 again? Put the number
# into `quiz_stages_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_stages", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_stages_answer = None  # your number
### BEGIN SOLUTION
quiz_stages_answer = 2
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_stages", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_stages", quiz_stages_answer)

# %% [markdown] nbgrader={"grade": false, "grade_id": "rubric_autoencoder", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Written answer
#
# <div class="alert alert-info">
#
# ### Is it the attention?
# **3 points · about 10 minutes · five to eight sentences**
#
# A report says: *"We put channel and spatial attention into our autoencoder. The error on new images fell, and
# the maps lie on the garment. So the network denoises better because it looks at the garment."*
#
# Say **what else could have made the error fall**, **how you would build a control** that rules it out **and how often
# you would run both**, and **what an intervention on the maps** of the trained network can show and what it cannot. Use what you saw
# in this lesson.
#
# | points | for |
# |---|---|
# | 1 | at least one other cause: more weights, a lucky seed, another order of images |
# | 1 | a control with as many weights that cannot look, over several paired seeds with an interval |
# | 1 | an intervention, such as swapped maps, shows that the trained network uses its maps; not that a network needs them |
#
# </div>

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_autoencoder", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# The blocks bring weights, and a network with more weights may do better wherever the weights are. One run of
# each can also differ by luck: other first weights, another order of the images.
#
# A fair control has the same blocks and the same number of weights, but cannot look: its attention is shown a
# blank feature map, so that its gates are the same for every image. Train pairs with the same seeds, data and
# budget, many times, and give the mean difference of the errors with an interval. Only if the interval lies
# clear of zero is there something to explain.
#
# Swapping the maps of the trained network between images shows whether it uses them: if the error does not
# rise, they do no work. If it rises, they are part of the computation, but a network without maps might have
# learned the same with its convolutions. That maps lie on the garment shows neither.
# ### END SOLUTION

# %% [markdown]
# ## What you have done
#
# In this lesson you
#
# 1. **built a block** of convolution, batch normalisation and ReLU;
# 2. **encoded** images into a code of half their size, with attention in every stage;
# 3. **decoded** the code into images;
# 4. **joined** both, channel attention first, then spatial;
# 5. **measured** redrawing and denoising against a network that is blind but has as many weights;
# 6. **looked** at the maps, and intervened to see whether they matter.
#
# ## References
#
# 1. G. E. Hinton, R. R. Salakhutdinov. *Reducing the Dimensionality of Data with Neural Networks.* Science 313,
#    2006. [doi:10.1126/science.1127647](https://doi.org/10.1126/science.1127647)
# 2. P. Vincent, H. Larochelle, Y. Bengio, P.-A. Manzagol. *Extracting and Composing Robust Features with
#    Denoising Autoencoders.* ICML 2008.
#    [doi:10.1145/1390156.1390294](https://doi.org/10.1145/1390156.1390294)
# 3. S. Ioffe, C. Szegedy. *Batch Normalization.* ICML 2015. [arXiv:1502.03167](https://arxiv.org/abs/1502.03167)
# 4. S. Woo and others. *CBAM: Convolutional Block Attention Module.* ECCV 2018.
#    [arXiv:1807.06521](https://arxiv.org/abs/1807.06521)
#
# ## Next
#
# All networks so far were shallow. Lesson 04 goes deep, with a shortcut that makes depth possible, and puts
# channel attention where its inventors put it.
