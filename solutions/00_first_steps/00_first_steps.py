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
# # Lesson 00 · First steps
#
# **By the end you will have shown that ten kinds of clothes can be told apart by a network smaller than
# most photographs, and you will know what a good number about it has to be compared with.**
#
# | | |
# |---|---|
# | Time | about 60 minutes |
# | Difficulty | ●○○○○ |
# | Run time | under a minute on two processor cores (profile `quick`) |
# | You need | Python and a little NumPy: arrays, shapes, slices |
# | Points | 20: 11 for the exercises, 6 for the quiz, 3 for the written answer |

# %% [markdown]
# ## What you will do
#
# 1. **Meet** the ten classes that the whole course works with.
# 2. **Prepare** the images for a network: type, range, shape.
# 3. **Read a check**: see what it says about a wrong answer before it says it about yours.
# 4. **Describe** the data in numbers, before and after.
# 5. **Train** a first small network and compare it with two opponents.
# 6. **Hand in** this notebook.

# %% [markdown]
# ## How these lessons work
#
# Run a cell with **Shift + Enter**. Where you see
#
#     #### Fill your code ####
#
# it is your turn: replace that line and the one below it. Right after it comes a cell with a `check`. It
# shows a card: what holds already, and the first thing to look at if something does not. Run it as often as
# you like; only the last state counts.
#
# Below each check there are folded hints, titled by what you *see*. Open one when you see it.
#
# ## Set-up
#
# One cell. It checks the versions and the data, and fixes the random seed. If something is missing it tells
# you how to mend it.

# %%
import course_lib

session = course_lib.setup(seed=1)

import keras
import numpy as np
from keras import layers

from course_lib import check, data, figures, training

# %% [markdown]
# ## A question to begin with
#
# The course works with small grey images of clothes: ten classes, the same number of images in each.

# %%
dataset = data.fashion_mnist()
images, labels = dataset.x_train, dataset.y_train  # (N, 28, 28), (N,)
print("data:", dataset.source)
print("training images", images.shape, images.dtype, "· labels", labels.shape, labels.dtype)

# %%
rows = [images[labels == k][:8] for k in range(10)]  # ten arrays (8, 28, 28)
fig = figures.contact_sheet(np.concatenate(rows), data.CLASS_NAMES, columns=8)
figures.show(
    fig, alt="Eight images of each of the ten classes, one class per row, from T-shirt to ankle boot."
)

# %% [markdown]
# **Which two classes will a network mix up most?**
#
# Write down your guess. You will meet it again near the end.

# %%
my_guess = ("Trouser", "Bag")  # change me: two of data.CLASS_NAMES
print(data.CLASS_NAMES)

# %% [markdown]
# ---
# ## 1 · Prepare the images
#
# An image arrives as whole numbers from 0 (black) to 255 (white), one byte each. A network in this course
# wants three things:
#
# | | arrives | wanted | why |
# |---|---|---|---|
# | type | `uint8`, whole numbers | `float32` | weights are fractions |
# | range | 0 to 255 | 0 to 1 | inputs near 1 keep the first steps of training calm |
# | shape | `(N, 28, 28)` | `(N, 28, 28, 1)` | a convolution expects a channel axis; grey has one channel, colour three |
#
# $$x_{nij1} = \frac{p_{nij}}{255}$$
#
# | symbol | in the code | meaning | shape |
# |---|---|---|---|
# | $p$ | `images` | pixels as they arrive | `(N, 28, 28)` |
# | $x$ | what you return | pixels as a network wants them | `(N, 28, 28, 1)` |
# | $n, i, j$ | | image, row, column | |
#
# In plain loops, for one image of 2 × 2 pixels:

# %%
p = np.array([[[0, 51], [102, 255]]], dtype="uint8")  # (1, 2, 2)
x_loops = np.zeros((1, 2, 2, 1), dtype="float32")
for i in range(2):
    for j in range(2):
        x_loops[0, i, j, 0] = int(p[0, i, j]) / 255
        print(f"row {i}, column {j}: {p[0, i, j]:3d} / 255 = {x_loops[0, i, j, 0]:.1f}")

