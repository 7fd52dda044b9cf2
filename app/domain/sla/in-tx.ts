import type { Tx } from '~db/client.server'
import type { Context } from '../kernel'

/** A context inside a transaction. */
export type InTx = Context & { tx: Tx }
