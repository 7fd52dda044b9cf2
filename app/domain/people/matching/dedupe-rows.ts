import { agreementOf } from './engine/agreement'
import { findDuplicates, type Found } from './engine/find-duplicates'
import { levels, type ColumnKind } from './engine/kinds'
import { priorWeight, probabilityOf, type FieldWeight } from './engine/model'
import { proposeColumns } from './engine/propose-columns'
import { levelsOf, openTable, patternOf, type Table } from './engine/table'
import { fieldWeights } from './engine/value-frequencies'

export type DedupeRows = { headers: readonly string[]; rows: readonly (readonly string[])[]; columns?: Readonly<Record<string, ColumnKind>>; truth?: string; country?: string }
/** A pair near the line, with the parts that sum to its weight (the prior is one of them). */
export type DoubtfulPair = { a: number; b: number; probability: number; weight: number; parts: FieldWeight[]; isTrue: boolean | null }
/** `pairs`: pairs inside the found clusters; `clusters`: those of more than one record. Shares are null without truth. */
export type DedupeReport = {
  records: number; pairs: number; clusters: number; precision: number | null; recall: number | null; f1: number | null; blocking_recall: number | null
  compared: number; blocking_keys: number; refused_links: number; columns: Record<string, ColumnKind>
}

const FEBRL_ID = /^rec-(\d+)-(?:org|dup)/
const DOUBTFUL = 12

/**
 * Finds the duplicates in the rows of a file. Columns are typed from headers and contents unless `columns` says
 * otherwise; `truth` names the column that tells the entity, which is not compared ("rec-12-dup-0" is entity 12).
 */
export function dedupeRows({ headers, rows, columns: said = {}, truth, country }: DedupeRows): { report: DedupeReport; doubtful: DoubtfulPair[]; clusterOf: Int32Array } {
  const columns: Record<string, ColumnKind> = { ...proposeColumns(headers, rows), ...said, ...(truth === undefined ? {} : { [truth]: 'ignore' as const }) }
  const table = openTable(headers, columns, rows, country)
  const found = findDuplicates(table)
  const entities = truth === undefined ? null : entitiesOf(rows, headers.indexOf(truth))
  const agreement = entities === null ? null : agreementOf(found.clusterOf, entities)
  const report: DedupeReport = {
    records: rows.length, ...clusterCounts(found.clusterOf), precision: agreement?.precision ?? null, recall: agreement?.recall ?? null, f1: agreement?.f1 ?? null,
    blocking_recall: entities === null ? null : blockingRecall(entities, found), compared: found.compared, blocking_keys: found.keys.length, refused_links: found.refused.length, columns,
  }
  return { report, doubtful: doubtfulPairs(table, found, entities), clusterOf: found.clusterOf }
}

function entitiesOf(rows: readonly (readonly string[])[], at: number): string[] {
  const values = rows.map((row, index) => row[at]?.trim() || `row ${index}`)
  return values.every((value) => FEBRL_ID.test(value)) ? values.map((value) => FEBRL_ID.exec(value)?.[1] ?? value) : values
}

function clusterCounts(clusterOf: Int32Array): { pairs: number; clusters: number } {
  const sizes = new Map<number, number>()
  for (const cluster of clusterOf) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1)
  const several = [...sizes.values()].filter((size) => size > 1)
  return { pairs: several.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0), clusters: several.length }
}

function blockingRecall(entities: readonly string[], { wasCompared }: Found): number | null {
  const byEntity = new Map<string, number[]>()
  for (const [row, entity] of entities.entries()) byEntity.set(entity, [...(byEntity.get(entity) ?? []), row])
  let [all, met] = [0, 0]
  for (const rows of byEntity.values()) {
    for (const [i, a] of rows.entries()) for (const b of rows.slice(i + 1)) { all += 1; if (wasCompared(a, b)) met += 1 }
  }
  return all === 0 ? null : met / all
}

function doubtfulPairs(table: Table, { pairs, model, frequency }: Found, entities: readonly string[] | null): DoubtfulPair[] {
  return [...pairs].sort((x, y) => Math.abs(x.weight) - Math.abs(y.weight)).slice(0, DOUBTFUL).map(({ a, b, weight }) => {
    const shown = levelsOf(patternOf(table, a, b), table.columns.length)
    const weights = fieldWeights(table, model, frequency, a, b)
    const parts = model.fields.map(({ name }, at): FieldWeight => ({ field: name, level: levels[shown[at] ?? 0] ?? 'missing', weight: weights[at] ?? 0 }))
    const prior: FieldWeight = { field: 'prior', level: 'missing', weight: priorWeight(model.lambda) }
    return { a, b, weight, probability: probabilityOf(weight), parts: [prior, ...parts], isTrue: entities === null ? null : entities[a] === entities[b] }
  })
}
