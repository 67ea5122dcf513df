/* Exact assignment under capacities: people come in one by one along shortest augmenting paths. */
#include "kernels.h"

#define FAR (INT64_MAX / 4)

typedef struct {
    int64_t people, positions;
    const int64_t *start;
    const int32_t *item;
    const int64_t *w;
    const int32_t *capacity;
    const int64_t *seat;
    int64_t *price, *profit;
    int32_t *partner, *size, *member, *slot;
} assign_t;

typedef struct {
    int64_t dist;
    int32_t full, item; /* at equal distance a free seat comes first */
} node_t;

typedef struct {
    int64_t *dist;
    int32_t *via, *touched, *settled;
    uint8_t *done;
    node_t *heap;
    int64_t touches, settles, size, room;
    int64_t out;      /* the least that dropping somebody costs */
    int32_t out_who;
} search_t;

static int before(node_t a, node_t b) {
    if (a.dist != b.dist) return a.dist < b.dist;
    return a.full != b.full ? a.full < b.full : a.item < b.item;
}

static int heap_push(search_t *s, node_t node) {
    if (s->size == s->room) {
        node_t *wider = realloc(s->heap, (size_t)s->room * 2 * sizeof(node_t));
        if (!wider) return 0;
        s->heap = wider, s->room *= 2;
    }
    int64_t at = s->size++;
    while (at > 0 && before(node, s->heap[(at - 1) / 2])) {
        s->heap[at] = s->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    s->heap[at] = node;
    return 1;
}

static node_t heap_pop(search_t *s) {
    node_t top = s->heap[0], last = s->heap[--s->size];
    int64_t at = 0;
    for (;;) {
        int64_t child = 2 * at + 1;
        if (child >= s->size) break;
        if (child + 1 < s->size && before(s->heap[child + 1], s->heap[child])) child++;
        if (!before(s->heap[child], last)) break;
        s->heap[at] = s->heap[child];
        at = child;
    }
    s->heap[at] = last;
    return top;
}

static int reach(const assign_t *a, search_t *s, int32_t me, int64_t from) {
    if (from + a->profit[me] < s->out) s->out = from + a->profit[me], s->out_who = me;
    for (int64_t n = a->start[me]; n < a->start[me + 1]; n++) {
        int32_t j = a->item[n];
        if (a->capacity[j] == 0 || s->done[j]) continue;
        int64_t dist = from + a->profit[me] + a->price[j] - a->w[n];
        if (dist >= s->dist[j]) continue;
        if (s->dist[j] == FAR) s->touched[s->touches++] = j;
        s->dist[j] = dist, s->via[j] = me;
        if (dist <= s->out && !heap_push(s, (node_t){dist, a->size[j] == a->capacity[j], j}))
            return 0;
    }
    return 1;
}

/* The position with a free seat at the end of the shortest path; -1: drop somebody; -2: memory. */
static int32_t search(const assign_t *a, search_t *s, int32_t me) {
    if (!reach(a, s, me, 0)) return -2;
    while (s->size) {
        node_t node = heap_pop(s);
        int32_t j = node.item;
        if (s->done[j] || node.dist > s->dist[j]) continue;
        if (node.dist > s->out || (node.full && node.dist == s->out)) return -1;
        if (!node.full) return j;
        s->done[j] = 1;
        s->settled[s->settles++] = j;
        for (int32_t n = 0; n < a->size[j]; n++)
            if (!reach(a, s, a->member[a->seat[j] + n], node.dist)) return -2;
    }
    return -1;
}

static void augment(assign_t *a, const search_t *s, int32_t me, int32_t j) {
    int32_t slot;
    if (j >= 0) slot = a->size[j]++;
    else {
        int32_t who = s->out_who;
        if (who == me) return;
        j = a->partner[who], slot = a->slot[who], a->partner[who] = -1;
    }
    for (;;) {
        int32_t who = s->via[j], old = a->partner[who], old_slot = a->slot[who];
        a->member[a->seat[j] + slot] = who, a->partner[who] = j, a->slot[who] = slot;
        if (who == me) return;
        j = old, slot = old_slot;
    }
}

static void reprice(assign_t *a, const search_t *s, int32_t me, int64_t length) {
    a->profit[me] -= length;
    for (int64_t n = 0; n < s->settles; n++) {
        int32_t j = s->settled[n];
        int64_t more = length - s->dist[j];
        a->price[j] += more;
        for (int32_t m = 0; m < a->size[j]; m++) a->profit[a->member[a->seat[j] + m]] -= more;
    }
}

static int insert(assign_t *a, search_t *s, int32_t me) {
    a->profit[me] = 0;
    for (int64_t n = a->start[me]; n < a->start[me + 1]; n++) {
        int64_t profit = a->w[n] - a->price[a->item[n]];
        if (a->capacity[a->item[n]] > 0 && profit > a->profit[me]) a->profit[me] = profit;
    }
    s->touches = s->settles = s->size = 0, s->out = FAR;
    int32_t end = search(a, s, me);
    if (end != -2) {
        reprice(a, s, me, end >= 0 ? s->dist[end] : s->out);
        augment(a, s, me, end);
    }
    for (int64_t n = 0; n < s->touches; n++) s->dist[s->touched[n]] = FAR, s->done[s->touched[n]] = 0;
    return end != -2;
}

/* 0, or -1 where memory ran out. */
API int32_t chanjiao_assign(assign_t *a) {
    size_t m = (size_t)a->positions + 1;
    search_t s = {.room = 1024};
    s.dist = malloc(m * sizeof(int64_t)), s.via = malloc(m * sizeof(int32_t));
    s.touched = malloc(m * sizeof(int32_t)), s.settled = malloc(m * sizeof(int32_t));
    s.done = calloc(m, 1), s.heap = malloc((size_t)s.room * sizeof(node_t));
    int ok = s.dist && s.via && s.touched && s.settled && s.done && s.heap;
    for (size_t j = 0; ok && j < m; j++) s.dist[j] = FAR;
    for (int64_t i = 0; ok && i < a->people; i++) ok = insert(a, &s, (int32_t)i);
    free(s.dist), free(s.via), free(s.touched), free(s.settled), free(s.done), free(s.heap);
    return ok ? 0 : -1;
}
