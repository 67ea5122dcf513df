/* Shared by the kernels. Whole numbers everywhere; ties are broken by the number of the item. */
#ifndef CHANJIAO_KERNELS_H
#define CHANJIAO_KERNELS_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#define API __declspec(dllexport)
#else
#define API __attribute__((visibility("default")))
#endif

/* One source, two machines: the wider registers are used where the processor has them.
   Whole-number work and single products give the same bits on both. */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GLIBC__) && !defined(NO_CLONES)
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif

enum { KEY_SUM = 0, KEY_U = 1, KEY_V = 2 };

/* What is asked: for each of `count` queries its best k items. */
typedef struct {
    int64_t count;
    const int32_t *ids;         /* queries */
    int64_t k;
    int32_t key;                /* which points rank the items */
    int32_t other_is_v;         /* whose points the floor looks at */
    const int32_t *price;       /* taken off the key, at least 0; or NULL */
    const int32_t *floor_value; /* an item takes only whom it values above this; or NULL */
    const int32_t *floor_id;    /* at equal value only queries below this */
    const int32_t *bar;         /* [queries] only keys above it count; or NULL */
    int64_t spread;             /* queries in all, to part ties among items; 0: by item */
    int64_t items;
    int32_t share_u, share_v;
} ask_t;

/* What is answered, row by row: k places each. */
typedef struct {
    int32_t *found;    /* how many */
    int32_t *item, *u, *v, *w;
    int64_t *feasible; /* how many pass all tests; or NULL */
} answer_t;

typedef struct {
    int64_t rank;
    int32_t item, u, v, w;
} entry_t;

/* The best k seen so far, kept in a buffer that is cut back when it is full. */
typedef struct {
    entry_t *entry;
    int64_t size, room, k;
    int64_t *border; /* to sort out ties at the cut */
    int64_t offset;  /* where the count of items begins */
    int64_t bar;     /* ranks up to here are out */
    int32_t bar_key; /* and so is every key below this */
} top_t;

int top_open(top_t *top, int64_t k);
void top_close(top_t *top);
void top_clear(top_t *top, const ask_t *ask, int32_t query);
void top_cut(top_t *top);
void top_sort(top_t *top);
void top_write(top_t *top, int64_t row, const answer_t *answer);

/* Whether an item would take the query. */
static inline int takes(const ask_t *ask, int32_t query, int32_t item, int32_t u, int32_t v) {
    if (!ask->floor_value) return 1;
    int32_t other = ask->other_is_v ? v : u, bar = ask->floor_value[item];
    return other > bar || (other == bar && query < ask->floor_id[item]);
}

static inline void top_offer(top_t *top, const ask_t *ask, int32_t query, int32_t item,
                             int32_t key, int32_t u, int32_t v, int32_t w) {
    if (ask->price) {
        key -= ask->price[item];
        if (key < top->bar_key) return;
    }
    if (!takes(ask, query, item, u, v)) return;
    int64_t low = item - top->offset;
    if (low < 0) low += ask->items;
    int64_t rank = (int64_t)key * ((int64_t)1 << 32) + (0xFFFFFFFFll - low);
    if (rank <= top->bar) return;
    if (top->size == top->room) {
        top_cut(top);
        if (rank <= top->bar) return;
    }
    entry_t *e = &top->entry[top->size++];
    e->rank = rank, e->item = item, e->u = u, e->v = v, e->w = w;
}

#endif
