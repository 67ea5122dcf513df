/* Simulated annealing of a curriculum-based timetable (ITC-2007, track 3), in whole numbers.

   The timetable is always feasible. A step moves one lecture to a random slot (period and room), or
   changes places with the lecture there, or turns a Kempe chain of two periods over. The engine's
   timetabling/stepping.py does the same step for step: same seed, same steps, same timetable. */
#include "kernels.h"

#define MOST_DELTA 128

typedef struct {
    int32_t lectures, courses, rooms, days, per_day, curricula, words;
    const int32_t *course;     /* [lectures] */
    const int32_t *over;       /* [courses * rooms] students without a seat */
    const uint8_t *open;       /* [courses * periods] the teacher is there */
    const uint64_t *conflict;  /* [courses * words] courses that may not be at the same time */
    const int32_t *least_days; /* [courses] */
    const int32_t *first;      /* [courses + 1] where its curricula begin in `member` */
    const int32_t *member;     /* curricula of each course, one after another */
    const uint64_t *content;   /* [curricula * words] courses of a curriculum */
    const int32_t *lonely;     /* [1 << per_day] lectures of a day without a neighbour */
} table_t;

typedef struct {
    int32_t *period, *room;  /* [lectures] */
    int32_t *slot;           /* [periods * rooms] lecture or -1 */
    uint64_t *busy;          /* [periods * words] courses taught then */
    int32_t *on_day;         /* [courses * days] lectures */
    int32_t *days_used;      /* [courses] */
    int32_t *in_room;        /* [courses * rooms] lectures */
    uint32_t *mask;          /* [curricula * days] periods of the day with a lecture */
    int32_t *best_period, *best_room;
    uint64_t random;
    int64_t cost, best;
} state_t;

static inline uint64_t draw(state_t *s) {
    uint64_t x = s->random;
    x ^= x >> 12, x ^= x << 25, x ^= x >> 27;
    s->random = x;
    return x * 2685821657736338717ull;
}

static inline int32_t days_short(const table_t *t, int32_t course, int32_t used) {
    int32_t lacking = t->least_days[course] - used;
    return lacking > 0 ? 5 * lacking : 0;
}

static inline int has(const uint64_t *set, int32_t n) { return set[n >> 6] >> (n & 63) & 1; }

/* Whether `set`, without course `spared` (-1: none), meets the conflicts of `course`. */
static inline int clashes(const table_t *t, const uint64_t *set, int32_t course, int32_t spared) {
    const uint64_t *bad = t->conflict + (int64_t)course * t->words;
    for (int32_t w = 0; w < t->words; w++) {
        uint64_t both = set[w] & bad[w];
        if (spared >= 0 && spared >> 6 == w) both &= ~(1ull << (spared & 63));
        if (both) return 1;
    }
    return 0;
}

static inline int32_t room_delta(const table_t *t, const state_t *s, int32_t c, int32_t from,
                                 int32_t to) {
    if (from == to) return 0;
    const int32_t *over = t->over + (int64_t)c * t->rooms, *in = s->in_room + (int64_t)c * t->rooms;
    return over[to] - over[from] - (in[from] == 1) + (in[to] == 0);
}

/* Soft cost of moving a lecture of course c from one period to another; curricula that hold
   course `also` too are left out, for there the two change places. */
static int32_t time_delta(const table_t *t, const state_t *s, int32_t c, int32_t from, int32_t to,
                          int32_t also) {
    int32_t d = from / t->per_day, e = to / t->per_day, delta = 0;
    uint32_t off = 1u << from % t->per_day, on = 1u << to % t->per_day;
    if (d != e) {
        const int32_t *days = s->on_day + (int64_t)c * t->days;
        int32_t used = s->days_used[c], after = used - (days[d] == 1) + (days[e] == 0);
        delta += days_short(t, c, after) - days_short(t, c, used);
    }
    for (int32_t n = t->first[c]; n < t->first[c + 1]; n++) {
        int32_t q = t->member[n];
        if (also >= 0 && has(t->content + (int64_t)q * t->words, also)) continue;
        const uint32_t *mask = s->mask + (int64_t)q * t->days;
        if (d == e) {
            delta += 2 * (t->lonely[(mask[d] & ~off) | on] - t->lonely[mask[d]]);
        } else {
            delta += 2 * (t->lonely[mask[d] & ~off] - t->lonely[mask[d]]);
            delta += 2 * (t->lonely[mask[e] | on] - t->lonely[mask[e]]);
        }
    }
    return delta;
}

