/* Ranked lists under hard conditions: only buckets that can hold feasible items are visited. */
#include "kernels.h"

#define BLOCK 1024
#define MAX_DIMS 8

typedef struct {
    const int64_t *start;        /* elements of each query in this dimension */
    const int32_t *element;
    int64_t radix;
    int64_t words;               /* of the masks that keep a pair from being met twice; 0: none */
    const uint32_t *query_mask;  /* [queries, words] */
    const uint32_t *mask;        /* [postings, words] */
} dim_t;

typedef struct {
    const int32_t *query, *code; /* codes of queries and of postings */
    const int32_t *u, *v;        /* [query codes, width] */
    int64_t width;
    int32_t uniform;             /* one code in each bucket */
} table_t;

typedef struct {
    const float *query, *value;
    const float *query_scale, *scale; /* one of the two is NULL */
    float u, v;
} slope_t;

typedef struct {
    const int64_t *query_start;  /* names of the query */
    const int32_t *query_code, *query_weight;
    const int64_t *start;        /* names of each posting, where there is no inverted list */
    const int32_t *code, *weight;
    const int32_t *list;         /* [buckets * names + 1] where inverted lists begin; or NULL */
    const int32_t *list_entry;   /* place in the bucket and weight, in turn */
    int64_t names;
    float u, v;
} overlap_t;

typedef struct {
    const uint32_t *query, *mask; /* [.., words] */
    int64_t words;
    int32_t kind;                 /* 0: must meet; 1: item needs; 2: query needs */
} mask_t;

typedef struct {
    const int32_t *query, *rank;  /* the posting's rank must reach the query's */
} rank_t;

typedef struct {
    int64_t dims, tables, slopes, overlaps, masks, ranks;
    const dim_t *dim;
    const table_t *table;
    const slope_t *slope;
    const overlap_t *overlap;
    const mask_t *mask;
    const rank_t *rank;
    const int64_t *bucket;        /* first posting of each bucket, and one more */
    int64_t largest;              /* bucket */
    const int32_t *item;
    const int32_t *range, *query_range; /* ascending in a bucket; or NULL */
    const int32_t *base_u, *base_v;     /* of postings */
    const int32_t *query_u, *query_v;
} index_t;

typedef struct {
    int32_t u[BLOCK], v[BLOCK], ok[BLOCK], key[BLOCK];
    int32_t *raw[8];              /* overlap of a whole bucket */
    int32_t *dense[8];            /* the query's weight by name */
} bench_t;

typedef struct {
    const index_t *ix;
    const ask_t *ask;
    bench_t *bench;
    top_t *top;
    int64_t query;
    int64_t element[MAX_DIMS];    /* of the bucket in hand */
    int32_t u, v;                 /* what is the same all over the bucket */
    int64_t feasible;
} walk_t;

static inline int32_t whole(float x, float weight) { return (int32_t)(x * weight + 0.5f); }

CLONES static void add_base(const walk_t *w, int64_t s, int64_t n) {
    bench_t *b = w->bench;
    const int32_t *bu = w->ix->base_u + s, *bv = w->ix->base_v + s;
    for (int64_t i = 0; i < n; i++) {
        b->u[i] = w->u + bu[i];
        b->v[i] = w->v + bv[i];
    }
}

CLONES static void add_table(bench_t *b, const int32_t *code, const int32_t *tu,
                             const int32_t *tv, int64_t n) {
    for (int64_t i = 0; i < n; i++) {
        b->u[i] += tu[code[i]];
        b->v[i] += tv[code[i]];
    }
}

static inline float clipped(float x) {
    x = x < 0.0f ? 0.0f : x;
    return x > 1.0f ? 1.0f : x;
}

CLONES static void add_slope(bench_t *b, const float *value, const float *scale, float query,
                             float query_scale, float wu, float wv, int64_t n) {
    if (scale)
        for (int64_t i = 0; i < n; i++) {
            float x = clipped((value[i] - query) * scale[i]);
            b->u[i] += whole(x, wu);
            b->v[i] += whole(x, wv);
        }
    else
        for (int64_t i = 0; i < n; i++) {
            float x = clipped((value[i] - query) * query_scale);
            b->u[i] += whole(x, wu);
            b->v[i] += whole(x, wv);
        }
}

