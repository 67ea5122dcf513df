/* Edge colouring of a bipartite multigraph with as many colours as its largest degree (Koenig). */
#include "kernels.h"

static int32_t first_free(const int32_t *at, int64_t colours) {
    int32_t c = 0;
    while (c < colours && at[c] >= 0) c++;
    return c;
}

/* Swap two colours along the path that leaves `y` with colour a, so that a is free there. */
static void swap_path(const int32_t *x_of, const int32_t *y_of, int32_t *x_at, int32_t *y_at,
                      int64_t colours, int32_t *colour, int32_t *path, int32_t y, int32_t a,
                      int32_t b) {
    int64_t length = 0;
    int32_t edge = y_at[(int64_t)y * colours + a], on_y = 1;
    int32_t next = b;
    while (edge >= 0) {
        path[length++] = edge;
        edge = on_y ? x_at[(int64_t)x_of[edge] * colours + next]
                    : y_at[(int64_t)y_of[edge] * colours + next];
        on_y = !on_y;
        next = next == a ? b : a;
    }
    for (int64_t n = 0; n < length; n++) {
        int32_t e = path[n], c = colour[e];
        x_at[(int64_t)x_of[e] * colours + c] = y_at[(int64_t)y_of[e] * colours + c] = -1;
    }
    for (int64_t n = 0; n < length; n++) {
        int32_t e = path[n], c = colour[e] == a ? b : a;
        colour[e] = c;
        x_at[(int64_t)x_of[e] * colours + c] = y_at[(int64_t)y_of[e] * colours + c] = e;
    }
}

/* Edges with a colour of 0 or more keep it until a path swaps it. x_at and y_at hold, for each node
   and colour, the edge or -1. 0, or -1 where memory ran out, or -2 where colours are too few. */
API int32_t chanjiao_colour(int64_t edges, const int32_t *x_of, const int32_t *y_of, int64_t colours,
                            int32_t *x_at, int32_t *y_at, int32_t *colour) {
    int32_t *path = malloc((size_t)(edges + 1) * sizeof(int32_t));
    if (!path) return -1;
    for (int64_t e = 0; e < edges; e++) {
        if (colour[e] >= 0) continue;
        int32_t *at_x = x_at + x_of[e] * colours, *at_y = y_at + y_of[e] * colours;
        int32_t both = 0;
        while (both < colours && (at_x[both] >= 0 || at_y[both] >= 0)) both++;
        if (both == colours) {
            int32_t a = first_free(at_x, colours), b = first_free(at_y, colours);
            if (a == colours || b == colours) {
                free(path);
                return -2;
            }
            swap_path(x_of, y_of, x_at, y_at, colours, colour, path, y_of[e], a, b);
            both = a;
        }
        colour[e] = both;
        at_x[both] = at_y[both] = (int32_t)e;
    }
    free(path);
    return 0;
}
