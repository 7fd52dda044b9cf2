import { systemContext, type Context } from '~/domain/kernel'
import { backtestCard, cardById, changeCard, createCard, finishRescoring, learnCard, publishCard, runBacktest, runLearning } from '~/domain/scoring'
import type { Id } from '~/lib/ids'
import type { House, World } from '../worlds'
import { cardStories, type CardStory } from '../worlds/card-stories'

const DAY = 86_400_000
/** Whether somebody is worth talking to is known within a month, deals take longer than this story: it is what these cards are judged by. */
const ask = { outcome: 'qualified', horizonDays: 30 } as const

type Acting = (who: string, now: Date) => Context

/**
 * The score cards of a house: one that was retired with its report, the one in force, by which everybody is scored, and a draft that was learned
 * from its own outcomes, where they suffice. Each was tested before it was published, as anybody's must be.
 */
export async function keepCards(world: World, house: House, as: Acting): Promise<void> {
  const stories = cardStories(world, house)
  const manager = (daysBack: number) => as('manager', new Date(house.end.getTime() - daysBack * DAY))
  await publish(manager(58), stories.former)
  const rescoringId = await publish(manager(21), stories.present)
  await finishRescoring(systemContext(house.orgId, 'demo', house.end), rescoringId)
  const learned = await learnCard(manager(1), { ...ask, note: stories.learned })
  if (learned.state !== 'asked') return
  const { isLearned } = await runLearning(manager(1), { cardId: learned.cardId })
  if (isLearned) await test(manager(1), learned.cardId)
}

async function publish(manager: Context, { note, terms }: CardStory): Promise<Id<'rsc'>> {
  const { cardId } = await createCard(manager, { from: { kind: 'empty' }, note })
  const { digest } = await cardById(manager, { cardId })
  await changeCard(manager, { cardId, digest, terms })
  await test(manager, cardId)
  return (await publishCard(manager, { cardId })).rescoringId
}

async function test(manager: Context, cardId: Id<'scd'>): Promise<void> {
  const answer = await backtestCard(manager, { cardId, ...ask })
  if (answer.state === 'running') await runBacktest(manager, { cardId })
}
