# Part of `_match.pyx`: settles and orders options over what its matcher found.

# What a rule does to an option that it is about (``settling.py``)
cdef enum:
    EXCLUDES = 1
    HOLDS = 2
    WARNS = 4
    ASKS = 8
    ADDS = 16
    TELLS = 32

# Bands (``rulebook.BANDS``)
cdef enum:
    PREFERRED = 0
    CONSIDER = 1
    UNAVAILABLE = 4

cdef uint64_t NOWHERE = <uint64_t>-1     # the row of an option that does not stand


@cython.final
cdef class Ranker:
    """Settles and orders the options of one rulebook. Its arrays are told in ``settling.py``."""

    cdef Matcher _matcher
    cdef object _keep
    cdef Py_ssize_t _options
    cdef const uint32_t *_offers_start
    cdef const uint32_t *_offers
    cdef const uint32_t *_about_start
    cdef const uint32_t *_about
    cdef const uint32_t *_does
    cdef const uint32_t *_settles_start
    cdef const uint32_t *_settles
    cdef const uint32_t *_leads_start
    cdef const uint32_t *_leads
    cdef const uint32_t *_asks_start
    cdef const uint32_t *_asks
    cdef const uint32_t *_compares_start
    cdef const uint32_t *_compares
    cdef const uint32_t *_grades
    cdef const uint8_t *_supportive

    def __cinit__(self, Matcher matcher not None, settling):
        self._matcher, self._keep, self._options = matcher, settling, len(settling.ids)
        self._offers_start, self._offers = _numbers(settling.offers_start), _numbers(settling.offers)
        self._about_start, self._about = _numbers(settling.about_start), _numbers(settling.about)
        self._settles_start, self._settles = _numbers(settling.settles_start), _numbers(settling.settles)
        self._leads_start, self._leads = _numbers(settling.leads_start), _numbers(settling.leads)
        self._asks_start, self._asks = _numbers(settling.asks_start), _numbers(settling.asks)
        self._compares_start, self._compares = _numbers(settling.compares_start), _numbers(settling.compares)
        self._does, self._grades = _numbers(settling.does), _numbers(settling.grades)
        self._supportive = <const uint8_t *><const char *><bytes>settling.supportive

    def rank(self, list known not None, list presumed not None, bytes wishes not None, bytes lacking not None):
        """The options for one patient, as :class:`Ranks`; see ``match.Ranker``."""
        if len(wishes) != self._options or len(lacking) != self._options + self._matcher._count:
            raise ValueError("preferences or missing drugs of another rulebook")
        cdef Ranks ranks = Ranks(self, wishes, lacking)
        cdef Py_ssize_t k, words = self._matcher._words
        memset(ranks._bits, 0, 32 * words)
        ranks._patch(known, 0)
        memcpy(ranks._bits + 2 * words, ranks._bits, 16 * words)
        ranks._patch(presumed, 2 * words)
        self._matcher._scan(ranks._bits, ranks._bits + words, ranks._exact)
        memcpy(ranks._presumed, ranks._exact, self._matcher._count)
        self._presume(ranks)
        for k in range(self._options):
            self._settle(k, ranks)
        return ranks

    cdef void _presume(self, Ranks r) noexcept nogil:
        """Asks again, with what is presumed, the rules whose literals that changes: they are few."""
        cdef Py_ssize_t w, k, at, words = self._matcher._words
        cdef const uint64_t *t = r._bits + 2 * words
        cdef const uint64_t *f = t + words
        cdef uint64_t changed
        for w in range(words):
            changed = (r._bits[w] ^ t[w]) | (r._bits[words + w] ^ f[w])
            while changed:
                at = 64 * w + lowest(changed)
                changed &= changed - 1
                for k in range(self._asks_start[at], self._asks_start[at + 1]):
                    r._presumed[self._asks[k]] = self._matcher._value(self._matcher._place[self._asks[k]], t, f)

    cdef void _settle(self, Py_ssize_t option, Ranks r) noexcept nogil:
        """Works out the row of one option."""
        cdef Py_ssize_t k, offer = -1
        cdef uint64_t band, known = 0, asked = 0
        cdef uint32_t does
        cdef int status = NO, lacks = r._lacking[option]
        r._rows[option] = NOWHERE
        for k in range(self._offers_start[option], self._offers_start[option + 1]):
            if r._presumed[self._offers[k]] > status:
                offer, status = self._offers[k], r._presumed[self._offers[k]]
            if status == YES:
                break
        if offer < 0:
            return
        band = self._grades[offer] >> 8
        for k in range(self._about_start[option], self._about_start[option + 1]):
            does = self._does[k]
            if r._exact[self._about[k]] == UNKNOWN:
                if does & ASKS:
                    asked |= <uint64_t>1 << (does >> 16)
            elif r._exact[self._about[k]] == YES:
                if does & EXCLUDES:
                    return
                if does & HOLDS and (does >> 8 & 255) > band:
                    band = does >> 8 & 255
                if does & WARNS:
                    known |= <uint64_t>1 << (does >> 16)
                if does & ADDS:
                    lacks |= r._lacking[self._options + self._about[k]]
        if band == PREFERRED and known:
            band = CONSIDER
        if lacks and not self._supportive[option]:
            band = UNAVAILABLE
        r._offer[option] = <uint32_t>offer
        r._rows[option] = (band << 44 | <uint64_t>(status != YES) << 43 | <uint64_t>r._wishes[option] << 39
                           | <uint64_t>(self._grades[offer] & 255) << 35 | self._misfit(offer, r) << 32
                           | <uint64_t>popcount(known) << 24 | <uint64_t>popcount(asked & ~known) << 16
                           | <uint64_t>option)

    cdef uint64_t _misfit(self, Py_ssize_t offer, Ranks r) noexcept nogil:
        """The quarters of the leading study's known criteria that are not met, half a quarter rounded to even."""
        cdef Py_ssize_t k, words = self._matcher._words
        cdef uint64_t met = 0, unmet = 0, quarters, place
        for k in range(self._leads_start[offer], self._leads_start[offer + 1]):
            place = self._leads[k]
            met += r._bits[place >> 6] >> (place & 63) & 1
            unmet += r._bits[words + (place >> 6)] >> (place & 63) & 1
        if not unmet:
            return 0
        quarters = 4 * unmet // (met + unmet)
        return quarters + <uint64_t>(8 * unmet % (2 * (met + unmet)) + (quarters & 1) > met + unmet)

    cdef int _update(self, Ranks before, Ranks now) except -1:
        """Makes the values and rows of ``now``, a copy of ``before`` with other bits, what they are for its bits."""
        cdef Py_ssize_t w, k, j, rule, at, words = self._matcher._words
        cdef uint64_t changed
        cdef uint8_t exact, presumed
        cdef uint8_t *seen = <uint8_t *>malloc(self._matcher._count + self._options)
        cdef uint8_t *touched = seen + self._matcher._count
        if seen == NULL:
            raise MemoryError()
        memset(seen, 0, self._matcher._count + self._options)
        for w in range(words):
            changed = ((before._bits[w] ^ now._bits[w]) | (before._bits[words + w] ^ now._bits[words + w])
                       | (before._bits[2 * words + w] ^ now._bits[2 * words + w])
                       | (before._bits[3 * words + w] ^ now._bits[3 * words + w]))
            while changed:
                at = 64 * w + lowest(changed)
                changed &= changed - 1
                for k in range(self._compares_start[at], self._compares_start[at + 1]):
                    touched[self._compares[k]] = 1
                for k in range(self._asks_start[at], self._asks_start[at + 1]):
                    rule = self._asks[k]
                    if seen[rule]:
                        continue
                    seen[rule] = 1
                    exact = self._matcher._value(self._matcher._place[rule], now._bits, now._bits + words)
                    presumed = self._matcher._value(
                        self._matcher._place[rule], now._bits + 2 * words, now._bits + 3 * words)
                    if exact == now._exact[rule] and presumed == now._presumed[rule]:
                        continue
                    now._exact[rule], now._presumed[rule] = exact, presumed
                    for j in range(self._settles_start[rule], self._settles_start[rule + 1]):
                        touched[self._settles[j]] = 1
        for k in range(self._options):
            if touched[k]:
                self._settle(k, now)
        free(seen)
        return 0


