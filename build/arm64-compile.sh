#!/bin/sh
# Byte code for every module in a folder, made by the device's own Python, so that any Python here will do.
# usage: arm64-compile.sh SYSROOT FOLDER
set -eu
here=$(dirname "$(realpath "$0")")
# unchecked-hash: the byte code holds no time stamp, and a start does not look at the source again
"$here/arm64-python.sh" "$1" -m compileall -q --invalidation-mode unchecked-hash \
  -x '/(test|lib2to3|idlelib|pydoc_data|distutils|ensurepip|tkinter|turtledemo)/' "$2"
