import { describe, expect, it } from 'vitest'
import { textOf } from './sources'

type Lock = { packages: Record<string, { version?: string; resolved?: string; integrity?: string; link?: boolean }> }

const floors = JSON.parse(textOf('tests/architecture/floors.json')) as Record<string, string>
const lock = JSON.parse(textOf('package-lock.json')) as Lock

function below(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((text) => text.split('-')[0]?.split('.').map(Number) ?? [])
  for (let i = 0; i < 3; i += 1) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return version.includes('-')
}

describe('dependency floors', () => {
  it.each(Object.entries(floors))('%s is at least %s, wherever it is installed', (name, floor) => {
    const copies = Object.entries(lock.packages).filter(([path]) => path.endsWith(`node_modules/${name}`))
    expect(copies.length).toBeGreaterThan(0)
    expect(copies.filter(([, { version }]) => below(version ?? '0', floor)).map(([path, { version }]) => `${path} ${version ?? ''}`)).toEqual([])
  })

  it('every dependency is pinned to one version', () => {
    const manifest = JSON.parse(textOf('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>
    const all = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([])
  })

  it('every package of the lock has a digest', () => {
    const loose = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && entry.link !== true && entry.resolved !== undefined && entry.integrity === undefined)
    expect(loose.map(([path]) => path)).toEqual([])
  })

  it('compares versions by number', () => {
    expect([below('0.45.2', '0.45.2'), below('0.45.10', '0.45.2'), below('0.45.1', '0.45.2'), below('2.9.0', '2.17.3'), below('10.0.5-rc.1', '10.0.5')]).toEqual([false, false, true, true, true])
  })
})
