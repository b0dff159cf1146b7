# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The compiled matcher: same class, same answers as ``_match_py``.

``table.py`` tells what the arrays hold and makes sure that they fit each other; what the programs ask is checked here.
"""

from libc.stdint cimport uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport free, malloc

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
    cdef uint32_t *_found      # met rules from the front, undetermined from the back
    cdef uint32_t *_place

    def __cinit__(self, table):
        cdef Py_ssize_t k
        self._keep = (table.rows, table.order, table.start, table.program, table.group_start, table.group_head)
        self._words, self._count = table.words, table.count
        self._groups = len(table.group_head) // 8
        self._rows = <const uint64_t *><const char *><bytes>table.rows
        self._order = <const uint32_t *><const char *><bytes>table.order
        self._start = <const uint32_t *><const char *><bytes>table.start
        self._program = <const uint16_t *><const char *><bytes>table.program
        self._group_start = <const uint32_t *><const char *><bytes>table.group_start
        self._heads = <const uint64_t *><const char *><bytes>table.group_head
        self._found = <uint32_t *>malloc((self._count + 1) * sizeof(uint32_t))
        self._place = <uint32_t *>malloc((self._count + 1) * sizeof(uint32_t))
        if self._found == NULL or self._place == NULL:
            raise MemoryError()
        for k in range(self._count):
            self._place[self._order[k]] = <uint32_t>k
        self._check_programs(len(table.program) // 2)

    def __dealloc__(self):
        free(self._found)
        free(self._place)

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

    cdef Py_ssize_t _scan(self, const uint64_t *t, const uint64_t *f, Py_ssize_t *met) noexcept nogil:
        """Fills ``_found``; returns the number of undetermined rules."""
        cdef Py_ssize_t g, k, w, undetermined = 0
        cdef uint64_t unknown
        cdef const uint64_t *row
        cdef int value
        met[0] = 0
        for g in range(self._groups):
            if self._heads[g] & f[0]:
                continue
            for k in range(self._group_start[g], self._group_start[g + 1]):
                row = self._rows + k * self._words
                unknown = row[0] & ~t[0]
                for w in range(1, self._words):
                    if row[w] & f[w]:
                        break
                    unknown |= row[w] & ~t[w]
                else:
                    value = self._run(self._program + self._start[k] - 1, t, f) if self._start[k] else YES
                    if value == YES and not unknown:
                        self._found[met[0]] = self._order[k]
                        met[0] += 1
                    elif value != NO:
                        undetermined += 1
                        self._found[self._count - undetermined] = self._order[k]
        return undetermined

    def match(self, bytes true not None, bytes false not None):
        """``(met, undetermined)`` rule numbers, ascending. ``true``/``false``: literal bits, ``words * 8`` bytes each."""
        self._checked(true)
        self._checked(false)
        cdef const uint64_t *t = <const uint64_t *><const char *>true
        cdef const uint64_t *f = <const uint64_t *><const char *>false
        cdef Py_ssize_t met = 0, undetermined, k
        undetermined = self._scan(t, f, &met)
        return (sorted([self._found[k] for k in range(met)]),
                sorted([self._found[self._count - 1 - k] for k in range(undetermined)]))

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