static int32_t take_out(const table_t *t, state_t *s, int32_t lecture) {
    int32_t c = t->course[lecture], p = s->period[lecture], r = s->room[lecture];
    int32_t d = p / t->per_day, delta = 0;
    uint32_t bit = 1u << p % t->per_day;
    s->slot[(int64_t)p * t->rooms + r] = -1;
    s->busy[(int64_t)p * t->words + (c >> 6)] &= ~(1ull << (c & 63));
    delta -= t->over[(int64_t)c * t->rooms + r];
    if (--s->in_room[(int64_t)c * t->rooms + r] == 0) delta -= 1;
    if (--s->on_day[(int64_t)c * t->days + d] == 0) {
        delta -= days_short(t, c, s->days_used[c]);
        delta += days_short(t, c, --s->days_used[c]);
    }
    for (int32_t n = t->first[c]; n < t->first[c + 1]; n++) {
        uint32_t *mask = s->mask + (int64_t)t->member[n] * t->days + d;
        delta += 2 * (t->lonely[*mask & ~bit] - t->lonely[*mask]);
        *mask &= ~bit;
    }
    return delta;
}

static int32_t put_in(const table_t *t, state_t *s, int32_t lecture, int32_t p, int32_t r) {
    int32_t c = t->course[lecture], d = p / t->per_day, delta = 0;
    uint32_t bit = 1u << p % t->per_day;
    s->period[lecture] = p, s->room[lecture] = r;
    s->slot[(int64_t)p * t->rooms + r] = lecture;
    s->busy[(int64_t)p * t->words + (c >> 6)] |= 1ull << (c & 63);
    delta += t->over[(int64_t)c * t->rooms + r];
    if (s->in_room[(int64_t)c * t->rooms + r]++ == 0) delta += 1;
    if (s->on_day[(int64_t)c * t->days + d]++ == 0) {
        delta -= days_short(t, c, s->days_used[c]);
        delta += days_short(t, c, ++s->days_used[c]);
    }
    for (int32_t n = t->first[c]; n < t->first[c + 1]; n++) {
        uint32_t *mask = s->mask + (int64_t)t->member[n] * t->days + d;
        delta += 2 * (t->lonely[*mask | bit] - t->lonely[*mask]);
        *mask |= bit;
    }
    return delta;
}

static inline int accepted(state_t *s, const uint32_t *chance, int32_t delta) {
    if (delta <= 0) return 1;
    if (delta >= MOST_DELTA) return 0;
    return (uint32_t)(draw(s) >> 32) < chance[delta];
}

static void keep_best(const table_t *t, state_t *s) {
    if (s->cost >= s->best) return;
    s->best = s->cost;
    memcpy(s->best_period, s->period, sizeof(int32_t) * (size_t)t->lectures);
    memcpy(s->best_room, s->room, sizeof(int32_t) * (size_t)t->lectures);
}

/* Lectures that must change sides together when `lecture` goes to period `to`: those that clash
   with one of them. Returns how many, or 0 where a teacher is not there. */
static int32_t chain_of(const table_t *t, const state_t *s, int32_t lecture, int32_t to,
                        int32_t *chain, uint8_t *inside) {
    int32_t from = s->period[lecture], size = 1, ok = 1;
    chain[0] = lecture, inside[lecture] = 1;
    for (int32_t n = 0; n < size && ok; n++) {
        int32_t one = chain[n], c = t->course[one];
        int32_t there = s->period[one] == from ? to : from;
        if (!t->open[(int64_t)c * t->days * t->per_day + there]) ok = 0;
        const uint64_t *bad = t->conflict + (int64_t)c * t->words;
        for (int32_t r = 0; r < t->rooms; r++) {
            int32_t other = s->slot[(int64_t)there * t->rooms + r];
            if (other < 0 || inside[other]) continue;
            if (has(bad, t->course[other])) chain[size++] = other, inside[other] = 1;
        }
    }
    for (int32_t n = 0; n < size; n++) inside[chain[n]] = 0;
    return ok ? size : 0;
}

/* The lecture's own room where it is free in that period, else the free one that costs least. */
static int32_t room_for(const table_t *t, const state_t *s, int32_t lecture, int32_t period) {
    const int32_t *slot = s->slot + (int64_t)period * t->rooms;
    int32_t c = t->course[lecture], best = -1, least = 0;
    if (slot[s->room[lecture]] < 0) return s->room[lecture];
    for (int32_t r = 0; r < t->rooms; r++) {
        if (slot[r] >= 0) continue;
        int32_t cost = t->over[(int64_t)c * t->rooms + r] + (s->in_room[(int64_t)c * t->rooms + r] == 0);
        if (best < 0 || cost < least) best = r, least = cost;
    }
    return best;
}

static void move(const table_t *t, state_t *s, const uint32_t *chance, int32_t l, int32_t p,
                 int32_t r) {
    int32_t c = t->course[l], from = s->period[l], room = s->room[l];
    const int32_t periods = t->days * t->per_day;
    if (from != p) {
        if (!t->open[(int64_t)c * periods + p]) return;
        if (clashes(t, s->busy + (int64_t)p * t->words, c, -1)) return;
    }
    int32_t delta = room_delta(t, s, c, room, r);
    if (from != p) delta += time_delta(t, s, c, from, p, -1);
    if (!accepted(s, chance, delta)) return;
    take_out(t, s, l);
    put_in(t, s, l, p, r);
    s->cost += delta;
}

