"""A hundred thousand pictures of nothing."""
# expect: right

from IPython.display import HTML, display

for _ in range(100_000):
    get_ipython().display_pub.publish({"text/html": "<b>x</b>"})


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
