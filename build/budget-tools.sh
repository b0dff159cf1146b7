#!/bin/sh
# Says on its first line which Debian packages `make budget` lacks; silent where none is. --list only lists them all.
set -u
[ "${1:-}" = --list ] && { echo "gcc gcc-aarch64-linux-gnu libc6-dev mmdebstrap qemu-user util-linux"; exit 0; }
missing=
while read -r command package; do
  command -v "$command" >/dev/null 2>&1 || missing="$missing $package"
done <<'LIST'
qemu-aarch64 qemu-user
aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
mmdebstrap mmdebstrap
gcc gcc libc6-dev
setarch util-linux
LIST
[ -z "$missing" ] && exit 0
echo "Missing:$missing. Install with: make budget-deps, or apt-get install$missing" >&2
exit 2
