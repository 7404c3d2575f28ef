"""Wrong answers that no misconception explains, grouped by likeness: one look at a group serves all in it."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from autograder.report.results import Answer, ClassResults

UNNAMED = ("wrong", "error")
ALIKE = 0.5  # mean Jaccard distance up to which answers share a group
SHINGLE = 3  # tokens
QUIET = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING)


@dataclass(frozen=True)
class Group:
    """Answers to one exercise that look alike: who wrote them, and the one nearest to all the others."""

    exercise: str
    students: tuple[str, ...]
    typical: Answer


def groups(found: ClassResults) -> tuple[Group, ...]:
    """All answers that are wrong in a way of their own, in groups, the largest first."""
    made = [
        Group(name, tuple(answers[place][0] for place in places), answers[centre][1])
        for name in found.exercises
        if (answers := [each for each in found.answers(name) if each[1].outcome in UNNAMED])
        for places, centre in _alike([_features(answer) for _, answer in answers])
    ]
    return tuple(sorted(made, key=lambda group: -len(group.students)))


def _features(answer: Answer) -> frozenset[str]:
    """What likeness is judged by: how it failed, and runs of three tokens of its code, without comments.

    Names that the student chose count as one and the same.
    """
    tokens = list(_tokens(answer.source))
    runs = {" ".join(tokens[place : place + SHINGLE]) for place in range(max(1, len(tokens) - SHINGLE + 1))}
    return frozenset(runs | {f"failed {each}" for each in answer.failed} | {f"outcome {answer.outcome}"})


def _tokens(source: str) -> Iterator[str]:
    attribute = False
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in QUIET:
                continue
            named = token.type == tokenize.NAME and not keyword.iskeyword(token.string) and not attribute
            yield "name" if named else token.string
            attribute = token.string == "."
    except (tokenize.TokenError, SyntaxError):  # what was read up to there has to do
        return


def _alike(described: list[frozenset[str]]) -> Iterator[tuple[list[int], int]]:
    """Places of the members of each group, and of its centre; groups by average linkage."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import pdist, squareform

    if len(described) == 1:
        yield [0], 0
        return
    words = sorted(frozenset().union(*described))
    matrix = np.array([[word in each for word in words] for each in described])
    distances = pdist(matrix, "jaccard")
    labels = fcluster(linkage(distances, "average"), ALIKE, "distance")
    between = squareform(distances)
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        centre = members[between[np.ix_(members, members)].sum(axis=0).argmin()]
        yield members.tolist(), int(centre)
