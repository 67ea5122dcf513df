/* Deferred acceptance over the lists that are there; who runs out of a full list asks for more. */
#include "kernels.h"

typedef struct {
    int64_t k;
    const int32_t *count, *item, *value; /* [proposers], [proposers, k]: value to the receiver */
    int32_t *cursor, *room;              /* next place of the list; seats still free */
    const int32_t *capacity;             /* of receivers */
    const int64_t *seat;                 /* first seat of each receiver */
    int64_t *held;                       /* ranks in heaps, the worst on top */
    int32_t *size;
} propose_t;

static int64_t rank_of(int32_t value, int32_t proposer) {
    return (int64_t)value * ((int64_t)1 << 32) + (0xFFFFFFFFll - proposer);
}

static void sift_down(int64_t *heap, int64_t size) {
    int64_t root = 0, rank = heap[0];
    for (;;) {
        int64_t child = 2 * root + 1;
        if (child >= size) break;
        if (child + 1 < size && heap[child + 1] < heap[child]) child++;
        if (rank <= heap[child]) break;
        heap[root] = heap[child];
        root = child;
    }
    heap[root] = rank;
}

static void sift_up(int64_t *heap, int64_t at) {
    int64_t rank = heap[at];
    while (at > 0) {
        int64_t parent = (at - 1) / 2;
        if (heap[parent] <= rank) break;
        heap[at] = heap[parent];
        at = parent;
    }
    heap[at] = rank;
}

/* The proposer that goes away: -1 none, the one who asked, or one that was held. */
static int32_t offered(propose_t *p, int32_t proposer, int32_t receiver, int32_t value) {
    int64_t *heap = p->held + p->seat[receiver], rank = rank_of(value, proposer);
    if (p->size[receiver] < p->capacity[receiver]) {
        heap[p->size[receiver]] = rank;
        sift_up(heap, p->size[receiver]++);
        return -1;
    }
    if (p->capacity[receiver] == 0 || rank < heap[0]) return proposer;
    int32_t gone = (int32_t)(0xFFFFFFFFll - (heap[0] & 0xFFFFFFFFll));
    heap[0] = rank;
    sift_down(heap, p->size[receiver]);
    return gone;
}

/* `stack` holds the active proposers first and has room for all; returns how many ran out. */
API int64_t chanjiao_propose(propose_t *p, int32_t *stack, int64_t active, int32_t *out) {
    int64_t ran_out = 0;
    while (active) {
        int32_t me = stack[--active];
        while (p->room[me] > 0 && p->cursor[me] < p->count[me]) {
            int64_t at = me * p->k + p->cursor[me]++;
            int32_t gone = offered(p, me, p->item[at], p->value[at]);
            if (gone == me) continue;
            p->room[me]--;
            if (gone >= 0 && p->room[gone]++ == 0) stack[active++] = gone;
        }
        if (p->room[me] > 0 && p->count[me] == p->k) out[ran_out++] = me;
    }
    return ran_out;
}