CLONES static void add_overlap(bench_t *b, const int32_t *raw, float wu, float wv, int64_t n) {
    for (int64_t i = 0; i < n; i++) {
        float x = (float)raw[i];
        b->u[i] += whole(x, wu);
        b->v[i] += whole(x, wv);
    }
}

CLONES static void keep_ranks(int32_t *ok, const int32_t *rank, int32_t query, int64_t n) {
    for (int64_t i = 0; i < n; i++) ok[i] &= -(rank[i] >= query);
}

CLONES static void keep_needs(int32_t *ok, const uint32_t *need, uint32_t have, int64_t n) {
    for (int64_t i = 0; i < n; i++) ok[i] &= -((need[i] & ~have) == 0);
}

CLONES static void keep_has(int32_t *ok, const uint32_t *have, uint32_t need, int64_t n) {
    for (int64_t i = 0; i < n; i++) ok[i] &= -((need & ~have[i]) == 0);
}

CLONES static void keep_meets(int32_t *ok, const uint32_t *mask, uint32_t query, int64_t n) {
    for (int64_t i = 0; i < n; i++) ok[i] &= -((mask[i] & query) != 0);
}

static void keep_words(int32_t *ok, const mask_t *m, const uint32_t *query, int64_t s, int64_t n) {
    for (int64_t i = 0; i < n; i++) {
        const uint32_t *mask = m->mask + (s + i) * m->words;
        uint32_t hit = 0;
        for (int64_t w = 0; w < m->words; w++)
            hit |= m->kind == 0 ? mask[w] & query[w]
                 : m->kind == 1 ? mask[w] & ~query[w] : query[w] & ~mask[w];
        ok[i] &= -((hit != 0) == (m->kind == 0));
    }
}

static void keep_masks(const walk_t *w, int64_t s, int64_t n) {
    int32_t *ok = w->bench->ok;
    for (int64_t t = 0; t < w->ix->masks; t++) {
        const mask_t *m = &w->ix->mask[t];
        const uint32_t *query = m->query + w->query * m->words;
        if (m->words > 1) keep_words(ok, m, query, s, n);
        else if (m->kind == 0) keep_meets(ok, m->mask + s, *query, n);
        else if (m->kind == 1) keep_needs(ok, m->mask + s, *query, n);
        else keep_has(ok, m->mask + s, *query, n);
    }
}

/* A pair that shares several elements of a dimension counts in the bucket of the lowest. */
static void keep_first_meeting(const walk_t *w, int64_t s, int64_t n) {
    int32_t *ok = w->bench->ok;
    for (int64_t d = 0; d < w->ix->dims; d++) {
        const dim_t *dim = &w->ix->dim[d];
        int64_t element = w->element[d];
        if (!dim->words || element >= dim->radix - 1) continue;
        const uint32_t *query = dim->query_mask + w->query * dim->words;
        for (int64_t word = 0; word <= element / 32; word++) {
            uint32_t below = query[word];
            if (word == element / 32) below &= (1u << (element % 32)) - 1u;
            if (!below) continue;
            const uint32_t *mask = dim->mask + s * dim->words + word;
            for (int64_t i = 0; i < n; i++) ok[i] &= -((mask[i * dim->words] & below) == 0);
        }
    }
}

CLONES static int64_t make_keys(bench_t *b, const ask_t *ask, int64_t n) {
    int64_t passed = 0;
    int32_t su = ask->share_u, sv = ask->share_v;
    if (ask->key == KEY_U) su = 1, sv = 0;
    if (ask->key == KEY_V) su = 0, sv = 1;
    for (int64_t i = 0; i < n; i++) {
        int32_t key = su * b->u[i] + sv * b->v[i];
        b->key[i] = (key & b->ok[i]) | (INT32_MIN & ~b->ok[i]);
    }
    for (int64_t i = 0; i < n; i++) passed -= b->ok[i];
    return passed;
}

static void offer_block(walk_t *w, int64_t s, int64_t n) {
    bench_t *b = w->bench;
    const ask_t *ask = w->ask;
    int32_t *passed = b->ok; /* no longer needed */
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) { /* without a branch to guess */
        int32_t over = b->key[i] >= w->top->bar_key;
        passed[count] = (int32_t)i;
        count += over;
    }
    for (int64_t p = 0; p < count; p++) {
        int32_t i = passed[p];
        top_offer(w->top, ask, (int32_t)w->query, w->ix->item[s + i], b->key[i], b->u[i], b->v[i],
                  ask->share_u * b->u[i] + ask->share_v * b->v[i]);
    }
}

