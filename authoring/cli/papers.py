"""`course papers`"""

import sys

import typer

from course_lib.cli.json_output import AsJson, print_json


def command(as_json: AsJson = False) -> None:
    """Set the papers' figures for their networks beside those of this library.

    Builds every network at full size, counts parameters and multiply-adds, and says under which convention
    the two agree, or that they do not. "With statistics" includes the moving means and variances of batch
    normalisation; multiply-adds are those of convolutions and fully connected layers. Below the table stands
    what is known of the figures that do not agree. Takes a minute or two.

    Example: `course papers`
    """
    from course_lib.session import load_tensorflow

    load_tensorflow()  # quietly, before the networks import it
    import keras

    from course_lib.count import PaperComparison, papers_table
    from course_lib.networks.papers import PRINTED, comparisons

    rows: list[PaperComparison] = []
    for place, printed in enumerate(PRINTED, 1):
        if sys.stderr.isatty():
            print(
                f"\r\x1b[K{place} of {len(PRINTED)}: {printed.network}", end="", file=sys.stderr, flush=True
            )
        rows += comparisons(printed)
        keras.backend.clear_session()  # lets go of the network before the next
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    if as_json:
        print_json([{**vars(row), "match": row.match} for row in rows])
        return
    typer.echo(papers_table(rows))
    agree = sum(row.match for row in rows)
    typer.echo(f"\n{agree} of {len(rows)} figures agree in every digit that the paper prints.")
    for printed in PRINTED:
        for figure in printed.figures:
            if figure.why:
                typer.echo(f"{printed.network}, {figure.printed} ({figure.source}): {figure.why}.")
