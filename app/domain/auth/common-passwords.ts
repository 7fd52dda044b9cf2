import { dictionary } from '@zxcvbn-ts/language-common'

let known: ReadonlySet<string> | undefined

/** The commonest passwords of leaked lists, in lower case; read once, when the first password is set. */
export function commonPasswords(): ReadonlySet<string> {
  return (known ??= new Set(dictionary['passwords-common'].map((word) => word.toLowerCase())))
}
