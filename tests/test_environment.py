"""pyproject.toml, requirements.lock and environment.yml describe one environment."""

from __future__ import annotations

import re
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCK = (ROOT / "requirements.lock").read_text()
PYTHONS = ["3.11", "3.12", "3.13"]
MACHINES = {
    "linux": {
        "sys_platform": "linux",
        "platform_system": "Linux",
        "platform_machine": "x86_64",
        "os_name": "posix",
    },
    "macos": {
        "sys_platform": "darwin",
        "platform_system": "Darwin",
        "platform_machine": "arm64",
        "os_name": "posix",
    },
}


def entries() -> list[tuple[Requirement, list[str]]]:
    """Each pin of the lock with its hashes."""
    lines = [
        line
        for line in LOCK.replace("\\\n", " ").splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    return [(Requirement(line.split("--hash")[0]), re.findall(r"--hash=(\S+)", line)) for line in lines]


def applies(requirement: Requirement, python: str, machine: str) -> bool:
    marker = {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "extra": "",
        **MACHINES[machine],
    }
    return requirement.marker is None or requirement.marker.evaluate(marker)


def pins(python: str, machine: str) -> dict[str, str]:
    """Name to version, as installed there. A name pinned twice for one place is an error of the lock."""
    found: dict[str, str] = {}
    for requirement, _ in entries():
        if applies(requirement, python, machine):
            name = canonicalize_name(requirement.name)
            assert name not in found, f"{name} is pinned twice for Python {python} on {machine}"
            [specifier] = requirement.specifier
            assert specifier.operator == "==", f"{requirement} is not an exact pin"
            found[name] = specifier.version
    return found


def wanted() -> list[str]:
    """What pyproject.toml asks for: to run, to test, and to build itself without the network."""
    project = PROJECT["project"]
    return [
        *project["dependencies"],
        *project["optional-dependencies"]["dev"],
        *PROJECT["build-system"]["requires"],
    ]


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("python", PYTHONS)
def test_every_dependency_is_pinned_to_a_version_that_satisfies_it(python: str, machine: str) -> None:
    pinned = pins(python, machine)
    for text in wanted():
        requirement = Requirement(text)
        if not applies(requirement, python, machine):
            continue
        version = pinned.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is missing from requirements.lock: lock again"
        assert version in requirement.specifier, (
            f"the lock has {requirement.name} {version}, pyproject.toml asks {text}"
        )


def test_every_pin_has_sha256_hashes() -> None:
    for requirement, hashes in entries():
        assert hashes, f"{requirement} has no hash"
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", value) for value in hashes), requirement


def test_lock_names_no_registry_and_no_place() -> None:
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links|--trusted-host|@ ", LOCK)
    assert str(ROOT) not in LOCK


def test_launcher_and_project_agree_on_the_pythons() -> None:
    asked = SpecifierSet(PROJECT["project"]["requires-python"])
    minors = [f"3.{minor}" for minor in range(8, 20) if f"3.{minor}.0" in asked]
    assert minors == PYTHONS
    assert " | ".join(minors) + ")" in (ROOT / "course").read_text()


def test_conda_environment_is_the_same_lock() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert environment["name"] == "attention-course"
    assert environment["channels"] == ["conda-forge"]
    *conda, pip = environment["dependencies"]
    assert [text.partition(">")[0] for text in conda] == ["python", "pip"]
    assert SpecifierSet(conda[0].removeprefix("python")) == SpecifierSet(
        PROJECT["project"]["requires-python"]
    )
    # A list with hashes must have a hash for everything, so the course itself cannot be in it.
    assert pip == {"pip": ["-r requirements.lock"]}


def test_a_wheel_holds_all_of_the_packages_with_their_types(tmp_path: Path) -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as packed:
        names = {*packed.namelist()}
    for package in packages:
        files = [path for path in ROOT.joinpath(package).rglob("*") if path.is_file()]
        wanted = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
        assert f"{package}/py.typed" in wanted
        assert wanted <= names
