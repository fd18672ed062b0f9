#!/usr/bin/env python3
"""Tells what a program runs on, from its own bytes.

    binary.py PROGRAM        prints the platform, and the oldest glibc or macOS that it runs on

ELF is read with `objdump`, which comes with every C linker; the heads of the other two are short.
"""
import re
import struct
import subprocess
import sys
from dataclasses import dataclass

# The libraries that PEP 600 lets a wheel expect of any Linux with glibc.
EXPECTED = {
    "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libutil.so.1",
    "libgcc_s.so.1", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1",
}
ELF_MACHINES = {62: "x86_64", 183: "aarch64"}
MACH_MACHINES = {0x01000007: "x86_64", 0x0100000C: "aarch64"}
PE_MACHINES = {0x8664: "x86_64", 0xAA64: "aarch64"}
# The load commands that name the oldest macOS, and where in them the version stands.
MACH_VERSIONS = {0x32: 12, 0x24: 8}


@dataclass(frozen=True)
class Platform:
    """What a program runs on."""

    # linux, macos or windows.
    system: str
    # x86_64 or aarch64.
    machine: str
    # The oldest glibc or macOS, as (major, minor); (0, 0) on Windows.
    oldest: tuple
    # The shared libraries that it asks for; empty where that is no question.
    libraries: tuple = ()

    @property
    def name(self):
        """As files are called: linux-x86_64."""
        return f"{self.system}-{self.machine}"

    @property
    def wheel(self):
        """The platform tag of a wheel."""
        major, minor = self.oldest
        if self.system == "linux":
            tags = [f"manylinux_{major}_{minor}_{self.machine}"]
            # Its name before tags were counted by glibc, which old versions of pip know alone.
            tags += [f"manylinux2014_{self.machine}"] if self.oldest == (2, 17) else []
            return ".".join(tags)
        if self.system == "macos":
            machine = {"aarch64": "arm64"}.get(self.machine, self.machine)
            # From macOS 11 on, a tag counts for all versions of a year.
            return f"macosx_{major}_{minor if major < 11 else 0}_{machine}"
        return {"x86_64": "win_amd64", "aarch64": "win_arm64"}[self.machine]

    @property
    def npm(self):
        """What npm calls it: (os, cpu)."""
        system = {"macos": "darwin", "windows": "win32"}.get(self.system, self.system)
        return system, {"x86_64": "x64", "aarch64": "arm64"}[self.machine]

    @property
    def debian(self):
        """What Debian calls the machine."""
        return {"x86_64": "amd64", "aarch64": "arm64"}[self.machine]

    @property
    def program(self):
        """The program's file name."""
        return "stonehand.exe" if self.system == "windows" else "stonehand"


def read(path):
    """The platform of a program."""
    with open(path, "rb") as file:
        head = file.read(64 * 1024)
    if head[:4] == b"\x7fELF":
        return elf(path, head)
    if head[:4] == b"\xcf\xfa\xed\xfe":
        return mach(path, head)
    if head[:2] == b"MZ":
        (at,) = struct.unpack_from("<I", head, 0x3C)
        (machine,) = struct.unpack_from("<H", head, at + 4)
        return Platform("windows", known(path, PE_MACHINES, machine), (0, 0))
    sys.exit(f"{path} is no program for Linux, macOS or Windows")


def known(path, machines, number):
    if number not in machines:
        sys.exit(f"{path} is for a machine that has no package (number {number})")
    return machines[number]


def elf(path, head):
    """The oldest glibc is the newest version of a symbol that the program asks for."""
    (machine,) = struct.unpack_from("<H", head, 18)
    symbols = subprocess.run(["objdump", "-T", path], capture_output=True, text=True, check=True).stdout
    versions = [tuple(map(int, found)) for found in re.findall(r"GLIBC_(\d+)\.(\d+)", symbols)]
    if not versions:
        sys.exit(f"{path} asks for no glibc; packages are made of programs that do")
    heads = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=True).stdout
    libraries = tuple(re.findall(r"NEEDED\s+(\S+)", heads))
    for library in libraries:
        if library not in EXPECTED:
            sys.exit(f"{path} asks for {library}, which not every Linux has")
    return Platform("linux", known(path, ELF_MACHINES, machine), max(versions), libraries)


def mach(path, head):
    _, cpu, _, _, commands, _, _, _ = struct.unpack_from("<8I", head)
    at = 32
    for _ in range(commands):
        command, size = struct.unpack_from("<2I", head, at)
        if command in MACH_VERSIONS:
            (version,) = struct.unpack_from("<I", head, at + MACH_VERSIONS[command])
            return Platform("macos", known(path, MACH_MACHINES, cpu), (version >> 16, version >> 8 & 255))
        at += size
    sys.exit(f"{path} doesn't say which macOS it needs")


def main():
    platform = read(sys.argv[1])
    what = {"linux": "glibc ", "macos": "macOS "}.get(platform.system, "")
    print(platform.name, what + ".".join(map(str, platform.oldest)) if what else "")


if __name__ == "__main__":
    main()
