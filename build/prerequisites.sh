#!/bin/sh
# Says on its first line which Debian packages are missing for the set-up; silent where none is.
set -u
python=${1:-python3}
missing=
command -v "$python" >/dev/null 2>&1 || { echo "Missing: $python. Install it with: apt-get install python3 python3-venv python3-dev" >&2; exit 1; }
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Missing: Python 3.11 or newer ($("$python" -V 2>&1) found). Install it with: apt-get install python3" >&2
  exit 1
fi
"$python" -c 'import venv, ensurepip' 2>/dev/null || missing="$missing python3-venv"
command -v cc >/dev/null 2>&1 || command -v gcc >/dev/null 2>&1 || missing="$missing gcc libc6-dev"
"$python" -c 'import pathlib, sys, sysconfig; sys.exit(not (pathlib.Path(sysconfig.get_paths()["include"]) / "Python.h").exists())' || missing="$missing python3-dev"
if [ -n "$missing" ]; then
  echo "Missing:$missing. Install with: apt-get install$missing" >&2
  exit 1
fi
