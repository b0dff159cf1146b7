#!/bin/sh
# Runs the device's Python from an unpacked folder, here, under qemu-user, with nothing of this machine's environment.
# usage: arm64-python.sh SYSROOT [ARGUMENT ...]
#
# PLUGIN='FILE,argument=...' loads a QEMU plugin, MODULES=FOLDER is searched for modules.
# -I would be the usual way to isolate Python, but it ignores PYTHONHASHSEED too, and then the order of every set, and
# with it the count of instructions, is another in each run. -s -P -S with an empty environment isolate as well.
# OPENSSL_armcap: the processors of a Raspberry Pi 3 and 4 lack the instructions for SHA-256 that QEMU's have.
# setarch -R switches off address randomisation: objects hashed by their address would be ordered by chance.
set -eu
. "$(dirname "$(realpath "$0")")/target.env"
root=$(realpath "$1")
shift
exec env -i setarch -R qemu-aarch64 -cpu "$CPU" ${PLUGIN:+-plugin "$PLUGIN"} -L "$root" \
  -E PYTHONHASHSEED=0 -E PYTHONHOME="$root/usr" -E PYTHONPATH="${MODULES:-}" -E PYTHONDONTWRITEBYTECODE=1 \
  -E OPENSSL_armcap=1 \
  "$root/usr/bin/python$PYVER" -s -P -S "$@"
