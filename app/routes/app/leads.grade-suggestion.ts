import type { ClientLoaderFunctionArgs } from '@remix-run/react'
import { suggestGrade } from '~/domain/leads'
import { page } from '~/http'
import { leadOf } from './leads.named'

/** What Clew would grade a lead as now, and why. */
export const loader = page({ permission: 'leads:read' }, ({ ctx, params, request }) => suggestGrade(ctx, { leadId: leadOf(params, request) }))

/** Without a network there is no suggestion, and the dialog stays. */
export async function clientLoader({ serverLoader }: ClientLoaderFunctionArgs): Promise<unknown> {
  try {
    return await serverLoader()
  } catch (error) {
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError')) return null
    throw error
  }
}

/** It is asked for anew whenever a dialog opens. */
export const shouldRevalidate = (): boolean => false
