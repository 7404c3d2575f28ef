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
# # Lesson 01 · Channel attention

# %%
import course_lib
import keras
import numpy as np
from course_lib import check, data, figures, scores, training
from keras import layers

session = course_lib.setup(seed=1)

# %% nbgrader={"grade": false, "grade_id": "squeeze", "locked": false, "schema_version": 3, "solution": true, "task": false}
def squeeze(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Describe every channel by one number, its average over height and width.

    x: feature map, (N, H, W, C).
    name: start of the names of the layers made here.
    Returns the descriptor z, (N, C).
    """
    ### BEGIN SOLUTION
    return layers.GlobalAveragePooling2D(name=name + "_gap")(x)  # (N, C)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_squeeze", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("squeeze", squeeze)

# %% nbgrader={"grade": false, "grade_id": "excitation", "locked": false, "schema_version": 3, "solution": true, "task": false}
def excitation(z: keras.KerasTensor, channels: int, reduction: int, name: str) -> keras.KerasTensor:
    """Turn the descriptor into one gate between 0 and 1 per channel.

    z: descriptor, (N, C).
    channels: C, the number of channels. reduction: r, so that the hidden layer has C // r units.
    name: start of the names of the layers made here.
    Returns the gates s, (N, C).
    """
    ### BEGIN SOLUTION
    hidden = layers.Dense(channels // reduction, activation="relu", name=name + "_reduce")(z)  # (N, C // r)
    return layers.Dense(channels, activation="sigmoid", name=name + "_gates")(hidden)  # (N, C)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_excitation", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("excitation", excitation)

# %% nbgrader={"grade": false, "grade_id": "channel_attention", "locked": false, "schema_version": 3, "solution": true, "task": false}
def channel_attention(x: keras.KerasTensor, name: str, reduction: int = 16) -> keras.KerasTensor:
    """Scale every channel of a feature map by its own gate: the squeeze-and-excitation block.

    x: feature map, (N, H, W, C).
    name: start of the names of all layers made here. reduction: r.
    Returns the refined feature map, (N, H, W, C).
    """
    ### BEGIN SOLUTION
    channels = x.shape[-1]
    z = squeeze(x, name)  # (N, C)
    s = excitation(z, channels, reduction, name)  # (N, C)
    s = layers.Reshape((1, 1, channels), name=name + "_reshape")(s)  # (N, 1, 1, C)
    return layers.Multiply(name=name + "_scale")([x, s])  # (N, H, W, C)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_channel_attention", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("channel_attention", channel_attention)

# %% nbgrader={"grade": false, "grade_id": "se_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def se_parameters(channels: int, reduction: int) -> int:
    """Count the trainable numbers in one squeeze-and-excitation block, biases included."""
    ### BEGIN SOLUTION
    hidden = channels // reduction
    return (channels * hidden + hidden) + (hidden * channels + channels)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_se_parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("se_parameters", se_parameters)

# %% nbgrader={"grade": false, "grade_id": "quiz_se_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
quiz_se_parameters_answer = 8464
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_se_parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("quiz_se_parameters", quiz_se_parameters_answer)

# %% nbgrader={"grade": false, "grade_id": "quiz_hidden_width", "locked": false, "schema_version": 3, "solution": true, "task": false}
### BEGIN SOLUTION
quiz_hidden_width_answer = 32
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_hidden_width", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("quiz_hidden_width", quiz_hidden_width_answer)

# %% [markdown] nbgrader={"grade": true, "grade_id": "written_channel", "locked": false, "points": 3, "schema_version": 3, "solution": true, "task": false}
# ### BEGIN SOLUTION
# Being written.
# ### END SOLUTION
