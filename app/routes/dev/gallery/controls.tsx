import Ellipsis from 'lucide-react/icons/ellipsis'
import Mail from 'lucide-react/icons/mail'
import Plus from 'lucide-react/icons/plus'
import Trash2 from 'lucide-react/icons/trash-2'
import { useTranslation } from 'react-i18next'
import { PageSection } from '~/ui/layout/page-header'
import { Avatar } from '~/ui/primitives/avatar'
import { Button, IconButton, LinkButton } from '~/ui/primitives/button'
import { ChannelDot, CHANNEL_KINDS } from '~/ui/primitives/channel-dot'
import { Chip } from '~/ui/primitives/chip'
import { CopyButton } from '~/ui/primitives/copy-button'
import { ConfirmDialog, Dialog, Sheet } from '~/ui/primitives/dialog'
import { EmptyState } from '~/ui/primitives/empty-state'
import { Kbd } from '~/ui/primitives/kbd'
import { Menu, MenuItem, MenuSection, MenuSeparator } from '~/ui/primitives/menu'
import { Meter, ProgressBar } from '~/ui/primitives/meter'
import { Change, Moment, Money, Num, Percent } from '~/ui/primitives/numbers'
import { Popover } from '~/ui/primitives/popover'
import { ScoreCell } from '~/ui/primitives/score-cell'
import { SkeletonRows } from '~/ui/primitives/skeleton'
import { Tabs } from '~/ui/primitives/tabs'
import { Tooltip } from '~/ui/primitives/tooltip'
import { showToast } from '~/ui/toast'

const ROW = 'flex flex-wrap items-center gap-3'

export function Controls() {
  const { t } = useTranslation('gallery')
  const { t: common } = useTranslation()
  return (
    <>
      <PageSection title={t('sections.buttons')}>
        <div className={ROW}>
          <Button icon={Mail} shortcut="E">{common('action.send')}</Button>
          <Button variant="quiet">{common('action.filter')}</Button>
          <Button variant="danger" icon={Trash2}>{common('action.delete')}</Button>
          <Button isDisabled>{common('action.save')}</Button>
          <Button isPending>{common('action.saving')}</Button>
          <LinkButton to="#table" icon={Plus}>{common('action.add')}</LinkButton>
          <IconButton icon={Ellipsis} label={common('action.more')} variant="plain" />
          <CopyButton value="R7K2-40Q9">R7K2-40Q9</CopyButton>
          <Button size="s">S</Button>
          <Button size="l">L</Button>
          <Kbd keys="J" />
        </div>
      </PageSection>
      <PageSection title={t('sections.states')}>
        <div className={ROW}>
          <Chip>{common('thin.few')}</Chip>
          <Chip tone="won">{common('funnel.won')}</Chip>
          <Chip tone="warn">{common('thin.spendMissing')}</Chip>
          <Chip tone="breach">4 min</Chip>
          <Chip tone="lost">{common('funnel.lost')}</Chip>
          <Avatar name="Wang Li" labelled />
          <Avatar name="陈雨婷" large labelled />
          <ScoreCell cell={12} />
          <ScoreCell cell={34} size={40} />
          <Meter value={36} max={100} label="36">36</Meter>
          <ProgressBar value={62} label="62">62 %</ProgressBar>
          {CHANNEL_KINDS.map((kind) => <ChannelDot key={kind} kind={kind}>{common(`channel.${kind}`)}</ChannelDot>)}
          <ChannelDot kind={null}>{common('channel.unattributed')}</ChannelDot>
        </div>
      </PageSection>
      <PageSection title={t('sections.numbers')}>
        <div className={`${ROW} gap-6`}>
          <Num value={1284600} />
          <Num value={5.8} digits={1} unit="×" />
          <Percent ratio={0.6} />
          <Money minor={26137} currency="CNY" />
          <Money minor={150000n} currency="JPY" currencyAs="code" />
          <Money minor={null} currency="CNY" />
          <Change ratio={0.184} better="down" />
          <Change ratio={-0.062} better="down" />
          <Change ratio={0} />
          <Change ratio={null} />
          <Moment at="2026-11-21T01:38:00Z" />
          <Moment at="2026-11-21T01:38:00Z" now="2026-11-21T02:01:00Z" />
        </div>
      </PageSection>
      <PageSection title={t('sections.overlays')}>
        <div className={ROW}>
          <Menu label={common('table.actions')} trigger={<Button iconEnd={Ellipsis}>{common('table.actions')}</Button>}>
            <MenuSection title={t('sample.owner')}>
              <MenuItem icon={Mail} shortcut="E" description={t('sample.noteHint')}>{common('action.send')}</MenuItem>
              <MenuItem icon={Plus}>{common('action.add')}</MenuItem>
            </MenuSection>
            <MenuSeparator />
            <MenuItem icon={Trash2} danger>{common('action.delete')}</MenuItem>
          </Menu>
          <Dialog title={t('sample.dialogTitle')} trigger={<Button>{common('action.open')}</Button>} footer={(close) => <Button onPress={close}>{common('action.close')}</Button>}>
            <p className="text-13 text-text-2">{t('sample.dialogBody')}</p>
          </Dialog>
          <ConfirmDialog title={t('sample.dialogTitle')} confirmLabel={common('action.confirm')} onConfirm={() => undefined} trigger={<Button variant="danger">{common('action.remove')}</Button>}>
            {t('sample.dialogBody')}
          </ConfirmDialog>
          <Sheet title={t('sample.company')} trigger={<Button>{common('action.edit')}</Button>}>
            <p className="text-13 text-text-2">{t('sample.dialogBody')}</p>
          </Sheet>
          <Popover label={common('action.filter')} trigger={<Button>{common('action.filter')}</Button>}>
            <p className="text-13">{t('sample.dialogBody')}</p>
          </Popover>
          <Tooltip text={common('action.undo')} shortcut="Z"><IconButton icon={Mail} label={common('action.send')} /></Tooltip>
          <Button onPress={() => void showToast({ text: t('sample.toast'), tone: 'won', undo: { onUndo: () => void showToast({ text: common('toast.undone') }) } })}>{common('toast.region')}</Button>
        </div>
      </PageSection>
      <PageSection title={t('sections.navigation')}>
        <Tabs label={t('sections.navigation')} items={[{ id: 'a', label: common('action.open'), content: <SkeletonRows rows={3} /> }, { id: 'b', label: common('action.done'), content: <p className="text-13">{t('sample.dialogBody')}</p> }]} />
      </PageSection>
      <PageSection title={t('sections.empty')}>
        <div className="grid gap-4 md:grid-cols-2 2xl:grid-cols-4">
          <EmptyState kind="empty" action={<Button icon={Plus}>{common('action.add')}</Button>} />
          <EmptyState kind="filtered" clearHref="?" />
          <EmptyState kind="refused" />
          <EmptyState kind="failed" requestId="9f2c-41" action={<Button>{common('action.retry')}</Button>} />
        </div>
      </PageSection>
    </>
  )
}
