"""Colours for every letter, and commands to the terminal of whoever reads this."""
# expect: error

print("".join(f"\x1b[38;5;{n % 256}mx" for n in range(300_000)))
print("\x1b]0;owned\x07\x1b[2J\x1b[?1049h\x9b6n" * 1000)


def preprocess(images):
    raise ValueError("\x1b[2J\x1b]0;owned\x07 [bold red]markup[/] \x00\x07\x08")
