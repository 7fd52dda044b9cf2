/** Why a file that is no text table cannot be turned into one. */
export class TableRefusal extends Error {
  constructor(readonly code: 'not-a-table' | 'unpacks-to-too-much' | 'broken-file') {
    super(code)
    this.name = 'TableRefusal'
  }
}
