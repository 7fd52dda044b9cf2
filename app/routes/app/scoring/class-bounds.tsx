import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { scoreGroups } from '~/domain/scoring/vocabulary'
import { classes, type Thresholds } from '~/ui/scoring/classes'
import { useFormat } from '~/ui/use-format'

/** From how many points on a lead is of which class, by the card in force. */
export function ClassBounds({ thresholds }: { thresholds: Thresholds }) {
  const { t } = useTranslation('scoring')
  const format = useFormat()
  return (
    <dl>
      {scoreGroups.map((group) => (
        <Fragment key={group}>
          <dt>{t(`group.${group}`)}</dt>
          {classes.map((each) => <dd key={each}><span>{each}</span><span>{each === 4 ? t('bounds.below', { points: format.number(thresholds[group][2]) }) : t('bounds.from', { points: format.number(thresholds[group][each - 1]) })}</span></dd>)}
        </Fragment>
      ))}
    </dl>
  )
}