# %% [markdown] worked="0.2"
# <div class="alert alert-info">
#
# ### Exercise 1 · `preprocess`
# **6 points · difficulty ●○○○○ · about 10 minutes**
#
# **Goal.** All images at once, without a loop: right type, right range, right shape.
#
# | | shape | type | range |
# |---|---|---|---|
# | `images` comes in | `(N, 28, 28)` | `uint8` | 0 to 255 |
# | goes out | `(N, 28, 28, 1)` | `float32` | 0 to 1 |
#
# **Two worked numbers.** A pixel of 51 becomes 0.2. A pixel of 255 becomes 1.
#
# **How.** NumPy does arithmetic on a whole array at once. `array.astype(...)` changes the type. A new
# axis of size 1 comes from `np.expand_dims`, from `reshape`, or from `np.newaxis` between square
# brackets.
# Divide by 255, not by the largest pixel that happens to be there: every image must be treated alike. And
# leave `images` itself as it is.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "preprocess", "locked": false, "schema_version": 3, "solution": true, "task": false}
def preprocess(images: np.ndarray) -> np.ndarray:
    """Prepare grey images for a network.

    images: pixels from 0 to 255, uint8, (N, 28, 28).
    Returns pixels from 0 to 1, float32, (N, 28, 28, 1).
    """
    ### BEGIN SOLUTION
    return images[..., np.newaxis].astype("float32") / 255  # (N, 28, 28, 1)
    ### END SOLUTION


# %% [markdown]
# The target, and beside it what your function makes of the four pixels above. (The picture leaves out axes
# of size 1.)

# %% worked="0.2 0.4"
fig = figures.target_beside_yours(x_loops[0, ..., 0], lambda: preprocess(p))
figures.show(
    fig, alt="Left, the target 0, 0.2, 0.4, 1 as a 2 by 2 grid. Right, what your preprocess returns."
)

# %% [markdown]
# ### How a check talks
#
# Before you check your own answer, look at what a check says about a wrong one. Here is an answer that does
# nothing at all. (This cell costs no points: it keeps the complaint from stopping the notebook.)


# %%
def does_nothing(images):
    return images


try:
    check("preprocess", does_nothing)
except course_lib.CheckFailed as complaint:
    print("The check would have stopped here and said:")
    print(complaint)

# %% [markdown]
# Read the card from the top: the bold line says what is wrong, **Next** says what to try, and the marks below
# show what holds already. Mend the one thing it names; the others often follow from it.
#
# Now yours:

# %% nbgrader={"grade": true, "grade_id": "check_preprocess", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
check("preprocess", preprocess)

# %% [markdown]
# <details><summary>All my values are 0 or 1</summary>
#
# You turned the numbers back into whole ones after dividing, or divided with `//`. Change the type first,
# divide with `/`.
# </details>
#
# <details><summary>My type is float64</summary>
#
# Dividing whole numbers gives `float64`. Ask for `float32`: half the memory, and what the networks here
# compute with.
# </details>
#
# <details><summary>My shape is (N, 28, 28) or (N, 1, 28, 28)</summary>
#
# The channel axis is missing, or it is in the second place. Here it comes last.
# </details>
#
# <details><summary>"Cannot cast ufunc" when I write images /= 255</summary>
#
# `/=` tries to put fractions into an array of whole numbers. Make a new array instead.
# </details>

# %% [markdown]
# ---
# ## 2 · Describe the data
#
# Before you train on data, look at it in numbers. Five are enough for a start: how many, what shape,
# smallest, largest, mean.
#
# $$\text{mean} = \frac{1}{\text{number of values}} \sum_{nij} x_{nij}$$
#
# For the four pixels in plain loops:

# %%
smallest, largest, total = 255, 0, 0
for value in [0, 51, 102, 255]:
    smallest, largest, total = min(smallest, value), max(largest, value), total + value
    print(f"after {value:3d}: smallest {smallest}, largest {largest}, sum {total}")
