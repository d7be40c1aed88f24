#!/usr/bin/env bash
# Lays the C++ runtime that the Alpine binary needs into FOLDER, so that the binary runs under Debian's musl loader where no container engine is.
# The libraries come from a Python wheel built for musl. They are older than Alpine's (Debian's loader does not know the packed relocations of
# newer ones) and lack two functions that are called only to abort: the library named libstdc++.so.6 adds those and draws in the wheel's own.
set -euo pipefail
folder=${1:?usage: musl-library.sh FOLDER}
[ ! -f "$folder/libstdc++.so.6" ] || exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
  --platform musllinux_1_1_x86_64 --python-version 3.11 --dest "$work" ujson==5.9.0
python3 -m zipfile -e "$work"/*.whl "$work/unpacked"

mkdir -p "$folder"
cp "$work"/unpacked/ujson.libs/* "$folder/"
as -o "$work/abort.o" - <<'ASSEMBLY'
.text
.globl _ZSt28__throw_bad_array_new_lengthv
.globl _ZSt21__glibcxx_assert_failPKciS0_S0_
_ZSt28__throw_bad_array_new_lengthv:
_ZSt21__glibcxx_assert_failPKciS0_S0_:
  ud2
ASSEMBLY
ld -shared -soname libstdc++.so.6 -o "$folder/libstdc++.so.6" "$work/abort.o" "$folder"/libstdc++-*.so.*