/* Turns a chain over; takes it back where there are too few rooms or the dice say no. */
static void turn_chain(const table_t *t, state_t *s, const uint32_t *chance, int32_t lecture,
                       int32_t to, int32_t *chain, uint8_t *inside) {
    int32_t from = s->period[lecture];
    if (from == to) return;
    if (!clashes(t, s->busy + (int64_t)to * t->words, t->course[lecture], -1)) {
        int32_t r = room_for(t, s, lecture, to); /* a chain of one */
        if (r >= 0) move(t, s, chance, lecture, to, r);
        return;
    }
    int32_t size = chain_of(t, s, lecture, to, chain, inside), delta = 0, placed = 0;
    int32_t *period = chain + 2 * t->rooms + 2, *room = period + 2 * t->rooms + 2;
    if (!size) return;
    for (int32_t n = 0; n < size; n++) {
        period[n] = s->period[chain[n]], room[n] = s->room[chain[n]];
        delta += take_out(t, s, chain[n]);
    }
    for (; placed < size; placed++) {
        int32_t there = period[placed] == from ? to : from;
        int32_t r = room_for(t, s, chain[placed], there);
        if (r < 0) break;
        delta += put_in(t, s, chain[placed], there, r);
    }
    if (placed == size && accepted(s, chance, delta)) {
        s->cost += delta;
        return;
    }
    for (int32_t n = 0; n < placed; n++) take_out(t, s, chain[n]);
    for (int32_t n = 0; n < size; n++) put_in(t, s, chain[n], period[n], room[n]);
}

static void change_places(const table_t *t, state_t *s, const uint32_t *chance, int32_t l,
                          int32_t m) {
    int32_t c = t->course[l], k = t->course[m];
    int32_t p = s->period[l], r = s->room[l], q = s->period[m], o = s->room[m];
    const int32_t periods = t->days * t->per_day;
    if (c == k) return;
    if (p != q) {
        if (!t->open[(int64_t)c * periods + q] || !t->open[(int64_t)k * periods + p]) return;
        if (clashes(t, s->busy + (int64_t)q * t->words, c, k)) return;
        if (clashes(t, s->busy + (int64_t)p * t->words, k, c)) return;
    }
    int32_t delta = room_delta(t, s, c, r, o) + room_delta(t, s, k, o, r);
    if (p != q) delta += time_delta(t, s, c, p, q, k) + time_delta(t, s, k, q, p, c);
    if (!accepted(s, chance, delta)) return;
    take_out(t, s, l);
    take_out(t, s, m);
    put_in(t, s, l, q, o);
    put_in(t, s, m, p, r);
    s->cost += delta;
}

/* Raised whenever the structures or arguments below change. */
API int32_t chanjiao_timetable_abi(void) { return 1; }

/* `steps` steps at one temperature. `chance[d]` is the chance, in 2^-32, to take a step that is
   worse by d. `kempe` and `same_period` are the shares, in 2^-20, of Kempe chains and of steps
   that change the room alone. Returns 0, or -1 without memory. */
API int32_t chanjiao_timetable_steps(const table_t *t, state_t *s, const uint32_t *chance,
                                     int64_t steps, int32_t kempe, int32_t same_period,
                                     int64_t enough) {
    int32_t *chain = malloc(sizeof(int32_t) * 3 * (size_t)(2 * t->rooms + 2));
    uint8_t *inside = calloc((size_t)t->lectures + 1, 1);
    if (!chain || !inside) {
        free(chain), free(inside);
        return -1;
    }
    const uint64_t slots = (uint64_t)t->days * (uint64_t)t->per_day * (uint64_t)t->rooms;
    for (int64_t n = 0; n < steps && s->best > enough; n++) {
        uint64_t x = draw(s);
        int32_t l = (int32_t)(((x & 0xFFFFF) * (uint64_t)t->lectures) >> 20);
        int32_t place = (int32_t)(((x >> 20 & 0xFFFFFF) * slots) >> 24);
        int32_t kind = (int32_t)(x >> 44), p = place / t->rooms, r = place % t->rooms;
        if (kind < kempe) {
            turn_chain(t, s, chance, l, p, chain, inside);
        } else {
            if (kind < kempe + same_period) p = s->period[l];
            int32_t m = s->slot[(int64_t)p * t->rooms + r];
            if (m < 0) move(t, s, chance, l, p, r);
            else if (m != l) change_places(t, s, chance, l, m);
        }
        keep_best(t, s);
    }
    free(chain), free(inside);
    return 0;
}
