// One row of each table of the insurer's book; its line is what the triggers make of the rows of test/store/book-rows.ts.

/** 1 January 2026. */
const at = 1_767_225_600_000

export const insurerBookRows = {
  book_lines: {
    number: 1,
    policy_id: 'p1',
    insurer_id: 'merit',
    product: 'motor',
    plan_id: 'motor',
    holder_name: 'Åsa',
    created_at_ms: at,
    premium_id: null,
    premium_minor: null,
    class_premium_minor: null,
    currency: null,
    premium_at_ms: null,
    difference_minor: null,
    difference: null,
    trips: 1,
    seen_m: 1,
    trusted_m: 9_999,
    days: 0,
    complete_days: 0,
    quality: 9_999,
    connected: 1,
    heard_at_ms: at + 1,
    open_disputes: 0,
    noticed_at_ms: at,
  },
  book_views: {
    id: 'v1',
    insurer_id: 'merit',
    user_id: 'u1',
    name: 'Motor, 王',
    query: 'product=motor',
    is_shared: 1,
    created_at_ms: at,
    deleted_at_ms: null,
  },
  book_view_defaults: { user_id: 'u1', view_id: 'v1' },
} as const
