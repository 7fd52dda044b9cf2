/** The longest promise: sixty days. The contract, which pages do not load, knows it too. */
export const MINUTES_MOST = 86_400
