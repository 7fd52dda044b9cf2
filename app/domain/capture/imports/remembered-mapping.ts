import { and, eq } from 'drizzle-orm'
import { sha256 } from '~/platform/crypto'
import type { Tx } from '~db/client.server'
import { importMappings } from '~db/schema'
import { inTransaction, type Context } from '../../kernel'
import type { ImportKind } from '../vocabulary'
import { foldHeader } from './fold-header'
import { MappingFile } from './mapping'

const fingerprint = (headers: readonly string[]): string => sha256(headers.map(foldHeader).join('\n')).toString('hex')

/** How the organisation last read a file with these headers, or null. */
export function rememberedMapping(ctx: Context, kind: ImportKind, headers: readonly string[]): Promise<MappingFile | null> {
  return inTransaction(ctx, 'read only', async (tx) => {
    const [row] = await tx.select({ mapping: importMappings.mapping }).from(importMappings)
      .where(and(eq(importMappings.orgId, ctx.orgId), eq(importMappings.kind, kind), eq(importMappings.fingerprint, fingerprint(headers))))
    const parsed = MappingFile.safeParse(row?.mapping)
    return parsed.success ? parsed.data : null
  })
}

/** Remembers how a file was read, for the next one with the same headers. What was decided about this file's names is not. */
export async function rememberMapping(tx: Tx, ctx: Context, kind: ImportKind, headers: readonly string[], mapping: MappingFile): Promise<void> {
  const { options, ...rest } = mapping
  const { owners: _owners, channels: _channels, encoding: _encoding, ...kept } = options ?? {}
  const row = { mapping: Object.keys(kept).length === 0 ? rest : { ...rest, options: kept }, savedAt: ctx.now }
  await tx.insert(importMappings).values({ orgId: ctx.orgId, kind, fingerprint: fingerprint(headers), ...row })
    .onConflictDoUpdate({ target: [importMappings.orgId, importMappings.kind, importMappings.fingerprint], set: row })
}
