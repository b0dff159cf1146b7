#!/bin/sh
# What the device imports: the wheel unpacked, with byte code.
# usage: arm64-site.sh SYSROOT WHEEL OUT
set -eu
here=$(dirname "$(realpath "$0")")
rm -rf "$3" "$3.part"
"$here/../.venv/bin/python" -m zipfile -e "$2" "$3.part"
# A wheel of this machine would not be refused: the matcher's plain twin would silently take over, and be measured.
"$here/arm64-python.sh" "$1" -c 'import sys; sys.path.insert(0, sys.argv[1]); import nextline_core._match' "$3.part"
"$here/arm64-compile.sh" "$1" "$3.part"
mv "$3.part" "$3"
