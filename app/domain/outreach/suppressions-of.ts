import { query } from '../kernel'
import { mailAddressesOf, openPerson } from '../people'
import { OnePerson } from './contract'
import { suppressionsAmong, type Suppression } from './suppressions'

/** Of which address (named as `Reach.key` does) nobody wants mail, and since when. */
export type PersonSuppression = Suppression & { key: string }

/** Addresses of a person that get no mail. Refuses: not-found (also where the person is not visible). */
export const suppressionsOf = query({
  name: 'suppression.of-person',
  permission: 'leads:read',
  input: OnePerson,
  async run({ tx, ctx, input: { personId } }): Promise<PersonSuppression[]> {
    await openPerson(tx, ctx, personId)
    const addresses = await mailAddressesOf(tx, ctx, personId)
    const stopped = await suppressionsAmong(ctx, addresses.map(({ address }) => address))
    return addresses.flatMap(({ key, address }) => { const suppression = stopped.get(address); return suppression === undefined ? [] : [{ key, ...suppression }] })
  },
})