/* Pairs above the query's bar that the item would take as well. */
static int64_t count_above(const walk_t *w, int64_t s, int64_t n) {
    const bench_t *b = w->bench;
    int32_t query = (int32_t)w->query, bar = w->ask->bar[query];
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++)
        if (b->ok[i] && b->key[i] > bar)
            count += takes(w->ask, query, w->ix->item[s + i], b->u[i], b->v[i]);
    return count;
}

static void gather_overlap(const overlap_t *o, const int32_t *dense, int32_t *raw, int64_t s,
                           int64_t n) {
    for (int64_t i = 0; i < n; i++) {
        int32_t sum = 0;
        for (int64_t p = o->start[s + i]; p < o->start[s + i + 1]; p++)
            sum += dense[o->code[p]] * o->weight[p];
        raw[i] = sum;
    }
}

static void scatter_overlap(const overlap_t *o, int32_t *raw, int64_t query, int64_t bucket,
                            int64_t first, int64_t size) {
    memset(raw + first, 0, (size_t)(size - first) * sizeof(int32_t));
    const int32_t *list = o->list + bucket * o->names;
    for (int64_t p = o->query_start[query]; p < o->query_start[query + 1]; p++) {
        int32_t weight = o->query_weight[p];
        int64_t begin = list[o->query_code[p]], at = list[o->query_code[p] + 1];
        for (const int32_t *e = o->list_entry + 2 * at - 2; at-- > begin && e[0] >= first; e -= 2)
            raw[e[0]] += weight * e[1];
    }
}

static int64_t reaching(const int32_t *range, int64_t s, int64_t e, int32_t query) {
    while (s < e) {
        int64_t mid = s + (e - s) / 2;
        if (range[mid] < query) s = mid + 1;
        else e = mid;
    }
    return s;
}

static void walk_block(walk_t *w, int64_t bucket_start, int64_t s, int64_t n) {
    const index_t *ix = w->ix;
    bench_t *b = w->bench;
    int64_t q = w->query;
    add_base(w, s, n);
    for (int64_t t = 0; t < ix->tables; t++) {
        const table_t *table = &ix->table[t];
        int64_t row = table->query[q] * table->width;
        if (!table->uniform) add_table(b, table->code + s, table->u + row, table->v + row, n);
    }
    for (int64_t t = 0; t < ix->slopes; t++) {
        const slope_t *p = &ix->slope[t];
        add_slope(b, p->value + s, p->scale ? p->scale + s : NULL, p->query[q],
                  p->query_scale ? p->query_scale[q] : 0.0f, p->u, p->v, n);
    }
    for (int64_t t = 0; t < ix->overlaps; t++) {
        const overlap_t *o = &ix->overlap[t];
        if (o->list) add_overlap(b, b->raw[t] + (s - bucket_start), o->u, o->v, n);
        else {
            gather_overlap(o, b->dense[t], b->raw[t], s, n);
            add_overlap(b, b->raw[t], o->u, o->v, n);
        }
    }
    memset(b->ok, 0xFF, (size_t)n * sizeof(int32_t));
    for (int64_t t = 0; t < ix->ranks; t++)
        keep_ranks(b->ok, ix->rank[t].rank + s, ix->rank[t].query[q], n);
    keep_masks(w, s, n);
    keep_first_meeting(w, s, n);
    int64_t passed = make_keys(b, w->ask, n);
    w->feasible += w->ask->bar ? count_above(w, s, n) : passed;
    if (w->top->k) offer_block(w, s, n);
}

static void walk_bucket(walk_t *w, int64_t bucket) {
    const index_t *ix = w->ix;
    int64_t start = ix->bucket[bucket], end = ix->bucket[bucket + 1], q = w->query;
    if (start == end) return;
    int64_t s = ix->range ? reaching(ix->range, start, end, ix->query_range[q]) : start;
    if (s == end) return;
    w->u = ix->query_u[q], w->v = ix->query_v[q];
    for (int64_t t = 0; t < ix->tables; t++) {
        const table_t *table = &ix->table[t];
        int64_t at = table->query[q] * table->width + table->code[s];
        if (table->uniform) w->u += table->u[at], w->v += table->v[at];
    }
    for (int64_t t = 0; t < ix->overlaps; t++)
        if (ix->overlap[t].list)
            scatter_overlap(&ix->overlap[t], w->bench->raw[t], q, bucket, s - start, end - start);
    for (int64_t at = s; at < end; at += BLOCK)
        walk_block(w, start, at, end - at < BLOCK ? end - at : BLOCK);
}

