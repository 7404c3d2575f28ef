"""Words that take a renderer for ever: nested marks, tables, escapes, tags."""
# expect: right

from IPython.display import HTML, Markdown, display

SLOW = [
    "[" * 50_000,
    "*a " * 50_000,
    "> " * 20_000,
    "<div>" * 100_000,
    "`" * 50_000 + "a",
    "![" * 30_000,
    "- " * 30_000,
]
SLOW += [
    "[a](" * 30_000,
    "<b " * 50_000,
    "$" * 50_000,
    "|a" * 30_000 + "\n" + "|-" * 30_000,
    "&" * 100_000,
    "_a_" * 40_000,
]
for one in SLOW:
    display(Markdown(one), HTML(one))
    print("\x1b[1;31;42m" * 50_000)


def preprocess(images):
    return images[..., None].astype(np.float32) / 255
