"""A program of the system in the background."""
# expect: right

import subprocess

subprocess.Popen(["nohup", "sleep", "100000"], start_new_session=True)


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