static void walk_dims(walk_t *w, int64_t d, int64_t bucket) {
    const index_t *ix = w->ix;
    if (d == ix->dims) {
        walk_bucket(w, bucket);
        return;
    }
    const dim_t *dim = &ix->dim[d];
    for (int64_t p = dim->start[w->query]; p < dim->start[w->query + 1]; p++) {
        w->element[d] = dim->element[p];
        walk_dims(w, d + 1, bucket * dim->radix + dim->element[p]);
    }
}

static void spread_names(walk_t *w, int on) {
    for (int64_t t = 0; t < w->ix->overlaps; t++) {
        const overlap_t *o = &w->ix->overlap[t];
        if (o->list) continue;
        for (int64_t p = o->query_start[w->query]; p < o->query_start[w->query + 1]; p++)
            w->bench->dense[t][o->query_code[p]] = on ? o->query_weight[p] : 0;
    }
}

static void bench_close(bench_t *b, const index_t *ix) {
    for (int64_t t = 0; t < ix->overlaps; t++) {
        free(b->raw[t]);
        free(b->dense[t]);
    }
    free(b);
}

static bench_t *bench_open(const index_t *ix) {
    bench_t *b = calloc(1, sizeof *b);
    int64_t room = ix->largest > BLOCK ? ix->largest : BLOCK;
    for (int64_t t = 0; b && t < ix->overlaps; t++) {
        b->raw[t] = malloc((size_t)room * sizeof(int32_t));
        b->dense[t] = calloc((size_t)ix->overlap[t].names + 1, sizeof(int32_t));
        if (!b->raw[t] || !b->dense[t]) {
            bench_close(b, ix);
            return NULL;
        }
    }
    return b;
}

/* 0, or -1 where memory ran out. */
API int32_t chanjiao_scan(const index_t *ix, const ask_t *ask, const answer_t *answer) {
    top_t top;
    bench_t *bench = bench_open(ix);
    int opened = top_open(&top, ask->k);
    walk_t walk = {.ix = ix, .ask = ask, .bench = bench, .top = &top};
    for (int64_t row = 0; bench && opened && row < ask->count; row++) {
        walk.query = ask->ids[row];
        walk.feasible = 0;
        top_clear(&top, ask, ask->ids[row]);
        spread_names(&walk, 1);
        walk_dims(&walk, 0, 0);
        spread_names(&walk, 0);
        top_write(&top, row, answer);
        if (answer->feasible) answer->feasible[row] = walk.feasible;
    }
    if (bench) bench_close(bench, ix);
    top_close(&top);
    return bench && opened ? 0 : -1;
}

/* The same over pairs that were given one by one. */
API int32_t chanjiao_scan_pairs(const int64_t *start, const int32_t *item, const int32_t *u,
                                const int32_t *v, const int32_t *w, const ask_t *ask,
                                const answer_t *answer) {
    top_t top;
    if (!top_open(&top, ask->k)) return -1;
    for (int64_t row = 0; row < ask->count; row++) {
        int32_t query = ask->ids[row];
        int64_t above = 0;
        top_clear(&top, ask, query);
        for (int64_t p = start[query]; (ask->k || ask->bar) && p < start[query + 1]; p++) {
            int32_t key = ask->key == KEY_SUM ? w[p] : ask->key == KEY_U ? u[p] : v[p];
            if (ask->bar && key > ask->bar[query]) above += takes(ask, query, item[p], u[p], v[p]);
            if (ask->k && key >= top.bar_key) top_offer(&top, ask, query, item[p], key, u[p], v[p], w[p]);
        }
        top_write(&top, row, answer);
        if (answer->feasible) answer->feasible[row] = ask->bar ? above : start[query + 1] - start[query];
    }
    top_close(&top);
    return 0;
}

API int32_t chanjiao_abi(void) { return 4; }
