#!/bin/sh
# The project's wheel for the device: cross compiled with Debian's gcc and the device's Python headers.
# usage: wheel-arm64.sh SYSROOT OUT      (SYSROOT is made by arm64-sysroot.sh; the store must have been built)
set -eu
here=$(dirname "$(realpath "$0")")
. "$here/target.env"
root=$(realpath "$1")
mkdir -p "$2" && out=$(realpath "$2")
cd "$here/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What setuptools asks of the Python it runs in, it is told about the device's: the wheel's name, the module's suffix.
cp "$root/usr/lib/python$PYVER/_sysconfigdata__$TRIPLE.py" "$work/"
export _PYTHON_HOST_PLATFORM="linux-${TRIPLE%%-*}" _PYTHON_SYSCONFIGDATA_NAME="_sysconfigdata__$TRIPLE" PYTHONPATH="$work"
export CC="$TRIPLE-gcc" LDSHARED="$TRIPLE-gcc -shared" LDFLAGS="-Wl,-s"
export CFLAGS="-O2 -g0 -fPIC -I$root/usr/include/python$PYVER -I$root/usr/include"
export SOURCE_DATE_EPOCH="$EPOCH"
# A scratch folder of its own: setuptools would put modules that are gone, and this machine's objects, into the wheel.
printf '[build]\nbuild_base = %s/build\n[bdist]\nbdist_base = %s/bdist\n[egg_info]\negg_base = %s\n' "$work" "$work" "$work" > "$work/scratch.cfg"
export DIST_EXTRA_CONFIG="$work/scratch.cfg"
rm -f "$out"/*.whl
.venv/bin/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir "$out" .
