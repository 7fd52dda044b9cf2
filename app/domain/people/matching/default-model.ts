import type { Model } from './engine/model'

/**
 * What holds until an organisation has taught its own: shares of levels exact, close, near, moved, far. Taken as
 * round figures of business contacts, not from any data set. λ: one in twenty of 10,000 people is there twice.
 */
export const defaultModel: Model = {
  lambda: 1e-5,
  fields: [
    { name: 'name', kind: 'name', m: [0.8, 0.1, 0.06, 0.01, 0.03], u: [0.001, 0.002, 0.012, 0.0001, 0.9849] },
    { name: 'phone', kind: 'phone', m: [0.45, 0.12, 0.05, 0.01, 0.37], u: [0.000001, 0.00001, 0.0004, 0.000001, 0.999588] },
    { name: 'email', kind: 'email', m: [0.4, 0.1, 0.15, 0.01, 0.34], u: [0.000001, 0.00001, 0.0005, 0.000001, 0.999488] },
    { name: 'company', kind: 'company', m: [0.7, 0.15, 0.04, 0.01, 0.1], u: [0.0005, 0.002, 0.01, 0.0001, 0.9874] },
    { name: 'domain', kind: 'code', m: [0.85, 0.02, 0.01, 0.01, 0.11], u: [0.0005, 0.0005, 0.001, 0.0001, 0.9979] },
    { name: 'city', kind: 'category', m: [0.85, 0.02, 0.02, 0.01, 0.1], u: [0.08, 0.005, 0.005, 0.0001, 0.9099] },
    { name: 'title', kind: 'text', m: [0.5, 0.1, 0.15, 0.01, 0.24], u: [0.05, 0.02, 0.1, 0.0001, 0.8299] },
  ],
}
