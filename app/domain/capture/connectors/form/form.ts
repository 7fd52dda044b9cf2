import type { Connector } from '../connector'
import { mapForm } from './map-form'

/** Forms made here. They come through the form's own door, which checks and keeps them; see `forms/submit-form.ts`. */
export const form: Connector = { standing: 'vendor', fields: [], map: mapForm }
