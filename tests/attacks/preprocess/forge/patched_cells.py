"""The code that runs the cells answers for itself."""
# expect: tampered

from autograder.sandbox import child_shell, messages

honest = messages.send_message


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


child_shell.messages.send_message = send


def preprocess(images):
    return images
