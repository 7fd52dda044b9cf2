import { useLocation, useNavigate } from '@remix-run/react'
import Search from 'lucide-react/icons/search'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Autocomplete, Dialog, Input, Menu, Modal, ModalOverlay, TextField, useFilter } from 'react-aria-components'
import type { Permission } from '~/domain/orgs/vocabulary'
import { MenuItem, MenuSection } from '../primitives/menu'
import { isComposing } from './match'
import type { Command } from './commands'
import { usePaletteCommandList } from './palette-commands'
import { usePlaceCommands } from './palette-places'
import { recentOf, remember } from './palette-recent'
import { RecordItem } from './record-item'
import { useShortcutList } from './shortcuts'
import { useRecords } from './use-records'

const RECORD = 'record:'
const ALL = 'record:all'
type PaletteProps = { isOpen: boolean; onOpenChange: (open: boolean) => void; commands: readonly Command[]; searchHref?: string; allowed?: ReadonlySet<Permission> }

/** Cmd-K: what was used last, what this page can do, records found by the server, places, things to make, settings. */
export function CommandPalette({ isOpen, onOpenChange, commands, searchHref, allowed }: PaletteProps) {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const { contains } = useFilter({ sensitivity: 'base' })
  const [query, setQuery] = useState('')
  const [composing, setComposing] = useState(false)
  const { results, isSearching } = useRecords(isOpen ? query : '', searchHref, composing)
  const groups = useGroups(commands, allowed, query.trim() === '')
  const everything = groups.flatMap(([, members]) => members)
  const fits = (text: string) => contains(text, query.trim())
  const count = results.length + new Set(everything.filter(({ label, keywords }) => fits(`${label} ${keywords ?? ''}`)).map(({ id }) => id)).size
  const close = () => {
    setQuery('')
    onOpenChange(false)
  }
  const run = (key: string) => {
    close()
    if (key === ALL) return navigate(`/search?${new URLSearchParams({ q: query.trim() })}`)
    const record = results.find(({ id }) => RECORD + id === key)
    const command = everything.find(({ id }) => id === key.replace(/^recent:/, ''))
    if (record !== undefined) remember({ id: `open:${record.id}`, label: record.label, group: '', href: record.href })
    if (command !== undefined) remember(command)
    const href = record?.href ?? command?.href
    return href === undefined ? command?.run?.() : navigate(href)
  }
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && close()} isDismissable className="scrim scrim-top">
      <Modal className="modal palette">
        <Dialog aria-label={t('palette.title')}>
          <Autocomplete inputValue={query} onInputChange={setQuery} filter={(text, input, node) => String(node.key).startsWith(RECORD) || contains(text, input.trim())}>
            <TextField type="search" aria-label={t('palette.placeholder')} autoFocus className="palette-input">
              <Search className="i text-muted" aria-hidden="true" />
              <Input placeholder={t('palette.placeholder')} onCompositionStart={() => setComposing(true)} onCompositionEnd={() => setComposing(false)} onKeyDownCapture={restWhileComposing} autoComplete="off" spellCheck={false} />
              <button type="button" className="btn btn-quiet palette-close" onClick={close}>{t('keys.close')}</button>
            </TextField>
            <Menu className="list" aria-label={t('palette.title')} onAction={(key) => run(String(key))} renderEmptyState={() => <p className="px-2 py-6 text-center text-13 text-muted">{isSearching ? t('palette.searching') : t('palette.empty')}</p>}>
              {results.length > 0 && (
                <MenuSection title={t('palette.records')}>
                  {results.map((record) => <RecordItem key={record.id} id={RECORD + record.id} record={record} />)}
                  <MenuItem id={ALL} icon={Search}>{t('palette.all')}</MenuItem>
                </MenuSection>
              )}
              {groups.map(([group, members]) => (
                <MenuSection key={group} title={group}>
                  {members.map((command) => (
                    <MenuItem key={command.id} id={group === t('palette.recent') ? `recent:${command.id}` : command.id} icon={command.icon} shortcut={command.shortcut} keywords={command.keywords}>{command.label}</MenuItem>
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
          <p className="sr-only" role="status">{isSearching ? t('palette.searching') : count === 0 ? t('palette.none') : t('palette.found', { count })}</p>
          <p className="palette-foot" aria-hidden="true">
            <span><kbd className="kbd">↑</kbd> <kbd className="kbd">↓</kbd> {t('palette.move')}</span>
            <span><kbd className="kbd">Enter</kbd> {t('palette.run')}</span>
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

/** The keys of an input method choose characters, not commands. */
function restWhileComposing(event: KeyboardEvent): void {
  if (isComposing(event.nativeEvent)) event.stopPropagation()
}

/** Commands by their headings; what was used last first, while nothing is typed. */
function useGroups(commands: readonly Command[], allowed: ReadonlySet<Permission> | undefined, isIdle: boolean): [string, Command[]][] {
  const { t } = useTranslation('shell')
  const { pathname } = useLocation()
  const own = usePaletteCommandList()
  const places = usePlaceCommands(allowed)
  const { shortcuts } = useShortcutList()
  const known = new Set(commands.map(({ shortcut }) => shortcut?.toLowerCase()))
  const keys = shortcuts
    .filter(({ keys: pressed, hidden, everywhere }, index) => hidden !== true && everywhere !== true && !['/', '?'].includes(pressed) && !known.has(pressed) && shortcuts.findIndex((other) => other.keys === pressed) === index)
    .map((shortcut): Command => ({ id: `key:${shortcut.keys}`, label: shortcut.label, group: shortcut.group ?? t('palette.page'), shortcut: shortcut.keys, run: () => shortcut.run(new window.KeyboardEvent('keydown', { key: shortcut.keys })) }))
  const all = [...own, ...keys, ...commands, ...places]
  const recent = isIdle ? recentOf(all).filter(({ href }) => href !== pathname).map((command) => ({ ...command, group: t('palette.recent') })) : []
  const groups = new Map<string, Command[]>()
  for (const command of [...recent, ...all]) groups.set(command.group, [...(groups.get(command.group) ?? []), command])
  return [...groups]
}