@cython.final
cdef class Ranks:
    """The options as they stand for one patient."""

    cdef Ranker _ranker
    cdef object _keep
    cdef const uint8_t *_wishes
    cdef const uint8_t *_lacking
    cdef uint64_t *_bits        # four times the words of a row
    cdef uint64_t *_rows        # by option
    cdef uint32_t *_offer       # by option
    cdef uint8_t *_exact        # by rule, and behind it _presumed
    cdef uint8_t *_presumed
    cdef Py_ssize_t _size

    def __cinit__(self, Ranker ranker not None, bytes wishes not None, bytes lacking not None):
        cdef Py_ssize_t words = ranker._matcher._words, count = ranker._matcher._count, options = ranker._options
        self._ranker, self._keep = ranker, (wishes, lacking)
        self._wishes, self._lacking = <const uint8_t *><const char *>wishes, <const uint8_t *><const char *>lacking
        self._size = 32 * words + 12 * options + 2 * count
        self._bits = <uint64_t *>malloc(self._size)
        if self._bits == NULL:
            raise MemoryError()
        self._rows = self._bits + 4 * words
        self._offer = <uint32_t *>(self._rows + options)
        self._exact = <uint8_t *>(self._offer + options)
        self._presumed = self._exact + count

    def __dealloc__(self):
        free(self._bits)

    cdef int _patch(self, list patches, Py_ssize_t at) except -1:
        """Puts the literals of some facts in place, in the two rows that begin at the word ``at``."""
        cdef Py_ssize_t words = self._ranker._matcher._words
        return _put(patches, self._bits + at, self._bits + at + words, words)

    def changed(self, list known not None, list presumed not None):
        """The options with the literals of some facts changed: only what that touches is worked out again."""
        cdef Ranks now = Ranks(self._ranker, *self._keep)
        memcpy(now._bits, self._bits, self._size)
        now._patch(known, 0)
        now._patch(presumed, 2 * self._ranker._matcher._words)
        self._ranker._update(self, now)
        return now

    def bits(self):
        """The four bit rows: literals that hold and that do not, by what is known and with what is presumed."""
        cdef Py_ssize_t k, size = 8 * self._ranker._matcher._words
        return tuple([(<const char *>self._bits)[k * size:(k + 1) * size] for k in range(4)])

    def rows(self):
        """A number for each option that stands, the best first: ``rank.packed``, and its place in the last 16 bits."""
        cdef Py_ssize_t k
        return sorted([self._rows[k] for k in range(self._ranker._options) if self._rows[k] != NOWHERE])

    def offer(self, Py_ssize_t option):
        """The rule that carries an option that stands."""
        return self._offer[option]

    def since(self, Ranks before not None):
        """``(gained, lost, moved, first)``: see ``match.Ranks``."""
        cdef Py_ssize_t k, moved = 0
        cdef uint64_t first = NOWHERE
        gained, lost = [], []
        for k in range(self._ranker._options):
            if self._rows[k] == NOWHERE:
                if before._rows[k] != NOWHERE:
                    lost.append(k)
                continue
            moved += before._rows[k] != NOWHERE and before._rows[k] >> 44 != self._rows[k] >> 44
            if _applies(self._rows[k]):
                first = min(first, self._rows[k])
                if not _applies(before._rows[k]):
                    gained.append(self._rows[k])
        return [row & 0xFFFF for row in sorted(gained)], lost, moved, None if first == NOWHERE else first & 0xFFFF

    def standing(self, Py_ssize_t option):
        """Of an option that stands: offers, rules about it that hold, and rules about it that are open and tell so."""
        cdef Ranker r = self._ranker
        cdef Py_ssize_t k
        cdef int status = UNKNOWN if self._rows[option] >> 43 & 1 else YES
        offers, said, open_ = [], [], []
        for k in range(r._offers_start[option], r._offers_start[option + 1]):
            if self._presumed[r._offers[k]] == status:
                offers.append(r._offers[k])
        for k in range(r._about_start[option], r._about_start[option + 1]):
            if self._exact[r._about[k]] == YES:
                said.append(r._about[k])
            elif self._exact[r._about[k]] == UNKNOWN and r._does[k] & TELLS:
                open_.append(r._about[k])
        return offers, said, open_

    def values(self):
        """Of each rule its value by what is known alone, and with what is presumed."""
        cdef Py_ssize_t count = self._ranker._matcher._count
        return (<const char *>self._exact)[:count], (<const char *>self._presumed)[:count]


cdef const uint32_t *_numbers(bytes array) except NULL:
    return <const uint32_t *><const char *>array


cdef bint _applies(uint64_t row) noexcept nogil:
    """Whether the option applies, and can be had; best supportive care is not meant."""
    return row != NOWHERE and not row >> 43 & 1 and row >> 44 < UNAVAILABLE
