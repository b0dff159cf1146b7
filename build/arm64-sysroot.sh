#!/bin/sh
# The device's Python and C library, unpacked from Debian's packages into a folder: no chroot, no emulation, no
# maintainer scripts. Enough to run the device's Python under qemu-user, and to compile for it.
# usage: arm64-sysroot.sh OUT
set -eu
here=$(dirname "$(realpath "$0")")
. "$here/target.env"
out=$1
rm -rf "$out.part" "$out"
mkdir -p "$(dirname "$out")"
echo "Unpacking Debian's $ARCH Python $PYVER into $out (once) ..."
# Headers come along for the cross build; documentation, static libraries and the test support would only take room.
mmdebstrap --quiet --architectures="$ARCH" --variant=extract \
  --include="python$PYVER,libpython$PYVER-dev" --aptopt='APT::Install-Recommends "false"' \
  --dpkgopt='path-exclude=/usr/share/*' --dpkgopt='path-exclude=*.a' \
  "$SUITE" "$out.part" 2>"$out.log" || { cat "$out.log" >&2; exit 1; }
rm -rf "$out.log" "$out.part/dev"
# An unpacked package has no byte code: its maintainer script would make it. Without, every start compiles modules anew.
"$here/arm64-compile.sh" "$out.part" "$out.part/usr/lib/python$PYVER"
mv "$out.part" "$out"
