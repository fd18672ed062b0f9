#!/usr/bin/env python3
"""Makes the packages of a program and of what travels with it.

    packages.py STAGE OUT VERSION
    packages.py --join OUT

STAGE holds `bin` and `share` as they come to lie below /usr. OUT gets a wheel, two packages for npm,
a tarball (for Windows a zip), and for Linux a .deb. `--join` has npm's main package name all
platforms whose packages lie in OUT, and writes the hashes of all files into SHA256SUMS. The same
files give the same packages, byte by byte: every date is SOURCE_DATE_EPOCH.

No builder of wheels takes a program that is there already: each compiles it again, by its own
settings. So the wheel is written here, by the binary distribution format of packaging.python.org;
it is a zip with three files that describe it.
"""
import base64
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from pathlib import Path

import binary

HERE = Path(__file__).resolve().parent
EPOCH = int(os.environ.get("SOURCE_DATE_EPOCH", "1767225600"))
SUMMARY = "Makes newspapers: a folder of Markdown in, made-up pages out"
LICENCE = "MIT OR Apache-2.0"
MAINTAINER = "The Stonehand authors <authors@stonehand.invalid>"


def files(folder):
    """The files below a folder: (name below it, bytes, whether it can be run)."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            yield name, path.read_bytes(), name.startswith("bin/") or "/scripts/" in f"/{name}"


def write_zip(path, entries):
    date = time.gmtime(max(EPOCH, 315532800))[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data, runs in entries:
            info = zipfile.ZipInfo(name, date)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (0o100755 if runs else 0o100644) << 16
            # The system that made it: Unix, so that the right to run is kept.
            info.create_system = 3
            archive.writestr(info, data)


def write_tarball(path, entries):
    with open(path, "wb") as file, gzip.GzipFile("", "wb", 6, file, EPOCH) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive:
            for name, data, runs in entries:
                info = tarfile.TarInfo(name)
                info.size, info.mtime, info.mode = len(data), EPOCH, 0o755 if runs else 0o644
                archive.addfile(info, io.BytesIO(data))


def wheel(stage, out, version, platform):
    """A wheel: pip puts what is in `.data/scripts` on the path, and `.data/data` below the prefix."""
    info = f"stonehand-{version}.dist-info"
    data = f"stonehand-{version}.data"
    tags = "".join(f"Tag: py3-none-{tag}\n" for tag in platform.wheel.split("."))
    readme = (HERE / "README.md").read_text("utf-8")
    licences = ["LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY.txt"]
    metadata = (
        f"Metadata-Version: 2.4\nName: stonehand\nVersion: {version}\nSummary: {SUMMARY}\n"
        f"License-Expression: {LICENCE}\n" + "".join(f"License-File: {name}\n" for name in licences)
        + f"Requires-Python: >=3.8\nDescription-Content-Type: text/markdown\n\n{readme}"
    )
    entries = []
    for name, content, runs in files(stage):
        if name.startswith("bin/"):
            entries.append((f"{data}/scripts/{name[4:]}", content, True))
        elif name.startswith("share/doc/") and Path(name).name in licences:
            entries.append((f"{info}/licenses/{Path(name).name}", content, False))
        elif name.startswith("share/") and not name.endswith("INSTALL.md"):
            entries.append((f"{data}/data/{name}", content, runs))
    entries.append((f"{info}/METADATA", metadata.encode(), False))
    head = "Wheel-Version: 1.0\nGenerator: stonehand\nRoot-Is-Purelib: false\n"
    entries.append((f"{info}/WHEEL", (head + tags).encode(), False))
    record = ""
    for name, content, _ in entries:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(content)}\n"
    record += f"{info}/RECORD,,\n"
    entries.append((f"{info}/RECORD", record.encode(), False))
    write_zip(out / f"stonehand-{version}-py3-none-{platform.wheel}.whl", entries)


def npm(stage, out, version, platform):
    """The package of this platform, and the one that is installed, which names the platforms' packages."""
    system, cpu = platform.npm
    about = {"version": version, "description": SUMMARY, "license": LICENCE}
    own = {"name": f"stonehand-{system}-{cpu}", **about, "os": [system], "cpu": [cpu]}
    if system == "linux":
        own["libc"] = ["glibc"]
    own["preferUnplugged"] = True
    content = dict((name, data) for name, data, _ in files(stage))
    doc = "share/doc/stonehand"
    licences = {name: content[f"{doc}/{name}"] for name in ("LICENSE-APACHE", "LICENSE-MIT")}
    notice = {"THIRD-PARTY.txt": content[f"{doc}/THIRD-PARTY.txt"]}
    program = {f"bin/{platform.program}": content[f"bin/{platform.program}"]}
    node_package(out, own, {**program, **licences, **notice})
    pages = {f"man/{Path(name).name}": data for name, data in content.items() if name.startswith("share/man/")}
    main = {
        "name": "stonehand", **about, "bin": {"stonehand": "bin/stonehand.js"},
        "man": [f"./{page}" for page in pages], "engines": {"node": ">=18"},
        "optionalDependencies": {own["name"]: version},
    }
    shim = {"bin/stonehand.js": (HERE / "stonehand.js").read_bytes(), "README.md": (HERE / "README.md").read_bytes()}
    node_package(out, main, {**shim, **pages, **licences})


