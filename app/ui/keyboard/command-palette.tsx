import { useFetcher, useNavigate } from '@remix-run/react'
import Search from 'lucide-react/icons/search'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Autocomplete, Dialog, Input, Menu, Modal, ModalOverlay, TextField, useFilter } from 'react-aria-components'
import { MenuItem, MenuSection } from '../primitives/menu'
import type { Command, SearchResult } from './commands'

const RECORD = 'record:'

/** Cmd-K: commands of the page first, then records found by the server. */
export function CommandPalette({ isOpen, onOpenChange, commands, searchHref }: { isOpen: boolean; onOpenChange: (open: boolean) => void; commands: readonly Command[]; searchHref?: string }) {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const { contains } = useFilter({ sensitivity: 'base' })
  const [query, setQuery] = useState('')
  const { results, searching } = useRecords(isOpen ? query : '', searchHref)
  const close = () => {
    setQuery('')
    onOpenChange(false)
  }
  const run = (key: string) => {
    close()
    const record = results.find(({ id }) => RECORD + id === key)
    const command = commands.find(({ id }) => id === key)
    const href = record?.href ?? command?.href
    if (href !== undefined) navigate(href)
    else command?.run?.()
  }
  const groups = [...new Set(commands.map(({ group }) => group))]
  return (
    <ModalOverlay isOpen={isOpen} onOpenChange={(open) => !open && close()} isDismissable className="scrim scrim-top">
      <Modal className="modal palette">
        <Dialog aria-label={t('palette.title')}>
          <Autocomplete inputValue={query} onInputChange={setQuery} filter={(text, input, node) => String(node.key).startsWith(RECORD) || contains(text, input)}>
            <TextField type="search" aria-label={t('palette.placeholder')} autoFocus className="palette-input">
              <Search className="i text-muted" aria-hidden="true" />
              <Input placeholder={t('palette.placeholder')} />
            </TextField>
            <Menu className="list" aria-label={t('palette.title')} onAction={(key) => run(String(key))} renderEmptyState={() => <p className="px-2 py-6 text-center text-13 text-muted">{searching ? t('palette.searching') : t('palette.empty')}</p>}>
              {results.length > 0 && (
                <MenuSection title={t('palette.records')}>
                  {results.map((record) => (
                    <MenuItem key={record.id} id={RECORD + record.id} description={record.description}>
                      {record.label}
                    </MenuItem>
                  ))}
                </MenuSection>
              )}
              {groups.map((group) => (
                <MenuSection key={group} title={group}>
                  {commands.filter((command) => command.group === group).map((command) => (
                    <MenuItem key={command.id} id={command.id} icon={command.icon} shortcut={command.shortcut} keywords={command.keywords}>
                      {command.label}
                    </MenuItem>
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
          <p className="palette-foot" aria-hidden="true">
            <span><kbd className="kbd">↑</kbd> <kbd className="kbd">↓</kbd> {t('palette.move')}</span>
            <span><kbd className="kbd">Enter</kbd> {t('palette.run')}</span>
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function useRecords(query: string, searchHref: string | undefined): { results: readonly SearchResult[]; searching: boolean } {
  const { load, data, state } = useFetcher<{ results: SearchResult[] }>()
  const wanted = query.trim()
  useEffect(() => {
    if (searchHref === undefined || wanted === '') return undefined
    const timer = setTimeout(() => load(`${searchHref}?${new URLSearchParams({ q: wanted })}`), 120)
    return () => clearTimeout(timer)
  }, [load, searchHref, wanted])
  const asked = searchHref !== undefined && wanted !== ''
  return { results: asked ? (data?.results ?? []) : [], searching: asked && state !== 'idle' }
}
