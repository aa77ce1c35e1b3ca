/** How often the page of faults and waiting requests looks again: each look is kept in the log of who read what. */
export const OFFICE_PACE = { leastMs: 10_000, mostMs: 60_000 };
