"""Does what a Dockerfile says where there is no engine: each stage in a bare root of its own, in a mount namespace.

The base images are played by this machine: its /usr (read-only), a copy of its /etc, and its Python. What a base image
brings along (`apt-get`) is left out. Needs Linux and root.
"""

from __future__ import annotations

import fnmatch
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_LEFT_OUT = "apt-get "  # the base image's business
_CLIENTS = ("PIP_", "UV_", "NPM_CONFIG_", "npm_config_", "SSL_CERT_")
_PYTHON = Path(sys.base_prefix)
_BASE_PATH = f"{_PYTHON}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(slots=True)
class Image:
    """What a stage came to: its root folder, and how a container of it starts."""

    root: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": _BASE_PATH})
    workdir: str = "/"
    user: str = "0:0"
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def build(context: Path, folder: Path) -> Image:
    """The last stage of the Dockerfile in `context`, built below `folder`."""
    sent = _send(context, folder / "context")
    stages: dict[str, Image] = {}
    image: Image | None = None
    for word, text in _instructions((context / "Dockerfile").read_text(encoding="utf-8")):
        if word == "FROM":
            name = text.split(" AS ")[1] if " AS " in text else "final"
            image = stages[name] = Image(_bare_root(folder / name))
        elif image is not None:
            _perform(image, word, text, sent, stages)
    assert image is not None, "a Dockerfile without a stage"
    return image


def started(
    image: Image, arguments: Sequence[str], *, data: Path, log: Path, variables: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """A container: the root read-only, /tmp in memory, /data as a volume, nobody's rights but the image's user's."""
    uid, gid = image.user.split(":")
    leave = shlex.join(
        [
            "setpriv",
            f"--reuid={uid}",
            f"--regid={gid}",
            "--clear-groups",
            "--no-new-privs",
            "--bounding-set=-all",
        ]
    )
    inside = [
        *_env(image.environment | dict(variables)),
        *("/bin/sh", "-c", f'cd {shlex.quote(image.workdir)} && exec "$@"', "sh"),
        *image.entrypoint,
        *(arguments or image.command),
    ]
    script = [
        *_mounts(image.root),
        f"mount -t tmpfs -o mode=1777 tmpfs {image.root}/tmp",
        f"mount --bind {data} {image.root}/data",
        f"mount -o remount,bind,ro {image.root}",
        f"exec chroot {image.root} {leave} {shlex.join(inside)}",
    ]
    with log.open("ab") as said:
        return subprocess.Popen(_in_namespace(script), stdout=said, stderr=said, env={"PATH": _BASE_PATH})


def _perform(image: Image, word: str, text: str, sent: Path, stages: Mapping[str, Image]) -> None:
    if word == "RUN":
        _run(image, text)
    elif word == "COPY":
        _copy(image, text, sent, stages)
    elif word == "ENV":
        for name, value in re.findall(r"(\w+)=(\S+)", text):
            image.environment[name] = value.replace("$PATH", image.environment["PATH"])
    elif word == "WORKDIR":
        image.workdir = text
        _below(image.root, text).mkdir(parents=True, exist_ok=True)
    elif word == "USER":
        image.user = text
    elif word == "ENTRYPOINT":
        image.entrypoint = _words(text)
    elif word == "CMD":
        image.command = _words(text)


def _run(image: Image, text: str) -> None:
    if text.startswith(_LEFT_OUT):
        image.left_out.append(text)
        return
    clients = {name: value for name, value in os.environ.items() if name.startswith(_CLIENTS)}
    inside = _env(clients | image.environment | {"HOME": "/root"})
    command = f"cd {shlex.quote(image.workdir)} && {text}"
    script = [
        *_mounts(image.root),
        f"exec chroot {image.root} {shlex.join([*inside, '/bin/sh', '-ec', command])}",
    ]
    done = subprocess.run(
        _in_namespace(script), capture_output=True, text=True, check=False, env={"PATH": _BASE_PATH}
    )
    assert done.returncode == 0, f"RUN {text}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


def _copy(image: Image, text: str, sent: Path, stages: Mapping[str, Image]) -> None:
    words = text.split()
    source = sent
    if words[0].startswith("--from="):
        source = stages[words.pop(0).removeprefix("--from=")].root
    *names, target = words
    place = _below(image.root, target if target.startswith("/") else f"{image.workdir}/{target}")
    for name in names:
        found = _below(source, name)
        if found.is_dir():
            shutil.copytree(found, place, symlinks=True, dirs_exist_ok=True)
        else:
            into = place / found.name if target.endswith("/") or len(names) > 1 else place
            into.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(found, into)


def _send(context: Path, folder: Path) -> Path:
    """A copy of the context's tracked files, less what .dockerignore leaves out; its last fitting line counts."""
    lines = [line.strip() for line in (context / ".dockerignore").read_text(encoding="utf-8").splitlines()]
    rules = [line for line in lines if line and not line.startswith("#")]
    listed = subprocess.run(
        ["git", "-C", str(context), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (context / name).is_file() and _is_sent(name, rules):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(context / name, target)
    return folder


def _is_sent(name: str, rules: Sequence[str]) -> bool:
    fitting = [rule for rule in rules if _fits(name, rule.removeprefix("!"))]
    return not fitting or fitting[-1].startswith("!")


def _fits(name: str, pattern: str) -> bool:
    parts = name.split("/")
    above = ["/".join(parts[: i + 1]) for i in range(len(parts))]
    if pattern.startswith("**/"):
        return any(fnmatch.fnmatch(part, pattern[3:]) for part in parts)
    return any(fnmatch.fnmatch(each, pattern) and each.count("/") == pattern.count("/") for each in above)


def _bare_root(root: Path) -> Path:
    """Folders to mount on, a copy of /etc, and the package clients' settings of whoever builds."""
    for name in ("usr", "dev", "proc", "tmp", "root", "var/tmp", "run", str(_PYTHON).lstrip("/")):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "tmp").chmod(0o1777)
    for name in ("bin", "sbin", "lib", "lib64"):
        (root / name).symlink_to(f"usr/{name}")
    shutil.copytree("/etc", root / "etc", symlinks=True, dirs_exist_ok=True)
    for name in (".npmrc", ".config/pip/pip.conf", ".pip/pip.conf"):
        mine = Path.home() / name
        if mine.is_file():
            (root / "root" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(mine, root / "root" / name)
    return root


def _mounts(root: Path) -> list[str]:
    return [
        "set -e",
        f"mount --bind {root} {root}",
        f"mount --bind /usr {root}/usr && mount -o remount,bind,ro {root}/usr",
        f"mount --bind {_PYTHON} {root}{_PYTHON} && mount -o remount,bind,ro {root}{_PYTHON}",
        f"mount --rbind /dev {root}/dev",
        f"mount -t proc proc {root}/proc",
    ]


def _in_namespace(script: Sequence[str]) -> list[str]:
    return ["unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", "\n".join(script)]


def _env(variables: Mapping[str, str]) -> list[str]:
    return ["/usr/bin/env", "-i", *(f"{name}={value}" for name, value in variables.items())]


def _words(text: str) -> list[str]:
    import json

    found: list[str] = json.loads(text)
    return found


def _below(root: Path, path: str) -> Path:
    return root / path.strip("/")


def _instructions(text: str) -> list[tuple[str, str]]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    whole = "\n".join(lines).replace("\\\n", " ")
    found = [line.split(maxsplit=1) for line in whole.splitlines() if line.strip()]
    return [(words[0], re.sub(r"\s+", " ", words[1]).strip()) for words in found]
