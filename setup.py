"""Only the compiled matcher is declared here; everything else stands in pyproject.toml."""

from pathlib import Path

from Cython.Build import cythonize
from setuptools import Extension, setup

Path(".cache").mkdir(exist_ok=True)  # setup.cfg sends the scratch files there
LIMITED_API = 0x030B0000  # the stable ABI from Python 3.11 on: one wheel for all later versions

matcher = Extension(
    "nextline_core._match",
    ["core/nextline_core/_match.pyx"],
    define_macros=[("Py_LIMITED_API", hex(LIMITED_API))],
    py_limited_api=True,
)
setup(
    ext_modules=cythonize([matcher], build_dir=".cache/cython", compiler_directives={"language_level": 3}),
    options={"bdist_wheel": {"py_limited_api": "cp311"}},
)
