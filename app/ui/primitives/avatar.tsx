import { clsx } from 'clsx'

/** Initials of a Latin name, the family name of a Chinese one. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = words[0] ?? ''
  if (/\p{Script=Han}/u.test(first)) return [...first][0] ?? ''
  return words.slice(0, 2).map((word) => [...word][0] ?? '').join('').toUpperCase()
}

export function Avatar({ name, large, labelled }: { name: string; large?: boolean; labelled?: boolean }) {
  const label = labelled === true ? { role: 'img', 'aria-label': name, title: name } : { 'aria-hidden': true }
  return (
    <span className={clsx('av', large === true && 'av-l')} {...label}>
      {initials(name)}
    </span>
  )
}