def join(out):
    """Has npm's main package name all platforms whose packages are there; sums up all files."""
    (path,) = out.glob("stonehand-[0-9]*.tgz")
    with tarfile.open(path) as archive:
        content = {member.name.removeprefix("package/"): archive.extractfile(member).read() for member in archive}
    about = json.loads(content.pop("package.json"))
    version = about["version"]
    names = (other.name.removesuffix(f"-{version}.tgz") for other in sorted(out.glob(f"stonehand-*-{version}.tgz")))
    about["optionalDependencies"] = {name: version for name in names}
    node_package(out, about, content)
    sums = ""
    for path in sorted(out.glob("stonehand*")):
        sums += f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        print(f"{path.stat().st_size / 1e6:6.1f} MB  {path.name}")
    (out / "SHA256SUMS").write_bytes(sums.encode())


def node_package(out, about, content):
    """What `npm pack` makes: a tarball with all below `package/`."""
    content = {"package.json": (json.dumps(about, indent=2) + "\n").encode(), **content}
    entries = ((f"package/{name}", data, name.startswith("bin/")) for name, data in sorted(content.items()))
    write_tarball(out / f"{about['name']}-{about['version']}.tgz", entries)


def tarball(stage, out, version, platform):
    """Everything in one folder, with a note of how it is installed."""
    top = f"stonehand-{version}-{platform.name}"
    entries = [(f"{top}/{name}", data, runs) for name, data, runs in files(stage)]
    entries.append((f"{top}/INSTALL.md", (HERE / "INSTALL.md").read_bytes(), False))
    if platform.system == "windows":
        write_zip(out / f"{top}.zip", entries)
    else:
        write_tarball(out / f"{top}.tar.gz", entries)


def deb(stage, out, version, platform):
    """A package for Debian, Ubuntu and what descends from them, by `dpkg-deb`."""
    with tempfile.TemporaryDirectory() as root:
        root = Path(root)
        size = 0
        for name, data, runs in files(stage):
            # By Debian's policy, where its own tools look.
            name = name.replace("zsh/site-functions", "zsh/vendor-completions")
            name = name.replace("CHANGELOG.md", "changelog")
            if name.startswith("share/man/") or name.endswith(("THIRD-PARTY.txt", "changelog")):
                name, data = f"{name}.gz", gzip.compress(data, 9, mtime=0)
            if Path(name).name.startswith("LICENSE"):
                continue
            path = root / "usr" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            path.chmod(0o755 if runs else 0o644)
            size += len(data)
        copyright_ = root / "usr/share/doc/stonehand/copyright"
        copyright_.write_text(debian_copyright(stage), "utf-8")
        major, minor = platform.oldest
        needs = [f"libc6 (>= {major}.{minor})"]
        needs += ["libgcc-s1"] if "libgcc_s.so.1" in platform.libraries else []
        control = root / "DEBIAN"
        control.mkdir()
        (control / "control").write_text(
            f"Package: stonehand\nVersion: {version}\nArchitecture: {platform.debian}\n"
            f"Maintainer: {MAINTAINER}\nInstalled-Size: {size // 1024}\nDepends: {', '.join(needs)}\n"
            f"Section: text\nPriority: optional\nDescription: {SUMMARY[0].lower()}{SUMMARY[1:]}\n"
            " A newsroom writes stories as Markdown files; one command turns them into a\n"
            " finished PDF, with headlines sized by weight, stories threaded through columns\n"
            " and continued on later pages, and pictures cropped to fit, and into a web\n edition.\n",
            "utf-8",
        )
        sums = ""
        for path in sorted((root / "usr").rglob("*")):
            if path.is_file():
                sums += f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n"
        (control / "md5sums").write_text(sums, "utf-8")
        for path in [root, *root.rglob("*")]:
            if path.is_dir():
                path.chmod(0o755)
            os.utime(path, (EPOCH, EPOCH))
        target = out / f"stonehand_{version}_{platform.debian}.deb"
        command = ["dpkg-deb", "--build", "--root-owner-group", "-Zxz", str(root), str(target)]
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH)}
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


def debian_copyright(stage):
    """Machine-readable, as Debian wants it."""
    mit = (stage / "share/doc/stonehand/LICENSE-MIT").read_text("utf-8")
    permission = mit[mit.index("Permission is") :].rstrip("\n")
    body = "\n".join(f" {line}" if line else " ." for line in permission.split("\n"))
    return (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        "Upstream-Name: Stonehand\n"
        "Comment: What is built in has licences of its own, which are all in THIRD-PARTY.txt.gz.\n\n"
        "Files: *\nCopyright: 2026 The Stonehand authors\nLicense: Expat or Apache-2.0\n\n"
        f"License: Expat\n{body}\n\n"
        "License: Apache-2.0\n The text is in /usr/share/common-licenses/Apache-2.0.\n"
    )


def main():
    if sys.argv[1] == "--join":
        return join(Path(sys.argv[2]))
    stage, out, version = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    programs = list((stage / "bin").glob("*"))
    if len(programs) != 1:
        sys.exit(f"{stage}/bin should hold one program and holds {len(programs)}")
    platform = binary.read(programs[0])
    for make in (wheel, npm, tarball) + ((deb,) if platform.system == "linux" else ()):
        make(stage, out, version, platform)
    join(out)


if __name__ == "__main__":
    main()
