/* Auctions of seats: everyone without a seat bids at once, round after round. */
#include "kernels.h"

typedef struct {
    int64_t k;
    const int32_t *count, *item, *w, *key; /* lists, and what each place was worth when listed */
    const int32_t *bound;                  /* nothing unlisted is worth more; the least: all listed */
    int64_t *price;
    const int32_t *capacity;
    const int64_t *seat;
    int64_t *bid;                          /* heaps of the winning bids, the lowest on top */
    int32_t *bidder, *size, *partner;
    int64_t step, slack;                   /* what a bid adds; how far below the bound one bids */
} auction_t;

static int lower(int64_t bid, int32_t who, int64_t other_bid, int32_t other) {
    return bid < other_bid || (bid == other_bid && who > other);
}

static void place_bid(int64_t *bid, int32_t *who, int64_t at, int64_t size, int64_t b, int32_t w) {
    for (;;) {
        int64_t child = 2 * at + 1;
        if (child >= size) break;
        if (child + 1 < size && lower(bid[child + 1], who[child + 1], bid[child], who[child]))
            child++;
        if (!lower(bid[child], who[child], b, w)) break;
        bid[at] = bid[child], who[at] = who[child];
        at = child;
    }
    bid[at] = b, who[at] = w;
}

static void push_bid(int64_t *bid, int32_t *who, int64_t at, int64_t b, int32_t w) {
    while (at > 0) {
        int64_t parent = (at - 1) / 2;
        if (!lower(b, w, bid[parent], who[parent])) break;
        bid[at] = bid[parent], who[at] = who[parent];
        at = parent;
    }
    bid[at] = b, who[at] = w;
}

enum { BIDS, PARKED, OUT };

static int choose(const auction_t *a, int32_t me, int32_t *item, int64_t *bid) {
    int64_t best = INT64_MIN / 4, second = INT64_MIN / 4, at = me * a->k;
    int64_t least = a->bound[me] > 0 ? a->bound[me] : 0;
    for (int64_t n = at; n < at + a->count[me]; n++) {
        if (a->key[n] <= second) break;
        int64_t value = a->w[n] - a->price[a->item[n]];
        if (value > best) second = best, best = value, *item = a->item[n];
        else if (value > second) second = value;
    }
    if (best < 0 || (best == 0 && a->size[*item] == a->capacity[*item]))
        return a->bound[me] > 0 ? PARKED : OUT; /* nothing is left to gain by what is listed */
    if (best < least - a->slack) return PARKED;
    if (second < least) second = least < best ? least : best;
    int64_t more = best - second + a->step;
    *bid = a->price[*item] + (more < best ? more : best); /* never more than it is worth */
    return BIDS;
}

static int32_t take(auction_t *a, int32_t me, int32_t item, int64_t offer) {
    int64_t *bid = a->bid + a->seat[item];
    int32_t *who = a->bidder + a->seat[item], size = a->size[item];
    if (size < a->capacity[item]) {
        push_bid(bid, who, a->size[item]++, offer, me);
        a->partner[me] = item;
        return -1;
    }
    if (lower(offer, me, bid[0], who[0])) return me;
    int32_t gone = who[0];
    place_bid(bid, who, 0, size, offer, me);
    a->partner[me] = item, a->partner[gone] = -1;
    return gone;
}

/* `active` has room for all people. Returns how many wait for longer lists; -1: out of memory. */
API int64_t chanjiao_auction(auction_t *a, int32_t *active, int64_t count, int32_t *parked) {
    int64_t waiting = 0;
    int32_t *target = malloc((size_t)(count + 1) * sizeof(int32_t));
    int64_t *offer = malloc((size_t)(count + 1) * sizeof(int64_t));
    if (!target || !offer) waiting = -1;
    while (waiting >= 0 && count) {
        int64_t bids = 0, free_ = 0;
        for (int64_t n = 0; n < count; n++) {
            int32_t me = active[n];
            int what = choose(a, me, &target[bids], &offer[bids]);
            if (what == BIDS) active[bids++] = me;
            else if (what == PARKED) parked[waiting++] = me;
        }
        for (int64_t n = 0; n < bids; n++) {
            int32_t gone = take(a, active[n], target[n], offer[n]);
            if (gone >= 0) active[free_++] = gone;
        }
        for (int64_t n = 0; n < bids; n++) {
            int32_t item = target[n];
            int full = a->size[item] == a->capacity[item];
            if (full) a->price[item] = a->bid[a->seat[item]];
        }
        count = free_;
    }
    free(target);
    free(offer);
    return waiting;
}
