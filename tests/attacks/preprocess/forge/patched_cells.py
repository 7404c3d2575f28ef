"""The code that runs the cells answers for itself."""
# expect: tampered

from autograder.sandbox import cells, frames

honest = frames.send


def send(channel, message):
    if message["cell"] > 2:
        message["outputs"] = [
            {
                "output_type": "execute_result",
                "data": {"text/plain": "6.0"},
                "metadata": {},
                "execution_count": 1,
            }
        ]
        message["cell"] = float(message["cell"])
    honest(channel, message)


cells.frames.send = send


def preprocess(images):
    return images