print(f"mean {total} / 4 = {total / 4}")

# %% [markdown] worked="102.0"
# <div class="alert alert-info">
#
# ### Exercise 2 · `describe`
# **5 points · difficulty ●○○○○ · about 10 minutes**
#
# **Goal.** A dictionary with five entries. It should work for images before and after preparing them.
#
# | key | value | Python type |
# |---|---|---|
# | `"size"` | how many images there are | `int` |
# | `"shape"` | the shape of the whole array | `tuple` |
# | `"min"` | smallest value of all | `float` |
# | `"max"` | largest value of all | `float` |
# | `"mean"` | mean of all values | `float` |
#
# **Two worked numbers.** For `p` above, `"size"` is 1 and `"mean"` is 102.0.
#
# **How.** An array knows its `shape` and can tell its own smallest, largest and mean value. `float(...)`
# turns what it tells into a plain number.
#
# </div>


# %% nbgrader={"grade": false, "grade_id": "describe", "locked": false, "schema_version": 3, "solution": true, "task": false}
def describe(images: np.ndarray) -> dict:
    """Describe images in five entries: size, shape, min, max, mean.

    images: any type and range, (N, H, W) or (N, H, W, C).
    """
    ### BEGIN SOLUTION
    return {
        "size": len(images),
        "shape": tuple(images.shape),
        "min": float(images.min()),
        "max": float(images.max()),
        "mean": float(images.mean()),
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_describe", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("describe", describe)

# %% [markdown]
# <details><summary>"size" is far too large</summary>
#
# `array.size` counts every pixel. How many *images* there are is the length of the first axis.
# </details>
#
# <details><summary>I get one minimum per image, or an array</summary>
#
# An `axis` argument keeps the other axes. Leave it out to look at all values at once.
# </details>
#
# <details><summary>My mean is wrong for uint8 images</summary>
#
# A `uint8` holds 0 to 255 only, so a sum kept in `uint8` overflows. `mean()` takes care of that; adding up
# by hand does not.
# </details>

# %% [markdown]
# Before and after, side by side:

# %%
some = images[: session.pick(smoke=400, quick=6000, full=60000)]  # (N, 28, 28)
x = preprocess(some)  # (N, 28, 28, 1)
for name, stack in (("before", some), ("after ", x)):
    print(name, describe(stack))
print(f"memory: {some.nbytes / 1e6:.1f} MB before, {x.nbytes / 1e6:.1f} MB after")

# %%
fig = figures.before_after(some[:500], x[:500])
figures.show(
    fig, alt="Two histograms of the same form; the first runs from 0 to 255, the second from 0 to 1."
)

# %% [markdown]
# The histograms have the same form. Preparing loses nothing; it changes the ruler. Most of the pixels are
# black background: remember the tall bar at 0 when you read a mean.

# %% [markdown]
# ---
# ## Put it to work: a first network
#
# Two opponents first. A number without an opponent says little.
#
# - **Guessing.** With ten classes of equal size, guessing is right one time in ten.
# - **A linear model.** Every pixel votes for every class with one weight.
#
# Then a small convolutional network. Output shapes first, training second.


# %%
def linear_model():
    return keras.Sequential(
        [keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(10, activation="softmax")]
    )


def small_network():
    x = keras.Input((28, 28, 1))  # (N, 28, 28, 1)
    h = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(x)  # (N, 14, 14, 16)
    h = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(h)  # (N, 7, 7, 32)
    h = layers.Flatten()(h)  # (N, 1568)
    return keras.Model(x, layers.Dense(10, activation="softmax")(h))  # (N, 10)


# %%
for layer in small_network().layers:
    print(f"{layer.__class__.__name__:12s} {layer.output.shape!s:22s} {layer.count_params():7,d} parameters")

# %% [markdown]
# Training and test images are kept apart: the network learns from the first and is judged on the second,
# which it never saw.

# %%
count = session.pick(smoke=200, quick=2000, full=10000)
x_test, y_test = preprocess(dataset.x_test[:count]), dataset.y_test[:count]  # (N, 28, 28, 1), (N,)


def train(model, label):
    """Train a model and return it with its history."""
    model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    epochs = session.pick(smoke=1, quick=6, full=12)
    options = {"epochs": epochs, "batch_size": 64, "validation_data": (x_test, y_test)}
    return model, training.fit(model, x, labels[: len(x)], **options, label=label)


# %%
keras.utils.set_random_seed(session.seed)
linear, linear_history = train(linear_model(), "linear model")
network, network_history = train(small_network(), "small network")

# %%
curves = {"small network": network_history["val_accuracy"], "linear model": linear_history["val_accuracy"]}
fig = figures.learning_curves(curves, ylabel="accuracy on test images")
figures.show(
    fig,
    alt="Accuracy on the test images after each epoch, one line for the network, one for the linear model.",
)

# %%
accuracy = {
    "small network": network_history["val_accuracy"][-1],
    "linear model": linear_history["val_accuracy"][-1],
}
fig = figures.compare(accuracy | {"guessing": 0.1}, xlabel="accuracy on test images (one run each)")
figures.show(fig, alt="Accuracy of the small network, the linear model and guessing, on one scale.")

# %% [markdown]
# ### Limits
#
# This is **one run of each**. Start from another seed and the numbers move a little, so a small difference
# between two runs proves nothing. And these are the first images of the data, not all of them: with more
# images both would do better. The later lessons compare over several seeds with an interval.

# %% [markdown]
# ## The question from the beginning
#
# Which two classes does your network mix up most? We count, for every true class, what the network says
# instead.

# %%
said = network.predict(x_test, verbose=0).argmax(axis=1)  # (N,)
confusion = np.zeros((10, 10), dtype=int)
for true, guess in zip(y_test, said, strict=True):
    confusion[true, guess] += 1
mixed = np.triu(confusion + confusion.T, k=1)  # both directions, without the right answers
a, b = np.unravel_index(mixed.argmax(), mixed.shape)

# %%
print(f"You guessed {my_guess[0]} and {my_guess[1]}.")
print(
    f"Mixed up most: {data.CLASS_NAMES[a]} and {data.CLASS_NAMES[b]}, {mixed[a, b]} times in {len(y_test)} images."
)

# %%
wrong = np.flatnonzero((said != y_test) & np.isin(y_test, [a, b]) & np.isin(said, [a, b]))[:6]
captions = [f"{data.CLASS_NAMES[y_test[i]]},\nsaid {data.CLASS_NAMES[said[i]]}" for i in wrong]
fig = figures.contact_sheet(x_test[wrong], captions, columns=6)
figures.show(
    fig,
    alt="Images of the two classes that were mixed up, each with its true class and what the network said.",
)

# %% [markdown]
# Look at them. Would you have known? Where the eye is unsure too, more training helps little: at 28 × 28
# pixels a collar is a pixel or two. A network that knows *where* to look could do better. That is what this
# course is about.
#
# ### Change it and see
#
# Plain variables. Change one, say aloud what you expect, run the cell.

# %%
SHIFT = 4  # move the test images sideways by so many pixels. Which model suffers more?

moved = np.roll(x_test, SHIFT, axis=2)  # (N, 28, 28, 1)
for name, model in (("small network", network), ("linear model", linear)):
    right = (model.predict(moved, verbose=0).argmax(axis=1) == y_test).mean()
    print(f"{name}: {right:.3f} after a shift of {SHIFT} pixels, {accuracy[name]:.3f} before")

# %% [markdown]
# ---
# ## Quiz
#
# Work these out on paper, then type the number. Underscores are allowed: `1_000` is a thousand.
#
# **Question 1.** The full training set has 60,000 images of 28 × 28 pixels. How many pixel values is that?
# Put the number into `quiz_pixels_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_pixels", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_pixels_answer = None  # your number
### BEGIN SOLUTION
quiz_pixels_answer = 60_000 * 28 * 28
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_pixels", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("quiz_pixels", quiz_pixels_answer)

# %% [markdown]
# **Question 2.** How much memory does that training set take as `float32`, in megabytes? A `float32` takes
# 4 bytes, and 1 MB is 1,000,000 bytes here. Put the number, with its decimals, into `quiz_memory_answer`.

# %% nbgrader={"grade": false, "grade_id": "quiz_memory", "locked": false, "schema_version": 3, "solution": true, "task": false}
quiz_memory_answer = None  # your number
### BEGIN SOLUTION
quiz_memory_answer = 60_000 * 28 * 28 * 4 / 1e6
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_memory", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("quiz_memory", quiz_memory_answer)

# %% [markdown] worked="82 of 100" nbgrader={"grade": false, "grade_id": "rubric_first_look", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ## Written answer
#
# <div class="alert alert-info">
#
# ### What does a number need?
# **3 points · about 10 minutes · four to six sentences**
#
# A friend writes: *"I trained a network on these clothes and it is right in 82 of 100 cases. Great, isn't
# it?"*
#
# Ask **three different questions** before you answer, and say for each why the answer would change your
# opinion. Use what you saw in this lesson.
#
# | points | for |
# |---|---|
# | 1 | a question about what the number is compared with, and why that matters |
# | 1 | a question about which images it was measured on, and why that matters |
# | 1 | a third question of a different kind (for example how many runs, or which classes fail), and why that matters |
#
# </div>

# %% [markdown] worked="10 of 100" nbgrader={"grade": true, "grade_id": "written_first_look", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Compared with what? Guessing is right in 10 of 100 cases, but a linear model, with one weight per pixel
# and class, is already far better than that. If it reaches about the same number, the network has added
# nothing.
#
# Measured on which images? If they are the training images, the network may simply remember them. Only
# images it never saw tell how it does on new ones, and if there are few of them the number is uncertain.
#
# How many runs, and where are the errors? One run with one seed can be lucky, so I would ask for several.
# And if nearly all errors sit between two classes that look alike, such as shirts and T-shirts, the mean
# hides that the network is good at eight classes and poor at two.
# ### END SOLUTION

# %% [markdown]
# ## What you have done
#
# In this lesson you
#
# 1. **met** the ten classes, and guessed which two are hardest to tell apart;
# 2. **prepared** images: `float32`, 0 to 1, a channel axis at the end;
# 3. **read a check**, first on a wrong answer, then on yours;
# 4. **described** the data before and after in five numbers;
# 5. **trained** a small network, and compared it with guessing and with a linear model;
# 6. and now you **hand in**:
#
# ## How to hand in
#
# 1. Choose **Kernel → Restart Kernel and Run All Cells**. Every check should pass from a fresh start, not
#    only in the order in which you happened to work.
# 2. Save. Press **Validate** in the toolbar: it runs the notebook once more and says whether a check still
#    fails.
# 3. In a terminal, in the course's folder, type `./course submit 00`. It says what is still missing, and makes
#    one file, which you upload. Keep the notebook's name, and keep all cells: a grader finds your answers by
#    their cells.
#
# You may hand in with unfinished exercises. Each one counts for itself.
#
# ## References
#
# 1. H. Xiao, K. Rasul, R. Vollgraf. *Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
#    Algorithms.* [arXiv:1708.07747](https://arxiv.org/abs/1708.07747)
# 2. Y. LeCun, L. Bottou, Y. Bengio, P. Haffner. *Gradient-based learning applied to document recognition.*
#    Proceedings of the IEEE, 1998.
# 3. C. R. Harris and others. *Array programming with NumPy.* Nature, 2020.
#    [doi:10.1038/s41586-020-2649-2](https://doi.org/10.1038/s41586-020-2649-2)
#
# ## Next
#
# [Lesson 01](../01_channel_attention/01_channel_attention.ipynb): a network looks at an image through many
# channels. Can it learn which of them to listen to?
