const MEGABYTE = 1024 * 1024

/** Bodies by door, in bytes: a lead is small, a form smaller, an import large. */
export const bodyCaps = { hook: MEGABYTE, events: 500_000, api: MEGABYTE, form: MEGABYTE / 4, page: 2 * MEGABYTE, photo: 9 * MEGABYTE, upload: 96 * MEGABYTE }
