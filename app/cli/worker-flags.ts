/**
 * How the worker's heap is kept small: cleaned once it has grown by a third, not by three times, because a worker lives
 * beside a database and a web process. `start:worker` of package.json says the same.
 */
export const workerFlags: readonly string[] = ['--max-semi-space-size=4', '--heap-growing-percent=30']
