/* The best k of a stream. */
#include "kernels.h"

#define BINS 64

int top_open(top_t *top, int64_t k) {
    top->k = k;
    top->room = 2 * k + 32;
    top->entry = malloc((size_t)top->room * sizeof(entry_t));
    top->border = malloc((size_t)(top->room + 1) * sizeof(int64_t));
    return top->entry && top->border;
}

void top_close(top_t *top) {
    free(top->entry);
    free(top->border);
}

void top_clear(top_t *top, const ask_t *ask, int32_t query) {
    top->size = 0;
    top->offset = ask->spread ? (int64_t)query * ask->items / ask->spread : 0;
    top->bar = INT64_MIN;
    top->bar_key = ask->bar ? ask->bar[query] + 1 : INT32_MIN + 1;
}

/* The k-th greatest of some ranks, which are moved about. */
static int64_t kth(int64_t *rank, int64_t size, int64_t k) {
    int64_t low = 0, high = size - 1;
    while (low < high) {
        int64_t a = rank[low], b = rank[low + (high - low) / 2], c = rank[high];
        int64_t pivot = a > b ? (b > c ? b : a > c ? c : a) : (a > c ? a : b > c ? c : b);
        int64_t i = low, j = high;
        while (i <= j) {
            while (rank[i] > pivot) i++;
            while (rank[j] < pivot) j--;
            if (i <= j) {
                int64_t t = rank[i];
                rank[i++] = rank[j], rank[j--] = t;
            }
        }
        if (k - 1 <= j) high = j;
        else if (k - 1 >= i) low = i;
        else break;
    }
    return rank[k - 1];
}

/* Keep the k best. Keys are counted in bins first, so that only the bin at the border is sorted
   out rank by rank; ranks differ, since items do. */
void top_cut(top_t *top) {
    entry_t *e = top->entry;
    int64_t n = top->size, k = top->k, *border = top->border;
    if (n <= k) return;
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (int64_t i = 0; i < n; i++) {
        int64_t rank = e[i].rank;
        least = rank < least ? rank : least, most = rank > most ? rank : most;
    }
    uint64_t width = (uint64_t)most - (uint64_t)least;
    int shift = 0;
    while ((width >> shift) >= BINS) shift++;
    int32_t bin[BINS] = {0};
    for (int64_t i = 0; i < n; i++) bin[((uint64_t)e[i].rank - (uint64_t)least) >> shift]++;
    int64_t above = 0, b = BINS - 1;
    while (above + bin[b] < k) above += bin[b--];
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) {
        border[count] = e[i].rank;
        count += (int64_t)(((uint64_t)e[i].rank - (uint64_t)least) >> shift) == b;
    }
    int64_t bar = kth(border, count, k - above), kept = 0;
    for (int64_t i = 0; i < n; i++) {
        entry_t t = e[i];
        e[kept] = t;
        kept += t.rank >= bar;
    }
    top->size = kept;
    top->bar = bar;
    top->bar_key = (int32_t)(bar >> 32);
}

static inline void swap(entry_t *a, entry_t *b) {
    entry_t t = *a;
    *a = *b, *b = t;
}

static void sift(entry_t *e, int64_t start, int64_t end) {
    int64_t root = start;
    for (;;) {
        int64_t child = 2 * root + 1;
        if (child >= end) return;
        if (child + 1 < end && e[child + 1].rank < e[child].rank) child++;
        if (e[root].rank <= e[child].rank) return;
        swap(&e[root], &e[child]);
        root = child;
    }
}

/* Best first: insertion for short lists, heapsort for long ones. */
void top_sort(top_t *top) {
    entry_t *e = top->entry;
    int64_t n = top->size;
    if (n <= 80) {
        for (int64_t i = 1; i < n; i++) {
            entry_t t = e[i];
            int64_t j = i;
            for (; j > 0 && e[j - 1].rank < t.rank; j--) e[j] = e[j - 1];
            e[j] = t;
        }
        return;
    }
    for (int64_t i = n / 2 - 1; i >= 0; i--) sift(e, i, n);
    for (int64_t i = n - 1; i > 0; i--) {
        swap(&e[0], &e[i]);
        sift(e, 0, i);
    }
}

void top_write(top_t *top, int64_t row, const answer_t *answer) {
    int64_t k = top->k, at = row * k;
    if (!answer->item) return;
    top_cut(top);
    top_sort(top);
    answer->found[row] = (int32_t)top->size;
    for (int64_t n = 0; n < top->size; n++) {
        const entry_t *e = &top->entry[n];
        answer->item[at + n] = e->item;
        answer->u[at + n] = e->u;
        answer->v[at + n] = e->v;
        answer->w[at + n] = e->w;
    }
    for (int64_t n = top->size; n < k; n++) {
        answer->item[at + n] = -1;
        answer->u[at + n] = answer->v[at + n] = answer->w[at + n] = 0;
    }
}
