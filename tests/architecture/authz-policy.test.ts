import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { RouteConfigEntry } from '@remix-run/route-config'
import routes from '~/routes'
import { policy } from '~tests/support/authz-policy'
import { sourcesIn, withoutComments } from './sources'

type Door = { key: string; file: string }

/** GET for whatever a browser can open or load, POST for whatever takes a form. */
function doorsOf(entries: readonly RouteConfigEntry[], base = ''): Door[] {
  return entries.flatMap((entry) => {
    const path = [base, entry.path ?? ''].filter((part) => part !== '').join('/')
    const isOwnPage = entry.path !== undefined || entry.index === true
    const text = withoutComments(readFileSync(new URL(`../../app/${entry.file}`, import.meta.url), 'utf8'))
    const has = (name: string) => new RegExp(`export (?:const|(?:async )?function) ${name}\\b`).test(text)
    const methods = [...(has('loader') || /export default/.test(text) ? ['GET'] : []), ...(has('action') ? ['POST'] : [])]
    const own = isOwnPage ? methods.map((method) => ({ key: `${method} /${path}`, file: entry.file })) : []
    return [...own, ...doorsOf(entry.children ?? [], path)]
  })
}

const apiDoors = sourcesIn('app/api').flatMap(({ path, text }) => {
  const mount = { 'app/api/health.ts': '', 'app/api/hooks.ts': '/api/hooks', 'app/api/calendar.ts': '/api/calendar', 'app/api/receipts.ts': '/api/receipts', 'app/api/forms.ts': '/api/forms', 'app/api/live.ts': '/api/live' }[path]
  const plain = mount === undefined ? [] : [...withoutComments(text).matchAll(/\.(get|post|put|patch|delete|all)\(\s*'([^']+)'/g)].map(([, method = '', at = '']) => `${method.toUpperCase()} ${mount}${at === '/' ? '' : at}`)
  const described = [...withoutComments(text).matchAll(/method: '(\w+)',\s*path: '([^']+)'/g)].map(([, method = '', at = '']) => `${method.toUpperCase()} /api/v1${at}`)
  return [...plain, ...described].map((key) => ({ key, file: path }))
})

describe('authorisation policy', () => {
  const doors = [...doorsOf(routes as RouteConfigEntry[]), ...apiDoors]

  it('finds the doors', () => {
    expect(doors.map(({ key }) => key)).toEqual(expect.arrayContaining(['GET /leads/:leadId', 'POST /leads/:leadId/stage', 'POST /api/hooks/:connector/:sourceKey', 'GET /api/receipts/:receipt']))
  })

  it('every door says who may use it: add a line to tests/support/authz-policy.ts', () => {
    expect(doors.filter(({ key }) => policy[key] === undefined).map(({ key, file }) => `${key} (${file})`)).toEqual([])
  })

  it('says nothing of doors that are gone', () => {
    const known = new Set(doors.map(({ key }) => key))
    expect(Object.keys(policy).filter((key) => !known.has(key))).toEqual([])
  })

  it('a door for some roles that names something says what a stranger hears', () => {
    const silent = Object.entries(policy).filter(([key, rule]) => /:(?!token|mailId)\w+/.test(key) && Array.isArray(rule.may) && rule.stranger === undefined)
    expect(silent.map(([key]) => key)).toEqual([])
  })
})
