/* The best k of a stream. */
#include "kernels.h"

int top_open(top_t *top, int64_t k) {
    top->k = k;
    top->room = 2 * k + 256;
    top->entry = malloc((size_t)top->room * sizeof(entry_t));
    return top->entry != NULL;
}

void top_close(top_t *top) { free(top->entry); }

void top_clear(top_t *top, const ask_t *ask, int32_t query) {
    top->size = 0;
    top->bar = INT64_MIN;
    top->bar_key = ask->bar ? ask->bar[query] + 1 : INT32_MIN + 1;
}

static inline void swap(entry_t *a, entry_t *b) {
    entry_t t = *a;
    *a = *b, *b = t;
}

/* Quickselect: afterwards the k best stand in front. Ranks differ, since items do. */
void top_cut(top_t *top) {
    entry_t *e = top->entry;
    int64_t low = 0, high = top->size - 1, k = top->k;
    if (top->size <= k) return;
    while (low < high) {
        int64_t mid = low + (high - low) / 2;
        if (e[mid].rank > e[low].rank) swap(&e[mid], &e[low]);
        if (e[high].rank > e[low].rank) swap(&e[high], &e[low]);
        if (e[high].rank > e[mid].rank) swap(&e[high], &e[mid]);
        int64_t pivot = e[mid].rank, i = low, j = high;
        while (i <= j) {
            while (e[i].rank > pivot) i++;
            while (e[j].rank < pivot) j--;
            if (i <= j) swap(&e[i++], &e[j--]);
        }
        if (k - 1 <= j) high = j;
        else if (k - 1 >= i) low = i;
        else break;
    }
    int64_t bar = e[0].rank;
    for (int64_t n = 1; n < k; n++)
        if (e[n].rank < bar) bar = e[n].rank;
    top->size = k;
    top->bar = bar;
    top->bar_key = (int32_t)(bar >> 32);
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
