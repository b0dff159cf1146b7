# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The compiled matcher: same class, same answers as ``_match_py``; and the ranker, which settles and orders options.

``table.py`` tells what the matcher's arrays hold and makes sure that they fit each other; what the programs ask is
checked here. ``settling.py`` tells what the arrays of the ranker (``_ranks.pxi``) hold; it ranks as ``assess`` and
``rank`` do.
"""

cimport cython
from cpython.bytes cimport PyBytes_FromStringAndSize
from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc
from libc.string cimport memcpy, memset

cdef extern from *:
    int popcount "__builtin_popcountll"(unsigned long long) nogil
    int lowest "__builtin_ctzll"(unsigned long long) nogil

cdef enum:
    AND = 0x8000
    OR = 0xC000
    END = 0xFFFF
    SIZE_MASK = 0x3FFF
    DEPTH = 256          # open and/or operands of one rule; the constructor refuses deeper programs

# Kleene values, ordered so that `and` is the minimum and `or` the maximum
cdef enum:
    NO = 0
    UNKNOWN = 1
    YES = 2


@cython.final
cdef class Matcher:
    """Evaluates all rules of one table against one patient, in strong Kleene logic."""

    cdef object _keep
    cdef Py_ssize_t _words, _count, _groups
    cdef const uint64_t *_rows
    cdef const uint64_t *_heads
    cdef const uint32_t *_order
    cdef const uint32_t *_start
    cdef const uint32_t *_group_start
    cdef const uint16_t *_program
    cdef uint8_t *_found       # by rule, its value
    cdef uint32_t *_place
    cdef uint32_t *_used_start # of each row the words that hold anything: most rows use two or three
    cdef uint8_t *_used

    def __cinit__(self, table):
        cdef Py_ssize_t k, w
        self._keep = (table.rows, table.order, table.start, table.program, table.group_start, table.group_head)
        self._words, self._count = table.words, table.count
        self._groups = len(table.group_head) // 8
        self._rows = <const uint64_t *><const char *><bytes>table.rows
        self._order = <const uint32_t *><const char *><bytes>table.order
        self._start = <const uint32_t *><const char *><bytes>table.start
        self._program = <const uint16_t *><const char *><bytes>table.program
        self._group_start = <const uint32_t *><const char *><bytes>table.group_start
        self._heads = <const uint64_t *><const char *><bytes>table.group_head
        self._found = <uint8_t *>malloc(self._count + 1)
        self._place = <uint32_t *>malloc((self._count + 1) * sizeof(uint32_t))
        self._used_start = <uint32_t *>malloc((self._count + 1) * sizeof(uint32_t))
        self._used = <uint8_t *>malloc(self._count * self._words + 1)
        if self._found == NULL or self._place == NULL or self._used_start == NULL or self._used == NULL:
            raise MemoryError()
        self._used_start[0] = 0
        for k in range(self._count):
            self._place[self._order[k]] = <uint32_t>k
            self._used_start[k + 1] = self._used_start[k]
            for w in range(self._words):
                if self._rows[k * self._words + w]:
                    self._used[self._used_start[k + 1]] = <uint8_t>w
                    self._used_start[k + 1] += 1
        self._check_programs(len(table.program) // 2)

    def __dealloc__(self):
        free(self._found)
        free(self._place)
        free(self._used_start)
        free(self._used)

    cdef int _check_programs(self, Py_ssize_t length) except -1:
        """Refuses programs that would run past their end or the stack."""
        cdef Py_ssize_t k, at, depth
        for k in range(self._count):
            if not self._start[k]:
                continue
            at, depth = self._start[k] - 1, 0
            while at < length and self._program[at] != END:
                if self._program[at] < AND:
                    if self._program[at] >= self._words * 64:
                        raise ValueError("the packed rule table is damaged")
                    depth += 1
                else:
                    depth -= (self._program[at] & SIZE_MASK) - 1
                if depth < 1 or depth > DEPTH:
                    raise ValueError("an and/or group is nested too deeply")
                at += 1
            if at >= length or depth != 1:
                raise ValueError("the packed rule table is damaged")
        return 0

    cdef inline int _leaf(self, int code, const uint64_t *t, const uint64_t *f) noexcept nogil:
        cdef uint64_t bit = <uint64_t>1 << (code & 63)
        return YES if t[code >> 6] & bit else NO if f[code >> 6] & bit else UNKNOWN

    cdef int _run(self, const uint16_t *p, const uint64_t *t, const uint64_t *f) noexcept nogil:
        cdef uint8_t stack[DEPTH]
        cdef int top = 0, size, value, k
        while p[0] != END:
            if p[0] < AND:
                stack[top] = self._leaf(p[0], t, f)
                top += 1
            else:
                size = p[0] & SIZE_MASK
                top -= size
                value = stack[top]
                for k in range(top + 1, top + size):
                    if (stack[k] > value) if p[0] >= OR else (stack[k] < value):
                        value = stack[k]
                stack[top] = value
                top += 1
            p += 1
        return stack[0]

    cdef inline int _value(self, Py_ssize_t k, const uint64_t *t, const uint64_t *f) noexcept nogil:
        """The rule at place k."""
        cdef const uint64_t *row = self._rows + k * self._words
        cdef uint64_t unknown = 0
        cdef Py_ssize_t j, w
        cdef int value
        for j in range(self._used_start[k], self._used_start[k + 1]):
            w = self._used[j]
            if row[w] & f[w]:
                return NO
            unknown |= row[w] & ~t[w]
        value = self._run(self._program + self._start[k] - 1, t, f) if self._start[k] else YES
        return UNKNOWN if unknown and value == YES else value

    cdef void _scan(self, const uint64_t *t, const uint64_t *f, uint8_t *found) noexcept nogil:
        """Writes the value of every rule; a group whose first word fails is skipped."""
        cdef Py_ssize_t g, k
        memset(found, NO, self._count)
        for g in range(self._groups):
            if not self._heads[g] & f[0]:
                for k in range(self._group_start[g], self._group_start[g + 1]):
                    found[self._order[k]] = self._value(k, t, f)

    def match(self, bytes true not None, bytes false not None):
        """``(met, undetermined)`` rule numbers, ascending. ``true``/``false``: literal bits, ``words * 8`` bytes each."""
        self._checked(true)
        self._checked(false)
        cdef Py_ssize_t k
        cdef list met = [], undetermined = []
        self._scan(<const uint64_t *><const char *>true, <const uint64_t *><const char *>false, self._found)
        for k in range(self._count):
            if self._found[k] == YES:
                met.append(k)
            elif self._found[k] == UNKNOWN:
                undetermined.append(k)
        return met, undetermined

    def deciding(self, Py_ssize_t rule, bytes true not None, bytes false not None):
        """The unknown literals that decide an undetermined rule, ascending; empty where it is not undetermined."""
        self._checked(true)
        self._checked(false)
        if rule < 0 or rule >= self._count:
            raise IndexError(f"no rule {rule}")
        cdef const uint64_t *t = <const uint64_t *><const char *>true
        cdef const uint64_t *f = <const uint64_t *><const char *>false
        cdef Py_ssize_t k = self._place[rule], w
        cdef uint64_t unknown
        cdef int bit
        cdef const uint64_t *row = self._rows + k * self._words
        places = []
        for w in range(self._words):
            if row[w] & f[w]:
                return []
        if self._start[k]:
            value, inner = self._run_deciding(self._start[k] - 1, t, f)
            if value == NO:
                return []
            places.extend(inner)
        for w in range(self._words):
            unknown = row[w] & ~t[w]
            for bit in range(64 if unknown else 0):
                if unknown >> bit & 1:
                    places.append(w * 64 + bit)
        return sorted(set(places))

    cdef tuple _run_deciding(self, Py_ssize_t at, const uint64_t *t, const uint64_t *f):
        """Value of a program, and the unknown literals reached through unknown nodes only; asked for few rules, so in lists."""
        cdef int code, size
        cdef list stack = []
        while self._program[at] != END:
            code = self._program[at]
            at += 1
            if code < AND:
                value = self._leaf(code, t, f)
                stack.append((value, [code] if value == UNKNOWN else []))
                continue
            size = code & SIZE_MASK
            parts = stack[len(stack) - size:]
            del stack[len(stack) - size:]
            values = [value for value, _ in parts]
            value = max(values) if code >= OR else min(values)
            stack.append((value, [place for v, inner in parts if v == UNKNOWN for place in inner] if value == UNKNOWN else []))
        return stack[0]

    cdef int _checked(self, bytes bits) except -1:
        if len(bits) != self._words * 8:
            raise ValueError(f"{len(bits)} bytes of literal bits where {self._words * 8} are due")
        return 0


cdef int _put(list patches, uint64_t *true, uint64_t *false, Py_ssize_t words) except -1:
    """Puts the literals of some facts in place; a patch holds three rows: its literals, those that hold, that do not."""
    cdef Py_ssize_t w
    cdef const uint64_t *patch
    for found in patches:
        if len(<bytes?>found) != 24 * words:
            raise ValueError("literals of another rulebook")
        patch = <const uint64_t *><const char *><bytes>found
        for w in range(words):
            if patch[w]:
                true[w] = true[w] & ~patch[w] | patch[words + w]
                false[w] = false[w] & ~patch[w] | patch[2 * words + w]
    return 0


def patched(bytes true not None, bytes false not None, list patches not None):
    """The two rows with the literals of some facts put in place."""
    if len(true) != len(false) or len(true) % 8:
        raise ValueError("two rows of different width")
    cdef bytes t = PyBytes_FromStringAndSize(<const char *>true, len(true))
    cdef bytes f = PyBytes_FromStringAndSize(<const char *>false, len(false))
    _put(patches, <uint64_t *><char *>t, <uint64_t *><char *>f, len(true) // 8)
    return t, f


def remembered(dict memo not None, facts not None):
    """Of facts what is remembered, and those of which nothing is: ``memo`` by name, then type, then value."""
    cdef list found = [], missing = []
    for name, value in facts.items():
        by_type = memo.get(name)
        by_value = (<dict>by_type).get(type(value)) if by_type is not None else None
        patch = (<dict>by_value).get(value) if by_value is not None else None
        if patch is None:
            missing.append((name, value))
        else:
            found.append(patch)
    return found, missing


def truths(bytes true not None, bytes false not None):
    """Of each literal whether it holds; ``None``: not known."""
    cdef const uint8_t *t = <const uint8_t *><const char *>true
    cdef const uint8_t *f = <const uint8_t *><const char *>false
    cdef Py_ssize_t k
    return tuple([True if t[k >> 3] >> (k & 7) & 1 else False if f[k >> 3] >> (k & 7) & 1 else None
                  for k in range(8 * min(len(true), len(false)))])


include "_ranks.pxi"
