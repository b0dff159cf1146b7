"""The reasoning of nextline: from a patient's profile to ranked options, in three-valued logic.

The contract of this layer: it is pure. It reads no file, no clock and no environment, draws no screen and opens no
connection; everything it needs is passed in, and the same input gives the same output. Outside the standard library
it uses its own compiled matcher alone. Profiles reach it as plain mappings that somebody else has validated
(``nextline.profile/1``); rules and drug names reach it as plain data that the evidence build has checked.

Unknown is a value of its own here: a fact is known to hold, known not to hold, or unknown, and every answer says
which unknown facts it hangs on.
"""

__version__ = "0.1.0"
